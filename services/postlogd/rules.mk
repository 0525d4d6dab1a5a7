$(eval $(call daemon,postlogd,services/postlogd))
