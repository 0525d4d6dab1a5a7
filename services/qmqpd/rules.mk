$(eval $(call daemon,qmqpd,services/qmqpd))
