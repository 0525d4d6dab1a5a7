$(eval $(call command,postfix,commands/postfix))
