$(eval $(call daemon,proxymap,services/proxymap))
