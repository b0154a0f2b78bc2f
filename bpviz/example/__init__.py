"""An example as data, its published figures, its siblings, and two rules side by side."""
