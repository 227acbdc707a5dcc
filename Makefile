# Needs Python 3.11 to 3.13, make and a package registry; everything else is put into .venv.
# Each step leaves a stamp in .venv, so that it is done again only when its lock changed.

SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DELETE_ON_ERROR:
.DEFAULT_GOAL := help

PYTHON ?= $(shell for p in python3.11 python3.12 python3.13 python3; do \
	if "$$p" -c 'import sys, venv, ensurepip; sys.exit(not (3, 11) <= sys.version_info < (3, 14))' 2>/dev/null; \
	then echo "$$p"; break; fi; done)
VENV ?= .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --no-input
EVAL_DIR ?=
BENCH_DIR ?=
TESTS ?= tests
# Test files run side by side in so many processes; many tests wait for real services. 1 is for one at a time.
JOBS ?= 2

.PHONY: help run demo test coverage test-pythons lint eval bench bench-poll bench-read bench-understand bench-stories bench-alerts bench-desk lock audit reference docs clean

help: ## Show what can be made
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-18s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

$(BIN)/python:
	@if [ -z "$(PYTHON)" ]; then echo "make: no Python 3.11 to 3.13 with venv was found; install one or set PYTHON=" >&2; exit 1; fi
	$(PYTHON) -m venv $(VENV)

$(VENV)/.run: requirements.lock pyproject.toml | $(BIN)/python
	$(PIP) install --quiet --require-hashes -r requirements.lock
	$(project)
	@touch $@

$(VENV)/.dev: requirements-dev.lock pyproject.toml | $(BIN)/python
	$(PIP) install --quiet --require-hashes -r requirements-dev.lock
	$(project)
	@touch $@ $(VENV)/.run

# The project itself, editable: a path file and the console script, which need no build backend. Compiled here,
# as pip compiles what it installs: under PYTHONDONTWRITEBYTECODE every start would compile it anew.
define project
@$(BIN)/python -c "import pathlib, sysconfig; pathlib.Path(sysconfig.get_path('purelib'), 'marsad.pth').write_text(str(pathlib.Path.cwd()) + '\n', encoding='utf-8')"
@printf '%s\n' '#!$(abspath $(BIN))/python' 'from worker.cli import main' 'main()' > $(BIN)/marsad
@chmod +x $(BIN)/marsad
@$(BIN)/python -m compileall -q config tasks worker
endef

run: $(VENV)/.run ## Run the service on the shipped feeds (Ctrl-C stops it)
	@exec $(BIN)/marsad up

demo: $(VENV)/.run ## Show the whole way from a feed to an alert, with feeds made for it
	@exec $(BIN)/marsad demo

test: $(VENV)/.dev ## Run all tests
	$(BIN)/python -m pytest -n $(JOBS) --dist loadfile $(TESTS)

coverage: $(VENV)/.dev ## Run all tests, one at a time, and say how much of the code they reached
	$(BIN)/python -m coverage erase
	$(BIN)/python -m coverage run -m pytest $(TESTS)
	$(BIN)/python -m coverage combine -q
	$(BIN)/python -m coverage report --format=total | sed 's/^/coverage: /;s/$$/ %/'

test-pythons: ## Run all tests on each of Python 3.11 to 3.13 that is installed
	@for p in python3.11 python3.12 python3.13; do \
		if command -v $$p >/dev/null; then $(MAKE) test PYTHON=$$p VENV=.venv-$$p; else echo "$$p is not installed"; fi; done

lint: $(VENV)/.dev ## Check style, types, the layers and the documentation
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-cache
	NO_MKDOCS_2_WARNING=1 $(BIN)/mkdocs build --strict --quiet --site-dir build/site

eval: $(VENV)/.run ## Measure the understanding: EVAL_DIR=folder with labelled files, else the project's own
	$(BIN)/python -m bench.eval $(if $(EVAL_DIR),--dir $(EVAL_DIR))

bench: bench-poll bench-read bench-understand bench-stories bench-alerts bench-desk ## Measure all rooms

bench-poll: $(VENV)/.dev ## Measure polling: BENCH_DIR=folder of another harness
	$(BIN)/python -m bench.poll $(if $(BENCH_DIR),--dir $(BENCH_DIR))

bench-read: $(VENV)/.dev ## Measure HTML to text and language detection
	$(BIN)/python -m bench.read

bench-understand: $(VENV)/.dev ## Measure matching and coding
	$(BIN)/python -m bench.understand

bench-stories: $(VENV)/.dev ## Measure story linking
	$(BIN)/python -m bench.stories

bench-alerts: $(VENV)/.dev ## Measure watches, delivery under faults, latency
	$(BIN)/python -m bench.alerts

bench-desk: $(VENV)/.dev ## Measure every page over a full archive, and 200 live streams, on both databases
	$(BIN)/python -m bench.desk

lock: $(VENV)/.dev ## Pin all dependencies with hashes anew
	$(PIP) install --quiet uv
	$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url \
		--no-header --upgrade -o requirements.lock requirements.in
	$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url \
		--no-header --upgrade -o requirements-dev.lock requirements-dev.in

audit: $(VENV)/.dev ## A bill of materials in build/sbom.cdx.json, then known vulnerabilities (fails when it cannot tell)
	$(PIP) install --quiet pip-audit cyclonedx-bom
	@mkdir -p build
	$(BIN)/cyclonedx-py requirements requirements.lock --pyproject pyproject.toml --output-reproducible \
		--output-file build/sbom.cdx.json
	$(BIN)/pip-audit --require-hashes --disable-pip --strict --progress-spinner off -r requirements.lock

reference: $(VENV)/.run ## Write the pages of settings and commands, and .env.example, from the code
	$(BIN)/marsad config --docs > docs/settings.md
	$(BIN)/marsad config --commands > docs/commands.md
	$(BIN)/marsad config --example > .env.example

docs: $(VENV)/.dev ## Build the documentation into build/site
	NO_MKDOCS_2_WARNING=1 $(BIN)/mkdocs build --strict --site-dir build/site

clean: ## Remove everything that was made
	rm -rf $(VENV) .venv-python3.* build dist site .coverage* .pytest_cache .mypy_cache .ruff_cache .hypothesis *.egg-info
