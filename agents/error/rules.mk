$(eval $(call daemon,error,agents/error))
