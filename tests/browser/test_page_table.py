"""The table of all values: the same numbers as the trace, on screen and as CSV."""

import csv
import io

import pytest
from expected import Expected
from player_driver import PlayerDriver, agree

import bpviz
from bpviz.ground.words import words

WORDS = words().section("player")
PHASES = [WORDS["given"], *words().section("phases").values()]
READ = """root => [...root.querySelectorAll(".bpviz-table tbody")].map(body => [
  body.querySelector("th[scope=rowgroup]").textContent,
  [...body.querySelectorAll("tr[data-ref]")].map(row => [
    row.querySelector("th[scope=row]").textContent, row.querySelector("[data-bp]").dataset.bp,
    row.querySelector("[data-bp]").textContent])])"""


@pytest.fixture(params=[bpviz.case2, lambda: bpviz.case2("sequential", True), bpviz.neuron, bpviz.case1])
def example(request):
    return request.param()


def open_table(page, tmp_path, example, **options) -> PlayerDriver:
    example.to_html(tmp_path / "page.html", **options)
    page.goto((tmp_path / "page.html").as_uri())
    player = PlayerDriver(page)
    assert player.panel("table").is_hidden()
    player.bring("table")
    assert player.panel("table").is_visible()
    return player


def test_every_name_by_phase(page, tmp_path, example):
    player = open_table(page, tmp_path, example)
    sections = player.root.evaluate(READ)
    assert [title for title, _ in sections] == PHASES
    rows = [row for _, rows in sections for row in rows]
    assert all(head == name for head, name, _ in rows)
    assert sorted(name for _, name, _ in rows) == sorted(example.program.names)
    for beat in (0, len(example.beats) // 2, len(example.beats) - 1):
        player.slider("step").fill(str(beat))
        expected, seen = Expected(example), player.read()
        assert sum(slot.exact for slot in seen["slots"]) >= len(example.program.names)
        expected.check_values(seen, beat)


def test_it_follows_the_sliders_and_goes_behind_another(page, tmp_path):
    example = bpviz.case2()
    player = open_table(page, tmp_path, example, start="done")
    player.type_number("w5", "0.9")
    Expected(example, w5=0.9).check_values(player.read(), len(example.beats) - 1)
    player.bring("truth")
    assert player.panel("table").is_hidden()
    assert player.panel("table").locator("[data-value]").count() == 0, "what is hidden is the value of nothing"
    player.type_number("w5", "0.8")
    player.bring("table")
    Expected(example, w5=0.8).check_values(player.read(), len(example.beats) - 1)


def parse(text: str) -> dict[str, str]:
    head, *rows = csv.reader(io.StringIO(text))
    assert head == ["name", "value"]
    return dict(rows)


@pytest.mark.parametrize(
    ("make", "start"),
    [
        *((bpviz.case2, start) for start in ("network", "dE_dw5", "done")),
        (bpviz.case1, "delta1"),
        (lambda: bpviz.case1("exact", {1: "tanh", 6: "identity"}), "done"),
    ],
)
def test_csv_holds_the_same_doubles(page, tmp_path, make, start):
    example, copied = make(), []

    def keep(text):  # the page can call a plain function only
        copied.append(text)

    page.expose_function("keepCopy", keep)
    page.add_init_script(
        "Object.defineProperty(navigator, 'clipboard', { value: { writeText: text => window.keepCopy(text) } })"
    )
    player = open_table(page, tmp_path, example, start=start)
    player.button(WORDS["copy_csv"]).click()
    page.get_by_text(WORDS["copied"]).wait_for(state="attached")
    values = parse(copied[0])
    assert list(values) == list(dict.fromkeys(values))
    assert set(values) == set(example.program.names)
    known = Expected(example).revealed(player.beat())
    shown = {s.name: s.value for s in player.read()["slots"] if s.exact}
    for name, text in values.items():
        assert (text != "") == (name in known), name
        if text:
            assert float(text) == shown[name]
            assert agree(float(text), example.run()[name])


def test_without_a_clipboard_the_text_is_selected(page, tmp_path):
    page.add_init_script("Object.defineProperty(navigator, 'clipboard', { value: undefined })")
    player = open_table(page, tmp_path, bpviz.neuron(), start="done")
    player.button(WORDS["copy_csv"]).click()
    page.get_by_text(WORDS["press_copy"]).wait_for(state="attached")
    selected = "box => box.value.slice(box.selectionStart, box.selectionEnd)"
    box = player.root.locator("textarea")
    assert set(parse(box.evaluate(selected))) == set(bpviz.neuron().program.names)
    beat = player.beat()
    player.press("ArrowLeft", "Home")
    assert player.beat() == beat, "the box keeps its keys"
    player.stage.focus()
    assert box.count() == 0


def marked(player, name: str) -> set[str]:
    player.settle()
    return set(
        player.root.evaluate(
            """(root, name) => ["diagram", "formula", "table"].filter(place => root.querySelector(
              `.bpviz-${place} :is([data-bp="${name}"], [data-ref="${name}"]).bpviz-marked`))""",
            name,
        )
    )


def test_pointing_links_all_three(page, tmp_path):
    player = open_table(page, tmp_path, bpviz.case2(), start="net_h1")
    everywhere = {"diagram", "formula", "table"}
    assert marked(player, "net_h1") == set()
    player.root.locator("tr[data-ref=net_h1]").hover()
    assert marked(player, "net_h1") == everywhere
    player.root.locator(".bpviz-cell-number[data-bp=net_h1]").hover()
    assert marked(player, "net_h1") == everywhere
    player.root.locator(".bpviz-formula [data-bp=w1]").first.hover()
    assert marked(player, "w1") == everywhere
    assert marked(player, "net_h1") == set()


def test_rows_by_keyboard(page, tmp_path):
    player = open_table(page, tmp_path, bpviz.case2(), start="net_h1")
    focused = "() => document.activeElement.dataset.ref ?? ''"
    player.button(WORDS["copy_csv"]).focus()
    for _ in range(3):
        player.press("Tab")
        if page.evaluate(focused):
            break
    assert page.evaluate(focused) == "i1"
    player.press("ArrowDown", "ArrowDown", "ArrowUp", "ArrowDown")
    assert page.evaluate(focused) == "w1"
    assert marked(player, "w1") == {"diagram", "formula", "table"}
    beat = player.beat()
    player.press("ArrowRight")
    assert player.beat() == beat + 1
