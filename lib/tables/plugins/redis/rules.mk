$(eval $(call plugin,redis,lib/tables/plugins/redis,,-lhiredis))
