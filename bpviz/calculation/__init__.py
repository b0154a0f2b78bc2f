"""Programs of named steps, their backward steps, what a run gives, and training."""
