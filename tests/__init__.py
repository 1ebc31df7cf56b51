"""Tests, one file per source file, and the bench."""
