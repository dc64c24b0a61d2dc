# Everything that is done with Lamplit from a shell. `make` alone lists it.

PYTHON ?= python3
BIN := .venv/bin
PYTEST := $(BIN)/python -m pytest -q
# As many processes as there are processors, each with a database server of its own.
PARALLEL := --numprocesses=auto

.DEFAULT_GOAL := help
.PHONY: help install run dev pictures bench bench-customers bench-forecasts faults check check-style check-types check-imports check-translations \
        translations samples format simulate test test-simulator test-sqlite test-postgresql test-browser browser

help: ## List the commands
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-18s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

install: ## Build .venv with the command .venv/bin/lamplit
	@$(PYTHON) bootstrap.py

run: install ## Start Lamplit on this computer, with a sample company on the first start
	@exec $(BIN)/lamplit run

dev: ## Build .venv with the tools of the tests and checks
	@$(PYTHON) bootstrap.py --dev

check: check-style check-types check-imports check-translations ## Style, types, imports, translations

check-style: dev ## ruff: faults and format
	@$(BIN)/ruff check . && $(BIN)/ruff format --check .

check-types: dev ## mypy --strict
	@$(BIN)/mypy

check-imports: dev ## Who may import whom
	@$(BIN)/lint-imports

check-translations: dev ## Every word is there in every language
	@$(BIN)/python -m core.testing.translations

translations: dev ## Collect new words into the catalogues
	@$(BIN)/python -m core.testing.translations --update

samples: dev ## Keep a sample of every event whose shape is new
	@$(PYTEST) --keep-samples tests/architecture/test_contracts.py

catalogue: dev ## Write the tables in ARCHITECTURE.md, and docs/events.md
	@$(BIN)/python -m core.testing.catalogue --update

format: dev ## Put the code into ruff's format
	@$(BIN)/ruff check --fix . && $(BIN)/ruff format .

# A phase says what it is and, when it went well, how long it took.
phase = @printf '\n=== %s ===\n' "$(1)"; begin=$$(date +%s); $(2) \
	&& printf -- '--- %s: %s s\n' "$(1)" "$$(($$(date +%s) - begin))"

test: ## Everything: install, check, and all tests on SQLite, PostgreSQL and Redis, and in a browser
	$(call phase,Install,$(MAKE) --no-print-directory dev browser)
	$(call phase,Check,$(MAKE) --no-print-directory check)
	$(call phase,Tests on SQLite,$(MAKE) --no-print-directory test-sqlite)
	$(call phase,Simulator,$(MAKE) --no-print-directory test-simulator)
	$(call phase,Tests on PostgreSQL and Redis,$(MAKE) --no-print-directory test-postgresql)
	@printf '\n=== Tests in a browser ===\n'
	@$(MAKE) --no-print-directory test-browser

test-sqlite: dev ## The tests on SQLite with the bus in the same process
	@$(PYTEST) $(PARALLEL) --backend=sqlite --ignore=tests/browser --ignore=tests/simulator tests

test-simulator: dev ## The bus in two thousand simulated companies
	@$(PYTEST) $(PARALLEL) tests/simulator

test-postgresql: dev ## The tests that use a database, on PostgreSQL and Redis
	@$(PYTEST) $(PARALLEL) --backend=postgresql --ignore=tests/browser tests

pictures: dev ## Take the manual's pictures anew (docs/pictures), in a real browser
	@$(BIN)/python -m pytest -q tests/browser/pictures.py

bench: dev ## Measure the bus with the real departments, on both databases
	@$(BIN)/python benchmarks/departments.py

bench-customers: dev ## Measure cards, search and nights with a million made customers: COUNT=1000000
	@$(BIN)/python benchmarks/customers.py --count $(or $(COUNT),1000000)

bench-forecasts: dev ## Measure forecasts beside plain rules on a file of purchases: FILE=orders.csv
	@$(BIN)/python benchmarks/forecasts.py $(FILE)

faults: dev ## Break real programs while clients trade; writes docs/faults.md (LONG=1, ONLY="Redis,clock")
	@$(BIN)/python -m tests.rig

simulate: dev ## The bus in a simulated company: SEEDS=5000, SEEDS=100..200, or SEED=123 with its trace
	@$(BIN)/python -m tests.simulator

test-browser: dev ## The tests in headless Chromium
	@$(PYTEST) tests/browser

browser: ## Install Debian's Chromium and Chinese fonts where we are root
	@if ! command -v chromium >/dev/null && command -v apt-get >/dev/null && [ "$$(id -u)" = 0 ]; then \
	  echo "Installing Chromium and Chinese fonts for the browser tests ..."; \
	  apt-get update -qq && DEBIAN_FRONTEND=noninteractive \
	  apt-get install -y -qq --no-install-recommends chromium fonts-noto-cjk >/dev/null; \
	fi
