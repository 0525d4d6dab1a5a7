$(eval $(call daemon,pipe,agents/pipe))
