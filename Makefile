# 公示栏 (Gongshilan). Needs: Python 3.11+, git, make. `make help` lists what there is.
SHELL := bash
.SHELLFLAGS := -euo pipefail -c
.ONESHELL:
.DEFAULT_GOAL := help
MAKEFLAGS += --no-print-directory --no-builtin-rules

VENV ?= .venv
PORT ?= 8000
PY := $(VENV)/bin/python
export VENV
# Where this is set, each of the many processes of a test run would compile every package anew: it doubles a start.
unexport PYTHONDONTWRITEBYTECODE

PWA_SOURCES := $(shell find pwa/src pwa/public -type f 2>/dev/null) \
  pwa/package.json pwa/package-lock.json pwa/vite.config.ts

.PHONY: help run serve test lint format bench build generate requirements clean venv dev pwa-tools

help: ## what can be made here
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-13s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

run: venv pwa/dist/sw.js ## the demonstration county on http://127.0.0.1:8000 (PORT=… for another)
	@GONGSHILAN_PORT=$(PORT) exec $(PY) -m server demo

serve: venv pwa/dist/sw.js ## a real, empty installation with the settings of the environment
	@GONGSHILAN_PORT=$(PORT) exec $(PY) -m server serve

test: dev pwa/dist/sw.js ## every test: rules, SQLite, PostgreSQL, front end, real browser (FAST=1: the quick ones)
	@tools/test.sh

lint: dev pwa-tools ## style, types, floors, generated files, Dockerfile
	@tools/lint.sh

format: dev pwa-tools ## put every file in the house style
	@$(PY) -m ruff check --fix-only --quiet .
	$(PY) -m ruff format .
	cd pwa && ../tools/with_node.sh npm run --silent format

bench: pwa/dist/sw.js ## measure beside peers, and write docs/benchmarks.md
	@tools/venv.sh bench
	VENV=.cache/serve tools/venv.sh run
	$(PY) -m bench

build: venv pwa/dist/sw.js ## the front end in pwa/dist, as `make run` and the Dockerfile use it

generate: dev pwa-tools ## write the generated files: API description and client types, list of problems, schema of the database
	@$(PY) -m server openapi write
	$(PY) -m tools.written_schema
	cd pwa && ../tools/with_node.sh npm run --silent api

requirements: dev ## pin the packages again after a change in requirements*.in
	@tools/requirements.sh

clean: ## remove what was built (not .venv, not ./data)
	@rm -rf pwa/dist build .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache
	find server tests tools bench -name __pycache__ -type d -prune -exec rm -rf {} + 2>/dev/null || true

venv:
	@tools/venv.sh run

dev:
	@tools/venv.sh dev

pwa-tools:
	@tools/pwa.sh install

pwa/dist/sw.js: $(PWA_SOURCES)
	@tools/pwa.sh build
