$(eval $(call daemon,verify,services/verify))
