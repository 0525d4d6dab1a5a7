$(eval $(call daemon,virtual,agents/virtual))
