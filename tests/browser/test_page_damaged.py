"""A damaged score: a readable message in place of the player. A hostile one: its text stays text, no script runs."""

import copy

import pytest
from page_state import with_state

import bpviz
from bpviz.views.player.page import html
from bpviz.views.score.score import score

HOSTILE = "</script><script>window.ran = 1</script><img src=x onerror='window.ran = 1'><b>bold</b> & \u2028 &lt;"


@pytest.fixture(scope="module")
def sound():
    return score(bpviz.neuron())


def damage(sound, path, value):
    """A copy of a sound score with one entry replaced, or left out (KeyError)."""
    damaged = copy.deepcopy(sound)
    *way, last = path
    tree = damaged
    for key in way:
        tree = tree[key]
    if value is KeyError:
        del tree[last]
    else:
        tree[last] = value
    return damaged


def show(page, tmp_path, sound, damaged) -> None:
    """Open the page of a sound score with the damaged one put in its place."""
    file = tmp_path / "damaged.html"
    file.write_text(with_state(html(sound), {"score": damaged}), encoding="utf-8")
    page.goto(file.as_uri())


BY_SCHEMA = [
    (("format",), "other", "it is not a bpviz-score"),
    (("version",), 2, "it has version 2; this player reads version 1"),
    (("version",), KeyError, "it has version"),
    (("beats",), KeyError, "lacks 'beats'"),
    (("beats", 3, "caption"), KeyError, "score.beats[3] lacks 'caption'"),
    (("beats",), [], "score.beats"),
    (("rows", 1, "left"), ["script", "alert(1)"], "score.rows[1].left"),
    (("variants",), [], "score.variants has the wrong length"),
    (("variants", 0, "choices"), ["yes"], "score.variants[0].choices[0] must be a number"),
    (
        ("switches",),
        [{"name": "rule", "label": "Rule", "choices": []}],
        "score.switches[0].choices has the wrong length",
    ),
    (("givens", 0, "value"), "one", "score.givens[0].value must be a number"),
    (("surprise",), 1, "unknown entry 'surprise'"),
]
BY_REFERENCE = [
    (("variants", 0, "program", "code", 2, 0), "launch", "unknown operation 'launch'"),
    (("variants", 0, "program", "code", 2, 0), "__proto__", "unknown operation '__proto__'"),
    (("variants", 0, "program", "code", 0, 1), 10_000, "register 10000"),
    (("variants", 0, "program", "code", 0, 2), 10_000, "register 10000"),
    (("variants", 0, "program", "names", "x1"), 10_000, "register 10000 does not exist"),
    (("variants", 0, "beats", 1, 0), 10_000, "no beat 10000"),
    (("variants", 0, "beats", 1, 1), [10_000], "no chip 10000"),
    (("beats", 2, "formula"), [10_000], "no row 10000"),
    (("variants", 0, "choices"), [0], "its variants are not one for each choice of its switches"),
    (("variants", 0, "notes"), {"nobody": "why"}, "no quantity 'nobody'"),
    (("beats", 2, "reveals"), ["nobody"], "no quantity 'nobody'"),
    (("beats", 2, "focus"), ["nowhere"], "'nowhere'"),
    (("beats", 2, "phase"), "intermission", "no phase 'intermission'"),
    (("scene", "labels", 0, "anchor"), "elsewhere", "no anchor 'elsewhere'"),
    (("scene", "large", "nodes", "x1"), KeyError, "no large place for 'x1'"),
    (("scene", "large", "edges", "x1→n"), KeyError, "no large place for 'x1→n'"),
    (("scene", "large", "anchors", "x1→n"), KeyError, "no large place for 'x1→n'"),
    (("scene", "tall", "nodes", "x1"), KeyError, "no tall place for 'x1'"),
    (("scene", "tall", "anchors", "x1→n"), KeyError, "no tall place for 'x1→n'"),
    (("scene", "large", "nodes", "x1"), [1, 2, 3], "score.scene.large.nodes.x1 has the wrong length"),
    (("schedules", "of"), "nobody", "no given 'nobody'"),
    (("schedules", "rounds"), 10**9, "score.schedules.rounds must be 10000 or less"),
    (("schedules", "rise"), 1.5, "score.schedules.rise must be 1 or less"),
    (("schedules", "largest"), 0, "score.schedules.largest must be more than 0"),
    (("words", "play"), KeyError, "score.words lacks 'play'"),
    (("variants", 0, "program", "feedback", "w1"), "nobody", "no quantity 'nobody'"),
    (("variants", 0, "program", "loss"), "nobody", "no quantity 'nobody'"),
    (("variants", 0, "program", "constants", 0, 0), -1, "register -1 does not exist"),
    (("scene", "edges", 0, "carries"), "nobody", "no quantity 'nobody'"),
    (("variants", 0, "program", "trained", 0), "x1", "'x1' is trained, but not fed back"),
    (("variants", 0, "program", "gradients", "w1"), "nobody", "no quantity 'nobody'"),
    (("variants", 0, "program", "asides"), ["nobody"], "no quantity 'nobody'"),
    (("beats", 3, "about"), "nobody", "no quantity 'nobody'"),
    (("givens", 1, "name"), "x1", "'x1' is given twice"),
    (("givens", 1, "low"), 9, "the range of 'x2' goes from 9 to "),
]


def refusal(page) -> str:
    """What the page says in place of a player."""
    assert page.locator(".bpviz-card").count() == 0, "it plays"
    return page.get_by_role("alert").inner_text(timeout=5000)


def test_a_damaged_score_is_refused_in_words(page, tmp_path, sound):
    for path, value, message in (BY_SCHEMA[0], BY_SCHEMA[-1], BY_REFERENCE[0], BY_REFERENCE[-1]):
        show(page, tmp_path, sound, damage(sound, path, value))
        said = refusal(page)
        assert said.startswith("This player cannot read its score: ")
        assert message in said, f"{path} = {value!r}"


def test_what_is_no_score_is_refused(page, tmp_path, sound):
    for damaged in (None, {}):
        show(page, tmp_path, sound, damaged)
        assert "it is not a bpviz-score" in refusal(page), repr(damaged)


def test_every_rule_holds_in_the_browser(shipped, sound):
    cases = BY_SCHEMA + BY_REFERENCE
    assert shipped.evaluate("score => scoreProblem(score)", sound) == ""
    said = shipped.evaluate(
        "scores => scores.map(scoreProblem)", [damage(sound, path, value) for path, value, _ in cases]
    )
    for (path, value, message), problem in zip(cases, said, strict=True):
        assert message in problem, f"{path} = {value!r}"
    for junk in (None, 7, "score", [], {}):
        assert "it is not a bpviz-score" in shipped.evaluate("score => scoreProblem(score)", junk), repr(junk)


@pytest.mark.parametrize(("path", "value", "message"), BY_SCHEMA + BY_REFERENCE)
def test_python_refuses_the_same(sound, path, value, message):
    with pytest.raises(ValueError, match="damaged score: ") as refusal:
        html(damage(sound, path, value))
    assert message.replace("this player reads version", "this reads version") in str(refusal.value)


def test_script_text_stays_text(page, tmp_path, sound):
    hostile = copy.deepcopy(sound)
    hostile["title"] = hostile["words"]["step_of"] = hostile["words"]["reset"] = HOSTILE
    hostile["groups"][0]["label"] = hostile["phases"][0]["label"] = hostile["quantities"]["x1"]["speak"] = HOSTILE
    hostile["beats"][0]["title"] = hostile["beats"][0]["caption"] = [["", HOSTILE], ["b", HOSTILE]]
    hostile["beats"][0]["formula"] = [len(hostile["rows"])]
    hostile["rows"].append({"left": ["mi", HOSTILE], "right": ["mtext", HOSTILE]})
    hostile["scene"]["nodes"][0]["cells"][0]["label"] = hostile["scene"]["labels"][0]["lines"][0] = [["sub", HOSTILE]]
    file = tmp_path / "hostile.html"
    file.write_text(html(hostile, title=HOSTILE), encoding="utf-8")
    page.goto(file.as_uri())
    assert page.locator(".bpviz-title").text_content() == f"{HOSTILE} · {HOSTILE}{HOSTILE}"
    for selector in (
        ".bpviz-caption",
        ".bpviz-formula",
        ".bpviz-count",
        ".bpviz-heading",
        ".bpviz-cell-label",
    ):
        assert HOSTILE in page.locator(selector).first.text_content()
    assert page.locator(".bpviz-chip-text").first.text_content() == f"{HOSTILE[:23]}…", "a chip holds no more"
    page.locator(".bpviz-box").first.fill(HOSTILE)
    page.keyboard.press("Enter")
    assert HOSTILE in page.locator(".bpviz-note:visible").text_content()
    assert page.evaluate("() => window.ran") is None
    assert page.locator(".bpviz img, .bpviz script").count() == 0
