$(eval $(call command,smtp-sink,commands/smtp-sink))
