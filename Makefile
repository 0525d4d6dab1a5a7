# Postrider: one non-recursive Makefile.  Every folder that makes a program has a rules.mk with one line,
# $(eval $(call daemon,NAME,FOLDERS...)) or $(eval $(call command,NAME,FOLDERS...)).
#
#   make            build everything below build/
#   make check      install what is missing (as root), build, run every test
#   make demo       a private instance under build/demo, with two messages sent through it
#   make install    DESTDIR= PREFIX= SYSCONFDIR= QUEUEDIR= DATADIR=
# See README.md for the rest.

SHELL := /bin/bash
.DEFAULT_GOAL := all

PREFIX     ?= /usr
SYSCONFDIR ?= /etc
QUEUEDIR   ?= /var/spool/postfix
DATADIR    ?= /var/lib/postfix
DESTDIR    ?=

COMMANDDIR := $(PREFIX)/sbin
DAEMONDIR  := $(PREFIX)/lib/postfix/sbin
SHLIBDIR   := $(PREFIX)/lib/postfix
CONFIGDIR  := $(SYSCONFDIR)/postfix
BINDIR     := $(PREFIX)/bin
MANDIR     := $(PREFIX)/share/man
BASH_COMPLETIONS = $(PREFIX)/share/bash-completion/completions
ZSH_COMPLETIONS = $(PREFIX)/share/zsh/vendor-completions
# The commands that conf/completions/ knows.
COMPLETED = postfix postconf postqueue postsuper postcat postmap postalias postlog postkick postlock postmulti qshape

BUILD ?= build
CXX   ?= g++
ifeq ($(origin CXX),default)
CXX := g++
endif
CCACHE := $(shell command -v ccache 2>/dev/null)
SANITIZE ?=

OPT      ?= -O2
WARNINGS := -Wall -Wextra -Wpedantic -Werror
HARDEN   := -fPIE -fstack-protector-strong -D_FORTIFY_SOURCE=2 -D_GLIBCXX_ASSERTIONS
LDHARDEN := -pie -Wl,-z,relro,-z,now -Wl,--as-needed
ifneq ($(SANITIZE),)
OPT      := -O1
HARDEN   := -fPIE -fno-omit-frame-pointer -fsanitize=$(SANITIZE) -fno-sanitize-recover=all
LDHARDEN := -pie -fsanitize=$(SANITIZE)
# g++ sees uninitialised values in its own library under sanitizers.
WARNINGS += -Wno-maybe-uninitialized
endif
# clang 14 spells the coroutine switch differently and warns about different things.
ifneq (,$(findstring clang,$(CXX)))
WARNINGS += -Wno-unused-command-line-argument
endif

CPPFLAGS += -I. -D_GNU_SOURCE
CXXFLAGS += -std=c++20 $(OPT) -g1 $(WARNINGS) $(HARDEN) -pthread
LDFLAGS  += $(LDHARDEN) -pthread
LDLIBS   += -levent_core -lsasl2 -lcares -lfmt -lpcre2-8 -ldb-5.3 -llmdb -lcdb -lidn2 -licuuc -lssl -lcrypto -lseccomp

LIB_FOLDERS := $(wildcard lib/*) lib/tables/types lib/tables/files
LIB_SOURCES := $(filter-out %_test.cc,$(wildcard $(addsuffix /*.cc,$(LIB_FOLDERS))))
LIB_OBJECTS := $(LIB_SOURCES:%.cc=$(BUILD)/obj/%.o)
TEST_SOURCES := $(wildcard $(addsuffix /*_test.cc,$(LIB_FOLDERS) lib/tables/plugins))

PROGRAMS :=
PROGRAM_OBJECTS :=
DAEMONS :=
COMMANDS :=

# program NAME, FOLDERS: every .cc of the folders but tests; main.cc holds main().  NAME_ARCHIVES, set before, is linked
# too: $(BUILD)/libprograms.a has the code of all programs, for the one that explains what they would do.
define program
$(1)_SOURCES := $$(filter-out %_test.cc,$$(wildcard $$(addsuffix /*.cc,$(2))))
$(1)_OBJECTS := $$($(1)_SOURCES:%.cc=$(BUILD)/obj/%.o)
PROGRAMS += $(1)
PROGRAM_OBJECTS += $$(filter-out %/main.o $(BUILD)/obj/lib/tables/few/%,$$($(1)_OBJECTS))
TEST_SOURCES += $$(wildcard $$(addsuffix /*_test.cc,$(2)))
$(BUILD)/bin/$(1): $$($(1)_OBJECTS) $$($(1)_ARCHIVES) $(BUILD)/libpostrider.a
	@mkdir -p $$(@D)
	@echo "  LINK $(1)"
	@$(CXX) $(LDFLAGS) $$($(1)_LDFLAGS) -o $$@ $$($(1)_OBJECTS) $$($(1)_ARCHIVES) $(BUILD)/libpostrider.a $(LDLIBS)
endef
define daemon
$(eval DAEMONS += $(1))$(call program,$(1),$(2))
endef
define command
$(eval COMMANDS += $(1))$(call program,$(1),$(2))
endef

# small_command NAME, FOLDERS: one that scripts and programs start again and again.  It brings the C++ library along:
# loading that takes longer than the work.  One that opens tables has lib/tables/few among its folders.
define small_command
$(eval $(1)_LDFLAGS = $(if $(SANITIZE),,-static-libstdc++ -static-libgcc))$(call command,$(1),$(2))
endef

# plugin NAME, FOLDER, FLAGS, LIBRARIES: a table type that is loaded when one is opened (lib/tables/types/plugin.h).  It holds
# nothing of libpostrider.a, and it alone links its client library.
PLUGINS :=
PLUGIN_OBJECTS :=
define plugin
$(1)_PLUGIN_OBJECTS := $$(patsubst %.cc,$(BUILD)/obj/%.o,$$(filter-out %_test.cc,$$(wildcard $(2)/*.cc)))
PLUGINS += postrider-$(1).so
PLUGIN_OBJECTS += $$($(1)_PLUGIN_OBJECTS)
TEST_SOURCES += $$(wildcard $(2)/*_test.cc)
$$($(1)_PLUGIN_OBJECTS): HARDEN := $$(filter-out -fPIE,$$(HARDEN)) -fPIC -fvisibility=hidden
$$($(1)_PLUGIN_OBJECTS): CPPFLAGS += $(3)
$(BUILD)/plugins/postrider-$(1).so: $$($(1)_PLUGIN_OBJECTS)
	@mkdir -p $$(@D)
	@echo "  LINK $(1) (plug-in)"
	@$(CXX) -shared $(filter-out -pie,$(LDFLAGS)) -o $$@ $$($(1)_PLUGIN_OBJECTS) $(4)
endef

include $(sort $(wildcard */rules.mk */*/rules.mk lib/tables/plugins/*/rules.mk))

TEST_OBJECTS := $(TEST_SOURCES:%.cc=$(BUILD)/obj/%.o) $(BUILD)/obj/tests/unit_main.o
ALL_OBJECTS  := $(LIB_OBJECTS) $(PROGRAM_OBJECTS) $(foreach p,$(PROGRAMS),$($(p)_OBJECTS)) $(TEST_OBJECTS) $(PLUGIN_OBJECTS)

$(BUILD)/libprograms.a: $(sort $(PROGRAM_OBJECTS))
	@rm -f $@; ar rcs $@ $^

.PHONY: all programs unit clean
all: programs
programs: $(addprefix $(BUILD)/bin/,$(PROGRAMS)) $(addprefix $(BUILD)/plugins/,$(PLUGINS))

# The places fixed at build; each is a main.cf parameter as well.
PLACES := -DPOSTRIDER_COMMAND_DIRECTORY='"$(COMMANDDIR)"' -DPOSTRIDER_DAEMON_DIRECTORY='"$(DAEMONDIR)"' \
  -DPOSTRIDER_CONFIG_DIRECTORY='"$(CONFIGDIR)"' -DPOSTRIDER_QUEUE_DIRECTORY='"$(QUEUEDIR)"' \
  -DPOSTRIDER_DATA_DIRECTORY='"$(DATADIR)"' -DPOSTRIDER_SENDMAIL_PATH='"$(COMMANDDIR)/sendmail"' \
  -DPOSTRIDER_MAILQ_PATH='"$(BINDIR)/mailq"' -DPOSTRIDER_NEWALIASES_PATH='"$(BINDIR)/newaliases"' \
  -DPOSTRIDER_MANPAGE_DIRECTORY='"$(MANDIR)"' -DPOSTRIDER_SHLIB_DIRECTORY='"$(SHLIBDIR)"'
$(BUILD)/places: FORCE
	@mkdir -p $(@D); echo '$(subst ','\'',$(PLACES))' > $@.new; cmp -s $@.new $@ && rm $@.new || mv $@.new $@
$(BUILD)/obj/lib/config/places.o: CPPFLAGS += $(PLACES)
$(BUILD)/obj/lib/config/places.o: $(BUILD)/places
.PHONY: FORCE
FORCE:

# The names of all declared parameters, so that each program knows what the suite obeys.
PARAMETER_HEADERS := $(wildcard lib/*/*parameters.h */*parameters.h */*/*parameters.h) lib/delivery/bounce_template.h
$(BUILD)/generated/honoured_names.inc: FORCE
	@mkdir -p $(@D); sed -nE 's/^ *\.name = ("[A-Za-z0-9_]+"),$$/\1,/p' $(PARAMETER_HEADERS) | sort -u > $@.new; \
	  cmp -s $@.new $@ && rm $@.new || mv $@.new $@
$(BUILD)/obj/lib/config/honoured.o: CPPFLAGS += -I$(BUILD)/generated
$(BUILD)/obj/lib/config/honoured.o: $(BUILD)/generated/honoured_names.inc

$(BUILD)/obj/%.o: %.cc
	@mkdir -p $(@D)
	@echo "  CXX  $<"
	@$(CCACHE) $(CXX) $(CPPFLAGS) $(CXXFLAGS) -MMD -MP -c -o $@ $<

$(BUILD)/libpostrider.a: $(LIB_OBJECTS)
	@mkdir -p $(@D); rm -f $@
	@ar rcs $@ $^

$(BUILD)/tests/unit: $(TEST_OBJECTS) $(sort $(PROGRAM_OBJECTS)) $(BUILD)/libpostrider.a
	@mkdir -p $(@D)
	@echo "  LINK $@"
	@$(CXX) $(LDFLAGS) -o $@ $(TEST_OBJECTS) $(sort $(PROGRAM_OBJECTS)) $(BUILD)/libpostrider.a $(LDLIBS)
unit: $(BUILD)/tests/unit
	@$(BUILD)/tests/unit $(UNIT)

# One folder's unit tests alone, quick while working: make only ONLY=lib/mail [UNIT='[mail]']
ifdef ONLY
ONLY_TESTS := $(filter $(ONLY)/%,$(TEST_SOURCES))
ONLY_OBJECTS := $(ONLY_TESTS:%.cc=$(BUILD)/obj/%.o) $(BUILD)/obj/tests/unit_main.o \
  $(sort $(filter $(BUILD)/obj/$(ONLY)/%,$(PROGRAM_OBJECTS)) $(filter-out %/main.o,$($(notdir $(ONLY))_OBJECTS)))
ONLY_BINARY := $(BUILD)/tests/only-$(subst /,-,$(ONLY))
ONLY_ARCHIVES := $($(notdir $(ONLY))_ARCHIVES)
$(ONLY_BINARY): $(ONLY_OBJECTS) $(ONLY_ARCHIVES) $(BUILD)/libpostrider.a
	@mkdir -p $(@D)
	@$(CXX) $(LDFLAGS) -o $@ $(ONLY_OBJECTS) $(ONLY_ARCHIVES) $(BUILD)/libpostrider.a $(LDLIBS)
.PHONY: only
only: $(ONLY_BINARY)
	@$(ONLY_BINARY) $(UNIT)
endif

# ---- packages, tests ----

JOBS ?= $(shell nproc)
SUITE ?= tests/conform
INSTALLED := $(CURDIR)/$(BUILD)/inst

.PHONY: deps check check-asan conform conform-postfix installed-tree
# Installs the Debian packages that are missing (as root), or names them (as anybody else).
deps:
	@packaging/install-build-packages

# Everything: build, unit tests, lint, system tests.  Last line: N passed, N failed.
check: deps
	@$(MAKE) --no-print-directory -j$(JOBS) programs $(BUILD)/tests/unit
	@BUILD=$(BUILD) tests/check

# The unit tests again, built with the sanitizers.
check-asan: deps
	@$(MAKE) --no-print-directory -j$(JOBS) BUILD=build/asan SANITIZE=address,undefined build/asan/tests/unit
	@BUILD=build/asan tests/check unit

# A tree of its own for the conformance suite, which asks postconf -d where everything is.  The same objects are
# linked again for its places.
installed-tree: deps
	@mkdir -p $(BUILD)
	@$(MAKE) --no-print-directory -j$(JOBS) PREFIX=$(INSTALLED)/usr SYSCONFDIR=$(INSTALLED)/etc \
	  QUEUEDIR=$(INSTALLED)/spool DATADIR=$(INSTALLED)/data install >$(BUILD)/install.log 2>&1 || \
	  { tail -n 20 $(BUILD)/install.log; exit 1; }

# Every case of the conformance suite: against this tree, and against the Postfix that is installed. Needs root.
conform: installed-tree
	@tests/conform.py --suite $(SUITE) --prefix $(INSTALLED) -j $(JOBS)
conform-postfix:
	@$(SUITE)/run -j $(JOBS)

# Figures beside Debian's Postfix; see bench/README.md.
.PHONY: bench rfc-index check-docs
bench: installed-tree
	@bench/run $(BENCH_OPTIONS)
# Manuals against the code, in both directions; part of make check.
check-docs:
	@tests/check_docs.py
# Where the code obeys which standard, and where it follows Postfix.
rfc-index:
	@tests/rfc_index.py

# ---- a private instance to look at ----

.PHONY: demo demo-stop
demo: deps
	@$(MAKE) --no-print-directory -j$(JOBS) programs
	@packaging/demo start $(BUILD)
demo-stop:
	@packaging/demo stop $(BUILD)

# Installing.  Configuration that is there stays as it is; users, owners and modes are the work of
# `postfix set-permissions`, which runs when root installs into the live system.
INSTALL_PROGRAM := install -m 755
INSTALL_DATA    := install -m 644
WRITTEN_MAN     := $(wildcard man/man*/*)
GENERATED_MAN   := $(BUILD)/man/man5/postconf.5
INSTALLED_MAN   := $(WRITTEN_MAN) $(patsubst $(BUILD)/%,%,$(GENERATED_MAN))
AT := sed -e 's|@COMMANDDIR@|$(COMMANDDIR)|g' -e 's|@QUEUEDIR@|$(QUEUEDIR)|g' -e 's|/etc/aliases|$(SYSCONFDIR)/aliases|g'

# True when a completion is somebody else's: the package bash-completion has some for Postfix, which stay.
OTHERS = test -e $(DESTDIR)$(BASH_COMPLETIONS)/$$name -a "$$(readlink $(DESTDIR)$(BASH_COMPLETIONS)/$$name)" != postrider

.PHONY: install uninstall
install: programs $(GENERATED_MAN)
	install -d $(addprefix $(DESTDIR),$(COMMANDDIR) $(DAEMONDIR) $(SHLIBDIR) $(BINDIR) $(CONFIGDIR)/dynamicmaps.cf.d)
	$(INSTALL_PROGRAM) $(addprefix $(BUILD)/bin/,$(COMMANDS)) $(DESTDIR)$(COMMANDDIR)
	$(INSTALL_PROGRAM) $(addprefix $(BUILD)/bin/,$(DAEMONS)) $(DESTDIR)$(DAEMONDIR)
	$(INSTALL_DATA) $(addprefix $(BUILD)/plugins/,$(PLUGINS)) $(DESTDIR)$(SHLIBDIR)
	ln -sf smtp $(DESTDIR)$(DAEMONDIR)/lmtp
	ln -sf qmgr $(DESTDIR)$(DAEMONDIR)/nqmgr
	ln -sf qmgr $(DESTDIR)$(DAEMONDIR)/oqmgr
	ln -sf $(COMMANDDIR)/sendmail $(DESTDIR)$(BINDIR)/mailq
	ln -sf $(COMMANDDIR)/sendmail $(DESTDIR)$(BINDIR)/newaliases
	ln -sf $(COMMANDDIR)/rmail $(DESTDIR)$(BINDIR)/rmail
	$(AT) commands/rmail/rmail > $(BUILD)/rmail && $(INSTALL_PROGRAM) $(BUILD)/rmail $(DESTDIR)$(COMMANDDIR)
	$(AT) commands/postmulti/postfix-wrapper > $(BUILD)/postfix-wrapper && \
	  $(INSTALL_PROGRAM) $(BUILD)/postfix-wrapper $(DESTDIR)$(DAEMONDIR)
	@for page in $(WRITTEN_MAN) $(GENERATED_MAN); do \
	  install -d $(DESTDIR)$(MANDIR)/$$(basename $$(dirname $$page)) && \
	  $(INSTALL_DATA) $$page $(DESTDIR)$(MANDIR)/$$(basename $$(dirname $$page)) || exit 1; done
	@install -d $(DESTDIR)$(BASH_COMPLETIONS) $(DESTDIR)$(ZSH_COMPLETIONS)
	$(INSTALL_DATA) conf/completions/postfix.bash $(DESTDIR)$(BASH_COMPLETIONS)/postrider
	@for name in $(COMPLETED); do $(OTHERS) || ln -sf postrider $(DESTDIR)$(BASH_COMPLETIONS)/$$name || exit 1; done
	$(INSTALL_DATA) conf/completions/_postfix $(DESTDIR)$(ZSH_COMPLETIONS)
	@for file in main.cf master.cf dynamicmaps.cf; do \
	  $(AT) conf/$$file > $(BUILD)/$$file.proto && \
	  $(INSTALL_DATA) $(BUILD)/$$file.proto $(DESTDIR)$(CONFIGDIR)/ || exit 1; \
	  test -e $(DESTDIR)$(CONFIGDIR)/$$file || $(INSTALL_DATA) $(BUILD)/$$file.proto $(DESTDIR)$(CONFIGDIR)/$$file; done
	@test -e $(DESTDIR)$(SYSCONFDIR)/aliases || $(INSTALL_DATA) conf/aliases $(DESTDIR)$(SYSCONFDIR)/aliases
	@if test -z '$(DESTDIR)' -a "$$(id -u)" = 0; then \
	  $(COMMANDDIR)/postfix -c $(CONFIGDIR) set-permissions || exit 1; \
	  test -e $(SYSCONFDIR)/aliases.db || $(COMMANDDIR)/postalias -c $(CONFIGDIR) hash:$(SYSCONFDIR)/aliases; fi

# Debian packages: build/deb/*.deb; SOURCE=1 makes the source package too.
.PHONY: deb
deb: deps
	@packaging/install-build-packages deb-packages
	@$(MAKE) --no-print-directory -j$(JOBS) programs
	@packaging/make-deb $(BUILD)

# The packages, quickly made, in a Debian of their own.  tests/howto/run does the documents with them.
.PHONY: check-packages
check-packages:
	@COMPRESSION=-Znone $(MAKE) --no-print-directory deb
	@tests/packaging/run

# Programs and manuals go; configuration and mail stay.
uninstall:
	rm -f $(addprefix $(DESTDIR)$(COMMANDDIR)/,$(COMMANDS) rmail)
	rm -f $(addprefix $(DESTDIR)$(DAEMONDIR)/,$(DAEMONS) lmtp nqmgr oqmgr postfix-wrapper)
	rm -f $(addprefix $(DESTDIR)$(SHLIBDIR)/,$(PLUGINS))
	rm -f $(addprefix $(DESTDIR)$(BINDIR)/,mailq newaliases rmail)
	rm -f $(patsubst man/%,$(DESTDIR)$(MANDIR)/%,$(INSTALLED_MAN))
	@for name in $(COMPLETED); do $(OTHERS) || rm -f $(DESTDIR)$(BASH_COMPLETIONS)/$$name || exit 1; done
	rm -f $(DESTDIR)$(BASH_COMPLETIONS)/postrider $(DESTDIR)$(ZSH_COMPLETIONS)/_postfix

clean:
	rm -rf $(BUILD)

-include $(ALL_OBJECTS:.o=.d)
