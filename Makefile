# Three things a person runs: make demo, make test, make check. make setup alone makes .venv.
PYTHON ?= python3
VENV := .venv
RUN := $(VENV)/bin/python
READY := $(VENV)/.ready

.PHONY: setup demo test check lock bench clean emulate

setup: $(READY)

$(READY): requirements.lock
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo "Homeroom needs Python 3.11 or newer; say which with: make $(MAKECMDGOALS) PYTHON=python3.12"; exit 1; }
	@test -x $(RUN) || $(PYTHON) -m venv $(VENV) || \
		{ echo "Python's venv module is missing; on Debian: apt-get install python3-venv"; exit 1; }
	@$(RUN) -m pip --version >/dev/null 2>&1 || $(RUN) -m ensurepip -q
	$(RUN) -m pip install -q --disable-pip-version-check --require-hashes -r requirements.lock
	@touch $@

demo: setup
	@exec $(RUN) app.py demo

test: setup
	$(RUN) -m pytest -n 2 --dist loadfile --no-loadscope-reorder $(TESTS)

# Another stand-in for Slack, for the tests in tests/contract; the development packages bring Node.
emulate: setup
	@for try in 1 2 3; do \
		PATH="$(CURDIR)/$(VENV)/bin:$$PATH" npm ci --prefix tests/contract && exit 0; sleep 5; \
	done; echo "npm could not fetch emulate; the tests of it are left out"; exit 1

check: setup
	$(RUN) -m ruff check .
	$(RUN) -m ruff format --check .
	$(RUN) -m mypy .
	$(RUN) -m pytest -q tests/house

# Renews the lock file from pyproject.toml; needs uv.
lock:
	uv pip compile -q pyproject.toml --group dev --universal --python-version 3.11 \
		--generate-hashes --no-emit-index-url --no-header -o requirements.lock

clean:
	rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache .hypothesis demo-data

# Writes the next step in migrations/versions: make migration MESSAGE="what changed"
migration: setup
	$(RUN) -m migrations.revise "$(MESSAGE)"
