"""Training in the browser: as Python trains, undone and done again, drawn in the frame of the drag, told in words."""

import math
import re
from functools import partial

import numpy as np
import player_driver
import pytest
from expected import Expected, plain_score
from page_state import state_of
from player_driver import PlayerDriver

import bpviz
from bpviz.ground.words import words
from bpviz.views.player.page import html
from bpviz.views.player.state import first_history
from bpviz.views.score.score import score
from bpviz.worked import WorkedExample

WORDS = words().section("player")
TOLERANCE = 1e-9
TRAIN = """([score, values, rounds]) => {
  const names = score.givens.map(given => given.name);
  const runner = createRunner(score.program, names);
  const start = names.map((name, index) => values[name] ?? score.givens[index].value);
  const { samples, divergedAt } = lossCurve(runner.rounds(start, rounds));
  const trained = runner.rounds(start, rounds).values;
  return { samples, divergedAt, final: Object.fromEntries(names.map((name, k) => [name, trained[k]])) };
}"""
EXAMPLES = {
    "simultaneous": (bpviz.case2, {}),
    "sequential, biases": (lambda: bpviz.case2("sequential", True), {"eta": 1.5, "w3": -0.7}),
    "tanh": (lambda: bpviz.case2(activation="tanh"), {"eta": 0.05}),
    "neuron": (bpviz.neuron, {}),
    "case1 as drawn": (bpviz.case1, {"eta": 0.8, "w14": -0.9}),
    "case1 exact": (lambda: bpviz.case1("exact", {1: "tanh", 6: "identity"}), {"eta": 0.1}),
}


def near(a: float, b: float) -> bool:
    return abs(a - b) <= TOLERANCE * max(abs(b), 1e-300)


@pytest.mark.parametrize("name", EXAMPLES)
def test_ten_thousand_rounds_are_pythons(shipped, name):
    make, givens = EXAMPLES[name]
    example = make()
    got = shipped.evaluate(TRAIN, [plain_score(example), givens, 10_000])
    history = example.train(10_000, **givens)
    assert got["divergedAt"] is None
    assert 150 <= len(got["samples"]) <= 201
    assert [got["samples"][0][0], got["samples"][-1][0]] == [0, 10_000]
    for rounds, loss in got["samples"]:
        assert near(loss, history.losses[rounds]), f"after round {rounds}: {loss!r}, {history.losses[rounds]!r}"
    for given, value in got["final"].items():
        assert near(value, history.final[given]), given


@pytest.mark.parametrize(("activation", "eta"), [("identity", 20), ("identity", 1e308), ("sigmoid", 1e308)])
def test_divergence_is_pythons(shipped, activation, eta):
    example = bpviz.case2(activation=activation)
    got = shipped.evaluate(TRAIN, [plain_score(example), {"eta": eta}, 10_000])
    history = example.train(10_000, eta=eta)
    assert got["divergedAt"] == history.diverged_at
    for given, value in got["final"].items():
        assert near(value, history.final[given]), given
    assert all(math.isfinite(loss) for _, loss in got["samples"])


open_page = partial(player_driver.open_page, height=1250)


@pytest.fixture(scope="module")
def case2() -> WorkedExample:
    return bpviz.case2()


@pytest.fixture
def player(page, tmp_path, case2) -> PlayerDriver:
    return open_page(page, tmp_path, case2, start=len(case2.beats) - 1)


def train(player, rounds: int) -> None:
    label = WORDS["train_once"] if rounds == 1 else WORDS["train_rounds"].format(n=f"{rounds:,}")
    player.button(label).click()
    player.settle()


def seen(player) -> tuple[str, dict[str, float]]:
    """The rounds as shown, and every value the player shows."""
    player.settle()
    return player.root.locator(".bpviz-rounds").inner_text(), {s.name: s.value for s in player.read()["slots"]}


def check(player, example, rounds: int, **givens: float) -> None:
    shown, values = seen(player)
    final = example.train(rounds, **givens).final
    assert shown == WORDS["rounds"].format(n=f"{rounds:,}")
    for name, value in values.items():
        assert near(value, final[name]), f"{name} after {rounds} rounds: {value!r}, Python {final[name]!r}"


def curve(player) -> str:
    return player.root.locator(".bpviz-curve").get_attribute("d")


def curve_places(player) -> list[tuple[float, float]]:
    return [(float(x), float(y)) for x, y in re.findall(r"([\d.]+) ([\d.]+)", curve(player))]


def marker(player) -> list[float]:
    return player.root.locator(".bpviz-loss .bpviz-here").evaluate(
        "m => ['cx', 'cy'].map(k => Number(m.getAttribute(k)))"
    )


@pytest.mark.parametrize("name", ["simultaneous", "case1 as drawn", "case1 exact"])
def test_buttons_train_as_python_does(page, tmp_path, name):
    example = EXAMPLES[name][0]()
    player, total = open_page(page, tmp_path, example, start="done"), 0
    for rounds in (1, 10, 100, 10_000):
        before = curve(player)
        train(player, rounds)
        total += rounds
        check(player, example, total)
        if total <= 10_000:
            assert curve(player) == before, "training goes along the curve, it does not change it"
    assert total == 10_111


def test_the_marker_stands_on_the_curve(player, case2):
    places = curve_places(player)
    assert marker(player) == list(places[0])
    train(player, 10_000)
    assert marker(player) == list(curve_places(player)[-1]) == list(places[-1])


def test_the_curve_is_drawn_to_its_axes(player, case2):
    ticks = player.root.locator(".bpviz-loss .bpviz-tick").evaluate_all(
        "all => all.map(t => [t.textContent, ...['x', 'y'].map(k => Number(t.getAttribute(k)))])"
    )
    up = {text: y - 4 for text, _, y in ticks if text.startswith("10⁻")}
    (one, y1), (two, y2) = list(up.items())[:2]
    assert min(ticks, key=lambda tick: tick[2])[0] == "1"  # the top, where the curve begins, has its number
    powers = [-int(text[3:].translate(str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789"))) for text in (one, two)]
    losses = case2.train(10_000).losses
    for (_, y), loss in zip((curve_places(player)[0], curve_places(player)[-1]), (losses[0], losses[-1]), strict=True):
        expected = y1 + (math.log10(loss) - powers[0]) / (powers[1] - powers[0]) * (y2 - y1)
        assert y == pytest.approx(expected, abs=0.02)


def drag_about(player) -> None:
    with player.dragging("w5") as to:
        for share in (0.9, 0.2, 0.4):
            to(share)


CHANGES = (
    lambda player: train(player, 10),
    drag_about,
    lambda player: player.type_number("eta", "0.125"),
    lambda player: train(player, 100),
    lambda player: player.button(WORDS["reset"]).click(),
)


def change_much(player) -> list:
    """Train, drag, type, train, reset; what is seen before and after each."""
    return [seen(player), *((change(player), seen(player))[1] for change in CHANGES)]


def is_disabled(player, label: str) -> bool:
    return player.button(WORDS[label]).get_attribute("aria-disabled") == "true"


def test_undo_and_redo(player):
    assert is_disabled(player, "undo")
    assert is_disabled(player, "redo")
    states = change_much(player)
    assert states[-1] == states[0], "reset takes the rounds back too"
    assert states[2][0] == WORDS["rounds"].format(n=0), "a change by hand begins a new run"
    for state in reversed(states[:-1]):
        player.button(WORDS["undo"]).click()
        assert seen(player) == state, "one drag is one entry"
    assert is_disabled(player, "undo")
    player.button(WORDS["undo"]).click(force=True)
    for state in states[1:]:
        player.stage.focus()
        player.press("Control+Shift+Z")
        assert seen(player) == state
    assert is_disabled(player, "redo")


def test_a_change_after_undo_ends_what_could_be_done_again(player, case2):
    begun = change_much(player)[3][1]
    player.stage.focus()
    player.press("Control+z")
    player.settle()
    assert not is_disabled(player, "redo")
    train(player, 1)
    assert is_disabled(player, "redo")
    check(player, case2, 101, **{given.name: begun[given.name] for given in case2.program.givens})


def test_undo_in_a_box_belongs_to_what_is_typed(player):
    player.type_number("w5", "0.9")
    player.box("w6").click()
    player.page.keyboard.type("7")
    player.press("Control+z")
    player.settle()
    assert player.value("w5") == 0.9
    player.press("Escape")


@pytest.mark.parametrize(("make", "weight"), [(bpviz.case2, "w5"), (bpviz.case1, "w14")])
def test_drag_redraws_curve_and_diagram_in_one_frame(page, tmp_path, make, weight):
    example = make()
    open_page(page, tmp_path, example, start="done")
    same_frame = page.evaluate(
        """async weight => {
          const slider = document.querySelector("input[type=range][name=eta]");
          const read = () => [
            document.querySelector(".bpviz-curve").getAttribute("d"),
            document.querySelector(`.bpviz-stage [data-bp="${weight}_next"]`).dataset.value,
          ];
          const frames = [read()];
          slider.value = "2.5";
          slider.dispatchEvent(new Event("input", { bubbles: true }));
          frames.push(read());
          await new Promise(done => requestAnimationFrame(done));
          frames.push(read());
          return frames;
        }""",
        weight,
    )
    before, at_once, frame = same_frame
    assert before == at_once, "drawn at most once in a frame"
    assert frame[0] != before[0]
    assert float(frame[1]) == pytest.approx(example.run(eta=2.5)[f"{weight}_next"], rel=1e-12)


@pytest.mark.parametrize(("make", "weight"), [(bpviz.case2, "w5"), (bpviz.case1, "w46")])
def test_divergence_is_told(page, tmp_path, make, weight):
    example = make(activation="identity")
    player = open_page(page, tmp_path, example, start=len(example.beats) - 1)
    note = player.root.locator(".bpviz-loss .bpviz-words")
    assert note.inner_text() == ""
    player.type_number("eta", "20")
    diverged_at = example.train(10_000, eta=20).diverged_at
    assert note.inner_text() == WORDS["diverges"].format(round=diverged_at)
    train(player, 10_000)
    check(player, example, diverged_at - 1, eta=20)
    train(player, 100)
    check(player, example, diverged_at - 1, eta=20)
    player.type_number(weight, "1e200")
    assert note.inner_text() == WORDS["never_a_number"]
    assert curve(player) == ""


def test_no_error_and_no_learning(page, tmp_path):
    example = bpviz.case2()
    player = open_page(page, tmp_path, example, start=len(example.beats) - 1)
    player.type_number("eta", "0")
    train(player, 10)
    check(player, example, 10, eta=0)
    assert len({y for _, y in curve_places(player)}) == 1
    identity = bpviz.case2(activation="identity")
    player = open_page(page, tmp_path, identity, start=len(identity.beats) - 1)
    for name in ("w1", "w2", "w3", "w4", "w5", "w6", "w7", "w8", "b1", "b2", "target_o1", "target_o2"):
        player.type_number(name, "0")
    assert player.root.locator(".bpviz-loss .bpviz-words").inner_text() == WORDS["reaches_zero"].format(round=0)
    assert len({y for _, y in curve_places(player)}) == 1


def test_python_keeps_the_rounds_right(case2):
    p = case2.player()
    for wrong in (-1, 2.5, "3", None, True):
        with pytest.raises(Exception, match="rounds"):
            p.rounds = wrong
    assert p.rounds == 0
    trained = case2.train(3).final
    now = {"variant": 0, "rounds": 3, "start": None, "givens": [trained[g.name] for g in case2.program.givens]}
    state = {g.name: trained[g.name] for g in case2.program.givens}
    p.set_state({**state, "rounds": 3, "history": {"past": [], "now": now, "future": []}})
    assert p.rounds == 3, "a message of the browser arrives as one"
    p.w5 = 0.9
    assert p.rounds == 0, "a change by hand begins a new run"
    with pytest.raises(Exception, match=r"slice_of.*w5.*i1"):
        p.slice_of = "i1"


def test_the_page_has_the_same_state(case2):
    state = state_of(html(score(case2)))
    assert (state["rounds"], state["history"]) == (0, first_history(score(case2)))


# The slice.


def choose(player, name: str) -> None:
    player.root.locator("select[name=slice_of]").select_option(name)
    player.settle()


def slope_drawn(player) -> float:
    """The tangent's slope in the plot's own units, by its ticks."""
    ticks = player.root.locator(".bpviz-slice .bpviz-tick").evaluate_all(
        "all => all.map(t => [t.textContent, ...['text-anchor', 'x', 'y'].map(k => t.getAttribute(k))])"
    )
    number = lambda text: float(text.replace("\u2212", "-"))  # noqa: E731
    (a, _, _, ya), (b, _, _, yb) = [t for t in ticks if t[1] == "end"][:2]
    (c, _, xc, _), (d, _, xd, _) = [t for t in ticks if t[1] == "middle"][:2]
    line = player.root.locator(".bpviz-tangent").evaluate(
        "l => ['x1', 'y1', 'x2', 'y2'].map(k => Number(l.getAttribute(k)))"
    )
    up = (number(b) - number(a)) / (float(yb) - float(ya))
    across = (number(d) - number(c)) / (float(xd) - float(xc))
    return (line[3] - line[1]) * up / ((line[2] - line[0]) * across)


@pytest.mark.parametrize("weight", ["w5", "w7", "w1"])
def test_slope_is_the_gradient(player, case2, weight):
    choose(player, weight)
    gradient = case2.run().gradient(weight)
    number = player.root.locator(".bpviz-slope [data-bp]")
    assert number.get_attribute("data-bp") == f"dE_d{weight}"
    assert float(number.get_attribute("data-value")) == pytest.approx(gradient, rel=1e-9)
    assert slope_drawn(player) == pytest.approx(gradient, rel=1e-6)


def test_slice_passes_through_the_losses(player, case2):
    choose(player, "w8")
    d = player.root.locator(".bpviz-slice-curve").get_attribute("d")
    assert d.count("L") == 80
    places = [float(y) for _, y in re.findall(r"([\d.]+) ([\d.]+)", d)]
    losses = case2.run(w8=np.linspace(-2, 2, 81))["E_total"]
    scale = (places[-1] - places[0]) / (losses[-1] - losses[0])
    for y, loss in zip(places, losses, strict=True):
        assert y == pytest.approx(places[0] + (loss - losses[0]) * scale, abs=0.02)


def test_the_step_is_drawn_to_scale(player, case2):
    choose(player, "w5")
    player.type_number("eta", "5")
    d = player.root.locator(".bpviz-step").get_attribute("d")
    (x0, y0), (x1, y1) = [(float(x), float(y)) for x, y in re.findall(r"([\d.]+) ([\d.]+)", d)][:2]
    curve_x = [
        float(x) for x in re.findall(r"([\d.]+) [\d.]+", player.root.locator(".bpviz-slice-curve").get_attribute("d"))
    ]
    per_unit = (curve_x[-1] - curve_x[0]) / 4
    trace = case2.run(eta=5)
    assert (x1 - x0) / per_unit == pytest.approx(trace["w5_next"] - trace["w5"], abs=1e-3)
    assert y1 > y0, "downhill"


def sliced(player) -> str:
    """The name of the new value that the slice panel shows."""
    player.settle()
    return player.root.locator(".bpviz-next [data-bp]").get_attribute("data-bp")


ON_SCREEN = """(svg, [x, y]) => {
  const point = new DOMPoint(x, y).matrixTransform(svg.getScreenCTM());
  return [point.x, point.y];
}"""
STORIES = {
    bpviz.case2: (
        ("network", "w5"),
        ("dE_dw7", "w7"),
        ("dE_dw8", "w8"),
        ("paths_w1", "w1"),
        ("delta_h1", "w1"),
        ("w3_next", "w3"),
        ("done", "w4"),
    ),
    bpviz.case1: (("network", "w_x1_1"), ("delta1", "w_x1_1"), ("update_4", "w14"), ("done", "w46")),
}


@pytest.mark.parametrize("make", STORIES)
def test_the_slice_follows_the_story(page, tmp_path, make):
    example = make()
    player = open_page(page, tmp_path, example)
    assert player.root.locator(".bpviz-slope [data-bp]").get_attribute("data-value") is None, "not computed yet"
    assert not player.root.locator(".bpviz-tangent").is_visible()
    ids = [beat.id for beat in example.beats]
    for beat, weight in STORIES[make]:
        player.slider("step").fill(str(ids.index(beat)))
        assert sliced(player) == f"{weight}_next"


def test_every_weight_of_case_1_is_chosen_by_a_click_on_its_edge_or_its_number(page, tmp_path):
    example = bpviz.case1()
    player = open_page(page, tmp_path, example)
    for edge in (edge for edge in example.scene.edges if edge.carries):
        (x1, y1), (x2, y2) = edge.start, edge.end
        beside = [x1 + 0.85 * (x2 - x1), y1 + 0.85 * (y2 - y1) + 2]  # where it arrives edges stand apart
        page.mouse.click(*player.root.locator(".bpviz-diagram").evaluate(ON_SCREEN, beside))
        assert sliced(player) == f"{edge.carries}_next", "beside its line"
    for edge in (edge for edge in example.scene.edges if edge.carries):
        player.root.locator(".bpviz-diagram .bpviz-chip:visible", has=page.locator(f"[data-bp={edge.carries}]")).click()
        assert sliced(player) == f"{edge.carries}_next", "its number"


def test_the_slice_stays_on_the_weight_chosen(page, player, case2):
    edge = player.root.locator("[data-weight=w6]")
    assert edge.get_attribute("aria-label") == WORDS["slice_choose"].format(name="weight w6")
    edge.focus()
    player.press("Enter")
    assert sliced(player) == "w6_next"
    line = player.root.locator("[data-weight=w1] .bpviz-line").bounding_box()
    page.mouse.click(line["x"] + 0.15 * line["width"], line["y"] + 5)  # beside the line, which is thin
    assert sliced(player) == "w1_next"
    player.root.locator(".bpviz-chip:visible", has=page.locator("[data-bp=w2]")).click()
    assert sliced(player) == "w2_next"
    player.stage.focus()
    player.press("Home")
    assert sliced(player) == "w2_next"
    choose(player, "")
    assert sliced(player) == "w5_next"
    Expected(case2).check_beat(player.read(), 0)
