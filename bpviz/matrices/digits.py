"""Digits of 8 × 8 pixels: lines of a pen, fitted into the picture, become darkness; and a writer who never errs alike.

The browser makes a picture of drawn lines by the same steps (`js/engine/ink.js`).
"""

import math
from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

from bpviz.matrices.activations import Array
from bpviz.matrices.strokes import WAYS

SIDE = 8
"""Pixels along each side."""
SPAN = 6.6
"""How many pixels the longer side of what is drawn gets, from the middle of the pen to the middle of the pen."""
PEN = 0.55
"""Half the pen's width, in pixels."""
SMOOTH = 4
"""Into how many straight parts the way between two control points is cut."""

Line = Sequence[Sequence[float]]


def fitted(lines: Sequence[Line]) -> list[Array]:
    """Return lines of points (x, y) moved and scaled, both sides alike, into the middle of the picture, in pixels."""
    points = np.concatenate([np.asarray(line, dtype=np.float64).reshape(-1, 2) for line in lines])
    low, high = points.min(axis=0), points.max(axis=0)
    size = float((high - low).max())
    scale = SPAN / size if size > 0.0 else 0.0
    middle = (low + high) / 2.0
    return [(np.asarray(line, dtype=np.float64).reshape(-1, 2) - middle) * scale + SIDE / 2.0 for line in lines]


def image(lines: Sequence[Line], pen: float = PEN) -> Array:
    """Return the picture (64,) of lines of points: 0 is paper, 1 is ink; row by row from the top.

    A pixel is as dark as the nearest line is near: 1 up to half a pixel inside the
    pen's edge, 0 from half a pixel outside on.
    """
    starts, ends = _parts(fitted(lines))
    rows, columns = np.divmod(np.arange(SIDE * SIDE), SIDE)
    nearest = _squared_distances(columns + 0.5, rows + 0.5, starts[:, :, None], ends[:, :, None]).min(axis=0)
    darkness: Array = np.clip(pen + 0.5 - np.sqrt(nearest), 0.0, 1.0)
    return darkness


def _parts(lines: Sequence[Array]) -> tuple[Array, Array]:
    """Return begin and end of all straight parts of lines; a point alone is a part, too."""
    begins = [line[:-1] if len(line) > 1 else line for line in lines]
    ends = [line[1:] if len(line) > 1 else line for line in lines]
    return np.concatenate(begins), np.concatenate(ends)


def _squared_distances(x: Array, y: Array, a: Array, b: Array) -> Array:
    """Return the squared distances (parts, points) of points (points,) to straight parts from a to b (parts, 2, 1)."""
    ax, ay = a[:, 0], a[:, 1]
    dx, dy = b[:, 0] - ax, b[:, 1] - ay
    length = dx * dx + dy * dy
    t = np.clip(((x - ax) * dx + (y - ay) * dy) / np.where(length > 0.0, length, 1.0), 0.0, 1.0)
    ex, ey = ax + t * dx - x, ay + t * dy - y
    squared: Array = ex * ex + ey * ey
    return squared


def written(count: int, seed: int) -> tuple[Array, NDArray[np.intp]]:
    """Return `count` pictures (count, 64) of digits, each written a little differently, and the digits (count,).

    All digits come equally often, in an order drawn by `seed`.
    """
    rng = np.random.default_rng(seed)
    digits = rng.permutation(np.arange(count) % len(WAYS))
    return np.array([_write(rng, int(digit)) for digit in digits]).reshape(count, SIDE * SIDE), digits


def _write(rng: np.random.Generator, digit: int) -> Array:
    ways = WAYS[digit]
    way = ways[rng.integers(len(ways))]
    turn, slant = rng.normal(0.0, 0.13), rng.normal(0.0, 0.18)
    wide = rng.uniform(0.5, 1.0)
    pen = rng.uniform(0.4, 0.85)
    cos, sin = math.cos(turn), math.sin(turn)
    shape = np.array([[cos, -sin], [sin, cos]]) @ np.array([[wide, -slant], [0.0, 1.0]])
    return image([_smooth(_shaken(rng, line)) @ shape.T for line in way], pen)


def _shaken(rng: np.random.Generator, line: Iterable[Sequence[float]]) -> Array:
    """Return control points that are a little off; both points of a corner alike."""
    points = np.array(list(line))
    moved = points + rng.normal(0.0, 0.05, points.shape)
    for k in range(1, len(points)):
        if (points[k] == points[k - 1]).all():
            moved[k] = moved[k - 1]
    return moved


def _smooth(points: Array) -> Array:
    """Return points on the curve (Catmull and Rom) through control points."""
    p = np.concatenate([points[:1], points, points[-1:]])
    t = (np.arange(SMOOTH) / SMOOTH)[:, None]
    parts = [
        0.5 * (2 * b + (c - a) * t + (2 * a - 5 * b + 4 * c - d) * t**2 + (3 * b - a - 3 * c + d) * t**3)
        for a, b, c, d in zip(p, p[1:], p[2:], p[3:], strict=False)
    ]
    return np.concatenate([*parts, points[-1:]])
