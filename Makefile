# make run: the whole site here, with a demo season. make test: everything that must hold.

PYTHON ?= python3
BIN := .venv/bin
PARALLEL := --numprocesses logical --maxprocesses 8 --dist worksteal
# Tools read the settings, which ask for these; nothing connects to what they name.
NOWHERE := SECRET_KEY=unused DATABASE_URL=postgresql://nowhere/none CELERY_BROKER_URL=redis://nowhere/0

.PHONY: run demo test test-long crash bench lock clean
.DEFAULT_GOAL := run

run: .venv/installed
	@exec $(BIN)/python manage.py run

demo: .venv/installed
	@exec $(BIN)/python manage.py demo

test: .venv/installed-dev
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(NOWHERE) $(BIN)/mypy
	$(NOWHERE) $(BIN)/lint-imports
	$(BIN)/python manage.py makemigrations --check
	$(BIN)/pytest $(PARALLEL) -m "not long"

# What takes its time: the contract, the races, the storms, the proofs. The whole of a deadline, in minutes:
# RACE_ROUNDS=1000 SPIKE=20000 .venv/bin/pytest tests/applications/apply/test_race.py tests/applications/apply/test_spike.py
test-long: .venv/installed-dev
	$(BIN)/pytest $(PARALLEL) -m long

# Two hundred times kill -9 while people apply, then count what was lost. About ten minutes.
crash: .venv/installed-dev
	@exec $(BIN)/python -m tests.crash 200

bench: .venv/installed-dev
	@exec $(BIN)/python -m bench

# The locked requirements, installed again when the lock has changed.
.venv/installed: requirements.txt | .venv/bin/python
	@$(call install,requirements.txt)
	@touch $@

.venv/installed-dev: requirements-dev.txt | .venv/bin/python
	@$(call install,requirements-dev.txt)
	@touch .venv/installed $@

.venv/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo 'Intake needs Python 3.11 or newer: name one, as in `make run PYTHON=python3.12`.'; exit 1; }
	@echo 'Making the virtual environment .venv'
	@$(PYTHON) -m venv .venv || { rm -rf .venv; \
		echo 'Python lacks venv: install it (on Debian and Ubuntu: apt install python3-venv).'; exit 1; }

define install
echo 'Installing $(1): a minute or two, once'; \
if command -v uv >/dev/null && uv --version >/dev/null 2>&1; \
then uv pip install --python $(BIN)/python --require-hashes -r $(1); \
else $(BIN)/python -m pip install --disable-pip-version-check --require-hashes -r $(1); fi || \
{ echo 'The requirements could not be installed: is the disk full, the network down, or is there no'; \
  echo 'wheel of a package above for this platform?'; exit 1; }
endef

# Needs uv. The locks hold for Linux and macOS and every Python from 3.11 on.
LOCK := uv pip compile --universal --python-version 3.11 --generate-hashes --no-header --quiet \
	--no-emit-index-url --no-emit-find-links --no-annotate setup.cfg \
	--extra embedded --extra feeds --extra resumes

lock:
	$(LOCK) --output-file requirements.txt
	$(LOCK) --extra s3 --extra dev --constraint requirements.txt --output-file requirements-dev.txt

clean:
	rm -rf .venv .data .mypy_cache .pytest_cache .ruff_cache .import_linter_cache .hypothesis
