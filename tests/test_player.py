"""The widget without a browser: what it refuses, and the picture and text that go with it."""

import base64

import pytest
import traitlets

import bpviz
from bpviz.cases.case1_starts import random_start
from bpviz.example.published import Comparison, Comparisons
from bpviz.views.player import assets
from bpviz.views.player.moments import MOST_MOMENTS
from bpviz.views.player.player import Player
from bpviz.writing.symbols import Symbol


@pytest.fixture
def player():
    return bpviz.neuron().player(start="out_n")


def test_the_text_and_the_picture_follow_the_player(player):
    before, _ = player._repr_mimebundle_()
    player.w1 = 1.5
    after, _ = player._repr_mimebundle_()
    assert "w1 = 0.80" in before["text/plain"]
    assert "w1 = 1.50" in after["text/plain"]
    assert before["image/png"] != after["image/png"]
    assert base64.b64decode(after["image/png"]).startswith(b"\x89PNG")
    player.beat = 0
    assert "step 1 of 16" in player._repr_mimebundle_()[0]["text/plain"]


def test_a_name_that_is_no_given_is_refused(player):
    with pytest.raises(AttributeError, match=r"no 'w99'; its givens are x1, x2, w1, w2, b, target, eta"):
        player.w99 = 3
    assert not hasattr(player, "w99")


def test_identity_has_no_slope_to_speak_of():
    keys = {beat.id: beat.caption.key for beat in bpviz.case2(activation="identity").beats}
    assert keys["delta_o1"] == "captions.delta_first_identity"
    assert keys["delta_h1"] == "captions.delta_identity"
    assert keys["dE_dw1"] == "captions.gradient_deep_identity"
    assert not any(beat.caption.key.endswith("_identity") for beat in bpviz.case2(activation="relu").beats[13:])


def test_hostile_text_stays_text_in_tables_and_latex():
    row = Comparison("<img src=x onerror=alert(1)>", 0, "1", 1.0, 0.0, True, "a|b\nc")
    shown = Comparisons([row], source="<b>")._repr_markdown_()
    assert "<" not in shown
    assert r"a\|b c" in shown
    assert Symbol("a_b", "50%").latex == r"\mathrm{a\_b}_{\mathrm{50\%}}"


def test_figures_and_solutions_refuse_arrays_by_name():
    ex = bpviz.neuron()
    for view in (ex.draw, ex.solution):
        with pytest.raises(TypeError, match=r"w1 is an array of shape \(2,\)"):
            view(w1=[1, 2])


def givens_of(player):
    return [getattr(player, given["name"]) for given in player.score["givens"]]


def test_training_from_python_counts_and_is_kept_for_undo():
    example = bpviz.case2()
    player = example.player()
    first = givens_of(player)
    told = player.train(10)
    final = example.train(10).final
    assert player.rounds == 10
    assert player.w5 == final["w5"] == told.final["w5"]
    player.train(5)
    assert (player.rounds, player.w5) == (15, example.train(15).final["w5"])
    assert [moment["rounds"] for moment in player.history["past"]] == [0, 10]
    assert player.history["now"] == {"variant": 0, "rounds": 15, "start": first, "givens": givens_of(player)}
    player.w5 = 0.9
    assert player.rounds == 0
    player.train(1)
    assert player.rounds == 1
    assert [moment["rounds"] for moment in player.history["past"]] == [0, 10, 15, 0]
    assert player.history["now"]["start"][5] == player.history["past"][-1]["givens"][5]


def test_a_given_led_away_and_back_begins_a_new_run():
    example = bpviz.case2()
    player = example.player()
    player.train(10)
    there, w5 = givens_of(player), player.w5
    player.w5 = 1
    player.w5 = w5
    assert player.rounds == 0
    player.train(3)
    assert player.rounds == 3
    assert player.history["now"] == {"variant": 0, "rounds": 3, "start": there, "givens": givens_of(player)}
    assert [moment["rounds"] for moment in player.history["past"]] == [0, 10]
    assert player.w5 == example.train(13).final["w5"]


def test_a_switch_trains_no_rounds_again_after_a_given_was_led_away_and_back():
    player = bpviz.case2().player()
    player.train(10)
    there, w5 = givens_of(player), player.w5
    player.w5 = 1
    player.w5 = w5
    player.switch(update="sequential")
    assert (player.rounds, givens_of(player)) == (0, there)
    assert player.history["now"]["start"] is None


def test_training_stops_before_it_diverges():
    example = bpviz.case2(activation="identity")
    player = example.player()
    player.eta = 100
    told = player.train(1000)
    assert 1 < told.diverged_at < 1000
    assert player.rounds == told.diverged_at - 1
    assert player.w5 == told.final["w5"]


def test_the_history_keeps_as_much_as_the_browsers():
    player = bpviz.neuron().player()
    for _ in range(52):
        player.train(1)
    assert (player.rounds, len(player.history["past"])) == (52, MOST_MOMENTS)
    assert f"MOST_MOMENTS = {MOST_MOMENTS};" in assets.widget_module()


@pytest.mark.parametrize(
    ("rounds", "error"), [(-1, ValueError), (1.5, TypeError), (True, TypeError), ("1", TypeError), (10**9, ValueError)]
)
def test_a_number_of_rounds_that_is_none_changes_nothing(player, rounds, error):
    before = player.history, givens_of(player)
    with pytest.raises(error, match="number of rounds"):
        player.train(rounds)
    player.train(0)
    assert (player.history, givens_of(player), player.rounds) == (*before, 0)


def test_rounds_are_trained_not_set(player):
    for name, hint in (
        ("rounds", r"p.train\(10\) applies ten rounds more"),
        ("random_seed", r"p.randomise\(15\) takes another one"),
        ("history", r"what undo goes through"),
        ("data", r"case1\(data=\[...\]\) begins with other rows"),
        ("panels", r"ex.player\(panels="),
        ("score", "make another player"),
    ):
        before = getattr(player, name)
        with pytest.raises(AttributeError, match=f"'{name}' cannot be set: .*{hint}"):
            setattr(player, name, None)
        assert getattr(player, name) == before
    with pytest.raises(RuntimeError, match="made from a score alone"):
        Player(player.score).train(1)


BAD_STATES = [("beat", bad) for bad in (-1, 16, 10**400, True, 1.5, "1", None, [0])]
BAD_STATES += [("slice_of", bad) for bad in ("x1", "w9", None, 1, ["w1"])]
BAD_STATES += [("largest_rate", bad) for bad in (0, -1, float("inf"), float("nan"), "1", None, True)]
BAD_STATES += [("score", {}), ("history", {}), ("panels", ["loss"]), ("rounds", 3), ("random_seed", 3)]


@pytest.mark.parametrize(("name", "bad"), BAD_STATES, ids=str)
def test_every_part_of_the_state_refuses_what_it_cannot_be_and_stays(player, name, bad):
    states = ("beat", "slice_of", "largest_rate", "score", "history", "panels", "rounds", "w1")
    before = {key: getattr(player, key) for key in states}
    with pytest.raises((traitlets.TraitError, AttributeError), match=name):
        setattr(player, name, bad)
    assert {key: getattr(player, key) for key in before} == before


def test_random_weights_are_one_change_within_the_sliders():
    example = bpviz.case1("exact")
    player = example.player()
    player.train(5)
    before = givens_of(player)
    player.randomise(15)
    assert {w: getattr(player, w) for w in example.program.feedback} == dict(random_start(15))
    assert (player.random_seed, player.rounds, len(player.history["past"])) == (15, 0, 2)
    assert player.history["past"][-1]["givens"] == before
    assert all(g.low <= getattr(player, g.name) <= g.high for g in example.program.givens)
    player.randomise()
    assert player.random_seed == 16
    assert {w: getattr(player, w) for w in example.program.feedback} == dict(random_start(16))
    player.randomise(16)
    assert len(player.history["past"]) == 3, "the same weights again are no change to take back"


@pytest.mark.parametrize(
    ("seed", "error"),
    [(-1, ValueError), (2**32, ValueError), (1.5, TypeError), ("15", TypeError), (True, TypeError)],
)
def test_what_is_no_seed_leaves_the_weights_alone(player, seed, error):
    before = player.history, givens_of(player), player.random_seed
    with pytest.raises(error, match="the seed must be"):
        player.randomise(seed)
    assert (player.history, givens_of(player), player.random_seed) == before
