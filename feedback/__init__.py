"""Reads critiques into wishes, lessons and preferences. Knows no model: it is given callables."""
