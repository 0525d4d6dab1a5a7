$(eval $(call small_command,postdrop,postdrop lib/tables/few))
