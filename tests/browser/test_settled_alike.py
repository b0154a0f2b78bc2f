"""Python and the browser settle the same labels alike."""

import random

import pytest
from graph_recipes import micrograd

import bpviz
from bpviz.views.figure.settling import Label, settle
from bpviz.views.score.scene import scene as scene_of

SETTLE = """([labels, scene, focus, lit]) => {
  const ways = [];
  const all = labels.map(({ home, ...label }) => ({ ...label, home: () => home, move: way => ways.push(way) }));
  const leaders = settle(all, scene, focus, scene.edges.filter(({ id }) => lit.includes(id)));
  return [ways, leaders.map(({ anchor, start, end }) => [anchor, ...start, ...end])];
}"""


def softmax():
    return bpviz.graph("y = softmax(a); -sum(t*log(y))", name="L", a=[1, 2, 0.5], t=[1, 0, 0])


def labels_at(rng, scene, beat):
    """Labels of all sizes on many anchors, those of the beat among them, some told by it."""
    anchors = {*rng.sample(sorted(scene.anchors), min(40, len(scene.anchors))), *(c.anchor for c in beat.chips)}
    for anchor in sorted(anchors, key=lambda name: rng.random()):
        (x, y), wide, high = scene.anchors[anchor], rng.uniform(15, 45), rng.uniform(8, 18)
        yield Label(anchor, (x - wide, y - high, x + wide, y + high), rng.random() < 0.4)


@pytest.mark.parametrize("make", [softmax, micrograd])
def test_labels_move_as_far_and_are_led_alike(shipped, make):
    rng, ex, kinds = random.Random(16), make(), set()
    drawn = scene_of(ex, [])
    for beat in ex.beats[::4]:
        labels = list(labels_at(rng, ex.scene, beat))
        ways, leaders = settle(labels, ex.scene, beat.focus, beat.lit)
        asked = [{"anchor": o.anchor, "isTold": o.told, "home": [o.home[:2], o.home[2:]]} for o in labels]
        theirs, led = shipped.evaluate(SETTLE, [asked, drawn, list(beat.focus), list(beat.lit)])
        assert [tuple(way) if way else None for way in theirs] == ways
        ours = [[*leader.start, *leader.end] for leader in leaders]
        assert [leader[0] for leader in led] == [leader.anchor for leader in leaders]
        assert [leader[1:] for leader in led] == [pytest.approx(leader) for leader in ours]
        kinds |= {"away" if way is None else "home" if way == (0.0, 0.0) else "aside" for way in ways}
        kinds |= {"led" for _ in leaders}
    assert kinds == {"home", "aside", "away", "led"}
