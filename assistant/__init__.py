"""Speaks and learns: the model, its adapters, and the session that ties all together."""
