$(eval $(call command,postsuper,commands/postsuper))
