# Prints postconf(5) from the registry of parameters; built for `make install`, not installed.
$(eval $(call program,manual,packaging/manual))
$(BUILD)/obj/packaging/manual/main.o: CPPFLAGS += -I$(BUILD)/generated
$(BUILD)/obj/packaging/manual/main.o: $(BUILD)/generated/all_parameter_headers.inc
$(BUILD)/man/man5/postconf.5: $(BUILD)/bin/manual man/parameters
	@mkdir -p $(@D); $(BUILD)/bin/manual man/parameters > $@
