$(eval $(call small_command,postkick,commands/postkick))
