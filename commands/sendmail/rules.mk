$(eval $(call command,sendmail,commands/sendmail))
