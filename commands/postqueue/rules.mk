$(eval $(call small_command,postqueue,commands/postqueue lib/tables/few))
