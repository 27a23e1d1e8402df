# The two commands of the README are `make demo` and `make test`; the rest is for daily work.
SWIFT ?= swift
PREFIX ?= /usr/local
BENCHMARKS = Benchmarks/Package.swift Benchmarks/Sources

.PHONY: demo test build release install lint format benchmark soak help

help:
	@echo "make demo       set up, build, and watch a simulated staging and production stack"
	@echo "make test       set up, lint, build, and run the whole suite"
	@echo "make build      set up and build (debug)"
	@echo "make release    set up and build the program to install"
	@echo "make install    put the release build, rules and unit under PREFIX (default /usr/local)"
	@echo "make benchmark  build and run Benchmarks/ (needs more packages, which it names)"
	@echo "make soak       hours of random trouble: CEL against Google's engine (needs PyPI), delivery, kill -9"
	@echo "make format     format the sources in place"

demo: build
	@$(SWIFT) run --skip-build lookout demo $(ARGS)

build:
	@scripts/bootstrap
	$(SWIFT) build --product lookout

# One test at a time: those against real servers and processes have deadlines, and two cores.
test: lint
	@scripts/bootstrap test
	$(SWIFT) build --build-tests
	$(SWIFT) test --skip-build --disable-xctest --no-parallel

lint:
	$(SWIFT) format lint --strict --parallel --recursive Package.swift Sources Tests $(BENCHMARKS)

format:
	$(SWIFT) format --in-place --parallel --recursive Package.swift Sources Tests $(BENCHMARKS)

release:
	@scripts/bootstrap
	$(SWIFT) build -c release --product lookout --static-swift-stdlib

install: release
	install -D -m 755 "$$($(SWIFT) build -c release --static-swift-stdlib --show-bin-path)/lookout" $(DESTDIR)$(PREFIX)/bin/lookout
	install -d $(DESTDIR)$(PREFIX)/share/lookout/Rules/tests $(DESTDIR)$(PREFIX)/share/lookout/docs/receivers $(DESTDIR)/etc/lookout
	install -m 644 Rules/*.* $(DESTDIR)$(PREFIX)/share/lookout/Rules/
	install -m 644 Rules/tests/* $(DESTDIR)$(PREFIX)/share/lookout/Rules/tests/
	install -m 644 docs/*.md $(DESTDIR)$(PREFIX)/share/lookout/docs/
	install -m 644 docs/receivers/*.md $(DESTDIR)$(PREFIX)/share/lookout/docs/receivers/
	[ -e $(DESTDIR)/etc/lookout/lookout.yaml ] || sed 's|\.\./Rules/|$(PREFIX)/share/lookout/Rules/|' \
		examples/lookout.yaml >$(DESTDIR)/etc/lookout/lookout.yaml
	install -D -m 644 systemd/lookout.service $(DESTDIR)/etc/systemd/system/lookout.service

benchmark:
	@scripts/bootstrap
	Benchmarks/run

soak:
	@scripts/bootstrap test
	Tests/Soak/run $(ARGS)
	$(SWIFT) build --build-tests
	LOOKOUT_PROOF_SCHEDULES=100000 LOOKOUT_CRASH_ROUNDS=200 \
		$(SWIFT) test --skip-build --disable-xctest --no-parallel --filter 'DeliveryProof|OutboxSchedule|Crashes'
