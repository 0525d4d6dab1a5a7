$(eval $(call small_command,sendmail,commands/sendmail lib/tables/few))
