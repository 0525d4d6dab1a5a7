$(eval $(call small_command,postlock,commands/postlock))
