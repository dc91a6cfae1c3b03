# make brief   the whole account, from an empty machine with Python 3.11+, git and make
# make test    every test          make check   format, lint, types, layers, docs
# Each sets up .venv first, once; a second run does not.

SHELL := /bin/bash
.DEFAULT_GOAL := help
.PHONY: full founding bench-reading torture backtest help setup setup-dev brief test check check-code format docs bench bench-engines bench-calibration statistics lock lock-engines clean
BIN := .venv/bin

help: ## Say what can be made.
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 20

setup: ## Make .venv to use Tallystick.
	@tools/setup run

setup-dev: ## Make .venv to work on Tallystick.
	@tools/setup dev

brief: setup ## Write the whole account to brief/.
	@$(BIN)/tallystick brief -o brief

test: setup-dev ## Run every test.
	@$(BIN)/python -m pytest -n 2

check: check-code ## Check format, lint, types, layers and docs.
	@$(BIN)/python -m pytest tests/docs
	@$(BIN)/python -m tallystick.calibrate.check --is-current $(CALIBRATION).json docs/reference/statistics.json

check-code: setup-dev ## Check format, lint, types and layers; runs no test.
	@$(BIN)/ruff format --check .
	@$(BIN)/ruff check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports

format: setup-dev ## Put every file in the one format.
	@$(BIN)/ruff format .
	@$(BIN)/ruff check --fix .

docs: setup-dev ## Write the reference pages of the commands and of the model's tables, and its pictures, again.
	@PYTHONPATH=. $(BIN)/python -m tests.docs.reference
	@PYTHONPATH=. $(BIN)/python -m tests.docs.model_tables
	@PYTHONPATH=. $(BIN)/python -m tests.docs.system_pages
	@PYTHONPATH=. $(BIN)/python -m tests.docs.system_rows

bench: setup ## Measure what a brief costs, and fill docs/reference/measured.md.
	@$(BIN)/python benchmarks/brief.py --write

bench-calibration: setup ## Measure the fit's sampler beside others (half an hour), and fill its page.
	@$(BIN)/python benchmarks/calibration.py --write

bench-engines: setup ## Measure the engines beside other libraries (minutes), and fill docs/reference/engines.md.
	@$(BIN)/python benchmarks/engines.py --write

CALIBRATION := docs/reference/calibration
statistics: setup ## Prove the machine on simulated data and planted figures (hours; its pages say how many).
	@$(BIN)/python -m tallystick.calibrate.check --sets 300 --date "$$(date -u +%F)" -o $(CALIBRATION).md
	@$(BIN)/python -m benchmarks.proofs --date "$$(date -u +%F)"

BACKTEST := src/tallystick/data/dprk/backtest.json
backtest: setup ## Refit the model to what was known on 27 earlier days, and keep what briefs print (ten minutes).
	@$(BIN)/tallystick backtest --keep $(BACKTEST) --on "$$(date -u +%F)"

bench-reading: setup ## Measure how fast documents are read, up to 50,000 of them (two hours), and fill its page.
	@$(BIN)/python benchmarks/reading.py --full --write

founding: setup ## Read the founding reports in the folder REPORTS, compare with what people coded, and write the brief.
	@$(BIN)/python benchmarks/founding.py $(REPORTS) --brief

torture: setup-dev ## Kill, fault and damage a workspace's store a thousand times (hours; it goes on where it was cut off), and keep what came of it.
	@$(BIN)/python -m tests.torture.full --write --at-once 2

full: setup-dev ## Run the full forms that `make test` leaves out: ten million draws of each of 20 regimes.
	@$(BIN)/python -m tests.stocks.chance.full

COMPILE := CUSTOM_COMPILE_COMMAND="make lock" $(BIN)/python -m piptools compile pyproject.toml --quiet --generate-hashes \
	--build-deps-for wheel --strip-extras --allow-unsafe --no-header \
	--no-emit-index-url --no-emit-trusted-host --no-emit-find-links --no-emit-options

lock: setup-dev ## Choose the newest versions that fit pyproject.toml, with the hash of every wheel.
	@$(COMPILE) --upgrade -o requirements.lock
	@$(COMPILE) --upgrade --extra dev -c requirements.lock -o requirements-dev.lock

ENGINES := benchmarks/engines/locks
COMPILE_ENGINE := CUSTOM_COMPILE_COMMAND="make lock-engines" $(BIN)/python -m piptools compile --quiet --upgrade \
	--generate-hashes --strip-extras --unsafe-package odfpy --no-header \
	--no-emit-index-url --no-emit-trusted-host --no-emit-find-links --no-emit-options

# What we also use is measured in the version that we use. odfpy comes without a wheel, and nothing here reads its files; docopt neither, and nothing
# here calls it.
lock-engines: setup-dev ## Choose the newest versions of the libraries that the engines are measured against.
	@for name in numpy jax numba nutpie; do $(COMPILE_ENGINE) -c requirements.lock $(ENGINES)/$$name.in -o $(ENGINES)/$$name.txt; done
	@$(COMPILE_ENGINE) --unsafe-package docopt -c requirements.lock $(ENGINES)/quantulum3.in -o $(ENGINES)/quantulum3.txt
	@for name in mesa starsim bptk epydemix summerepi2 pysd; do $(COMPILE_ENGINE) $(ENGINES)/$$name.in -o $(ENGINES)/$$name.txt; done

clean: ## Remove what can be made again.
	@rm -rf .venv brief build dist .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache
