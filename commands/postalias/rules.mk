$(eval $(call command,postalias,commands/postalias))
