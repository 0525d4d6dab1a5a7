$(eval $(call plugin,ldap,lib/tables/plugins/ldap,,-lldap -llber))
