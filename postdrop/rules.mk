$(eval $(call command,postdrop,postdrop))
