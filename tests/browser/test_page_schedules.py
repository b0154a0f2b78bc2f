"""The panel of schedules: rates and losses are Python's, live while one drags, and clear where a schedule cannot be."""

import re
from itertools import pairwise

import looks
import numpy as np
import pytest
from expected import plain_score
from player_driver import open_page

import bpviz
from bpviz import schedules
from bpviz.views.score.score import SCHEDULED_ROUNDS as ROUNDS

SMALL, LARGE = 0.5, 100.0
RATES = {
    "small": lambda n, small, large: schedules.constant(n, small),
    "large": lambda n, small, large: schedules.constant(n, large),
    "shrinking": lambda n, small, large: schedules.shrinking(n, large, small),
    "growing": lambda n, small, large: schedules.growing_then_shrinking(n, small, large, small),
}
EXAMPLES = [bpviz.case1("exact"), bpviz.case1(preset="apart"), bpviz.case2(), bpviz.neuron()]
RUN = """([score, kind, rounds, small, large]) => {
  const names = score.givens.map(given => given.name);
  const rates = ratesOf(kind, rounds, small, large, score.schedules.rise);
  const start = score.givens.map(given => given.value);
  const { losses } = createRunner(score.program, names).rounds(start, rounds, { of: score.schedules.of, rates });
  return { rates: [...rates], losses: [...losses] };
}"""


@pytest.fixture
def open_panel(page, tmp_path):
    def opened(example, largest=LARGE, width=1280, **givens):
        saved = example.player(start="done", panels=["schedules"])
        saved.largest_rate = largest
        for name, value in givens.items():
            setattr(saved, name, value)
        return open_page(page, tmp_path, saved, width=width, height=1900, motion="reduce")

    return opened


def endings(player):
    """Schedule → the loss that the legend shows in full, None where there is none."""
    player.settle()
    found = {}
    for kind in RATES:
        value = player.root.locator(f".bpviz-schedules-legend [data-of={kind}]").get_attribute("data-value")
        found[kind] = None if value is None else float(value)
    return found


def expected(example, large, small=SMALL, **givens):
    return {
        kind: example.train(ROUNDS, **givens, eta=rates(ROUNDS, small, large)).losses[-1]
        for kind, rates in RATES.items()
    }


def words(player):
    player.settle()
    return player.root.locator(".bpviz-schedules .bpviz-words").inner_text()


def paths(player):
    player.settle()
    return [line.get_attribute("d") for line in player.root.locator(".bpviz-plot .bpviz-schedule").all()]


@pytest.mark.parametrize("example", EXAMPLES, ids=str)
@pytest.mark.parametrize("kind", RATES)
@pytest.mark.parametrize("rounds", [10, 15, ROUNDS])
def test_rates_and_losses_are_pythons(shipped, example, kind, rounds):
    got = shipped.evaluate(RUN, [plain_score(example), kind, rounds, SMALL, 20.0])
    rates = RATES[kind](rounds, SMALL, 20.0)
    assert got["rates"] == pytest.approx(rates, rel=1e-12)
    assert got["losses"] == pytest.approx(example.train(rounds, eta=rates).losses, rel=1e-12, abs=1e-16)


def test_the_legend_tells_what_each_schedule_leaves(open_panel):
    example = bpviz.case1(preset="apart")
    player = open_panel(example)
    assert endings(player) == pytest.approx(expected(example, LARGE), rel=1e-9, abs=1e-16)
    text = player.root.locator(".bpviz-schedules-legend").inner_text()
    for part in ("E after 1,000 rounds", "small, growing, shrinking", "0 (too small to store)", "0.001736"):
        assert part in text
    assert words(player) == ""


def test_every_schedule_has_dashes_of_its_own(open_panel):
    player = open_panel(bpviz.case1("exact"))
    dashes = "lines => lines.map(line => getComputedStyle(line).strokeDasharray)"
    for place in (".bpviz-plot >> nth=0", ".bpviz-plot >> nth=1", ".bpviz-schedules-legend"):
        found = player.root.locator(place).locator(".bpviz-schedule").evaluate_all(dashes)
        assert len(found) == len(set(found)) == len(RATES)


@pytest.mark.parametrize("name", ["eta", "w14", "x1"])
def test_curves_and_numbers_follow_what_is_dragged(open_panel, name):
    example = bpviz.case1("exact")
    player = open_panel(example)
    seen = [paths(player)]
    with player.dragging(name) as to:
        for share in (0.2, 0.8):
            value = to(share)
            seen.append(paths(player))
            given = {} if name == "eta" else {name: value}
            small = value if name == "eta" else SMALL
            assert endings(player) == pytest.approx(expected(example, LARGE, small, **given), rel=1e-8, abs=1e-16)
    assert all(a != b for a, b in pairwise(seen))


def test_the_largest_rate_is_dragged_and_typed(open_panel):
    example = bpviz.case1("exact")
    player = open_panel(example)
    box = player.root.get_by_role("textbox", name="largest learning rate")
    with player.dragging("largest_rate") as to:
        power = to(0.6)
    rate = float(box.get_attribute("data-value"))
    assert rate == pytest.approx(10**power, rel=5e-3)
    assert endings(player) == pytest.approx(expected(example, rate), rel=1e-8, abs=1e-16)
    box.fill("30")
    box.press("Enter")
    assert endings(player) == pytest.approx(expected(example, 30.0), rel=1e-8, abs=1e-16)
    slider = player.slider("largest_rate")
    slider.focus()
    before = player.beat()
    player.press("ArrowRight")
    player.settle()
    assert float(box.get_attribute("data-value")) > 30
    assert player.beat() == before, "the arrow belongs to the slider"


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("much", "'much' is not a number"),
        ("0", "must be above 0; it stays 100"),
        ("-3", "must be above 0; it stays 100"),
    ],
)
def test_a_bad_rate_is_refused_in_words(open_panel, text, says):
    player = open_panel(bpviz.case1("exact"))
    before = endings(player)
    box = player.root.get_by_role("textbox", name="largest learning rate")
    box.fill(text)
    box.press("Enter")
    player.settle()
    assert says in player.note("largest_rate")
    assert box.get_attribute("data-value") == "100"
    assert endings(player) == before


@pytest.mark.parametrize(
    ("largest", "eta", "standing", "says"),
    [
        (0.1, 0.5, {"small", "large"}, "0.10, is below the learning rate of the program, 0.50"),
        (2.0, 0.0, {"large"}, "A schedule needs one above 0"),
        (2.0, -1.0, {"large"}, "A schedule needs one above 0"),
        (0.5, 0.5, set(RATES), ""),
    ],
)
def test_a_schedule_that_cannot_be_is_left_out_in_words(open_panel, largest, eta, standing, says):
    player = open_panel(bpviz.case1("exact"), largest, eta=eta)
    assert says in words(player) if says else words(player) == ""
    assert {kind for kind, loss in endings(player).items() if loss is not None} == standing


def test_divergence_names_its_round(open_panel):
    example = bpviz.case1("exact", "identity")
    player = open_panel(example, 50.0)
    at = example.train(ROUNDS, eta=schedules.constant(ROUNDS, 50.0)).diverged_at
    assert at > 0
    cell = player.root.locator(".bpviz-schedules-legend [data-of=large]")
    assert cell.inner_text() == f"no number from round {at} on"
    assert cell.get_attribute("data-value") is None


def test_a_curve_ends_where_it_diverges_and_else_at_the_last_round(open_panel):
    example = bpviz.case1("exact", "identity")
    player = open_panel(example, 50.0)
    ends = {}
    for kind in ("small", "large", "growing"):
        d = player.root.locator(f".bpviz-plot >> nth=1 >> .bpviz-schedule-{kind}").get_attribute("d")
        (first, _), *_, last = [[float(number) for number in point.split()] for point in re.split("[ML]", d)[1:]]
        rates = RATES[kind](ROUNDS, SMALL, 50.0)
        at = example.train(ROUNDS, eta=rates).diverged_at
        ends[kind] = (ROUNDS if at is None else at - 1, last[0] - first)
    rounds, width = ends["small"]
    assert rounds == ROUNDS
    assert {kind: end for kind, (_, end) in ends.items()} == pytest.approx(
        {kind: width * last / ROUNDS for kind, (last, _) in ends.items()}, abs=0.02
    )


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 640])
def test_it_looks_right_and_axe_finds_nothing(page, open_panel, repo_root, theme, width):
    axe = repo_root / "node_modules/axe-core/axe.min.js"
    if not axe.is_file():
        pytest.skip("axe-core is not installed (npm ci brings it): the page was NOT checked for accessibility.")
    page.emulate_media(color_scheme=theme)
    player = open_panel(bpviz.case1(preset="apart"), 0.1, width)
    page.emulate_media(color_scheme=theme, reduced_motion="reduce")
    box = player.root.get_by_role("textbox", name="largest learning rate")
    box.fill("much")
    box.press("Enter")
    looks.start_looking(page)
    assert looks.problems(page) == []
    left, right = (plot.bounding_box() for plot in player.root.locator(".bpviz-plot").all())
    assert (left["y"] == right["y"]) == (width == 1280), "side by side where there is room"
    page.evaluate(axe.read_text(encoding="utf-8"))
    found = page.evaluate("async () => (await axe.run(document)).violations.map(v => [v.impact, v.id])")
    assert [v for v in found if v[0] in ("serious", "critical")] == []


def test_it_stands_only_where_it_is_asked_for(page, tmp_path):
    assert "schedules" not in bpviz.case1().player().panels
    example = bpviz.case1()
    assert np.isfinite(example.player(panels=["schedules"]).largest_rate)
    example.to_html(tmp_path / "page.html")
    page.goto((tmp_path / "page.html").as_uri())
    page.locator(".bpviz-card").wait_for()
    assert page.locator(".bpviz-schedules").count() == 0
