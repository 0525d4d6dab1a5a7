$(eval $(call command,postcat,commands/postcat))
