$(eval $(call command,postlog,commands/postlog))
