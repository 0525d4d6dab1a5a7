# Fuzz targets: a program for each file here; see README.md.
FUZZ_CXX     ?= clang++-14
FUZZ_SECONDS ?= 10
FUZZ_INPUTS  ?=
FUZZ_BUILD   := build/fuzz
# Without -fsanitize=function: clang 14 cannot assemble coroutines with it.
FUZZ_FLAGS   := -std=c++20 -O1 -g1 -Wall -Wextra -Wpedantic -Werror -pthread -fsanitize=address,undefined \
  -fno-sanitize=function -fno-sanitize-recover=all

# A target whose parser a checkout does not have is left out.
FUZZ_ABSENT := $(if $(wildcard lib/sasl/dovecot_protocol.h),,dovecot) $(if $(wildcard lib/milter/wire.h),,milter) \
  $(if $(wildcard lib/daemon/proxy_header.h),,proxy_header)
FUZZ ?= $(filter-out $(FUZZ_ABSENT),$(patsubst tests/fuzz/%.cc,%,$(wildcard tests/fuzz/*.cc)))

# What they link, each only what it needs.
FUZZ_SOURCES := $(filter-out %_test.cc,$(wildcard lib/base/*.cc lib/mail/*.cc lib/async/*.cc)) lib/dns/reply.cc \
  lib/ipc/attributes.cc lib/queue/record.cc lib/queue/record_reader.cc lib/queue/envelope.cc \
  lib/queue/user_records.cc lib/config/logical_lines.cc lib/tables/network.cc lib/tables/types/rules.cc \
  lib/tables/files/source.cc lib/tables/files/alias_source.cc lib/tables/types/pattern_text.cc lib/delivery/quota_account.cc local/destination_list.cc \
  smtpd/command.cc smtpd/content.cc smtpd/proxied.cc smtpd/reply.cc smtp/content_encoder.cc \
  smtp/reply.cc $(wildcard lib/sasl/dovecot_protocol.cc lib/milter/wire.cc lib/daemon/proxy_header.cc)
FUZZ_OBJECTS := $(FUZZ_SOURCES:%.cc=$(FUZZ_BUILD)/obj/%.o)
FUZZ_TARGETS := $(FUZZ:%=$(FUZZ_BUILD)/obj/tests/fuzz/%.o)

$(FUZZ_BUILD)/obj/%.o: %.cc
	@mkdir -p $(@D)
	@echo "  FUZZ $<"
	@$(CCACHE) $(FUZZ_CXX) -I. -D_GNU_SOURCE $(FUZZ_FLAGS) -fsanitize=fuzzer-no-link -MMD -MP -c -o $@ $<
$(FUZZ_BUILD)/library.a: $(FUZZ_OBJECTS)
	@mkdir -p $(@D); rm -f $@; ar rcs $@ $^
$(FUZZ_BUILD)/bin/%: $(FUZZ_BUILD)/obj/tests/fuzz/%.o $(FUZZ_BUILD)/library.a
	@mkdir -p $(@D)
	@$(FUZZ_CXX) $(FUZZ_FLAGS) -fsanitize=fuzzer -o $@ $^ -levent_core -lfmt -lpcre2-8 -lidn2 -licuuc

.PHONY: fuzz fuzz-deps
.PRECIOUS: $(FUZZ_BUILD)/obj/%.o
fuzz-deps: deps
	@packaging/install-build-packages fuzz-packages
fuzz: fuzz-deps
	@$(MAKE) --no-print-directory -j$(JOBS) $(FUZZ:%=$(FUZZ_BUILD)/bin/%)
	@tests/fuzz/run --build $(FUZZ_BUILD) --seconds $(FUZZ_SECONDS) $(FUZZ_INPUTS:%=--inputs %) -j $(JOBS) $(FUZZ)

-include $(FUZZ_OBJECTS:.o=.d) $(FUZZ_TARGETS:.o=.d)
