# Everything needs only Python 3.11 or newer, git and make. CONTRIBUTING.md has the plain commands.
PYTHON ?= $(firstword $(foreach v,python3.13 python3.12 python3.11 python3 python,\
  $(shell command -v $(v) >/dev/null 2>&1 && $(v) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $(v))))
VENV ?= .venv
BIN := $(VENV)/bin
PYTEST := $(BIN)/python -m pytest -n auto

.PHONY: run test test-all lint requirements pictures bench clean

run: $(VENV)/run  ## start the web app
	$(BIN)/coordination-audit serve

test: $(VENV)/test lint  ## lint, types, import rules, and every test that needs no browser or database server
	$(PYTEST) -m "not browser and not slow"

test-all: $(VENV)/test lint  ## the same, and browsers, PostgreSQL and whatever is slow
	$(PYTEST)

lint: $(VENV)/test
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports

requirements: $(VENV)/test  ## resolve the pinned requirements again, for all platforms
	$(BIN)/uv pip compile --quiet --universal --generate-hashes --no-annotate --no-header --python-version 3.11 \
	  pyproject.toml --extra build --output-file requirements.txt
	$(BIN)/uv pip compile --quiet --universal --generate-hashes --no-annotate --no-header --python-version 3.11 \
	  pyproject.toml --extra build --extra test --output-file requirements-test.txt

pictures: $(VENV)/test  ## docs/pictures, made anew (needs chromium and poppler-utils)
	$(BIN)/python -m docs.pictures

bench: $(VENV)/test  ## docs/benchmarks.md, measured anew (about 12 minutes; needs chromium, PostgreSQL and a quiet machine)
	$(BIN)/python -m benchmarks --date $$(date +%F) --output docs/benchmarks.md

clean:
	rm -rf $(VENV)

$(VENV)/bin/python:
	@test -n "$(PYTHON)" || { echo "Python 3.11 or newer is needed and was not found."; exit 1; }
	$(PYTHON) -m venv $(VENV)

$(VENV)/run: $(VENV)/bin/python requirements.txt pyproject.toml
	@echo "Installing what the app needs into $(VENV); the first time this takes a minute or two."
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

$(VENV)/test: $(VENV)/run requirements-test.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-test.txt
	@touch $@
