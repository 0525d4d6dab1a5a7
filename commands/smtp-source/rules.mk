$(eval $(call command,smtp-source,commands/smtp-source commands/load))
