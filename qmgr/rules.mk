$(eval $(call daemon,qmgr,qmgr))
