# `make` prints the targets. `make demo` and `make test` are the two a newcomer needs.
.DEFAULT_GOAL := help
SHELL := /bin/sh
PY := .venv/bin/python
PYTEST := .venv/bin/pytest -q
SERVE ?= 1
DATA ?= data
PORT ?= 8000
export PYTHONDONTWRITEBYTECODE :=

.PHONY: help demo setup run test test-pure test-app test-postgres test-journeys check fix screens bench migrations docs release

help: ## Print this list
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | awk -F ':.*## ' '{printf "  make %-16s %s\n", $$1, $$2}'

demo: setup ## Build Provinsi Contoh, run both batches, serve at 127.0.0.1:8000 (PORT=8473: elsewhere; SERVE=0: stop before)
	@.venv/bin/sinambung --data $(DATA) demo --port $(PORT) $(if $(filter 0,$(SERVE)),--no-serve,)

setup: ## Install into .venv without running anything
	@tools/setup.sh requirements.lock

setup-dev:
	@tools/setup.sh requirements-dev.lock

run: setup ## Serve the installation in data/ (PORT=8473: elsewhere)
	@.venv/bin/sinambung --data $(DATA) serve --port $(PORT)

test: setup-dev ## Everything that CI runs, on both databases
	@tools/setup_tests.sh
	@$(MAKE) --no-print-directory check test-app test-postgres test-journeys

test-pure: setup-dev ## The rulebook without Django, few examples of each property: 2 s
	@QUICK=1 $(PYTEST) -p no:django -p no:schemathesis -p no:playwright -p no:xdist -p no:cov tests/pure/rulebook

test-app: setup-dev ## Services, pages, API and commands on SQLite
	@$(PYTEST) -n 2 tests -m "not journey"

test-postgres: setup-dev ## The same on PostgreSQL
	@SINAMBUNG_TEST_DATABASE=postgres $(PYTEST) -n 2 tests -m "not journey" --ignore=tests/pure --ignore=tests/architecture

test-journeys: setup-dev ## User stories in headless Chromium
	@$(PYTEST) tests -m journey

check: setup-dev ## What a commit must pass: format, lint, types, contracts, architecture
	@.venv/bin/ruff format --check --quiet .
	@.venv/bin/ruff check --quiet .
	@.venv/bin/lint-imports --no-cache >/dev/null || .venv/bin/lint-imports
	@.venv/bin/mypy --no-error-summary
	@$(PYTEST) tests/architecture

fix: setup-dev ## Format and repair what can be repaired
	@.venv/bin/ruff check --fix --quiet . ; .venv/bin/ruff format --quiet .

screens: setup-dev ## Every page of the demonstration at 390, 768 and 1440 px, light and dark, into screens/
	@$(PY) tools/screens.py

bench: setup-dev ## Measure (NAME=import for one; JSON=1 for JSON lines)
	@$(PY) -m benchmarks $(NAME)

migrations: setup-dev ## make migrations name=… app=…
	@$(PY) -m sinambung.manage makemigrations $(app) --name $(name)

docs: setup-dev ## Write the generated documents
	@$(PY) tools/make_docs.py

lock: setup-dev
	@uv pip compile --quiet --universal --generate-hashes --no-annotate --no-header --group build -o requirements.lock pyproject.toml
	@uv pip compile --quiet --universal --generate-hashes --no-annotate --no-header --group build --group dev -o requirements-dev.lock pyproject.toml

release: setup-dev ## Build the wheel into dist/
	@$(PY) -m hatchling build -t wheel
