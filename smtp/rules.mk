$(eval $(call daemon,smtp,smtp))
