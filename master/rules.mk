$(eval $(call daemon,master,master))
