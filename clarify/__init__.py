"""Decides whether to ask the person something, and what. Knows no model: it is given callables."""
