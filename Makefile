# hoidap: build, run, test.  `make help` lists the targets.
#
# Everything is built under build/VARIANT, so switching variants never needs a
# clean.  Your CFLAGS and LDFLAGS come after ours: `make CFLAGS=-O3`.

VARIANT ?= release
CC ?= cc
ifeq ($(origin CC),default)
CC := gcc
endif

ifeq ($(filter $(VARIANT),release debug asan tsan coverage fuzz),)
$(error unknown VARIANT '$(VARIANT)': release, debug, asan, tsan, coverage or fuzz)
endif

.DELETE_ON_ERROR:
.SUFFIXES:
.SECONDARY:
MAKEFLAGS += --no-builtin-rules

out := build/$(VARIANT)

# Empty before the set-up has run; `run` and `test` call make again after it.
packages := libmicrohttpd libcurl jansson libpcre2-8 sqlite3 libsodium \
	libutf8proc inih libxxhash xlsxwriter libcrypto

warnings := -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wundef \
	-Wstrict-prototypes -Wmissing-prototypes -Wvla -Wformat=2 -Wcast-qual \
	-Wwrite-strings -Wswitch-enum -Werror
release_flags := -O2 -g -D_FORTIFY_SOURCE=2 -fstack-protector-strong -fPIE
debug_flags := -O0 -g3
asan_flags := -O1 -g -fsanitize=address,undefined -fno-sanitize-recover=all \
	-fno-omit-frame-pointer
tsan_flags := -O1 -g -fsanitize=thread -fno-omit-frame-pointer
coverage_flags := -O0 -g --coverage
fuzz_flags := -O1 -g -fsanitize=fuzzer-no-link,address,undefined \
	-fno-sanitize-recover=all -fno-omit-frame-pointer
release_ldflags := -pie -Wl,-z,relro,-z,now
asan_ldflags := -fsanitize=address,undefined
tsan_ldflags := -fsanitize=thread
coverage_ldflags := --coverage
fuzz_ldflags := -fsanitize=address,undefined

package_cflags := $(shell pkg-config --cflags $(packages) 2>/dev/null)
package_libs := $(shell pkg-config --libs $(packages) 2>/dev/null)
version := $(shell cat VERSION)

# `make V=1` shows the whole commands.
say = @echo "  $(1)  $(2)" &&
ifeq ($(V),1)
say =
endif
cores := $(shell nproc 2>/dev/null || echo 1)
again = @$(MAKE) --no-print-directory -j$(cores)

all_cppflags = -D_GNU_SOURCE -DHOIDAP_VERSION='"$(version)"' -Iinclude -I. \
	-I$(out)/generated $(CPPFLAGS)
all_cflags = -std=c11 -pthread $(warnings) $($(VARIANT)_flags) \
	$(package_cflags) $(CFLAGS)
all_ldflags = -pthread $($(VARIANT)_ldflags) $(LDFLAGS)
# libcsv has no pkg-config file.
all_libs = $(package_libs) -lcsv -lm

# ---- what there is ----

lib_sources := $(filter-out src/main.c,$(sort $(shell find src webhooks -name '*.c')))
assets := $(sort $(shell find src webhooks faq -name '*.html' -o -name '*.css' -o \
	-name '*.js' -o -name '*.sql' -o -path 'faq/*.json'))
# The libraries of the console's pages, from npm (tools/vendor-console).
vendor := $(addprefix build/vendor/,pico.css preact.js uplot.css uplot.js)
assets += $(vendor)
support_sources := $(sort $(wildcard tests/support/*.c))
test_sources := $(sort $(shell find tests/unit tests/contract tests/scenario \
	-name '*_test.c'))
fuzz_sources := $(sort $(wildcard tests/fuzz/fuzz_*.c))
bench_sources := $(sort $(wildcard tests/bench/*.c))

lib_objects := $(lib_sources:%.c=$(out)/%.o) $(out)/generated/assets.o
support_objects := $(support_sources:%.c=$(out)/%.o)
tests := $(test_sources:%.c=$(out)/%)
fuzz_replays := $(fuzz_sources:%.c=$(out)/%_replay)
fuzzers := $(fuzz_sources:%.c=$(out)/%)
benches := $(bench_sources:%.c=$(out)/%)

all: build/hoidap ## build the program (VARIANT=release debug asan tsan coverage)

build/hoidap: $(out)/hoidap
	@ln -sf $(VARIANT)/hoidap $@

# ---- set-up ----

# Installed once per machine; the stamp is newer than the list of packages.
build/.packages: tools/install-packages
	@mkdir -p $(@D)
	tools/install-packages
	@touch $@

setup: build/.packages ## install the Debian packages that are missing

run: build/.packages ## set up, build and start the demo on 127.0.0.1
	$(again) all
	build/hoidap demo

test: build/.packages ## set up, build and pass every test
	$(again) test-build
	tools/run-tests $(out) $(TESTS)

test-build: all $(tests) $(fuzz_replays) $(out)/tests/bench/synthetic_store \
    build/browser/.installed

# What the tests in a browser need from npm, once for each list of it.
build/browser/.installed: tests/browser/package-lock.json | build/.packages
	@mkdir -p $(@D)
	cp tests/browser/package.json tests/browser/package-lock.json $(@D)
	cd $(@D) && npm ci --ignore-scripts --no-audit --no-fund
	@touch $@

# ---- compile and link ----

$(out)/%.o: %.c | build/.packages
	@mkdir -p $(@D)
	$(call say,CC  ,$<) $(CC) $(all_cppflags) $(all_cflags) -MMD -MP -c -o $@ $<

web := src/console/web
build/vendor/.installed: tools/vendor-console $(web)/package.json \
    $(web)/package-lock.json $(web)/pico.scss | build/.packages
	$(call say,NPM ,$(@D)) tools/vendor-console $(@D)
	@touch $@
$(vendor): build/vendor/.installed ;

$(out)/generated/assets.c: tools/embed $(assets)
	@mkdir -p $(@D)
	$(call say,GEN ,$@) tools/embed $(assets) > $@

$(out)/generated/assets.o: $(out)/generated/assets.c
	$(call say,CC  ,$<) $(CC) $(all_cppflags) $(all_cflags) -MMD -MP -c -o $@ $<

$(out)/libhoidap.a: $(lib_objects)
	@rm -f $@
	$(call say,AR  ,$@) ar rcs $@ $^

$(out)/hoidap: $(out)/src/main.o $(out)/libhoidap.a
	$(call say,LINK,$@) $(CC) $(all_cflags) $(all_ldflags) -o $@ $^ $(all_libs)

$(out)/tests/unit/% $(out)/tests/contract/% $(out)/tests/scenario/%: \
    all_libs += -lcmocka

# Every allocation of a test program can be made to fail once
# (tests/support/alloc_fault.h), and time can be made to pass at once
# (tests/support/clock_shift.h).
wrap_ldflags := -Wl,--wrap=malloc,--wrap=calloc,--wrap=realloc \
	-Wl,--wrap=clock_now_ms

$(out)/tests/unit/%: $(out)/tests/unit/%.o $(support_objects) $(out)/libhoidap.a
	$(call say,LINK,$@) $(CC) $(all_cflags) $(all_ldflags) $(wrap_ldflags) -o $@ $^ $(all_libs)
$(out)/tests/contract/%: $(out)/tests/contract/%.o $(support_objects) $(out)/libhoidap.a
	$(call say,LINK,$@) $(CC) $(all_cflags) $(all_ldflags) $(wrap_ldflags) -o $@ $^ $(all_libs)
$(out)/tests/scenario/%: $(out)/tests/scenario/%.o $(support_objects) $(out)/libhoidap.a
	$(call say,LINK,$@) $(CC) $(all_cflags) $(all_ldflags) $(wrap_ldflags) -o $@ $^ $(all_libs)
$(out)/tests/bench/%: $(out)/tests/bench/%.o $(out)/libhoidap.a
	$(call say,LINK,$@) $(CC) $(all_cflags) $(all_ldflags) -o $@ $^ $(all_libs)
$(out)/tests/fuzz/%_replay: $(out)/tests/fuzz/%.o $(out)/tests/fuzz/replay_main.o \
    $(out)/libhoidap.a
	$(call say,LINK,$@) $(CC) $(all_cflags) $(all_ldflags) -o $@ $^ $(all_libs)
$(out)/tests/fuzz/fuzz_%: $(out)/tests/fuzz/fuzz_%.o $(out)/libhoidap.a
	$(call say,LINK,$@) $(CC) $(all_cflags) $(all_ldflags) -fsanitize=fuzzer -o $@ $^ $(all_libs)

# ---- checks ----

check: build/.packages ## format, clang-tidy, banned calls, include direction, lone headers
	tools/check $(CHECKS)

format: ## rewrite every C file with clang-format
	git ls-files -co --exclude-standard '*.c' '*.h' | xargs clang-format-14 -i

asan: build/.packages ## every test under AddressSanitizer and UBSan
	$(again) VARIANT=asan test-build
	tools/run-tests build/asan $(TESTS)

tsan: build/.packages ## every test under ThreadSanitizer
	$(again) VARIANT=tsan test-build
	tools/run-tests build/tsan $(TESTS)

FUZZ_SECONDS ?= 60
fuzz: build/.packages ## fuzz every target for FUZZ_SECONDS (60)
	$(again) VARIANT=fuzz CC=clang-14 fuzz-build
	tools/run-fuzzers build/fuzz $(FUZZ_SECONDS)

fuzz-build: $(fuzzers)

CRASHES ?= 200
soak: build/.packages ## kill -9 the server CRASHES (200) times under load, and lose nothing
	$(again) test-build
	CRASHES=$(CRASHES) tools/run-tests $(out) scenario/crash

CROWD_SEEDS ?= 1 2 3
crowd: build/.packages ## 1,000 citizens at once, for each of CROWD_SEEDS (1 2 3)
	$(again) $(out)/tests/scenario/crowd_test
	tools/run-crowd $(out)/tests/scenario/crowd_test $(CROWD_SEEDS)

coverage: build/.packages ## print line coverage of the tests
	$(again) VARIANT=coverage test-build
	tools/run-tests build/coverage
	tools/coverage build/coverage

bench: build/.packages ## measure: turns a second against bare libmicrohttpd and Bottender
	$(again) all bench-build
	tools/run-bench $(out)

bench-match: build/.packages ## measure: right answers on every labelled set, speed and scale
	$(again) all bench-build
	tools/bench-match $(out)

bench-build: $(benches)

PREFIX ?= /usr/local
install: all ## install the program and the FAQ base under PREFIX
	install -D -m 755 $(out)/hoidap $(DESTDIR)$(PREFIX)/bin/hoidap
	install -d $(DESTDIR)$(PREFIX)/share/hoidap/faq
	install -m 644 faq/*.json $(DESTDIR)$(PREFIX)/share/hoidap/faq/

clean: ## remove everything that was built
	rm -rf build

help: ## print this list
	@sed -n 's/^\([a-z-]*\):.*## /\1\t/p' $(MAKEFILE_LIST) | expand -t 12

.PHONY: all setup run test test-build check format asan tsan fuzz fuzz-build \
	soak crowd coverage bench bench-match bench-build install clean help

-include $(shell find $(out) -name '*.d' 2>/dev/null)
