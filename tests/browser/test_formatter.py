"""Python and the browser write every number alike."""

import math
import random
import struct

from shipped import pack

from bpviz.ground.numbers import format_number

COUNT = 20_000
EDGES = (0.0, -0.0, math.inf, -math.inf, math.nan, 5e-324, -5e-324, 2.2250738585072014e-308, 1.7976931348623157e308)


def of_random_bits(rng: random.Random) -> float:
    """A double of any magnitude."""
    return struct.unpack("<d", rng.randbytes(8))[0]


def near_a_tie(rng: random.Random) -> float:
    """A short decimal ending in 5, or one of its neighbours, where rounding is decided by the last bit."""
    x = float(f"{rng.choice((1, -1)) * (10 * rng.randrange(10 ** rng.randint(1, 6)) + 5)}e{rng.randint(-12, 4)}")
    return rng.choice((x, math.nextafter(x, math.inf), math.nextafter(x, -math.inf)))


def near_a_border(rng: random.Random) -> float:
    """Where one way of writing ends and the next begins, and its neighbours."""
    x = rng.choice((1e-6, 1e-4, 0.01, 1.0, 10.0, 1e5, 9.9995, 0.00999995, 99999.99995, 0.000099995, 9.9995e20))
    return rng.choice((x, math.nextafter(x, math.inf), math.nextafter(x, -math.inf))) * rng.choice((1, -1))


def of_everyday_size(rng: random.Random) -> float:
    return rng.choice(
        (rng.uniform(-2, 2), rng.uniform(-1e5, 1e5), float(rng.randint(-200_000, 200_000)), rng.gauss(0, 0.01))
    )


def sample() -> list[float]:
    rng = random.Random(20)
    sorts = (of_random_bits, near_a_tie, near_a_border, of_everyday_size)
    return [*EDGES, *(sorts[k % len(sorts)](rng) for k in range(COUNT - len(EDGES)))]


def test_twenty_thousand_doubles(shipped):
    doubles = sample()
    for style in ({}, {"wrap": True}, {"decimals": 9}):
        shown = shipped.evaluate(
            "([packed, style]) => [...unpackDoubles(packed)].map(x => formatNumber(x, style))", [pack(doubles), style]
        )
        ours = [format_number(x, **style) for x in doubles]
        different = [(x, a, b) for x, a, b in zip(doubles, ours, shown, strict=True) if a != b]
        assert not different, f"{len(different)} differ; (number, Python, browser): {different[:5]}"
