"""Sets the shop up on a machine that has only Python: standard library alone, nothing is installed yet."""
