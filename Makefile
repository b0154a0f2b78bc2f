# bpviz: one command per need. Type `make` to list them.
# Everything is installed into .venv (VENV=... chooses another place); nothing outside this folder is touched.

.DEFAULT_GOAL := help
.PHONY: help lab test frameworks bench lint format notebooks clean

VENV ?= .venv
PY := $(VENV)/bin/python
PIP_INSTALL := $(PY) -m pip install --quiet --disable-pip-version-check
PYTHONS := python3.13 python3.12 python3.11 python3
FIRST_LESSON := notebooks/00-start-here.ipynb
CELL_TIMEOUT := 120
# Seconds after which a test hangs, however busy the machine: it is named and ended.
HANGS := 600

# Options of your own for JupyterLab: make lab LAB_ARGS="--no-browser --port 9999"
LAB_ARGS ?=
LAB := $(PY) -m jupyterlab
ifeq ($(shell id -u),0)
LAB += --allow-root
endif
# A question about Jupyter's newsletter would cover the first lesson; JupyterLab's own settings can still turn it on.
LAB_DEFAULTS := $(VENV)/share/jupyter/lab/settings

# A part of the tests: make test TESTS=tests/test_trace.py (several, and pytest's own options, in one pair of quotes)
TESTS ?=
# The whole runs in several processes, each with one browser (tests/conftest.py says how many); a part runs in one.
WORKERS ?= $(if $(TESTS),0,auto)

# On the build machine every check runs; at home the heavy ones are left out and the run says so.
ifeq ($(CI),true)
TEST_EXTRAS := test,binder
else
TEST_EXTRAS := test
endif

help:  ## list the commands
	@sed -n 's/^\([a-z]*\):.*## /make \1|/p' Makefile | while IFS='|' read -r name what; do \
		printf '%-16s %s\n' "$$name" "$$what"; done

lab: $(VENV)/.installed  ## open the first lesson in JupyterLab
	$(LAB) $(FIRST_LESSON) $(LAB_ARGS)

test: $(VENV)/.installed-$(TEST_EXTRAS)  ## unit tests, every notebook, the player in a real browser (TESTS=FILE: a part)
	$(PY) -m pytest --nbval --nbval-cell-timeout=$(CELL_TIMEOUT) \
		--timeout=$(HANGS) --timeout-method=thread --numprocesses=$(WORKERS) --dist=loadfile --no-loadscope-reorder $(TESTS)

# All that says "PyTorch is not installed" where it is not.
frameworks: $(VENV)/.installed-frameworks  ## install PyTorch, and run what needs it: tests and lessons
	$(MAKE) --no-print-directory test TESTS="$$(grep -lE 'import torch|find_spec' tests/*.py notebooks/*.ipynb | tr '\n' ' ')"

bench: $(VENV)/.installed-$(TEST_EXTRAS) $(VENV)/.installed-bench  ## measure the speed beside other ways (BENCH_ARGS=--write: into the README)
	$(PY) tests/benchmarks/run.py $(BENCH_ARGS)

lint: lint-python lint-javascript  ## style, types and layers

format: $(VENV)/.installed-lint  ## lay the Python out as `make lint` wants it
	$(PY) -m ruff check --fix-only
	$(PY) -m ruff format

.PHONY: lint-python lint-javascript
lint-python: $(VENV)/.installed-lint
	$(PY) -m ruff check
	$(PY) -m ruff format --check
	$(PY) -m mypy
	$(VENV)/bin/lint-imports

lint-javascript:
	@if command -v npm >/dev/null 2>&1; then \
		$(MAKE) --no-print-directory node_modules/.installed && npm run --silent lint; \
	elif [ "$(CI)" = true ]; then \
		echo "make lint: npm is missing; with CI=true the JavaScript must be checked." >&2; exit 1; \
	else \
		echo "make lint: no npm here, so the JavaScript was NOT checked."; \
	fi

notebooks: $(VENV)/.installed-$(TEST_EXTRAS)  ## run every notebook and store it in the form that is committed
	$(PY) tools/execute_notebooks.py

clean:  ## remove what these commands installed or cached
	rm -rf .venv node_modules build dist bpviz.egg-info .pytest_cache .hypothesis .mypy_cache .ruff_cache \
		.import_linter_cache

# The stamp files below keep a second run from asking pip again.
$(VENV)/.created:
	@for candidate in $(PYTHONS); do \
		if "$$candidate" -c 'import ensurepip, sys, venv; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1; then \
			echo "Setting up $(VENV) with $$candidate. The first time takes a minute or two."; \
			"$$candidate" -m venv "$(VENV)" && touch "$@"; exit; \
		fi; \
	done; \
	echo "No Python 3.11 or newer that can make a virtual environment (looked for: $(PYTHONS))." >&2; \
	echo "Install one from python.org; on Debian or Ubuntu: apt install python3 python3-venv" >&2; \
	exit 1

$(VENV)/.installed: $(VENV)/.created requirements.txt pyproject.toml
	$(PIP_INSTALL) -r requirements.txt
	@mkdir -p $(LAB_DEFAULTS)
	@echo '{"@jupyterlab/apputils-extension:notification": {"fetchNews": "false"}}' > $(LAB_DEFAULTS)/overrides.json
	@touch "$@"

$(VENV)/.installed-%: $(VENV)/.installed
	$(PIP_INSTALL) -e '.[$*]'
	@touch "$@"

$(VENV)/.installed-frameworks: $(VENV)/.installed requirements-frameworks.txt
	$(PIP_INSTALL) -r requirements-frameworks.txt
	@touch "$@"

node_modules/.installed: package.json package-lock.json
	npm ci --no-audit --no-fund --loglevel=error
	@touch "$@"
