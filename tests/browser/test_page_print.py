"""On paper, with more contrast and in colours that a system forces: all stands there and is told apart."""

import pytest
from player_driver import open_page
from test_page_hosts import rgb
from windowed import shown_panels

import bpviz
from bpviz.ground.words import words

WORDS = words().section("player")
OVERLAPPING = """root => {
  const panels = [...root.querySelectorAll(".bpviz-panel")].map(e => e.getBoundingClientRect());
  const meet = (a, b) => Math.min(a.right, b.right) - Math.max(a.left, b.left) > 1
    && Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top) > 1;
  return panels.flatMap((a, k) => panels.slice(k + 1).filter(b => meet(a, b)).map(b => [a, b]));
}"""
A4 = [(718, 1046), (1046, 718)]  # CSS pixels between its margins, upright and lying
SCROLLING = """root => [...root.querySelectorAll(".bpviz-card, .bpviz-card :is(div, section, p)")].filter(room => {
  const { overflowX, overflowY } = getComputedStyle(room);
  const scrolls = overflowX !== "visible" || overflowY !== "visible";
  return scrolls && room.getClientRects().length && !room.closest(".bpviz-spoken");
}).map(room => room.className)"""
LAST = """root => {
  const bottom = root.querySelector(".bpviz-card").getBoundingClientRect().bottom;
  const parts = root.querySelectorAll(".bpviz-card :is(p, td, th, button, svg, input)");
  return [...parts].filter(part => part.getBoundingClientRect().bottom > bottom + 1).map(part => part.outerHTML);
}"""
# A layout of fixed height, whose rooms scroll inside.
FIXED = """root => {
  for (const [part, height] of [["card", 520], ["stage", 300], ["controls", 300], ["panels", 120], ["panel", 90]])
    for (const { style } of root.querySelectorAll(`.bpviz-${part}`))
      style.cssText += `; height: ${height}px; overflow: auto`;
}"""


@pytest.fixture
def root(page):
    return page.locator(".bpviz")


@pytest.mark.parametrize("presents", [False, True], ids=["usual", "presenting"])
def test_paper_shows_all(page, tmp_path, root, presents):
    page.add_init_script("Object.defineProperty(Document.prototype, 'fullscreenEnabled', { value: false })")
    player = open_page(page, tmp_path, bpviz.case2(), start="dE_dw5", motion="reduce")
    player.bring("table")
    root.evaluate(FIXED)
    assert root.evaluate(SCROLLING)
    if presents:
        player.stage.focus()
        player.press("p")
        player.settle()
    page.emulate_media(media="print")
    parts = ("header", "stage", "transport") if presents else ("stage", "transport", "controls", "panels", "table")
    for width, height in A4:
        page.set_viewport_size({"width": width, "height": height})
        player.settle()
        assert root.evaluate("root => getComputedStyle(root).position") == "static"
        assert root.evaluate(SCROLLING) == []
        assert root.evaluate(LAST) == []
        tops = [player.root.locator(f".bpviz-{part}").bounding_box()["y"] for part in parts]
        assert tops == sorted(set(tops)), width


def test_paper_shows_every_panel_and_the_screen_one_again(page, tmp_path, root):
    player = open_page(page, tmp_path, bpviz.case1(data="xor"), start="done", width=1186, height=530, motion="reduce")
    assert shown_panels(player) == ["training"]
    page.emulate_media(media="print")
    player.settle()
    assert shown_panels(player) == ["training", "slice", "truth", "data", "table"]
    assert root.evaluate(OVERLAPPING) == []
    assert player.panel("table").locator("td[data-value]").count() > 40
    assert player.panel("slice").locator(".bpviz-slice-curve").get_attribute("d")
    page.emulate_media(media="screen")
    player.settle()
    assert shown_panels(player) == ["training"]
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    assert len(shown_panels(player)) == 5
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    assert shown_panels(player) == ["training"]


def test_paper_is_light_and_shows_the_colours_of_what_carries_meaning(page, tmp_path, root):
    player = open_page(page, tmp_path, bpviz.case2())
    page.emulate_media(media="print", color_scheme="dark")
    page.evaluate("() => document.body.setAttribute('data-theme', 'dark')")
    player.settle()
    assert player.root.evaluate("card => getComputedStyle(card).backgroundColor") == rgb("paper", "light")
    assert page.evaluate("() => getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
    for part in (".bpviz-play", ".bpviz-run", ".bpviz-tab"):
        assert player.root.locator(part).first.evaluate("e => getComputedStyle(e).printColorAdjust") == "exact", part


def test_a_plot_shrinks_as_one(page, tmp_path, root):
    """Paper is narrower than the window that a plot was drawn for, and nothing draws it again."""
    open_page(page, tmp_path, bpviz.case2())
    box = """svg => {
      svg.style.width = "300px";
      const [frame, marks] = [svg, svg.querySelector(".bpviz-axes")].map(part => part.getBoundingClientRect());
      return [frame.left - marks.left, marks.right - frame.right];
    }"""
    for plot in page.locator(".bpviz-plot").all():
        assert all(beyond < 1 for beyond in plot.evaluate(box))


def test_a_printed_page_has_few_sheets(page, tmp_path):
    player = open_page(page, tmp_path, bpviz.case2(), start="dE_dw5")
    margins = dict.fromkeys(("top", "bottom", "left", "right"), "10mm")
    player.settle()
    assert 3 <= page.pdf(format="A4", margin=margins).count(b"/Type /Page\n") <= 5


# -- contrast ---------------------------------------------------------------------------------------------------------

STYLE = "(element, [property, pseudo]) => getComputedStyle(element, pseudo)[property]"
SYSTEM = """names => {
  const probe = document.body.appendChild(document.createElement("p"));
  probe.style.forcedColorAdjust = "none";
  const colours = names.map(name => ((probe.style.color = name), getComputedStyle(probe).color));
  probe.remove();
  return colours;
}"""
NAMES = ("Canvas", "CanvasText", "Highlight", "HighlightText", "GrayText")


def styles(locator, *properties):
    return [locator.evaluate(STYLE, [each, None]) for each in properties]


@pytest.fixture(params=["light", "dark"])
def forced(page, tmp_path, request):
    """A player in forced colours, and the colours of the system."""
    player = open_page(page, tmp_path, bpviz.case1("exact"), start="delta1")
    page.emulate_media(forced_colors="active", color_scheme=request.param)
    colours = page.evaluate(SYSTEM, list(NAMES))
    assert len(set(colours)) >= 4
    return player, *colours


def test_forced_colours_show_where_one_is(forced):
    player, canvas, ink, highlight, on_highlight, grey = forced
    find = player.root.locator
    now, other = find(".bpviz-run.bpviz-now"), find(".bpviz-run:not(.bpviz-now)").first
    assert styles(now, "backgroundColor") == [highlight]
    assert styles(other, "backgroundColor", "borderLeftColor") == [grey, canvas]
    assert styles(find(".bpviz-tab[aria-current=step]"), "backgroundColor", "color") == [highlight, on_highlight]
    assert styles(find(".bpviz-tab:not([aria-current=step])").first, "backgroundColor") != [highlight]
    assert styles(find(".bpviz-play"), "backgroundColor", "color") == [ink, canvas]


def test_forced_colours_show_the_diagram(forced):
    player, canvas, ink, highlight, _, _ = forced
    find = player.root.locator
    lit = find(".bpviz-edge.bpviz-backward:not(.bpviz-dim) .bpviz-line").first
    assert styles(lit, "stroke") == [ink]
    assert styles(find(".bpviz-node:not(.bpviz-dim) .bpviz-body").first, "fill", "stroke") == [canvas, ink]
    assert styles(find(".bpviz-computed .bpviz-activation").first, "fill") == [canvas]
    assert styles(find(".bpviz-focus .bpviz-ring").first, "stroke") == [highlight]
    signs = (".bpviz-negative", ":not(.bpviz-negative)")
    negative, other = (find(f".bpviz-edge{sign} .bpviz-line").first for sign in signs)
    assert styles(negative, "strokeDasharray") != ["none"]
    assert styles(other, "strokeDasharray") == ["none"]


def test_forced_colours_show_what_is_pointed_at_focused_or_disabled(forced):
    player, _, _, highlight, on_highlight, grey = forced
    find = player.root.locator
    term = find(".bpviz-formula [data-ref]").first
    term.hover()
    player.settle()
    assert styles(find(".bpviz-formula .bpviz-marked").first, "backgroundColor", "color") == [highlight, on_highlight]
    first = player.button(WORDS["first"])
    first.focus()
    player.press("Home")
    player.settle()
    player.press("Shift+Tab", "Tab")
    assert styles(first, "color", "outlineColor", "outlineStyle") == [grey, highlight, "solid"]
    assert styles(player.button(WORDS["next"]), "color") != [grey]


def test_who_prefers_more_contrast_gets_it(page, tmp_path):
    player = open_page(page, tmp_path, bpviz.case2())
    parts = {".bpviz-count": "color", ".bpviz-header": "borderBottomColor", ".bpviz-body": "strokeWidth"}
    seen = {}
    for wish in ("no-preference", "more"):
        page.emulate_media(contrast=wish)
        player.settle()
        seen[wish] = {part: player.root.locator(part).first.evaluate(STYLE, [how, None]) for part, how in parts.items()}
    assert all(seen["more"][part] != seen["no-preference"][part] for part in parts)
    dark = [sum(map(int, seen[wish][".bpviz-count"][4:-1].split(","))) for wish in ("more", "no-preference")]
    assert dark[0] < dark[1] - 100
    assert float(seen["more"][".bpviz-body"][:-2]) > float(seen["no-preference"][".bpviz-body"][:-2])
