$(eval $(call plugin,mongodb,lib/tables/plugins/mongodb,-isystem /usr/include/libmongoc-1.0 -isystem /usr/include/libbson-1.0,-lmongoc-1.0 -lbson-1.0))
