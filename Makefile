# Everything a newcomer needs; `make` alone lists the targets.

PYTHON ?= python3
JOBS ?= 2
VENV := .venv
BIN := $(VENV)/bin
RUNTIME := $(VENV)/.runtime-installed
TESTING := $(VENV)/.test-installed

# The embedded database of the tests lies apart from the one of `make run`.
TESTDATA := $(CURDIR)/var/test
PYTEST = $(INTEST) $(BIN)/pytest -n $(JOBS) --dist loadfile
INTEST := ZUEINANDER_DATA=$(TESTDATA) OMP_NUM_THREADS=1
STOP_DATABASE := $(INTEST) $(BIN)/python -c "from zueinander.shared.config import config; \
	from zueinander.shared.database import stop_embedded; stop_embedded(config().data)"

.PHONY: help install run demo test lint types unit format lock docs clean
.DEFAULT_GOAL := help

help:  ## list the targets
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):.*## */  make \1\t/' | expand -t 18

install: $(RUNTIME)  ## make .venv with the command zueinander in it

run: $(RUNTIME)  ## start everything; prints the address
	@exec $(BIN)/zueinander up

demo: $(RUNTIME)  ## the same with an invented day, so that there is something to see
	@$(BIN)/zueinander demo
	@exec $(BIN)/zueinander up

test: lint types unit  ## lint, types, architecture, unit, journeys, browser

lint: $(TESTING)
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/lint-imports --no-logo

types: $(TESTING)
	DATABASE_URL=postgresql://localhost/none $(INTEST) $(BIN)/mypy

# The journeys have processes of their own: a browser that an earlier test keeps open leaves an event loop behind.
unit: $(TESTING)
	@$(PYTEST) --ignore tests/journeys && $(PYTEST) tests/journeys; result=$$?; $(STOP_DATABASE); exit $$result

format: $(TESTING)  ## put the code in order
	$(BIN)/ruff check --fix
	$(BIN)/ruff format

COMPILE := pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url \
	--no-header $(if $(UPGRADE),--upgrade)

lock: $(TESTING)  ## compile requirements/*.in anew, with hashes
	$(BIN)/uv $(COMPILE) requirements/runtime.in --output-file requirements/runtime.txt
	$(BIN)/uv $(COMPILE) --constraints requirements/runtime.txt requirements/test.in --output-file requirements/test.txt

docs: $(RUNTIME)  ## write the generated pages of docs/ anew
	DATABASE_URL=postgresql://localhost/none $(INTEST) $(BIN)/python -m zueinander.house.docs

clean:  ## remove .venv and caches; data under var/ stays
	rm -rf $(VENV) .mypy_cache .ruff_cache .import_linter_cache .pytest_cache .hypothesis

PIP := $(BIN)/python -m pip --disable-pip-version-check install --quiet

$(RUNTIME): requirements/runtime.txt pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo "zueinander needs Python 3.11 or later; name one: make PYTHON=python3.12" >&2; exit 1; }
	@test -x $(BIN)/python || { echo "Making $(VENV); this takes a minute or two, once."; $(PYTHON) -m venv $(VENV); }
	$(PIP) --require-hashes --requirement requirements/runtime.txt
	$(PIP) --no-deps --no-build-isolation --editable .
	@$(BIN)/python -c "from zueinander.understanding.reader.prepare import main; main()"  # spares each process some seconds
	@touch $@

$(TESTING): $(RUNTIME) requirements/test.txt
	$(PIP) --require-hashes --requirement requirements/test.txt
	@touch $@
