$(eval $(call daemon,smtpd,smtpd smtpd/verbs smtpd/access))
