$(eval $(call daemon,discard,agents/discard))
