# `make` lists the targets. All of them make .venv by themselves; Python 3.11 or later is all they need.
# Where packages come from is pip's own business: its settings and environment variables are left alone.

PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin
# What pytest is given, e.g. `make test ARGS="tests/rules -k capacity"`.
ARGS ?=
# What the console is given, e.g. `make demo DEMO="evening-outage --speed 4"`.
DEMO ?=

# Everything compiles the whole program anew in each of its processes without.
unexport PYTHONDONTWRITEBYTECODE

RUN := $(VENV)/.run-stamp
DEV := $(VENV)/.dev-stamp

.DEFAULT_GOAL := help
.PHONY: help demo test quick thorough slowest check lint format types imports data docs docs-check snapshots screenshots bench bench-peers dev profile wheel clean

help: ## List the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  %-12s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

$(RUN): pyproject.toml constraints.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || { \
		echo "OmniTUI needs Python 3.11 or later, and \`$(PYTHON)\` is $$($(PYTHON) -V 2>/dev/null || echo not there)."; \
		echo "Name another one, for example: make $(MAKECMDGOALS) PYTHON=python3.12"; exit 1; }
	@test -x $(BIN)/python || { echo "Making $(VENV) ..."; $(PYTHON) -m venv $(VENV); }
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --upgrade "pip>=25.1"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e .
	@touch $@

$(DEV): $(RUN)
	@echo "Installing what tests and checks need ..."
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt --group dev
	@touch $@

demo: $(RUN) ## The console with simulated customers, on a store that is thrown away
	@$(BIN)/omnitui demo $(DEMO)

test: $(DEV) ## The whole suite on every core
	$(BIN)/pytest -n auto $(ARGS)

quick: $(DEV) ## All tests but those that start a console
	$(BIN)/pytest -n "$$(getconf _NPROCESSORS_ONLN)" --dist worksteal --ignore=tests/console --ignore=tests/journeys $(ARGS)

thorough: $(DEV) ## The quick ones, with two and a half times the examples for every property
	$(MAKE) quick ARGS="--hypothesis-profile=thorough $(ARGS)"

slowest: $(DEV) ## Which of the quick tests take most processor time
	$(BIN)/python tools/slowest.py $(ARGS)

check: lint types imports docs-check data wheel test ## Everything CI runs

lint: $(DEV) ## Style and formatting
	$(BIN)/ruff check
	$(BIN)/ruff format --check

format: $(DEV) ## Mend style and formatting
	$(BIN)/ruff check --fix
	$(BIN)/ruff format

types: $(DEV) ## mypy, strictly
	$(BIN)/mypy

imports: $(DEV) ## The arrows of the architecture
	$(BIN)/lint-imports

data: $(RUN) ## Validate the shipped data files
	$(BIN)/omnitui check

docs: $(RUN) ## Regenerate the reference in docs/
	$(BIN)/python -m omnitui.cli.docs

docs-check: $(RUN) ## Say which pages of the reference are stale
	$(BIN)/python -m omnitui.cli.docs --check

snapshots: $(DEV) ## Write new pictures of the screens; look at every difference
	$(BIN)/pytest -p no:randomly --snapshot-update $(ARGS)

screenshots: $(DEV) ## Regenerate the pictures in screenshots/
	$(BIN)/python tools/screenshots.py

bench: $(DEV) ## What is fast, beside a yardstick
	$(BIN)/python -m benchmarks $(ARGS)

bench-peers: $(DEV) ## Start and typing beside two popular apps, which pip installs into .bench/
	$(BIN)/python -m benchmarks.peers

dev: $(DEV) ## The demonstration with live styles; `textual console` in another terminal shows its log
	$(BIN)/textual run --dev -c $(BIN)/omnitui demo $(DEMO)

profile: $(DEV) ## Where a simulated shift spends its time, as build/profile.html
	@mkdir -p build
	$(BIN)/pyinstrument --renderer html --outfile build/profile.html $(BIN)/omnitui simulate quiet-morning

wheel: $(DEV) ## Build the wheel into dist/
	@rm -rf dist
	$(BIN)/python -m build --wheel

clean: ## Remove the virtual environment and everything that was made
	rm -rf $(VENV) .bench dist build .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
