"""Networks told layer by layer: every neuron can be opened, and what is told of it then is its own."""

import contextlib
import copy

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from strategies import json_junk

import bpviz
from bpviz.ground.words import words
from bpviz.views.score.check import check_score
from bpviz.views.score.score import score
from bpviz.writing.prose import plain

EXAMPLES = {
    "by neuron if nobody says": bpviz.network([3, 4, 2], biases="init", detail="layer"),
    "softmax, Adam": bpviz.network(
        [2, 7, 6, 3], ["tanh", "relu", "softmax"], "cross_entropy", optimizer="adam", detail="layer"
    ),
    "shared biases, a skip": bpviz.network(
        [2, 3, 2], biases="init", shared_biases=True, skips=[((0, 2), (2, 2))], detail="layer"
    ),
}
every_example = pytest.mark.parametrize("ex", EXAMPLES.values(), ids=EXAMPLES)
SMALL = score(EXAMPLES["shared biases, a skip"])


def layers(ex):
    sizes = ex.kept["sizes"]
    return [[f"{layer}_{k}" if layer else f"x{k}" for k in range(1, n + 1)] for layer, n in enumerate(sizes)]


@every_example
def test_every_node_but_the_first_of_its_layer_can_be_opened(ex):
    assert [opening.node for opening in ex.openings] == [n for _, *others in layers(ex) for n in others]
    assert not bpviz.network([2, 2, 1]).openings, "told neuron by neuron, all are drawn with their numbers"


@every_example
def test_what_is_told_of_an_opened_neuron_is_its_own(ex):
    for opening in (opening for opening in ex.openings if not opening.node.startswith("x")):
        n, first = opening.node, opening.swaps[0][0]
        assert {ex.beats[k].id for k in opening.beats} >= {
            f"{part}_{n[0]}" for part in ("forward", "gradient", "update")
        }
        for number, told in opening.beats.items():
            usual = ex.beats[number]
            own = [shown.step for shown in usual.formulas]
            names = renamed(ex, first, n)
            assert [shown.step for shown in told.formulas] == [names.get(name, name) for name in own]
            assert (told.id, told.phase, told.reveals) == (usual.id, usual.phase, usual.reveals)
            assert first not in told.focus
            assert {chip.anchor for chip in told.chips} <= {*opening.anchors}
            assert "n" not in told.caption.params or told.caption.params["n"] == n
            assert plain(told.caption, words(), ex.notation, ex.run())


def renamed(ex, first, other):
    """Name of each quantity of one neuron → that of the other one: names are made of the neuron's own."""
    names = {}
    for name in ex.program.names:
        for before in ("z", "a", "w", "b", "da", "dz", "v_w", "m_w", "m_b", "v_b", "dL_dw", "dL_db", "dL_da"):
            if name.startswith(f"{before}{first}"):
                new = name.replace(first, other)
                names[name] = new if new in ex.program else name
    k = (first.partition("_")[2], other.partition("_")[2])
    return names | {f"L{k[0]}": f"L{k[1]}", f"L{k[0]}_": f"L{k[1]}"}


@every_example
def test_its_score_is_valid_and_says_only_what_differs(ex):
    made = score(ex)
    check_score(made)
    assert [opening["node"] for opening in made["openings"]] == [opening.node for opening in ex.openings]
    assert not any("reveals" in told for opening in made["openings"] for _, told, _ in opening["beats"])


@pytest.mark.parametrize(
    ("damage", "problem"),
    [
        (lambda o: o.update(node="9_9"), "'9_9' does not change places"),
        (lambda o: o["swaps"][0].reverse(), "does not change places"),
        (lambda o: o["swaps"].append(["x1", "9_9"]), "no node '9_9' changes places"),
        (lambda o: o["anchors"].update(a="nowhere"), "no anchor 'nowhere'"),
        (lambda o: o["labels"][0].update(anchor="nowhere"), "no anchor 'nowhere'"),
        (lambda o: o["beats"][0].__setitem__(0, 99), "no beat 99"),
        (lambda o: o["beats"][0][1].update(formula=[9999]), "no row 9999"),
        (lambda o: o["beats"][0][2].append(9999), "no chip 9999"),
        (lambda o: o["beats"][0][1].update(title=[{"bp": "w9"}]), "no quantity 'w9'"),
        (lambda o: o["beats"][0][1].update(about="w9"), "no quantity 'w9'"),
        (lambda o: o["beats"][0][1].update(lit=["w9"]), "nothing in the diagram is called 'w9'"),
        (lambda o: o["beats"][0][1].update(id="other"), "unknown entry 'id'"),
    ],
)
def test_a_damaged_opening_is_refused(damage, problem):
    damaged = copy.deepcopy(SMALL)
    damage(damaged["openings"][2])
    with pytest.raises(ValueError, match="damaged score: ") as refusal:
        check_score(damaged)
    assert problem in str(refusal.value)


def test_a_node_is_opened_in_one_way():
    damaged = {**SMALL, "openings": [*SMALL["openings"], SMALL["openings"][0]]}
    with pytest.raises(ValueError, match="'x2' is opened twice"):
        check_score(damaged)


def entries(tree, path=()):
    for key in list(tree) if isinstance(tree, dict) else range(len(tree)) if isinstance(tree, list) else ():
        yield (*path, key)
        yield from entries(tree[key], (*path, key))


@settings(max_examples=40)
@given(path=st.sampled_from(list(entries(SMALL["openings"]))), junk=json_junk)
def test_random_damage_is_harmless_or_refused(path, junk):
    damaged = {**SMALL, "openings": copy.deepcopy(SMALL["openings"])}
    parent = damaged["openings"]
    for key in path[:-1]:
        parent = parent[key]
    parent[path[-1]] = junk
    with contextlib.suppress(ValueError):
        check_score(damaged)


def test_a_player_opens_one_neuron_of_a_layer():
    player = EXAMPLES["shared biases, a skip"].player()
    player.opened = "2_2 1_3"
    assert player.opened == "1_3 2_2"
    for bad, problem in (
        ("1_1", "cannot be '1_1'; what can be opened is x2"),
        ("1_2 1_3", "1_2 and 1_3"),
        (3, "opened"),
    ):
        with pytest.raises(Exception, match=problem):
            player.opened = bad
    assert player.opened == "1_3 2_2"
    with pytest.raises(Exception, match="what can be opened is none"):
        bpviz.neuron().player().opened = "n"
