$(eval $(call command,postconf,commands/postconf))

# postconf knows the declarations of all programs: their headers are included in one file.
$(BUILD)/generated/all_parameter_headers.inc: FORCE
	@mkdir -p $(@D); printf '#include "%s"\n' $(PARAMETER_HEADERS) > $@.new; \
	  cmp -s $@.new $@ && rm $@.new || mv $@.new $@
$(BUILD)/obj/commands/postconf/declared.o: CPPFLAGS += -I$(BUILD)/generated
$(BUILD)/obj/commands/postconf/declared.o: $(BUILD)/generated/all_parameter_headers.inc
