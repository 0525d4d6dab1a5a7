$(eval $(call daemon,pickup,pickup))
