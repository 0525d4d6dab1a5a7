$(eval $(call daemon,trivial-rewrite,services/trivial-rewrite))
