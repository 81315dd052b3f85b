.DEFAULT_GOAL := help
PYTHON ?= python3
BIN := .venv/bin

.PHONY: help run test lint types format bench assets pins ready

help: ## this list
	@grep -E '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 10

run: ## set up and serve on http://127.0.0.1:8000
	$(PYTHON) -m shop

test: ## the whole suite on both databases; ARGS="-k words" to choose
	$(PYTHON) -m shop test $(ARGS)

ready:
	@$(PYTHON) -m shop setup test

lint: ready ## ruff and the template linter
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/djlint --lint --quiet shop/templates

types: ready ## mypy, strict
	$(BIN)/mypy

format: ready ## mend what the linters can mend
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

bench: ready ## the benchmarks as a table
	$(BIN)/python -m bench

assets: ## fonts and icons into shop/static/build, translations into .mo files
	$(PYTHON) -m shop setup assets

pins: ## newest versions that fit into constraints.txt (needs uv)
	$(PYTHON) -m shop.setup.pins --newest
