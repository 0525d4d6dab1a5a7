$(eval $(call command,postqueue,commands/postqueue))
