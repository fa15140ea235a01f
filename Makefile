# Two commands matter: `make run` and `make test`. Both set themselves up.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.ready
export PIP_DISABLE_PIP_VERSION_CHECK := 1

.PHONY: setup lock format lint types run test attack access journey shots bench wording documents preview programs

setup: $(STAMP)

$(STAMP): requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Python 3.11 or later is needed; try: make PYTHON=python3.12 ..."; exit 1; }
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV) || { echo "This Python cannot make a virtual environment; on Debian: apt install python3-venv"; exit 1; }
	$(BIN)/python -m pip install --quiet --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --quiet --no-deps --no-build-isolation -e .
	@touch $@

# Versions and hashes only: where packages come from is the installing machine's business.
lock:
	$(BIN)/python -m pip install --quiet uv
	$(BIN)/uv pip compile pyproject.toml --all-extras --universal --python-version 3.11 \
	  --generate-hashes --no-header --no-annotate -o requirements.lock

format: setup
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

lint: setup
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .

types: setup
	$(BIN)/mypy

run: setup
	@$(BIN)/python -m demonstration $(if $(FRESH),--fresh)

# Everything CI runs, the fast things first.
test: setup programs lint types
	$(BIN)/pytest -q -m "not browser and not processes"
	$(BIN)/pytest -q -m "processes and not browser"
	$(BIN)/pytest -q -m browser
	$(BIN)/python -m tests.access --quick
	$(BIN)/python -m tests.attack --short
	$(MAKE) --no-print-directory journey

# Every promise attacked on the real code, with its control; docs/proofs.md explains. SHORT=1: smaller numbers.
attack: setup
	$(BIN)/python -m tests.attack $(if $(SHORT),--short)

# Every screen against every bar for people who read, see, hear or press with difficulty; docs/accessibility.md
# explains. QUICK=1: fewer ways of reading.
access: setup programs
	$(BIN)/python -m tests.access $(if $(QUICK),--quick) $(ARGS)

# The main job, whole: real servers, the real app, a real browser.
journey: setup programs
	$(BIN)/python -m tests.journey

# Pictures of every screen, for people to look at, in .shots/.
shots: setup programs
	$(BIN)/python -m tests.shots

# Ratios within one run: what grows, and how fast.
bench: setup
	$(BIN)/python -m bench.many_waiting

# The app in a house style, on this computer's own screen; docs/preview.md explains.
preview: setup
	@$(BIN)/python -m preview $(ARGS)

wording: setup
	$(BIN)/python -m i18n.update

# What is generated and checked in: the poll schema and the servers' OpenAPI documents.
documents: setup
	$(BIN)/python -m protocol.poll_document > docs/poll-schema-1.json
	$(BIN)/python -m server.openapi

programs:
	@sh tests/support/programs.sh
