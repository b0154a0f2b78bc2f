"""The widget in other hosts: their themes, shadow trees, what they have in its place, models without a kernel."""

import pytest
from hosts import mount
from player_driver import PlayerDriver

import bpviz
from bpviz.ground.palette import LIGHT_AND_DARK
from bpviz.ground.words import words

WORDS = words().section("player")
LOOKS = """card => [getComputedStyle(card).backgroundColor, getComputedStyle(card).color]"""

THEMES = [
    ({}, {"data-jp-theme-light": "true"}, "light"),
    ({}, {"data-jp-theme-light": "false"}, "dark"),
    ({}, {"class": "vscode-light", "data-vscode-theme-kind": "vscode-light"}, "light"),
    ({}, {"class": "vscode-dark", "data-vscode-theme-kind": "vscode-dark"}, "dark"),
    ({}, {"class": "vscode-high-contrast"}, "dark"),
    ({}, {"class": "vscode-high-contrast-light vscode-high-contrast"}, "light"),
    ({}, {"class": "light light-theme"}, "light"),
    ({}, {"class": "dark dark-theme"}, "dark"),
    ({"class": "light"}, {}, "light"),
    ({"class": "dark"}, {}, "dark"),
    ({"data-theme": "light"}, {}, "light"),
    ({"data-theme": "dark"}, {}, "dark"),
    ({}, {"data-theme": "dark"}, "dark"),
    ({"theme": "dark"}, {}, "dark"),
    ({"data-theme": "auto", "class": "darkroom"}, {"class": "lighthouse"}, None),
]


def rgb(name, theme):
    colour = LIGHT_AND_DARK[name][theme == "dark"]
    return f"rgb({', '.join(str(int(colour[k : k + 2], 16)) for k in (1, 3, 5))})"


def say(page, html, body):
    """Let the page say its theme by these attributes, and by no others."""
    write = """([element, attributes]) => {
      for (const name of element.getAttributeNames()) element.removeAttribute(name);
      for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
    }"""
    for selector, attributes in (("html", html), ("body", body)):
        page.evaluate(f"([selector, a]) => ({write})([document.querySelector(selector), a])", [selector, attributes])


def check_theme(page, theme):
    PlayerDriver(page).settle()
    assert page.locator(".bpviz-card").evaluate(LOOKS) == [rgb("paper", theme), rgb("ink", theme)]


@pytest.mark.parametrize("shadow", [False, True], ids=["plain", "shadow"])
def test_the_hosts_theme_wins_over_the_systems(page, shadow):
    mount(page, bpviz.neuron(), shadow=shadow)
    for system in ("light", "dark"):
        page.emulate_media(color_scheme=system)
        for html, body, theme in THEMES:
            say(page, html, body)
            check_theme(page, theme or system)


@pytest.mark.parametrize(("html", "body", "theme"), [THEMES[1], THEMES[5], THEMES[9]])
def test_the_theme_is_known_from_the_beginning_and_followed_until_the_end(page, html, body, theme):
    page.emulate_media(color_scheme="dark" if theme == "light" else "light")
    say(page, html, body)
    mount(page, bpviz.neuron())
    check_theme(page, theme)
    root = page.locator(".bpviz").element_handle()
    page.evaluate("stop()")
    say(page, {}, {})
    PlayerDriver(page).settle()
    assert root.evaluate("root => root.style.colorScheme") == theme


def test_what_the_host_has_in_its_place_stays(page):
    mount(page, bpviz.neuron())
    assert page.locator(".host > *").evaluate_all("all => all.map(e => e.localName)") == ["style", "div"]
    assert page.locator(".bpviz-card").evaluate("card => getComputedStyle(card).display") == "grid"
    page.evaluate("stop()")
    assert page.locator(".host > *").evaluate_all("all => all.map(e => e.localName)") == ["style"]


def test_what_the_host_has_stays_beside_a_refusal(page):
    say(page, {}, {"class": "vscode-dark"})
    mount(page, bpviz.neuron(), panels=["none such"])
    refusal = page.locator(".host > style + .bpviz-refusal")
    assert refusal.evaluate(LOOKS) == [rgb("paper", "dark"), rgb("ink", "dark")]
    page.evaluate("stop()")
    assert page.locator(".host > *").evaluate_all("all => all.map(e => e.localName)") == ["style"]


@pytest.mark.parametrize("shadow", [False, True], ids=["plain", "shadow"])
def test_without_a_kernel_it_plays_trains_and_undoes(page, shadow):
    mount(page, bpviz.neuron(), shadow=shadow, throws=True)
    player = PlayerDriver(page)
    player.stage.focus()
    player.press("ArrowRight", "ArrowRight")
    assert player.beat() == 2
    before = player.value("w1")
    player.button(WORDS["train_once"]).click()
    assert player.value("w1") != before
    player.press("Control+z")
    assert player.value("w1") == before
    player.type_number("w2", "0.25")
    assert player.value("w2") == 0.25
    card = page.locator(".bpviz-card").element_handle()
    page.evaluate("stop()")
    assert page.locator(".bpviz").count() == 0
    page.evaluate("model.set('beat', 5)")
    player.settle()
    assert card.evaluate("card => card.querySelector('input[name=step]').value") == "2"


def test_with_a_kernel_it_is_told(page):
    mount(page, bpviz.neuron())
    player = PlayerDriver(page)
    player.stage.focus()
    player.press("ArrowRight")
    assert page.evaluate("saved") == 1


# -- in a shadow tree -------------------------------------------------------------------------------------------------


@pytest.fixture
def shadowed(page):
    page.set_viewport_size({"width": 1280, "height": 720})
    mount(page, bpviz.case2(), shadow=True, start="dE_dw5")
    page.evaluate("() => document.fonts.ready")
    return PlayerDriver(page)


def has_focus(locator):
    return locator.evaluate("element => element === element.getRootNode().activeElement")


def presents(player):
    player.settle()
    return player.page.locator(".bpviz").evaluate("root => root.classList.contains('bpviz-presenting')")


@pytest.mark.parametrize("leave", ["p", "button", "browser"])
def test_presenting_fills_the_screen_and_gives_it_back(shadowed, leave):
    page, root = shadowed.page, shadowed.page.locator(".bpviz").element_handle()
    shadowed.slider("step").focus()
    shadowed.press("p")
    assert presents(shadowed)
    page.wait_for_function("root => root.matches(':fullscreen')", arg=root)
    assert has_focus(shadowed.stage)
    assert presents(shadowed)
    shadowed.press("ArrowRight")
    if leave == "browser":
        page.evaluate("() => document.exitFullscreen()")
    elif leave == "button":
        shadowed.button(WORDS["leave"]).click()
    else:
        shadowed.press(leave)
    page.wait_for_function("root => !root.matches(':fullscreen, .bpviz-presenting')", arg=root)
    page.wait_for_function("() => !document.fullscreenElement")
    shadowed.settle()
    assert has_focus(shadowed.slider("step"))


def test_presenting_gives_back_the_place_on_the_page(page):
    page.evaluate("() => Object.defineProperty(document, 'fullscreenEnabled', { value: false })")
    page.evaluate("() => document.body.style.margin = '1500px 0'")
    mount(page, bpviz.neuron(), shadow=True)
    player = PlayerDriver(page)
    player.stage.focus()
    before = page.evaluate("() => scrollY")
    assert before > 500
    player.press("p")
    page.evaluate("() => scrollTo(0, 0)")
    player.press("p")
    page.wait_for_function("before => scrollY === before", arg=before)


def test_what_is_being_typed_stays(shadowed):
    box = shadowed.box("w1")
    box.click()
    shadowed.page.keyboard.press("ControlOrMeta+a")
    shadowed.page.keyboard.type("0.1234")
    shadowed.page.evaluate("model.set('w2', 0.9)")
    shadowed.settle()
    assert box.input_value() == "0.1234"


def test_one_walks_by_keyboard_and_what_one_is_at_is_marked(shadowed):
    first, second = (shadowed.root.locator(f".bpviz-node [data-bp={name}]") for name in ("net_o1", "out_o1"))
    first.focus()
    shadowed.press("ArrowDown")
    assert has_focus(second)
    shadowed.press("ArrowRight")
    shadowed.settle()
    assert has_focus(second), "the next beat loses it"
    chip = shadowed.root.locator(".bpviz-chip:not(.bpviz-label) text[data-bp]").first
    chip.focus()
    shadowed.press("ArrowRight")
    shadowed.settle()
    assert has_focus(shadowed.root.locator(".bpviz-diagram [tabindex='0']")), "a chip that is gone takes it along"
    assert shadowed.root.locator(".bpviz-marked").count() > 0


def test_a_switch_keeps_the_focus(shadowed):
    before = shadowed.page.locator(".bpviz-card").element_handle()
    shadowed.button(WORDS["first"]).focus()
    shadowed.page.evaluate("model.set('variant', 1)")
    shadowed.settle()
    assert not before.evaluate("card => card.isConnected")
    assert has_focus(shadowed.button(WORDS["first"]))


FACES = """() => [...document.fonts].map(face => [face.family.replaceAll('"', ""), face.status])"""
WIDTHS = """root => [".bpviz-title", ".bpviz-formula mtable", ".bpviz-count", ".bpviz-formula", ".bpviz-caption"].map(
  part => [part, root.querySelector(part).getBoundingClientRect().width, root.querySelector(part).style.minHeight])"""


@pytest.mark.parametrize("late", [False, True], ids=["at once", "late"])
def test_the_faces_are_loaded_once_and_texts_measure_as_elsewhere(page, late):
    mount(page, bpviz.case2(), shadow=True, late=late, start="dE_dw5")
    page.wait_for_function("() => document.fonts.size && [...document.fonts].every(face => face.status === 'loaded')")
    families = [family for family, _ in page.evaluate(FACES)]
    assert sorted(set(families)) == ["bpviz maths", "bpviz mono", "bpviz sans", "bpviz signs"]
    mount(page, bpviz.case2(), shadow=True, start="dE_dw5")
    assert [family for family, _ in page.evaluate(FACES)] == families
    assert page.locator("head style").count() == 1
    PlayerDriver(page, page.locator(".bpviz-card").first).settle()
    shadowed = [card.evaluate(WIDTHS) for card in page.locator(".bpviz-card").all()]
    page.reload()
    mount(page, bpviz.case2(), start="dE_dw5")
    page.wait_for_function("() => [...document.fonts].every(face => face.status === 'loaded')")
    PlayerDriver(page).settle()
    assert shadowed == [page.locator(".bpviz-card").evaluate(WIDTHS)] * 2


def test_a_wide_player_has_its_sliders_at_the_side(shadowed):
    stage, controls = (shadowed.root.locator(part).bounding_box() for part in (".bpviz-stage", ".bpviz-controls"))
    assert controls["x"] >= stage["x"] + stage["width"] - 1
