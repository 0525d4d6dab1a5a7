$(eval $(call plugin,pgsql,lib/tables/plugins/pgsql,-I/usr/include/postgresql,-lpq))
