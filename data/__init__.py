"""What heed knows: the records, the checks and the one DuckDB file. Imports nothing of ours."""
