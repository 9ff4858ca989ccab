# make reports   the country reports and their index, in outputs/
# make test      the test suite
# make check     what can be told without running it: style, types, dead code, dependencies
# make docs      the documentation as pages, with the reference of functions and definitions, in outputs/docs/
# Each creates .venv on the first call: Python 3.11 or later, make and git are all that must be there.
PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
STUDY  ?= country-benchmark

.PHONY: reports test check audit docs lab messages lock clean

reports: $(VENV)/.base
	$(BIN)/migof run $(STUDY) --all

test: $(VENV)/.test
	$(BIN)/python -m pytest $(ARGS)

check: $(VENV)/.test
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/python -m tests.dead_code
	$(BIN)/deptry .

# Known weaknesses of the pinned packages, as the Python Package Index lists them; a package it does not tell of is an error.
audit: $(VENV)/.test
	$(BIN)/pip-audit --strict --disable-pip --require-hashes -r requirements.lock

docs: $(VENV)/.base
	$(BIN)/python docs/reference.py

lab: $(VENV)/.base
	$(BIN)/jupyter lab notebooks

# Brings the French and Spanish catalogues up to date with the sentences of code and notebooks, and says what is open.
messages: $(VENV)/.base
	$(BIN)/python -m migof_research.report.messages

$(VENV)/.base: requirements.lock pyproject.toml
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "migof_research needs Python 3.11 or later; this is " + sys.version.split()[0] + " (set PYTHON=...)")'
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	touch $@

$(VENV)/.test: requirements-dev.lock $(VENV)/.base
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.lock
	touch $@

# Pinned versions with hashes, for every platform and Python from 3.11 on, without download addresses.
lock: $(VENV)/.base
	$(BIN)/python -m pip install --quiet uv
	$(BIN)/uv pip compile pyproject.toml --extra build --universal --generate-hashes --no-header --no-annotate --python-version 3.11 --quiet -o requirements.lock
	$(BIN)/uv pip compile pyproject.toml --extra build --extra test --extra check --universal --generate-hashes --no-header --no-annotate --python-version 3.11 --quiet --constraint requirements.lock -o requirements-dev.lock

clean:
	rm -rf $(VENV) outputs/[!.]*
