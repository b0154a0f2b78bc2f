"""The surface: its numbers against Python's, and a start that one drags, in a real browser."""

import math
import re

import numpy as np
import pytest
from player_driver import open_page

import bpviz
from bpviz.calculation.surfaces import surface
from bpviz.ground.words import words
from bpviz.views.figure.surface import levels
from bpviz.views.player.state import first_state
from bpviz.views.score.score import score

WORDS = words().section("player")
FINE = "() => document.querySelector('.bpviz-map svg[data-fine=true]')"
# The shipped panel's own numbers: the grid as it is at rest, the levels, the lowest place (in a drag, too) and
# the path, which is the same by one loop.
COMPUTE = """async ([score, held, names]) => {
  const model = { get: name => held[name] };
  const state = createState(model, score);
  const plain = state.telling().score;
  const view = viewOf(plain, state, names);
  const [moving, { grid, lowest }] = [1, FINER].map(every => createGrounds(plain, state).compute(view, every));
  const { points, rounds, losses, divergedAt } = view.path;
  const { history } = state;
  while (!plain.data && !history.way(history.walkStart(), 100)) await new Promise(requestAnimationFrame);
  const same = JSON.stringify(viewOf(plain, state, names).path) === JSON.stringify(view.path);
  return { same, losses: [...grid.values], levels: levelsOf(thinned(grid, 4)), flat: flatWays(grid),
    lowest: lowestOf(view, lowest), moving: lowestOf(view, moving.lowest),
    regime: regimeBeside(view.regime, view.path, lowestOf(view, lowest)?.loss),
    points, rounds, path: [...losses], divergedAt };
}"""


def graph(text, **options):
    return bpviz.graph(text, "E", learn=("x", "y"), **options)


ROWS = [(0.5, 1.0), (1.5, 2.2), (2.5, 2.4), (3.5, 3.6), (4.5, 3.8)]
HOLE = "-exp(-1000000*((x - 0.123)**2 + (y - 0.234)**2)) + 0.001*x"
VALLEYS = "x**4 - 4*x**2 + x + y**2 + 6"
NEURON = {"weights": [[[-1.5, -1.5]]], "biases": [[0]], "data": [(1, 0, 1), (0, 0.2, 0.3)], "eta": 0.1}
EXAMPLES = {
    "case2": (bpviz.case2, "w5", "w1"),
    "memory": (lambda: bpviz.network([2, 2, 1], "tanh", optimizer="adam", seed=3), "w1_1_1", "w2_1_1"),
    "data": (lambda: bpviz.case1(rule="exact", data="xor"), "w46", "w56"),
    "no numbers": (lambda: graph("log(x) + exp(1000*y)", x=1, y=-1), "x", "y"),
    "at rest": (lambda: graph("x**2 + y**2", x=2, y=1, eta=0), "x", "y"),
    "zigzag": (lambda: graph("(x**2 + 3*y**2)/2", x=2, y=1, eta=0.65), "x", "y"),
    "grows": (lambda: graph("(x**2 + 3*y**2)/2", x=2, y=1, eta=0.7), "x", "y"),
    "line": (
        lambda: bpviz.network([1, 1], "identity", eta=0.05, weights=[[[-0.5]]], biases=[[2]], data=ROWS),
        "w1_1_1",
        "b1_1",
    ),
    "valleys": (lambda: graph(VALLEYS, x=1.8, y=1.5, eta=0.02), "x", "y"),
    "saddle": (lambda: graph("x**2 - y**2 + y**4/4", x=2, y=0, eta=0.05), "x", "y"),
    "ravine": (lambda: graph("100*(x - 0.37*y - 0.1)**2 + (x + y - 0.3)**2", x=1.9, y=1, eta=0.004), "x", "y"),
    "a hole": (lambda: graph(HOLE, x=0.1231, y=0.234, eta=1e-7), "x", "y"),
    "diverges": (lambda: graph("(x**2 + 3*y**2)/2", x=2, y=1, eta=900), "y", "x"),
}


@pytest.mark.parametrize("which", EXAMPLES)
def test_the_numbers_are_pythons(shipped, which):
    make, *names = EXAMPLES[which]
    example = make()
    whole = score(example)
    held = first_state(whole, 0, ["surface"], fresh=True) | {g.name: g.default for g in example.program.givens}
    del held["score"]
    seen = shipped.evaluate(COMPUTE, [whole, held, names])
    values = example.program.values_of_givens({})
    ours = surface(example.program, names, 100, values, example.data)
    assert seen["same"]
    agree = {"rtol": 1e-12, "atol": 1e-14, "equal_nan": True}
    assert np.allclose(_numbers(seen["losses"]), ours.losses.ravel(), **agree)
    assert np.allclose(seen["levels"], levels(ours.losses[::4, ::4]), **agree)
    assert np.allclose(_numbers(seen["path"]), ours.path.losses, **agree)
    assert (seen["regime"], seen["divergedAt"]) == (ours.regime, ours.path.diverged_at)
    assert np.allclose([*seen["lowest"]["at"], seen["lowest"]["loss"]], [*ours.lowest.at, ours.lowest.loss], **agree)
    assert np.allclose(seen["moving"]["at"], ours.lowest.at, atol=2e-3), "while something moves it is the same place"
    if ours.path.diverged_at is None:
        assert seen["rounds"] == list(ours.path.rounds)
        assert np.allclose(np.array(seen["points"]).T, ours.way(), **agree)


CIRCLES = """levels => {
  const count = 81, at = k => (k / (count - 1)) * 6 - 3;
  const bowl = (_, k) => at(k % count) ** 2 + at(Math.floor(k / count)) ** 2;
  const values = Float64Array.from({ length: count * count }, bowl);
  values[0] = NaN; // a corner, which belongs to one cell
  return contours({ values, columns: count, rows: count }, levels, { left: 0, top: 0, width: 600, height: 600 });
}"""


def test_contours_of_a_bowl_are_circles_and_the_area_is_what_lies_outside(shipped):
    for level, drawn in zip((1.0, 4.0), shipped.evaluate(CIRCLES, [1.0, 4.0]), strict=True):
        line = np.array(re.findall(r"[ML]([\d.]+) ([\d.]+)", drawn["line"]), dtype=float) / 100 - 3
        assert len(line) > 100
        assert np.allclose((line**2).sum(axis=1), level, atol=0.02)
        outside = abs(sum(map(_area, re.findall(r"M[^Z]+", drawn["area"]))))
        assert outside == pytest.approx(36 - math.pi * level - 0.075**2, abs=0.03)


def _area(path: str) -> float:
    """The area of one ring, in units of the bowl, by the shoelace formula: holes are walked the other way round."""
    x, y = np.array(re.findall(r"([\d.]+) ([\d.]+)", path), dtype=float).T / 100
    return float(x @ np.roll(y, 1) - y @ np.roll(x, 1)) / 2


def _numbers(values):
    return np.array([math.nan if value is None else value for value in values], dtype=float)


def described(player) -> str:
    player.page.wait_for_function(FINE)
    return player.root.locator(".bpviz-map svg").first.get_attribute("aria-label")


def start_of(player):
    return player.root.locator(".bpviz-handle")


def test_the_start_is_dragged_and_clicked(page, tmp_path):
    player = open_page(page, tmp_path, bpviz.case2(), panels=["surface", "training"], front="surface", start="done")
    before = described(player)
    assert "start: 0.2984; round 100: 0.0200; lowest here: 0.0326" in before
    box = start_of(player).bounding_box()
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x + 60, y + 30, steps=4)
    player.settle()
    assert player.root.locator(".bpviz-map svg").first.get_attribute("aria-label") != before, "it moves along"
    page.mouse.up()
    assert player.value("w5") > 0.4
    assert player.value("w6") < 0.45
    assert player.value("w7") == 0.5
    plot = player.root.locator(".bpviz-map").bounding_box()
    page.mouse.click(plot["x"] + plot["width"] * 0.3, plot["y"] + plot["height"] * 0.3)
    assert player.value("w5") < 0 < player.value("w6")
    page.keyboard.press("Control+z")
    page.keyboard.press("Control+z")
    assert (player.value("w5"), player.value("w6")) == (0.4, 0.45)


def test_the_start_is_moved_by_keys(page, tmp_path):
    player = open_page(page, tmp_path, bpviz.case2(), panels=["surface"], start="done")
    described(player)
    start_of(player).focus()
    beat = player.beat
    for key in ("ArrowRight", "ArrowUp", "Shift+ArrowLeft"):
        page.keyboard.press(key)
    assert player.value("w5") == pytest.approx(0.31)
    assert player.value("w6") == pytest.approx(0.46)
    assert "w5 is 0.31" in start_of(player).get_attribute("aria-valuetext")
    assert player.beat == beat, "arrows on the map are no steps"
    page.keyboard.press("Tab")
    page.keyboard.press("Control+z")
    assert (player.value("w5"), player.value("w6")) == (0.4, 0.45)


def test_it_follows_the_rate_the_rounds_and_the_choice(page, tmp_path):
    player = open_page(page, tmp_path, bpviz.case2(), panels=["surface", "training"], start="done")
    strong = player.root.locator(".bpviz-pair strong")
    player.type_number("eta", "0.001")
    described(player)
    assert strong.inner_text() == WORDS["surface_small"]
    player.type_number("eta", "0.5")
    player.button("Train 10,000 rounds").click()
    player.settle()
    assert "round 10,000: 3.510×10⁻⁵" in described(player)
    assert player.root.locator(".bpviz-map .bpviz-here").is_visible()
    assert WORDS["surface_leaves"] not in described(player), "the map makes room for where one is"
    selects = [player.root.locator(f"select[name=surface_{axis}]") for axis in "xy"]
    assert selects[0].locator("option").all_inner_texts() == ["w5", "w6", "w7", "w8", "w1", "w2", "w3", "w4"]
    selects[0].select_option("w6")
    player.settle()
    assert [select.input_value() for select in selects] == ["w6", "w5"], "they swap"
    page.wait_for_function("() => location.hash.includes('surface_x=w6&surface_y=w5')")
    page.reload()
    player.settle()
    assert [select.input_value() for select in selects] == ["w6", "w5"], "the address keeps them"


# How often the contours and the path are drawn while a slider moves twice, each time for a frame.
DRAWN = """async name => {
  const slider = document.querySelector(`input[type=range][name="${name}"]`);
  const map = document.querySelector(".bpviz-map");
  const drawn = { ground: 0, way: 0 };
  const count = records => records.forEach(({ target }) => {
    if (target.matches(".bpviz-contours")) drawn.ground += 1;
    if (target.matches(".bpviz-way-halo")) drawn.way += 1;
  });
  const observer = new MutationObserver(count);
  observer.observe(map, { subtree: true, attributeFilter: ["d"] });
  for (const part of [0.65, 0.7]) {
    slider.value = Number(slider.min) + part * (slider.max - slider.min);
    slider.dispatchEvent(new Event("input", { bubbles: true }));
    await new Promise(requestAnimationFrame);
    await new Promise(requestAnimationFrame);
  }
  count(observer.takeRecords());
  observer.disconnect();
  const { dataset, ariaLabel } = map.firstElementChild;
  return { ...drawn, fine: dataset.fine, lowest: /lowest here: ([0-9.]+)/.exec(ariaLabel)[1] };
}"""


def test_a_drag_draws_only_what_changes(page, tmp_path):
    player = open_page(page, tmp_path, bpviz.case2(), panels=["surface"], start="done")
    described(player)
    for name in ("eta", "w5"):  # what the loss does not read, and what lies on an axis: the map stays as fine as it is
        drawn = page.evaluate(DRAWN, name)
        assert (drawn["ground"], drawn["way"], drawn["fine"]) == (0, 2, "true"), name
    drawn = page.evaluate(DRAWN, "b1")
    assert (drawn["ground"], drawn["way"], drawn["fine"]) == (2, 2, "false")
    described(player)


def test_at_rest_the_lowest_place_does_not_leap(page, tmp_path):
    player = open_page(page, tmp_path, graph("x**2 + 3*y**2 + c**2", x=2, y=1, c=1), panels=["surface"])
    described(player)
    drawn = page.evaluate(DRAWN, "c")
    assert drawn["fine"] == "false"
    assert f"lowest here: {drawn['lowest']}" in described(player)


@pytest.mark.parametrize(
    ("text", "givens", "told"),
    [
        ("relu(x + y - 100)", {}, ["surface_level", "surface_still"]),
        ("x**2 + relu(y - 100)", {}, ["surface_flat", "surface_good"]),
        ("log(x) + y**2", {"eta": 0.001}, ["surface_hatched", "surface_small"]),
        ("log(x - 100) + y", {}, ["surface_nowhere", "never_a_number"]),
        ("x**2 + y**2", {"eta": 900}, ["surface_diverging", "surface_leaves"]),
    ],
)
def test_what_no_map_shows_is_said(page, tmp_path, text, givens, told):
    player = open_page(page, tmp_path, graph(text, x=2, y=1, **givens), panels=["surface"])
    label = described(player)
    for key in told:
        assert WORDS[key].format(name="weight y") in label
    drawn = player.root.locator(".bpviz-map svg svg path, .bpviz-handle").evaluate_all("all => all.length")
    assert drawn > 3
    hatched = player.root.locator(".bpviz-hatched").get_attribute("d")
    assert bool(hatched) == any("Hatched" in WORDS[key] for key in told)
    bands = player.root.locator(".bpviz-bands path[d^=M]").count()
    assert bands == (0 if "surface_level" in told or "surface_nowhere" in told else 9)


NARROW = {"width": 860, "height": 530}
# What a select shows is as wide as it would be in all the room there is; the verdict is one line inside the panel.
WHOLE = """() => {
  const selects = [...document.querySelectorAll(".bpviz-pair select")];
  const widths = () => selects.map(select => select.offsetWidth);
  const seen = widths();
  selects.forEach(select => (select.style.maxWidth = "none"));
  const whole = widths();
  selects.forEach(select => (select.style.maxWidth = ""));
  const box = selector => document.querySelector(selector).getBoundingClientRect();
  const [text, panel] = [box(".bpviz-pair strong"), box(".bpviz-surface")];
  return { seen, whole, lines: text.height / 17, inside: text.left >= panel.left && text.right <= panel.right };
}"""


def test_beside_data_it_speaks_of_means_and_epochs_and_fits_the_narrowest_panel(page, tmp_path):
    player = open_page(
        page, tmp_path, bpviz.network([2, 1], "identity", **NEURON), **NARROW, panels=["surface", "data"]
    )
    label = described(player)
    assert "start: 1.6525 (mean of 2 rows); epoch 100: " in label
    shown = player.root.locator(".bpviz-surface").inner_text()
    assert WORDS["data_dots"] in shown
    assert WORDS["surface_dots"] not in shown
    selects = player.root.locator(".bpviz-pair select")
    assert selects.first.locator("option").all_inner_texts() == ["w11[1]", "w12[1]", "b1[1]"]
    fits = page.evaluate(WHOLE)
    assert fits["seen"] == fits["whole"]
    assert fits["lines"] == pytest.approx(1, abs=0.2)
    assert fits["inside"]


def test_a_path_that_ends_in_the_wrong_valley_is_not_called_good(page, tmp_path):
    player = open_page(page, tmp_path, graph(VALLEYS, x=1.8, y=1.5, eta=0.02), **NARROW, panels=["surface"])
    verdict = player.root.locator(".bpviz-pair strong")
    label = described(player)
    assert "round 100: 3.3821; lowest here: 0.5558" in label
    assert WORDS["surface_above_means"] in label
    assert verdict.inner_text() == WORDS["surface_above"]
    assert WORDS["surface_dots"] in player.root.locator(".bpviz-surface").inner_text()
    cross = player.root.locator(".bpviz-lowest").evaluate(
        """({ previousElementSibling: inside, attributes: { d } }) => {
          const [left, width] = ["x", "width"].map(name => Number(inside.getAttribute(name)));
          return (parseFloat(d.value.slice(1)) + 5 - left) / width;
        }"""
    )
    low, high = (float(start_of(player).get_attribute(f"aria-value{end}")) for end in ("min", "max"))
    assert low + (high - low) * cross == pytest.approx(-1.473, abs=0.02), "the cross stands there"
    player.type_number("x", "-0.5")
    player.settle()
    assert verdict.inner_text() == WORDS["surface_good"]
    assert page.evaluate(WHOLE)["inside"]


def test_a_finger_moves_it_and_the_contours_are_closed_in_the_map(phone, tmp_path):
    player = open_page(phone, tmp_path, bpviz.case2(), width=390, height=844, panels=["surface"], start="done")
    described(player)
    start_of(player).scroll_into_view_if_needed()
    plot = player.root.locator(".bpviz-map").bounding_box()
    phone.touchscreen.tap(plot["x"] + plot["width"] * 0.6, plot["y"] + plot["height"] * 0.2)
    player.settle()
    assert player.value("w6") > 1
    frame = player.root.locator(".bpviz-map svg svg").evaluate(
        "s => ['x', 'y', 'width', 'height'].map(n => +s.getAttribute(n))"
    )
    path = player.root.locator(".bpviz-contours").get_attribute("d")
    points = [(float(a), float(b)) for a, b in re.findall(r"([\d.]+) ([\d.]+)", path)]
    assert len(points) > 100
    assert all(frame[0] - 0.1 <= x <= frame[0] + frame[2] + 0.1 for x, _ in points)
    assert all(frame[1] - 0.1 <= y <= frame[1] + frame[3] + 0.1 for _, y in points)
