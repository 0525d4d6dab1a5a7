$(eval $(call small_command,postlog,commands/postlog))
