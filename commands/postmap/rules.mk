$(eval $(call command,postmap,commands/postmap))
