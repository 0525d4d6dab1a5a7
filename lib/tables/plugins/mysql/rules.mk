$(eval $(call plugin,mysql,lib/tables/plugins/mysql,-I/usr/include/mariadb,-lmariadb))
