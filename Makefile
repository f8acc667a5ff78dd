# Two commands: `make run` and `make test`. Everything they need is put into this folder.
.DEFAULT_GOAL := help
SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
MAKEFLAGS += --no-print-directory

BIN := .venv/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet
NODE = PATH="$$(scripts/node.sh):$$PATH"
PANEL := src/voltkeep/apps/panel/index.html
WEB_SOURCES := $(shell find web \( -name node_modules -o -name test \) -prune -o -type f -print 2>/dev/null)
WEB_PACKAGES := $(wildcard web/package.json web/apps/*/package.json web/packages/*/package.json)

.PHONY: help run test check bench soak dev setup lock docs format clean

help: ## Say what each target does
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## (.*)/\1|\2/' | while IFS='|' read -r name words; do printf 'make %-8s %s\n' "$$name" "$$words"; done

run: setup ## Start everything on this machine, with a simulated fleet; Ctrl-C stops it
	@exec $(BIN)/voltkeep up

test: check ## Run every check and every test (15 minutes at most)
	@scripts/chromium.sh
	@echo "Testing the panel's parts"
	@$(NODE); cd web && npm test --silent
	@echo "Testing everything else"
	@$(BIN)/pytest

check: setup ## Lint, types, layers, formats, generated files (under a minute)
	@echo "Checking Python: lint, format, types, layers"
	@$(BIN)/ruff check --quiet src tests bench migrations
	@$(BIN)/ruff format --quiet --check src tests bench migrations
	@$(BIN)/mypy
	@said="$$($(BIN)/lint-imports --no-logo 2>&1)" || { echo "$$said"; exit 1; }
	@echo "Checking TypeScript: lint, format, types, drift from the API"
	@$(NODE); cd web && npm run check --silent && npm run api:check --silent
	@echo "Checking generated files and locks"
	@scripts/check_configuration.sh
	@scripts/check_locks.sh

bench: setup ## Measure, and write docs/benchmarks.md
	@$(BIN)/python -m bench

soak: setup ## The long fault runs at full figures (hours)
	@VOLTKEEP_TEST_SCALE=$${VOLTKEEP_TEST_SCALE:-20} $(BIN)/pytest -m faults --timeout=0

dev: setup ## Start everything with reload: Python roles and the panel
	@$(NODE); scripts/dev.sh

setup: .venv/.voltkeep .venv/.compiled $(PANEL) ## Make .venv and build the panel, if they are out of date
	@true

lock: ## Resolve dependencies anew into the lock files (needs uv)
	@scripts/lock.sh

docs: .venv/.voltkeep ## Write docs/configuration.md and the panel's API types anew
	@env -i PATH="$$PATH" HOME="$${HOME:-/}" $(BIN)/voltkeep settings --markdown > docs/configuration.md
	@$(NODE); cd web && npm run api --silent

format: setup ## Format and fix what can be fixed by itself
	@$(BIN)/ruff check --quiet --fix src tests bench migrations || true
	@$(BIN)/ruff format --quiet src tests bench migrations
	@$(NODE); cd web && npm run format --silent

clean: ## Remove what setup made; data in .data/ stays
	@rm -rf .venv web/node_modules web/apps/*/node_modules src/voltkeep/apps/panel .mypy_cache .ruff_cache .pytest_cache .import_linter_cache

.venv/bin/python:
	@scripts/venv.sh

.venv/.packages: requirements-dev.lock | .venv/bin/python
	@echo "Installing the pinned Python packages"
	@$(PIP) install --require-hashes -r requirements-dev.lock
	@touch $@

.venv/.voltkeep: pyproject.toml .venv/.packages
	@echo "Installing voltkeep into .venv"
	@$(PIP) install --no-deps --no-build-isolation -e .
	@touch $@

# Compiled ahead, since the first start runs several processes that would each compile all of it.
.venv/.compiled: $(shell find src -name '*.py') .venv/.voltkeep
	@$(BIN)/python -m compileall -q src
	@touch $@

# Not `npm ci`: it refuses a lock that lacks other platforms' optional packages, which some mirrors don't carry.
web/node_modules/.voltkeep: web/package-lock.json $(WEB_PACKAGES) .venv/.packages
	@echo "Installing the pinned packages of the panel"
	@$(NODE); cd web && npm install --no-save --silent --no-audit --no-fund
	@touch $@

$(PANEL): web/node_modules/.voltkeep $(WEB_SOURCES)
	@echo "Building the panel"
	@$(NODE); cd web && said="$$(npm run build --silent 2>&1)" || { echo "$$said"; exit 1; }
	@touch $@
