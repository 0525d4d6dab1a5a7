$(eval $(call daemon,spawn,services/spawn))
