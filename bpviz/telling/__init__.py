"""Where things stand, and what happens when."""
