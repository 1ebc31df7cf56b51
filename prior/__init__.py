"""Trains what the asker knows before it knows the person: a probe, TF-IDF weights and the bank."""
