"""Expressions, the one table of operations, and the straight-line code they become."""
