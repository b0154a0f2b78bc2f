"""A worked example in words: the whole calculation, and one step."""
