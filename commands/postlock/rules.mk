$(eval $(call command,postlock,commands/postlock))
