$(eval $(call daemon,postscreen,services/postscreen))
