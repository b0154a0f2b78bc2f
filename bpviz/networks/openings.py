"""Which neurons of a network told layer by layer can be opened, and how each is told then."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from bpviz.calculation.program import Program
from bpviz.networks.crowd import labels_at
from bpviz.networks.layer_telling import LayerTelling
from bpviz.networks.wiring import Wiring
from bpviz.telling.chips import Chip
from bpviz.telling.openings import Opening
from bpviz.telling.picture import Picture
from bpviz.telling.scene import Scene, beside, under
from bpviz.telling.story import Beat
from bpviz.telling.tell import told_beat, told_groups


def openings(program: Program, scene: Scene, telling: LayerTelling, beats: Sequence[Beat]) -> Iterator[Opening]:
    """Yield an opening for each neuron and input but the first of its layer; `beats` tell those."""
    wiring = telling.wiring
    number = {beat.id: index for index, beat in enumerate(beats)}
    groups = list(told_groups(program, telling))
    for layer, (standing, *others) in enumerate(wiring.layers):
        here = [(group, first) for group, first in groups if telling.layer_of(group) == layer]
        for n in others:
            anchors = dict(_anchors(wiring, standing, n)) if layer else {}
            labels = tuple(labels_at(wiring, n))
            retelling = telling.with_opened(layer, n, _opened_scene(scene, anchors, labels))
            told = {
                number[telling.name_of(group)]: told_beat(
                    program, retelling, group, first, retelling.picture(group, Picture())
                )
                for group, first in here
            }
            yield Opening(n, tuple(_swaps(wiring, standing, n)), anchors, labels, told)


def _swaps(wiring: Wiring, standing: str, n: str) -> Iterator[tuple[str, str]]:
    """A neuron changes places with the one that stands there; an output takes its error along."""
    yield standing, n
    if n in wiring.outputs:
        yield wiring.error(standing), wiring.error(n)


def _anchors(wiring: Wiring, standing: str, n: str) -> Iterator[tuple[str, str]]:
    yield from zip(under(n), under(standing), strict=True)
    if n in wiring.biases:
        yield beside(wiring.biases[n], n), beside(wiring.biases[standing], standing)
    if n in wiring.targets:
        yield wiring.targets[n], wiring.targets[standing]


def _opened_scene(scene: Scene, anchors: dict[str, str], labels: tuple[Chip, ...]) -> Scene:
    """The scene with the anchors and labels of a neuron in place of those of the one that it stands for."""
    taken = set(anchors.values())
    points = {name: point for name, point in scene.anchors.items() if name not in taken}
    points |= {new: scene.anchors[old] for new, old in anchors.items()}
    kept = tuple(chip for chip in scene.labels if chip.anchor not in taken)
    return replace(scene, anchors=points, labels=(*kept, *labels))
