$(eval $(call daemon,cleanup,cleanup))
