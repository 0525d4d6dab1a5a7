$(eval $(call command,postkick,commands/postkick))
