"""Stills and the player settle the same labels alike, and write the same signs."""

import itertools
import math
import random

import pytest
from graph_recipes import micrograd

import bpviz
from bpviz.telling.scene import Node
from bpviz.views.figure.arrow_ends import ends_of, forward_ends_of
from bpviz.views.figure.label_place import Label
from bpviz.views.figure.nodes import meeting_point, sign_in
from bpviz.views.figure.settling import settle
from bpviz.views.score.scene import scene as scene_of

SETTLE = """([labels, scene, focus, lit, backward, forward]) => {
  const ways = [];
  const moveOf = at => way => { ways[at] = way; };
  const all = labels.map(({ home, ...label }, at) => ({ ...label, home: () => home, move: moveOf(at) }));
  const among = ids => scene.edges.filter(({ id }) => ids.includes(id));
  const ends = [...endsOf(among(backward), focus), ...forwardEndsOf(among(forward), focus)];
  const leaders = settle(all, scene, { focus, lit: among(lit), ends, down: false });
  return [ways, leaders.map(({ anchor, start, end }) => [anchor, ...start, ...end])];
}"""


def softmax():
    return bpviz.graph("y = softmax(a); -sum(t*log(y))", name="L", a=[1, 2, 0.5], t=[1, 0, 0])


def labels_at(rng, scene, beat):
    """Labels of all sizes on many anchors, those of the beat among them, some needed by it."""
    anchors = {*rng.sample(sorted(scene.anchors), min(40, len(scene.anchors))), *(c.anchor for c in beat.chips)}
    for anchor in sorted(anchors, key=lambda name: rng.random()):
        (x, y), wide, high = scene.anchors[anchor], rng.uniform(15, 45), rng.uniform(8, 18)
        needed, bright, named = (rng.random() < part for part in (0.4, 0.3, 0.5))
        yield Label(anchor, (x - wide, y - high, x + wide, y + high), needed, needed or bright, named)


def with_wide_nodes():
    return bpviz.graph("(x*1000.25 + y*2.125)**2.718281828 - learning_rate", name="z", x=1, y=2, learning_rate=3)


def test_labels_move_as_far_and_are_led_alike(shipped):
    rng, kinds = random.Random(16), set()
    for ex in softmax(), micrograd(), with_wide_nodes():
        drawn = scene_of(ex, [])
        for beat in ex.beats[::4]:
            labels = list(labels_at(rng, ex.scene, beat))
            back, on = ([e for e in ex.scene.edges if e.id in ids] for ids in (beat.backward, beat.forward))
            ends = [*ends_of(back, beat.focus), *forward_ends_of(on, beat.focus)]
            ways, leaders = settle(labels, ex.scene, beat.focus, beat.lit, ends)
            asked = [
                {
                    "anchor": o.anchor,
                    "isNeeded": o.needed,
                    "isBright": o.bright,
                    "isNamed": o.named,
                    "home": [o.home[:2], o.home[2:]],
                }
                for o in labels
            ]
            theirs, led = shipped.evaluate(
                SETTLE, [asked, drawn, list(beat.focus), list(beat.lit), beat.backward, beat.forward]
            )
            assert [tuple(way) if way else None for way in theirs] == ways
            assert [anchor for anchor, *_ in led] == [leader.anchor for leader in leaders]
            ours = [[*leader.start, *leader.end] for leader in leaders]
            assert [ends for _, *ends in led] == [pytest.approx(ends) for ends in ours]
            kinds |= {"away" if way is None else "home" if way == (0.0, 0.0) else "aside" for way in ways}
            kinds |= {"led" for _ in leaders}
    assert kinds == {"home", "aside", "away", "led"}


def test_arrows_stop_alike_before_round_ends(shipped):
    rng = random.Random(3)
    for wide in (24.0, 40.0, 66.0):
        node = Node("n", "circle", (200.0, 100.0), (wide, 24.0), ("n",), "+")
        drawn = {"shape": "circle", "x": 200, "y": 100, "w": wide, "h": 24}
        for _ in range(50):
            start = 200 + rng.choice((-1, 1)) * rng.uniform(50, 150), 100 + rng.uniform(-80, 80)
            flat = (wide - 24) / 2
            end = 200 + (flat if start[0] > 200 else -flat), 100.0
            tip = meeting_point(node, start, end, 7.0)
            assert math.dist(tip, end) == pytest.approx(12 + 7)
            assert shipped.evaluate("all => meetNode(...all)", [drawn, start, end, 7]) == pytest.approx(tip)


def test_signs_are_written_alike(shipped):
    signs = ("+", "max", "tanh", "learningrate", "× 0.75", "× 1000.25", "+ 1.235×10⁵", "1000.25 ^", "max 0.5", "x1_2")
    for sign, wide in itertools.product(signs, (16.0, 24.0, 29.0, 36.0, 60.0, 66.0)):
        ours = sign_in(Node("n", "circle", (0.0, 0.0), (wide, 16.0), ("n",), sign))
        theirs = shipped.evaluate("([sign, wide]) => fitSign(sign, wide)", [sign, wide])
        assert theirs == {"text": ours.text, "size": pytest.approx(ours.size)}
