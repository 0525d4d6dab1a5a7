$(eval $(call daemon,flush,services/flush))
