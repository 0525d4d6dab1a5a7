$(eval $(call daemon,tlsmgr,services/tlsmgr))
