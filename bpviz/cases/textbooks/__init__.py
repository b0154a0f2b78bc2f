"""Worked examples of other people, as data: options of `network` and printed figures."""
