"""Switches: siblings share what they must, a score holds them all, a player in Python flips them, damage is refused."""

import copy
from itertools import product

import jsonschema
import pytest
from traitlets import TraitError

import bpviz
from bpviz.networks.signals import RULES
from bpviz.views.player.player import Player
from bpviz.views.score.check import check_score
from bpviz.views.score.schema_walk import SCHEMA
from bpviz.views.score.score import score
from bpviz.views.score.variants import beat_in, plain

CHOICES = list(product(("simultaneous", "sequential"), (False, True)))
GOOD = score(bpviz.case2())


@pytest.fixture
def player():
    return bpviz.case2().player(start="dE_dw1")


def givens_of(player):
    return {given["name"]: getattr(player, given["name"]) for given in player.score["givens"]}


@pytest.mark.parametrize("own", CHOICES)
def test_siblings_are_one_for_each_choice_and_the_example_is_the_first(own):
    siblings = bpviz.case2(*own, activation="tanh").siblings()
    assert siblings[0].family.chosen == own
    assert {s.family.chosen for s in siblings} == set(CHOICES)
    for sibling in siblings:
        assert sibling.run() == bpviz.case2(*sibling.family.chosen, activation="tanh").run()
        for shared in ("name", "groups", "citation"):
            assert getattr(sibling, shared) == getattr(siblings[0], shared)
        assert sibling.program.givens == siblings[0].program.givens
        for part in ("width", "height", "nodes", "edges", "anchors", "labels"):
            assert getattr(sibling.scene, part) == getattr(siblings[0].scene, part)


@pytest.mark.parametrize("own", RULES)
def test_the_rules_of_case_1_are_siblings(own):
    choices = {"activation": {1: "tanh", 6: "identity"}, "preset": "apart", "data": "and"}
    siblings = bpviz.case1(own, **choices).siblings()
    assert [s.rule for s in siblings] == [own, *(rule for rule in RULES if rule != own)]
    for sibling in siblings:
        assert sibling.run() == bpviz.case1(sibling.rule, **choices).run()
        for shared in ("name", "groups", "citation", "data", "large_scene", "scene", "tall_scene"):
            assert getattr(sibling, shared) == getattr(siblings[0], shared)
    made = score(siblings[0])
    check_score(made)
    for number, sibling in enumerate(siblings):
        shown = plain(made, number)
        assert [beat["id"] for beat in shown["beats"]] == [beat.id for beat in sibling.beats]
        assert [len(beat["chips"]) for beat in shown["beats"]] == [len(beat.chips) for beat in sibling.beats]


@pytest.mark.parametrize("rounds", [0, 1, 10_000])
def test_flipping_the_rule_of_case_1_trains_again(rounds):
    player = bpviz.case1().player(start="delta1")
    player.w14 = -0.9
    player.train(rounds)
    player.switch(rule="exact")
    final = bpviz.case1("exact").train(rounds, w14=-0.9).final
    assert (player.rounds, player.beat) == (rounds, bpviz.case1().player(start="delta1").beat)
    assert givens_of(player) == {name: final[name] for name in givens_of(player)}


def test_an_example_without_switches_is_its_only_variant():
    made = score(bpviz.neuron())
    assert bpviz.neuron().family is None
    assert (made["switches"], len(made["variants"]), made["variants"][0]["choices"]) == ([], 1, [])


@pytest.mark.parametrize("own", CHOICES)
def test_the_score_holds_every_sibling(own):
    example = bpviz.case2(*own)
    made = score(example)
    check_score(made)
    jsonschema.Draft202012Validator(SCHEMA).validate(made)
    for number, sibling in enumerate(example.siblings()):
        shown = plain(made, number)
        assert list(shown["quantities"]) == list(sibling.program.names) == list(shown["program"]["names"])
        assert [beat["id"] for beat in shown["beats"]] == [beat.id for beat in sibling.beats]
        assert [len(beat["chips"]) for beat in shown["beats"]] == [len(beat.chips) for beat in sibling.beats]
        assert shown["program"]["feedback"] == dict(sibling.program.feedback)
        assert ("w1_next" in shown["notes"]) == (sibling.rule == "sequential")


def test_a_step_that_is_not_told_leads_to_the_one_before():
    biases = next(k for k, v in enumerate(GOOD["variants"]) if v["choices"] == [0, 1])
    ids = [beat["id"] for beat in plain(GOOD, biases)["beats"]]
    there = [beat["id"] for beat in plain(GOOD)["beats"]]
    assert there[beat_in(GOOD, biases, 0, ids.index("dE_db2"))] == "dE_dw8"
    assert there[beat_in(GOOD, biases, 0, ids.index("b1_next"))] == "w4_next"
    for beat, name in enumerate(there):
        assert ids[beat_in(GOOD, 0, biases, beat)] == name


def damage(path, value):
    damaged = copy.deepcopy(GOOD)
    parent = damaged
    for key in path[:-1]:
        parent = parent[key]
    parent[path[-1]] = value
    return damaged


@pytest.mark.parametrize(
    ("path", "value", "message"),
    [
        (("variants", 1, "choices"), [0, 0], "not one for each choice"),
        (("variants", 1, "choices"), [0, 2], "not one for each choice"),
        (("variants", 1, "choices"), [0], "not one for each choice"),
        (("variants",), GOOD["variants"][:3], "not one for each choice"),
        (("switches",), [], "not one for each choice"),
        (("switches", 0, "choices", 0, "value"), 1, "must be a text"),
        (("variants", 2, "beats", 3), [1], "wrong length"),
        (("variants", 2, "beats", 3, 0), 999, "no beat 999"),
        (("variants", 2, "beats", 3, 1), [999], "no chip 999"),
        (("variants", 2, "program", "loss"), "nobody", "no quantity 'nobody'"),
        (("variants", 0, "beats"), GOOD["variants"][1]["beats"], "no quantity 'dE_db2'"),
        (("variants", 2, "program", "code", 0, 0), "launch", "unknown operation 'launch'"),
    ],
)
def test_a_damaged_variant_is_refused(path, value, message):
    with pytest.raises(ValueError, match=f"damaged score: .*{message}"):
        check_score(damage(path, value))


def test_flipping_without_rounds_changes_only_the_program(player):
    player.w5 = 0.9
    before = givens_of(player)
    player.switch(update="sequential")
    assert (givens_of(player), player.rounds) == (before, 0)
    assert player.score["switches"][0]["choices"][player.score["variants"][player.variant]["choices"][0]] == {
        "value": "sequential",
        "label": "output layer first",
    }
    assert "The gradient for w1" in player._repr_mimebundle_()[0]["text/plain"]
    text = bpviz.case2("sequential").player(start="dE_dw1")
    text.w5 = 0.9
    assert player._repr_mimebundle_()[0]["text/plain"] == text._repr_mimebundle_()[0]["text/plain"]


@pytest.mark.parametrize("rounds", [1, 10_000])
def test_flipping_trains_again_from_where_the_rounds_began(player, rounds):
    player.eta = 0.7
    player.train(rounds)
    player.switch(update="sequential", train_biases=True)
    final = bpviz.case2("sequential", True).train(rounds, eta=0.7).final
    assert player.rounds == rounds
    assert givens_of(player) == {name: final[name] for name in givens_of(player)}
    player.train(1)
    assert player.rounds == rounds + 1
    player.switch(update="simultaneous", train_biases=False)
    assert player.w1 == bpviz.case2().train(rounds + 1, eta=0.7).final["w1"]
    assert [moment["variant"] for moment in player.history["past"]][-2:] == [3, 3]


def test_a_beat_is_one_of_the_variants_own(player):
    with pytest.raises(TraitError, match="'beat' must be 0 to 43"):
        player.beat = 47
    player.switch(train_biases=True)
    player.beat = 47
    player.switch(train_biases=False)
    assert player.beat == 43


def test_a_switch_that_is_none_changes_nothing(player):
    for wrong, message in (
        ({"rule": "sequential"}, "no switch 'rule'; switches are update, train_biases"),
        ({"update": "backwards"}, "update cannot be 'backwards'; choices are 'simultaneous', 'sequential'"),
        ({"train_biases": 1}, "train_biases cannot be 1; choices are False, True"),
        ({"update": None}, "update cannot be None"),
    ):
        with pytest.raises(ValueError, match=message):
            player.switch(**wrong)
    for wrong in (4, -1, True, "1", None, 1.0):
        with pytest.raises(TraitError, match="'variant' must be 0 to 3"):
            player.variant = wrong
    assert (player.variant, player.history["past"]) == (0, [])
    with pytest.raises(ValueError, match="switches are none here"):
        bpviz.neuron().player().switch(update="sequential")


def test_a_player_of_a_score_alone_flips_only_what_is_not_trained():
    player = Player(GOOD)
    player.variant = 2
    assert player.variant == 2
    trained = bpviz.case2().player()
    trained.train(5)
    alone = Player(GOOD)
    with alone.hold_trait_notifications():
        alone.set_state({**givens_of(trained), "rounds": 5, "history": trained.history})
    with pytest.raises(RuntimeError, match="trains in the browser only"):
        alone.variant = 1
    assert alone.variant == 0
