# The words of the house: demo, test, coverage, check, check-client, assets, test-services, bench, messages. The environment is .venv; nothing else is touched.

PYTHON ?= python3
BIN := .venv/bin
DATABASE_URL_FOR_SERVICES := $(or $(DATABASE_URL),postgres://postgres@127.0.0.1:5432/test)
# So many examples of several rules and people each are some 60,000 cases of the kernel against the oracle.
AGREEMENT_EXAMPLES ?= 1200
# Of requests to each operation of the API.
SCHEMA_EXAMPLES ?= 500
# What knows no database is tested by `make test` alone; so is Oscar, whose own tests are on SQLite always, and what fills the demo.
PURE := tests/rules tests/kernel tests/oracle tests/facts tests/project tests/personalization/visitor tests/contrib/test_oscar.py \
	tests/shopdemo/loader tests/shopdemo/simulation tests/shopdemo/test_demo_data.py
# A shop that serves thousands of requests to a real proxy has a process of its own, as shops do.
ALONE := tests/services/test_proxy_cache.py
# Some tests take minutes and most nothing: whichever worker is done takes what waits behind a long one.
PYTEST := $(BIN)/python -m pytest -q --dist worksteal

.DEFAULT_GOAL := help
.PHONY: help demo test coverage check check-types check-others check-client assets test-services bench messages clean

help: ## show these words
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/'

.venv/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Regulars needs Python 3.11 or newer; try: make $(MAKECMDGOALS) PYTHON=python3.12"; exit 1; }
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --upgrade pip

.venv/demo.stamp: .venv/bin/python pyproject.toml requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint requirements.lock --editable '.[demo]'
	@touch $@

.venv/dev.stamp: .venv/demo.stamp
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint requirements.lock --editable '.[demo,dev]'
	@touch $@

demo: .venv/demo.stamp ## everything from nothing to a running shop (SERVE=no stops before serving)
	$(BIN)/python manage.py demo $(if $(filter no,$(SERVE)),--no-serve)

test: .venv/dev.stamp ## the test suite, on SQLite, in random order
	$(PYTEST) -n auto -m "not service"

coverage: .venv/dev.stamp ## the same with branch coverage, which takes twice as long
	$(PYTEST) -n auto -m "not service" --cov --cov-report=term:skip-covered

# mypy takes longer than all the others, so they run beside it.
check: .venv/dev.stamp ## ruff, mypy, layers, migrations, system checks
	@$(MAKE) --no-print-directory --jobs=2 --output-sync=target check-types check-others

check-types:
	$(BIN)/mypy segmentation personalization shopdemo

check-others:
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/lint-imports
	$(BIN)/python manage.py makemigrations --check --dry-run
	$(BIN)/python manage.py check --fail-level WARNING

# The browser's driver keeps an event loop in its thread, where nothing else could run one: its tests have a process of their own.
test-services: .venv/dev.stamp ## the suite on PostgreSQL, with races and a real browser
	DATABASE_URL=$(DATABASE_URL_FOR_SERVICES) AGREEMENT_EXAMPLES=$(AGREEMENT_EXAMPLES) SCHEMA_EXAMPLES=$(SCHEMA_EXAMPLES) $(PYTEST) -n 2 $(addprefix --ignore=,$(PURE) $(ALONE) tests/browser)
	DATABASE_URL=$(DATABASE_URL_FOR_SERVICES) $(PYTEST) -n 0 $(ALONE)
	DATABASE_URL=$(DATABASE_URL_FOR_SERVICES) $(PYTEST) -n 2 tests/browser

# Types of the document, then the bundle of the types; node 20 or newer.
assets: shopdemo/headless/node_modules/.stamp ## the typed client and the headless page's bundle, anew (needs node)
	cd shopdemo/headless && npm run --silent types && npm run --silent build

shopdemo/headless/node_modules/.stamp: shopdemo/headless/package-lock.json
	cd shopdemo/headless && npm ci --silent --no-audit --no-fund
	@touch $@

check-client: ## the typed client: of the document that is checked in, strict, and bundled (skipped without node 20)
	@shopdemo/headless/check.sh

bench: .venv/dev.stamp ## the measurements, as ratios in one run
	$(BIN)/python -m benchmarks.page
	$(BIN)/python -m benchmarks.recommend
	$(BIN)/python -m benchmarks.serving

messages: .venv/dev.stamp ## gather the texts to translate and compile the translations (needs gettext)
	$(BIN)/python -m tests.project.messages

clean: ## forget the environment and the demo's data
	rm -rf .venv var shopdemo/headless/node_modules build dist *.egg-info .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis .coverage
