$(eval $(call daemon,showq,services/showq))
