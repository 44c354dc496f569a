# One way in: `make start` opens the course, `make test` proves it. All it makes is in .venv; the versions are those of
# constraints.txt. YES=1 installs what the machine lacks without asking; BROWSER=1 counts a browser among it.

PYTHON ?= $(shell .ci/python)
VENV := .venv
# As if activated: what is typed in a test or a lab finds `labcheck`.
ACTIVATED := PATH="$(CURDIR)/$(VENV)/bin:$$PATH"
# Many a live test waits for an engine rather than computes: three times as many workers as processors.
WORKERS ?= $(shell expr 3 '*' $$(nproc))
# Each test's own, with what it prepares and clears away: far away on any machine.
DEADLINE := 300
# nbval takes seconds to load, in each worker; the tests of notebooks run it in a process of its own.
PARALLEL = --numprocesses=$(WORKERS) --dist=loadscope --no-loadscope-reorder --max-worker-restart=0 -p no:nbval \
	--timeout=$(DEADLINE) --timeout-method=signal
# Else each of hundreds of processes compiles all that it imports.
unexport PYTHONDONTWRITEBYTECODE
export PIP_DISABLE_PIP_VERSION_CHECK := 1
export PIP_NO_INPUT := 1

.DEFAULT_GOAL := help
.NOTPARALLEL:
.PHONY: help start ready test stress unit coverage bench matrix hub hubtest lint constraints machine clean

help: ## this list
	@sed -n 's/^\([a-z]*\):.*## /  make \1\t/p' $(MAKEFILE_LIST) | expand -t 20

start: ## open the course (DIR=folder for your notebooks)
	@$(or $(PYTHON),python3) .ci/start.py "$(MAKE)" $(if $(DIR),"$(DIR)")

ready: machine $(VENV)/notebook

test: BROWSER = 1
test: machine $(VENV)/test ## everything: style, types, all tests (TESTS=what, WORKERS=how many at once)
	@$(ACTIVATED) python -m pytest $(PARALLEL) $(TESTS)

stress: export LABCHECK_STRESS = 1
stress: DEADLINE = 590
stress: machine $(VENV)/test ## what is long: every mistake, made and mended; each demand undone alone; random detours; 300 histories of a registry; 200 kills
	@$(ACTIVATED) python -m pytest $(PARALLEL) tests/live/test_mistakes.py tests/live/test_astray.py \
		tests/live/test_collection.py tests/live/test_killed.py tests/live/test_rootless.py tests/live/test_undoing.py

# These compute, and wait for nothing, nor for a disk where memory serves as one: as many workers as processors. Each property
# is tried on a few examples; `make test` and CI try more.
unit: WORKERS = $(shell nproc)
unit: $(VENV)/test ## the tests that only compute, in seconds
	@$(ACTIVATED) TMPDIR="$(or $(wildcard /dev/shm),$(TMPDIR),/tmp)" python -m pytest $(PARALLEL) --dist=worksteal \
		--hypothesis-profile=quick -o tmp_path_retention_policy=failed tests/unit

coverage: $(VENV)/test ## which lines and branches of the pure core no unit test takes
	@$(ACTIVATED) python -m coverage run -m pytest -q -p no:nbval --hypothesis-profile=quick --hypothesis-seed=0 \
		$(addprefix tests/unit/,checks lab labs mistake mistakes render *.py) > $(VENV)/coverage.txt || { cat $(VENV)/coverage.txt; exit 1; }
	@$(VENV)/bin/python -m coverage report

bench: BROWSER = 1
bench: machine $(VENV)/test ## how fast it is, beside what was promised (BEFORE=checkout to compare with)
	@$(ACTIVATED) LABCHECK_IMAGES=course python -m labcheck sandbox run -- python -m tests.benchmarks.bench $(BEFORE)
	@$(ACTIVATED) python -m tests.benchmarks.ticks
	@$(ACTIVATED) python -m tests.benchmarks.opening

matrix: machine $(VENV)/test ## all labs and a tenth of the mistakes, on other engines; nine tools; writes the tables
	@$(ACTIVATED) python -m tests.matrix
	@$(ACTIVATED) python -m tests.matrix.tools

hub: machine $(VENV)/hubtest $(VENV)/proxy ## a real JupyterHub on this machine's loopback, with test users (as root)
	@$(ACTIVATED) python -m tests.hub $(VENV)/hub

hubtest: machine $(VENV)/hubtest $(VENV)/proxy ## JupyterHub: its learners, their engines, what they cannot reach (as root)
	@$(ACTIVATED) python -m pytest -p no:nbval --timeout=$(DEADLINE) --timeout-method=signal $(or $(TESTS),tests/hub)

lint: $(VENV)/test ## style and types
	@$(VENV)/bin/python -m ruff check
	@$(VENV)/bin/python -m ruff format --check
	@$(VENV)/bin/python -m mypy

# To be made on Debian 12, with its own Python: the oldest that is served. Some packages' newest refuse 3.11.2.
constraints: PYTHON = /usr/bin/python3
constraints: ## the newest versions that fit pyproject.toml, into constraints.txt
	@set -e; new=$$(mktemp -d); trap 'rm -rf "$$new"' EXIT; $(PYTHON) -m venv "$$new"; \
	"$$new/bin/python" -m pip install -qq '.[hubtest]'; \
	"$$new/bin/python" -m pip list --format=freeze --exclude labcheck --exclude pip --exclude setuptools > "$$new/list"; \
	cp "$$new/list" constraints.txt

machine:
	@$(or $(PYTHON),python3) .ci/machine.py $(if $(YES),--yes) $(if $(BROWSER),--browser)

$(VENV)/made:
	@echo "labcheck: making a virtual environment in $(VENV) ..."
	@$(PYTHON) -m venv --clear $(VENV)
	@touch $@

$(VENV)/notebook $(VENV)/test $(VENV)/hubtest: pyproject.toml constraints.txt | $(VENV)/made
	@$(VENV)/bin/python .ci/packages.py $(@F)
	@$(VENV)/bin/python -m compileall -q labcheck
	@touch $@

# The proxy that JupyterHub needs, from npm; it needs Node.js.
$(VENV)/proxy: | $(VENV)/made
	@command -v npm >/dev/null || { echo "labcheck: JupyterHub's proxy needs Node.js. Install it (Debian and Ubuntu: sudo apt-get install nodejs npm)."; exit 1; }
	@npm install --silent --no-audit --no-fund --prefix $@.new configurable-http-proxy@5.3.0
	@mv $@.new $@

clean: ## remove what make made
	rm -rf $(VENV) .coverage .mypy_cache .pytest_cache .ruff_cache .hypothesis dist
	find .ci labcheck tests -name __pycache__ -prune -exec rm -rf {} +
