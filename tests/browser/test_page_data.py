"""The table of data: trained as Python trains, in order and shuffled; rows edited, refused, added and shown."""

import os

import looks
import numpy as np
import pytest
from data_driver import cell, mean, shown, told, weights
from expected import plain_score
from player_driver import PlayerDriver

import bpviz
from bpviz.calculation.data_sets import XOR
from bpviz.cases.case1_starts import STARTS
from bpviz.ground.seeded import order
from bpviz.views.player.page import html
from bpviz.views.score.score import score

TRAIN = """([score, values, table, epochs]) => {
  const names = score.givens.map(given => given.name);
  const { columns } = score.data;
  const runner = createRunner(score.program, names);
  const train = () => runner.epochs(start, epochs, asRows(columns, table.rows), orderOfEpochs(table, 0, epochs));
  const start = names.map((name, index) => values[name] ?? score.givens[index].value);
  train();
  const { losses: means, values: after, divergedAt } = train();
  const named = Object.fromEntries(names.map((name, index) => [name, after[index]]));
  return { means: [...means].map(String), divergedAt, after: named };
}"""


@pytest.fixture
def ex():
    return bpviz.case1("exact", data="xor")


@pytest.fixture
def open_data(page, tmp_path, ex):
    def opened(panels=("data",), **first):
        path, made = tmp_path / "data.html", score(ex)
        for given in made["givens"]:
            given["value"] = first.get(given["name"], given["value"])
        path.write_text(html(made, panels=list(panels), front="data" if "data" in panels else None), encoding="utf-8")
        page.goto(path.as_uri())
        page.locator(".bpviz-card").wait_for()
        return PlayerDriver(page)

    return opened


@pytest.mark.parametrize("rule", ["exact", "illustrated"])
@pytest.mark.parametrize("shuffle", [None, 0, 7, 2**32 - 1])
def test_two_thousand_epochs_are_pythons(shipped, rule, shuffle):
    ex = bpviz.case1(rule, data="xor")
    start = dict(STARTS["exact_learns"].givens)
    table = {"rows": XOR, "shuffled": shuffle is not None, "seed": shuffle or 0}
    got = shipped.evaluate(TRAIN, [plain_score(ex), start, table, 300])
    history = ex.train_on(XOR, 300, shuffle=shuffle, **start)
    assert [float(m) for m in got["means"]] == pytest.approx(history.mean_losses, rel=1e-12)
    assert {w: got["after"][w] for w in history.weights} == pytest.approx(dict(history.weights), rel=1e-12)
    got = shipped.evaluate(TRAIN, [plain_score(ex), start, table, 2_000])
    history = ex.train_on(XOR, 2_000, shuffle=shuffle, **start)
    assert [float(m) for m in got["means"]] == pytest.approx(history.mean_losses, rel=1e-9)


def test_divergence_is_pythons(shipped):
    ex = bpviz.case1("exact", "identity", data="xor")
    got = shipped.evaluate(TRAIN, [plain_score(ex), {"eta": 9}, {"rows": XOR, "shuffled": False, "seed": 0}, 300])
    history = ex.train_on(XOR, 300, eta=9)
    assert got["divergedAt"] == history.diverged_at is not None
    assert [float(m) for m in got["means"]] == pytest.approx(history.mean_losses, rel=1e-9, nan_ok=True)


def test_orders_are_pythons(shipped):
    cases = [[n, seed, k] for n in (1, 4, 8) for seed in (0, 7, 2**31, 2**32 - 1) for k in (0, 1, 99, 10**6)]
    assert shipped.evaluate("cases => cases.map(c => orderOf(...c))", cases) == [order(*c) for c in cases]


@pytest.mark.parametrize("shuffled", [False, True])
def test_the_buttons_train_on_every_row(open_data, ex, shuffled):
    player = open_data()
    if shuffled:
        player.root.get_by_label("order").select_option("shuffled")
        player.root.get_by_role("textbox", name="seed", exact=True).fill("42")
        player.press("Enter")
    before = weights(player, ex)
    for label, times in (("Train 1 epoch", 3), ("Train 10 epochs", 2), ("Train 100 epochs", 1)):
        for _ in range(times):
            player.button(label).click()
    history = ex.train_on(XOR, 123, shuffle=42 if shuffled else None)
    assert weights(player, ex) == pytest.approx(dict(history.weights), rel=1e-12)
    assert mean(player) == pytest.approx(history.mean_losses[-1], rel=1e-12)
    assert shown(player, "y6") == pytest.approx(history.predictions, rel=1e-12)
    assert shown(player, "E") == pytest.approx(history.final["E"], rel=1e-12)
    assert "epoch 123" in told(player)
    for _ in range(6):
        player.button("Undo").click()
    assert weights(player, ex) == before
    assert "epoch 0" in told(player)
    player.button("Redo").click()
    assert "epoch 1" in told(player)


def test_a_cell_is_edited_and_bad_text_is_refused(open_data, ex):
    player = open_data()
    box = cell(player, 2, "z")
    box.fill("0.25")
    box.press("Enter")
    player.button("Train 10 epochs").click()
    rows = [(0, 0, 0.1), (0, 1, 0.25), (1, 0, 0.9), (1, 1, 0.1)]
    assert weights(player, ex) == pytest.approx(dict(ex.train_on(rows, 10).weights), rel=1e-12)
    box.fill("much")
    box.press("Enter")
    player.settle()
    assert (
        player.root.locator(".bpviz-data-table .bpviz-note").inner_text()
        == "'much' is not a number; z in row 2 stays 0.25"
    )
    assert box.get_attribute("data-value") == "0.25"
    assert "epoch 10" in told(player)
    seed = player.root.get_by_role("textbox", name="seed", exact=True)
    assert seed.count() == 0, "in order, no seed is asked for"
    player.root.get_by_label("order").select_option("shuffled")
    player.settle()
    for bad in ("1.5", "-1", "4294967296", "x"):
        seed.fill(bad)
        seed.press("Enter")
        assert "is not a seed" in player.root.locator(".bpviz-data-table .bpviz-note").inner_text()
        assert seed.get_attribute("data-value") == "1"


def test_rows_are_added_and_removed_within_bounds(open_data):
    player = open_data()
    for count in (5, 6, 7, 8, 8):
        player.button("Add a row").click(force=True)
        assert len(shown(player, "E")) == count
    for count in (7, 6, 5, 4, 3, 2, 1, 1):
        player.button("Remove row 1").click(force=True)
        assert len(shown(player, "E")) == count
    player.root.locator(".bpviz-data button[aria-label='Undo']").click()
    assert len(shown(player, "E")) == 2


def test_a_row_is_put_into_the_sliders_and_the_epochs_go_on(open_data, ex):
    player = open_data()
    player.button("Train 100 epochs").click()
    after = weights(player, ex)
    player.button("Show row 3 in the diagram").click()
    assert [player.value(name) for name in ("x1", "x2", "z")] == [1.0, 0.0, 0.9]
    assert weights(player, ex) == after
    assert "epoch 100" in told(player)
    player.button("Train 10 epochs").click()
    assert weights(player, ex) == pytest.approx(dict(ex.train_on(XOR, 110).weights), rel=1e-12)
    player.box("w14").fill("0.5")
    player.box("w14").press("Enter")
    assert "epoch 0" in told(player)


def marked(player):
    """The numbers of the rows that are marked as those in the picture."""
    player.settle()
    rows = player.root.locator(".bpviz-data tbody tr").all()
    plain = rows[-1].evaluate("row => getComputedStyle(row).backgroundColor")
    found = []
    for number, row in enumerate(rows[:-1], 1):
        colour = row.evaluate("row => getComputedStyle(row).backgroundColor")
        assert (colour != plain) is (row.get_attribute("aria-current") == "true")
        if colour != plain:
            found.append(number)
    return found


def test_the_row_in_the_picture_is_marked(open_data):
    player = open_data()  # begins with its first row
    assert [player.value(name) for name in ("x1", "x2", "z")] == list(XOR[0])
    assert marked(player) == [1]
    player.button("Show row 3 in the diagram").click()
    assert marked(player) == [3]
    player.button("Train 10 epochs").click()
    assert marked(player) == [3]
    player.box("x2").fill("0.5")
    player.box("x2").press("Enter")
    assert marked(player) == []
    player.root.locator(".bpviz-data button[aria-label='Undo']").click()
    assert marked(player) == [3]


@pytest.mark.parametrize("name", ["x1", "z"])
def test_a_column_moved_by_hand_leaves_the_epochs_as_python_does(open_data, name):
    player, python = open_data(), bpviz.case1("exact", data="xor").player()
    player.button("Train 10 epochs").click()
    python.train_on(10)
    player.box(name).fill("1.25")
    player.box(name).press("Enter")
    setattr(python, name, 1.25)
    assert "epoch 10" in told(player)
    player.button("Train 1 epoch").click()
    python.train_on(1)
    assert "epoch 11" in told(player)
    assert python.history["now"]["epochs"] == 11
    for given in bpviz.case1().program.givens:
        assert player.value(given.name) == pytest.approx(getattr(python, given.name), rel=1e-12)


def test_reset_forgets_the_epochs_even_where_no_value_has_changed(open_data):
    player = open_data(eta=0.0)
    player.button("Train 10 epochs").click()
    assert "epoch 10" in told(player)
    player.root.get_by_role("button", name="Reset", exact=True).click()
    assert "epoch 0" in told(player)


def test_reset_brings_the_table_back_and_undo_the_changes(open_data):
    player = open_data()
    box = cell(player, 1, "z")
    box.fill("0.4")
    box.press("Enter")
    player.button("Remove row 2").click()
    player.root.get_by_label("order").select_option("shuffled")
    changed = shown(player, "E")
    assert len(changed) == 3
    player.root.get_by_role("button", name="Reset", exact=True).click()
    assert len(shown(player, "E")) == 4
    assert cell(player, 1, "z").get_attribute("data-value") == "0.1"
    assert player.root.get_by_label("order").input_value() == "in_order"
    assert marked(player) == [1]
    player.root.locator(".bpviz-data button[aria-label='Undo']").click()
    assert shown(player, "E") == changed
    player.root.get_by_role("button", name="Reset", exact=True).click()
    undo = player.root.locator(".bpviz-data button[aria-label='Undo']")
    for _ in range(4):
        undo.click()
    player.settle()
    assert undo.get_attribute("aria-disabled") == "true"
    player.root.get_by_role("button", name="Reset", exact=True).click()
    player.settle()
    assert undo.get_attribute("aria-disabled") == "true", "nothing to reset, nothing to take back"


def test_a_start_that_hardly_learns_is_said_so(open_data):
    player = open_data()
    assert "hardly falls" in told(player)
    player.root.locator(".bpviz-random").get_by_label("seed").fill("15")
    player.press("Enter")
    assert "hardly falls" not in told(player)
    player.button("Train 1,000 epochs").click()
    player.button("Train 1,000 epochs").click()
    assert mean(player) < 0.001
    assert "hardly falls" not in told(player)


def test_the_curve_follows_the_learning_rate_while_it_is_dragged(open_data):
    player = open_data()
    curve = player.root.locator(".bpviz-data .bpviz-curve")
    with player.dragging("eta") as to:
        seen = {curve.get_attribute("d")}
        for share in (0.2, 0.5, 0.9):
            to(share)
            seen.add(curve.get_attribute("d"))
    assert len(seen) == 4


def test_the_other_rule_trains_the_same_epochs(open_data, ex):
    player = open_data(("data", "switches"))
    player.button("Train 100 epochs").click()
    player.root.get_by_label("Rule").select_option(label="as often drawn")
    player.settle()
    found = bpviz.case1("illustrated").train_on(XOR, 100)
    assert weights(player, ex) == pytest.approx(dict(found.weights), rel=1e-12)
    assert "epoch 100" in told(player)


def test_no_data_no_panel_and_the_page_stays_small(page, tmp_path, ex):
    path = tmp_path / "page.html"
    ex.to_html(path)
    assert os.path.getsize(path) < 256_000
    bpviz.case1().to_html(path, panels=["data"])
    page.goto(path.as_uri())
    page.locator(".bpviz-card").wait_for()
    assert page.locator(".bpviz-data").count() == 0
    assert np.isfinite(ex.train_on(XOR, 1).mean_losses).all()


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 640])
def test_it_looks_right_and_axe_finds_nothing(page, open_data, repo_root, theme, width):
    axe = repo_root / "node_modules/axe-core/axe.min.js"
    if not axe.is_file():
        pytest.skip("axe-core is not installed (npm ci brings it): the page was NOT checked for accessibility.")
    page.set_viewport_size({"width": width, "height": 2800})
    page.emulate_media(color_scheme=theme, reduced_motion="reduce")
    player = open_data(("training", "slice", "truth", "data"))
    box = cell(player, 1, "x2")
    box.fill("much")
    box.press("Enter")
    looks.start_looking(page)
    outside = [found for found in looks.problems(page) if found.startswith(("clipped", "not on the page"))]
    assert looks.problems(page) == outside
    assert width == 640 or outside == [], "in a narrow column the panel scrolls"
    page.evaluate(axe.read_text(encoding="utf-8"))
    found = page.evaluate("async () => (await axe.run(document)).violations.map(v => [v.impact, v.id])")
    assert [v for v in found if v[0] in ("serious", "critical")] == []


def test_everything_is_there_for_the_keyboard(page, open_data, ex):
    player = open_data()
    player.root.get_by_label("order").select_option("shuffled")
    player.root.get_by_role("button", name="Show row 1 in the diagram").focus()
    labels = []
    for _ in range(32):
        labels.append(page.evaluate("document.activeElement.getAttribute('aria-label') ?? ''"))
        player.press("Tab")
    assert {"x1 in row 1", "Remove row 4", "Add a row", "order", "seed"} <= set(labels)
    cell(player, 1, "x1").focus()
    player.press("ArrowRight", "Home", "End")
    assert player.beat() == 0
    player.button("Train 1 epoch").focus()
    player.press("Enter")
    assert weights(player, ex) == pytest.approx(dict(ex.train_on(XOR, 1, shuffle=1).weights), rel=1e-12)
