$(eval $(call daemon,anvil,services/anvil))
