# Two commands are enough: `make run` and `make test`. `make help` lists the rest.
SHELL = /bin/sh
.DEFAULT_GOAL := help
MAKEFLAGS += --no-print-directory
VENV := .venv/bin/python

# What may be set on the command line, e.g. make run PORT=9000 SAMPLES=0
PY ?=
PORT ?=
HOST ?=
INSTANCE ?=
SAMPLES ?=
CITY ?=
MODE ?=
VECTORS ?=
TLS_CERT ?=
TLS_KEY ?=
REQUIRE_BROWSER ?=
CHROMIUM ?=
export PY PORT HOST TLS_CERT TLS_KEY REQUIRE_BROWSER CHROMIUM

# Only what was given goes on as a setting; an empty one would hide the default of config.py.
ifneq ($(INSTANCE),)
export KOSODATE_INSTANCE := $(INSTANCE)
endif
ifneq ($(SAMPLES),)
export KOSODATE_SAMPLES := $(SAMPLES)
endif
ifneq ($(CITY),)
export KOSODATE_CITY := $(CITY)
endif
ifneq ($(VECTORS),)
export VECTORS
export KOSODATE_VECTORS := $(VECTORS)
endif
ifneq ($(MODE),)
export KOSODATE_MODE := $(MODE)
endif

.PHONY: help
help: ## show this list
	@echo "子育てのわ"
	@grep -hE '^[a-z]+:.*## ' Makefile | sed -E 's/^([a-z]+):.*## (.*)/  make \1|\2/' | \
		while IFS='|' read -r name words; do printf '%-16s %s\n' "$$name" "$$words"; done

.PHONY: run
run: environment vectors ## start everything on loopback (PORT= INSTANCE= SAMPLES=0 VECTORS=0 CITY= PY=); Ctrl-C ends it
	@exec $(VENV) -m forum.supervise

# Files side by side on the cores that are there. What kills, times or drives a browser runs alone.
SIDE_BY_SIDE := -n auto --maxprocesses=4 --dist loadfile

.PHONY: test
test: developing browser lint ## lint, types, contracts, tests with one browser pass
	$(VENV) -m pytest -q -m "browser and not slow"
	$(VENV) -m pytest -q $(SIDE_BY_SIDE) -m "not browser and not slow and not postgres"

.PHONY: verify
verify: developing browser vectors lint ## everything: also PostgreSQL, all browser passes, faults (REQUIRE_BROWSER=1)
	$(VENV) -m tests.postgres
	$(VENV) -m pytest -q -ra -m "slow or browser"
	$(VENV) -m pytest -q -ra $(SIDE_BY_SIDE) -m "not browser and not slow and not postgres"

.PHONY: lint
lint: developing ## ruff and mypy
	$(VENV) -m ruff check .
	$(VENV) -m mypy

RESULTS := tests/benchmarks/results
TODAY = $(shell date +%F)

.PHONY: bench
bench: developing ## measure speed with 10,000 threads (needs wrk); result kept in tests/benchmarks/results
	@mkdir -p $(RESULTS)
	$(VENV) -m tests.benchmarks.load > $(RESULTS)/$(TODAY)-load.json
	@cat $(RESULTS)/$(TODAY)-load.json
	$(VENV) -m tests.benchmarks.desk_lookup > $(RESULTS)/$(TODAY)-desk-lookup.json
	$(VENV) -m tests.benchmarks.wing_pages > $(RESULTS)/$(TODAY)-wing-pages.json
	$(VENV) -m tests.benchmarks.clock_years > $(RESULTS)/$(TODAY)-clock-years.json
	$(VENV) -m tests.benchmarks.desk_simulation > $(RESULTS)/$(TODAY)-desk-years.json

.PHONY: faults
faults: developing ## kill -9 web and worker 50 times during 500 posts; 4 processes x 500 writes; result kept
	@mkdir -p $(RESULTS)
	$(VENV) -m tests.faults.kill9 --posts 500 --kills 50 > $(RESULTS)/$(TODAY)-kill9.json
	@cat $(RESULTS)/$(TODAY)-kill9.json
	$(VENV) -m tests.faults.contention > $(RESULTS)/$(TODAY)-contention.json
	@cat $(RESULTS)/$(TODAY)-contention.json
	$(VENV) -m tests.faults.kill9_reports --reports 300 --kills 100 > $(RESULTS)/$(TODAY)-kill9-reports.json
	@cat $(RESULTS)/$(TODAY)-kill9-reports.json
	$(VENV) -m tests.faults.disk_search > $(RESULTS)/$(TODAY)-disk-search.json
	@cat $(RESULTS)/$(TODAY)-disk-search.json
	$(VENV) -m tests.faults.wall_load --seconds 60 > $(RESULTS)/$(TODAY)-wall-load.json
	@cat $(RESULTS)/$(TODAY)-wall-load.json

.PHONY: lock
lock: developing ## for developers: resolve the dependencies anew
	$(VENV) .make/lock.py

.PHONY: clean
clean: ## remove the environment and caches; instances with their data stay
	rm -rf .venv .tools .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

.PHONY: environment developing browser vectors
environment:
	@.make/environment.sh core
developing:
	@.make/environment.sh dev
browser: developing
	@.make/browser.sh
vectors:
	@.make/vectors.sh
