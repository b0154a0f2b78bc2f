"""Digits as somebody draws them with a mouse: point by point, unlike the ways in `bpviz.matrices.strokes`."""

import math
from itertools import pairwise

import numpy as np


def arc(x, y, rx, ry, begin, end, count=24):
    """Points on an ellipse; angles in degrees, clockwise from the right, as y runs downwards."""
    turns = [math.radians(begin + (end - begin) * k / count) for k in range(count + 1)]
    return [(x + rx * math.cos(t), y + ry * math.sin(t)) for t in turns]


def way(*corners, count=12):
    """Points along straight lines from corner to corner."""
    pairs = pairwise(corners)
    return [
        (a[0] + (b[0] - a[0]) * k / count, a[1] + (b[1] - a[1]) * k / count) for a, b in pairs for k in range(count)
    ] + [corners[-1]]


DIGITS = {
    0: [[arc(50, 50, 25, 38, -90, 275)], [arc(48, 52, 18, 40, -70, 290)]],
    1: [[way((52, 10), (50, 90))], [way((38, 28), (54, 10), (54, 92))]],
    2: [
        [arc(48, 30, 22, 18, 190, 370) + way((69, 38), (28, 86), (75, 86))],
        [arc(50, 32, 24, 22, 200, 390) + way((70, 45), (25, 90)) + way((25, 90), (78, 88))],
    ],
    3: [
        [arc(46, 30, 22, 20, 210, 440) + arc(46, 68, 26, 20, -80, 140)],
        [arc(44, 32, 20, 18, 200, 450) + arc(44, 70, 24, 21, -90, 150)],
    ],
    4: [
        [way((55, 10), (20, 62), (80, 62)), way((62, 40), (62, 92))],
        [way((28, 12), (26, 52), (74, 52)), way((70, 10), (68, 90))],
    ],
    5: [
        [way((72, 12), (34, 12), (31, 45)) + arc(48, 64, 24, 24, 220, 490)],
        [way((36, 14), (34, 44)) + arc(48, 65, 23, 22, 230, 480), way((36, 14), (74, 13))],
    ],
    6: [
        [arc(70, 60, 42, 52, 265, 180) + arc(50, 68, 22, 22, 180, -200)],
        [way((58, 10), (36, 42), (29, 68)) + arc(50, 70, 21, 20, 180, -190)],
    ],
    7: [[way((24, 14), (76, 14), (44, 92))], [way((22, 16), (74, 13), (48, 90)), way((38, 52), (72, 50))]],
    8: [
        [arc(50, 30, 18, 18, 90, 450) + arc(50, 69, 22, 20, -90, 270)],
        [arc(50, 31, 19, 18, -45, -270) + arc(50, 68, 21, 19, -90, 200) + way((29, 62), (64, 20))],
    ],
    9: [
        [arc(48, 32, 20, 20, -20, -380) + way((67, 36), (62, 92))],
        [arc(50, 32, 19, 21, 0, -360) + way((69, 32), (68, 70)) + arc(48, 72, 20, 18, 0, 140)],
    ],
}


def drawn(digit, which, seed):
    """The lines of a digit by a hand that trembles: a little turned, moved and scaled, each point a little off."""
    rng = np.random.default_rng([digit, which, seed])
    turn, size, (x, y) = rng.normal(0, 0.09), rng.uniform(0.4, 1.0), rng.uniform(0, 40, 2)
    shape = size * np.array([[math.cos(turn), -math.sin(turn)], [math.sin(turn) + rng.normal(0, 0.06), math.cos(turn)]])
    return [
        (np.array(line) @ shape.T + (x, y) + rng.normal(0, 1.0 * size, (len(line), 2))).tolist()
        for line in DIGITS[digit][which]
    ]
