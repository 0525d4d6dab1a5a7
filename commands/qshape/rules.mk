$(eval $(call command,qshape,commands/qshape))
