# It links the code of the other programs, which `check` and `explain` ask what they would do.
postfix_ARCHIVES := $(BUILD)/libprograms.a
$(eval $(call command,postfix,commands/postfix commands/postfix/check commands/postfix/explain commands/postfix/trace))
