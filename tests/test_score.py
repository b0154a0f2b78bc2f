"""The score: valid for every variant, whole in itself, and a damaged one is refused with a sentence."""

import copy
import dataclasses
import functools
import json
import math

import jsonschema
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from strategies import json_junk
from variants import EVERY_EXAMPLE

import bpviz
from bpviz.algebra.ops import OPS
from bpviz.calculation.data_sets import MOST_ROWS
from bpviz.calculation.schedules import RISE
from bpviz.ground.words import words
from bpviz.views.score.check import check_score
from bpviz.views.score.pools import Pool
from bpviz.views.score.schema_walk import SCHEMA, schema_problem
from bpviz.views.score.score import score
from bpviz.views.score.variants import plain

every_example = pytest.mark.parametrize("ex", EVERY_EXAMPLE, ids=str)
GOOD = score(bpviz.case2())
PLAIN = plain(GOOD)


@functools.cache
def scored(ex):
    """The score of an example, made once; no test changes it."""
    return score(ex.example)


def shown(ex):
    """What a player shows first: the example's own variant."""
    return plain(scored(ex))


def inside(tree):
    """Yield every dict in a nested structure."""
    for child in tree.values() if isinstance(tree, dict) else tree if isinstance(tree, list) else ():
        yield from inside(child)
    if isinstance(tree, dict):
        yield tree


@every_example
def test_valid_for_every_variant(ex):
    check_score(scored(ex))


@every_example
def test_survives_json_to_the_last_digit(ex):
    made = scored(ex)
    again = json.loads(json.dumps(made, allow_nan=False, ensure_ascii=False))
    assert again == made


@every_example
def test_every_name_leads_to_a_quantity(ex):
    made = shown(ex)
    names = set(made["quantities"])
    assert names == set(ex.program.names) == set(made["program"]["names"])
    for part in inside({"nodes": made["scene"]["nodes"], "edges": made["scene"]["edges"], "beats": made["beats"]}):
        for key in ("bp", "ref", "carries"):
            assert part.get(key, "") in names | {""}, part
    for group in made["groups"]:
        assert set(group["givens"]) <= {g["name"] for g in made["givens"]}
    for beat in made["beats"]:
        assert set(beat["reveals"]) <= names
        assert beat["phase"] in {p["id"] for p in made["phases"]}
    assert {q["phase"] for q in made["quantities"].values()} <= {"given", *(p["id"] for p in made["phases"])}
    assert made["program"]["loss"] == ex.program.loss
    assert made["program"]["feedback"] == dict(ex.program.feedback) != {}


@every_example
def test_every_id_leads_to_a_place_in_the_scene(ex):
    made = shown(ex)
    scene = made["scene"]
    nodes, edges = {n["id"] for n in scene["nodes"]}, {e["id"] for e in scene["edges"]}
    for beat in made["beats"]:
        assert set(beat["focus"]) <= nodes
        assert set(beat["forward"]) | set(beat["backward"]) <= edges
        assert set(beat["lit"]) <= nodes | edges | set(scene["anchors"])
        assert {chip["anchor"] for chip in beat["chips"]} <= set(scene["anchors"])
    assert {c["anchor"] for c in scene["labels"]} <= set(scene["anchors"])


@every_example
def test_the_register_code_is_whole(ex):
    program = shown(ex)["program"]
    filled = set(range(len(ex.program.givens))) | {register for register, _ in program["constants"]}
    for op, target, *sources in program["code"]:
        assert OPS[op].arity == len(sources)
        assert set(sources) <= filled, "a register is read before it is written"
        assert target not in filled, "a register is written twice"
        filled.add(target)
    assert filled == set(range(program["registers"]))
    assert set(program["names"].values()) <= filled


def play(made, values):
    """Run a score's register code as a player would, with the operations' array functions."""
    program = made["program"]
    registers = dict(program["constants"])
    registers |= {program["names"][name]: value for name, value in values.items()}
    for op, target, *sources in program["code"]:
        registers[target] = float(OPS[op].array(*(registers[s] for s in sources)))
    return {name: registers[register] for name, register in program["names"].items()}


@every_example
def test_played_it_gives_the_run_of_the_example(ex):
    made = shown(ex)
    played = play(made, {g["name"]: g["value"] for g in made["givens"]})
    assert played == pytest.approx(dict(ex.run()), rel=1e-14)


def test_the_defaults_ranges_and_order_of_the_givens():
    givens = {g["name"]: g for g in GOOD["givens"]}
    assert list(givens) == list(bpviz.case2().program.tape.givens)
    assert givens["w5"] == {"name": "w5", "value": 0.4, "low": -2, "high": 2, "step": 0.01}


def test_what_a_quantity_is_called_aloud():
    assert GOOD["quantities"]["w5"]["speak"] == "weight w5"
    assert GOOD["quantities"]["dE_dw5"]["speak"] == "gradient ∂E_total/∂w5"
    assert (GOOD["quantities"]["w5"]["phase"], GOOD["quantities"]["net_h1"]["phase"]) == ("given", "forward")


def test_the_words_of_the_player_come_along():
    assert GOOD["words"] == words().section("player")
    assert GOOD["title"] == words()["cases.case2.title"]
    assert (GOOD["format"], GOOD["version"], GOOD["lang"]) == ("bpviz-score", 1, "en")


def test_formula_rows_of_a_beat():
    beat = next(b for b in PLAIN["beats"] if b["id"] == "E_total")
    symbols, numbers = beat["formula"]
    assert symbols["left"] == ["mrow", {"ref": "E_total"}]
    assert PLAIN["quantities"]["E_total"]["symbol"] == ["msub", ["mi", "E"], ["mtext", "total"]]
    assert numbers["left"] == ["mrow"]
    assert numbers["right"][-2:] == [["mo", "="], ["mn", {"bp": "E_total", "bold": True}]]


@pytest.mark.parametrize(("eta", "largest"), [(0.5, 10.0), (0.02, 0.4), (0.0, 1.0), (-1.0, 1.0)])
def test_the_largest_rate_of_schedules_is_above_zero_whatever_the_default(eta, largest):
    ex = bpviz.neuron()
    givens = tuple(dataclasses.replace(g, default=eta) if g.name == "eta" else g for g in ex.program.givens)
    made = score(dataclasses.replace(ex, program=dataclasses.replace(ex.program, givens=givens)))
    assert made["schedules"] == {"of": "eta", "rounds": 1000, "rise": RISE, "largest": largest}
    check_score(made)


def test_what_does_not_train_has_no_schedules():
    ex = bpviz.neuron()
    assert "schedules" not in score(dataclasses.replace(ex, program=dataclasses.replace(ex.program, feedback={})))


# -- damaged scores --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("key", SCHEMA["required"])
def test_nothing_may_be_missing(key):
    damaged = {k: v for k, v in GOOD.items() if k != key}
    with pytest.raises(ValueError, match=f"damaged score: .*({key}|not a bpviz-score)"):
        check_score(damaged)


@pytest.mark.parametrize(
    ("change", "where"),
    [
        ({"version": 2}, "it has version 2; this reads version 1"),
        ({"version": "1"}, "it has version '1'; this reads version 1"),
        ({"version": True}, "score.version must be 1"),
        ({"format": "other"}, "it is not a bpviz-score"),
        ({"surprise": 1}, "surprise"),
        ({"beats": []}, "beats"),
        ({"givens": []}, "givens"),
        ({"words": {"play": 1}}, "words"),
    ],
)
def test_a_change_is_found_and_named(change, where):
    with pytest.raises(ValueError, match="score") as refusal:
        check_score({**GOOD, **change})
    assert where in str(refusal.value)


def entries(tree, path=()):
    """Every path into a nested structure, but not into the long texts."""
    for key in list(tree) if isinstance(tree, dict) else range(len(tree)) if isinstance(tree, list) else ():
        yield (*path, key)
        yield from entries(tree[key], (*path, key))


SMALL = score(bpviz.neuron())
VALIDATOR = jsonschema.Draft202012Validator(SCHEMA)
PATHS = list(entries(SMALL))


@settings(max_examples=40)
@given(path=st.sampled_from(PATHS), junk=json_junk, delete=st.booleans())
def test_random_damage_is_harmless_or_refused_in_one_sentence(path, junk, delete):
    damaged = copy.deepcopy(SMALL)
    parent = damaged
    for key in path[:-1]:
        parent = parent[key]
    if delete:
        del parent[path[-1]]
    else:
        parent[path[-1]] = junk
    said = refusal_of(damaged)
    assert said == "" or said.startswith("damaged score: ")
    assert len(said) < 500, "a sentence, not a dump"
    if not holds(damaged, math.inf):  # JSON Schema knows no numbers that are not finite
        assert (schema_problem(damaged) == "") == VALIDATOR.is_valid(damaged), said


def holds(tree, value):
    children = tree.values() if isinstance(tree, dict) else tree if isinstance(tree, list) else ()
    return any(child == value or holds(child, value) for child in children)


def refusal_of(damaged):
    """What is said against a score, "" for nothing; anything but a ValueError comes through."""
    try:
        check_score(damaged)
    except ValueError as refusal:
        return str(refusal)
    return ""


@pytest.mark.parametrize("junk", [None, [], "score", 1, True, {}])
def test_what_is_no_score_at_all_is_refused(junk):
    with pytest.raises(ValueError, match="damaged score: it is not a bpviz-score"):
        check_score(junk)


@pytest.mark.parametrize("number", [math.nan, math.inf, 10**400, True, None, "1"])
def test_a_number_is_finite(number):
    for path in (("givens", 0, "value"), ("scene", "width"), ("variants", 0, "program", "constants", 0, 1)):
        damaged = copy.deepcopy(SMALL)
        parent = damaged
        for key in path[:-1]:
            parent = parent[key]
        parent[path[-1]] = number
        assert "must be a number" in refusal_of(damaged), path


@pytest.mark.parametrize("word", words().section("player"))
def test_no_word_of_the_player_may_be_missing(word):
    damaged = {**GOOD, "words": {key: text for key, text in GOOD["words"].items() if key != word}}
    assert refusal_of(damaged) == f"damaged score: score.words lacks '{word}'"


def test_python_and_the_player_have_room_for_as_many_rows():
    assert SCHEMA["$defs"]["data"]["properties"]["rows"]["maxItems"] == MOST_ROWS


def test_what_beats_share_is_written_once():
    pool = Pool()
    pieces = [{"a": 1}, {"a": [1, 2]}, {"a": 1}, {"b": 1}, {"a": [1, 2]}]
    assert [pool.place(piece) for piece in pieces] == [0, 1, 0, 2, 1]
    assert pool.pieces == [{"a": 1}, {"a": [1, 2]}, {"b": 1}]
