$(eval $(call daemon,bounce,services/bounce))
