# The commands of this project. Everything they need is installed into .venv on the first run.

VENV := .venv/bin
DEMO := tests/samples/demo

.DEFAULT_GOAL := help
.PHONY: help setup demo test check gallery redteam bench soak fuzz

help: ## list these commands
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-8s  %s\n", $$1, $$2 }' Makefile

setup: ## create .venv and install everything (the others do this themselves)
	@.ci/bootstrap

demo: setup ## grade the sample submissions and say where their feedback is
	@$(VENV)/grader grade $(DEMO)/* --assignment week1 --out reports/demo

test: setup ## lint, types, import contracts, tests, exercises
	@$(VENV)/python .ci/checks.py

check: setup ## the same as `make test`, and a skipped sandbox test fails, as in CI
	@CI=true $(VENV)/python .ci/checks.py

gallery: setup ## rebuild the committed feedback pages in reports/gallery
	@$(VENV)/python .ci/gallery.py

redteam: setup ## attack the grader with every way to cheat that we know (minutes)
	@$(VENV)/grader redteam

bench: setup ## measure the figures of benchmarks/, side by side
	@for file in benchmarks/bench_*.py; do $(VENV)/python "$$file" || exit 1; done

soak: setup ## ten thousand boxes in a row, and a count of what is left behind
	@OMP_NUM_THREADS=1 $(VENV)/python benchmarks/soak.py

fuzz: setup ## a million generated frames against the decoder
	@$(VENV)/python benchmarks/fuzz_frames.py
