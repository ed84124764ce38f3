# Every command sets up what it needs, asks nothing, and may be run again.
PYTHON := $(shell command -v python3.11 || command -v python3 || echo python3)
BIN := .venv/bin
PY := $(BIN)/python
BROWSER ?= yes
export BROWSER
# A house is many small processes: Python compiles once, also where the machine forbids it beside the
# source, as in many containers. That takes two thirds off the start of each.
unexport PYTHONDONTWRITEBYTECODE
export PYTHONPYCACHEPREFIX := $(CURDIR)/.setup/compiled

.PHONY: help run test coverage check lock sbom assets bench bench-routing soak clean setup dev

help: ## Say what can be made
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## /make \1: /'

setup:
	@$(PYTHON) scripts/setup.py run

dev:
	@$(PYTHON) scripts/setup.py dev

run: setup ## Start Smart Start with the example region on http://localhost:8000
	@exec env SMARTSTART_EXAMPLE=$${SMARTSTART_EXAMPLE:-yes} $(PY) -m smartstart.config.console run

test: dev ## Run every test: on SQLite with the browser, and beside it on PostgreSQL what uses a database
	@$(PYTHON) scripts/setup.py browser
	@$(PY) scripts/test.py

coverage: dev ## Say which branches of rules, operations, queries, models and access no test takes
	@$(PY) scripts/branches.py

check: dev ## Look at form, types, layers, words, links and the rules of the house
	@$(PY) scripts/check.py

lock: dev ## Lock the dependencies anew, with hashes and without addresses
	@$(PY) scripts/lock.py

sbom: dev ## Write what the product consists of (CycloneDX) to build/sbom.json
	@$(PY) scripts/sbom.py

assets: ## Build styles, script and pictures from npm (byte for byte the same each time)
	@$(PYTHON) scripts/assets.py

bench: dev ## Measure, beside a floor measured in the same run; writes bench/latest.json
	@$(PY) -m benchmarks

bench-routing: dev ## How often the right expertise is among the three, by field and by language
	@$(PY) -m benchmarks.routing

soak: dev ## Let the house work for hours and look for what leaks or is lost (HOURS=8)
	@$(PY) scripts/soak.py

clean: ## Remove what was built here; the data folder stays
	rm -rf .venv build dist test-results .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
	find smartstart -name '*.mo' -delete
