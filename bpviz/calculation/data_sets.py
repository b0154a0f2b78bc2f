"""Small data sets for two inputs and one target, row by row: (x1, x2, z).

Inputs are 0 or 1. Targets are 0.1 or 0.9, because a sigmoid reaches neither 0 nor 1: so the error can become 0.
CASE 1 has no biases. With inputs 0 and 1 it learns XOR all the same: the sigmoid of 0 is 0.5, not 0, and serves the
next layer as a bias. Inputs −1 and 1 make it harder: turning both signs turns the first layer around 0.5.
"""

from collections.abc import Mapping

Row = tuple[float, ...]

XOR: tuple[Row, ...] = ((0.0, 0.0, 0.1), (0.0, 1.0, 0.9), (1.0, 0.0, 0.9), (1.0, 1.0, 0.1))
AND: tuple[Row, ...] = ((0.0, 0.0, 0.1), (0.0, 1.0, 0.1), (1.0, 0.0, 0.1), (1.0, 1.0, 0.9))
OR: tuple[Row, ...] = ((0.0, 0.0, 0.1), (0.0, 1.0, 0.9), (1.0, 0.0, 0.9), (1.0, 1.0, 0.9))

MOST_ROWS = 8
"""What a player's table has room for."""

DATA_SETS: Mapping[str, tuple[Row, ...]] = {"xor": XOR, "and": AND, "or": OR}
