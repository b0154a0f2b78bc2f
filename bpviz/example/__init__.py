"""The worked example, its published figures, its siblings, and two rules side by side."""
