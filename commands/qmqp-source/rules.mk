$(eval $(call command,qmqp-source,commands/qmqp-source commands/load))
