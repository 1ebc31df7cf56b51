"""Trains the heads of the parser; nothing of the product imports this folder."""
