$(eval $(call command,posttls-finger,commands/posttls-finger))
