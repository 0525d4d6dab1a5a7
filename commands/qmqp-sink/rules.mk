$(eval $(call command,qmqp-sink,commands/qmqp-sink))
