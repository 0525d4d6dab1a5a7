$(eval $(call command,postmulti,commands/postmulti))
