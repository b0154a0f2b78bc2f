"""Stills: any beat of a worked example, or its training, as a matplotlib figure. The only room with matplotlib."""
