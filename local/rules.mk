$(eval $(call daemon,local,local))
