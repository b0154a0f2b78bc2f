"""A network told layer by layer in a browser: a click or Enter on a neuron opens it, and its numbers are Python's."""

import player_driver
import pytest
from player_driver import PlayerDriver

import bpviz
from bpviz.ground.numbers import format_number as short

NET = bpviz.network([3, 9, 8, 3], ["tanh", "sigmoid", "softmax"], "cross_entropy", biases="init", seed=5)
SPOKEN = ".bpviz-spoken"


@pytest.fixture
def player(page, tmp_path) -> PlayerDriver:
    return player_driver.open_page(page, tmp_path, NET, width=1186, height=700)


def node(player: PlayerDriver, name: str):
    return player.root.locator(f"[data-node='{name}']")


def numbers(player: PlayerDriver, name: str) -> list[float]:
    read = "texts => texts.map(text => Number(text.getAttribute('data-value')))"
    return node(player, name).locator("[data-bp]").evaluate_all(read)


def first_formula(player: PlayerDriver) -> str:
    return player.read()["formula"][0].name


def go_to(player: PlayerDriver, beat: str) -> None:
    player.root.locator("input[name=step]").fill(str([b.id for b in NET.beats].index(beat)))
    player.settle()


def test_a_click_opens_a_neuron_and_its_values_are_pythons(player):
    values = NET.run()
    for n in ("1_7", "2_8", "3_2"):
        node(player, n).dispatch_event("click")
    for opening in (opening for opening in NET.openings if opening.node in ("1_7", "2_8", "3_2")):
        for number, told in opening.beats.items():
            go_to(player, NET.beats[number].id)
            seen = player.read()
            assert {slot.name for slot in seen["formula"]} == {shown.step for shown in told.formulas}
            for slot in seen["formula"]:
                assert slot.value == pytest.approx(values[slot.name], rel=1e-12, abs=1e-300)
            assert set(seen["rings"]) == set(told.focus)
            assert len(seen["chips"]) >= len(told.chips)
        name = opening.node
        assert numbers(player, name) == pytest.approx([values[f"z{name}"], values[f"a{name}"]], rel=1e-12)
        assert not numbers(player, opening.swaps[0][0]), "the first one is a dot now"


def test_the_keyboard_opens_one_after_the_other_and_keeps_its_place(player):
    go_to(player, "forward_2")
    node(player, "2_3").focus()
    player.settle()
    assert "net input z3[2]: " + short(NET.run()["z2_3"]) in player.root.locator(SPOKEN).text_content()
    tip = player.root.locator(".bpviz-tip")
    assert short(NET.run()["a2_3"]) in tip.text_content(), "what has the keyboard shows its value"
    player.press("Enter")
    player.settle()
    assert player.root.locator(SPOKEN).text_content().startswith("Opened. net input z3[2]")
    assert node(player, "2_3").evaluate("node => node === document.activeElement")
    assert node(player, "2_3").get_attribute("role") == "group"
    player.press("ArrowDown", "Enter")
    player.settle()
    assert node(player, "2_4").evaluate("node => node === document.activeElement")
    assert node(player, "2_3").get_attribute("role") == "button"
    assert first_formula(player) == "z2_4"
    node(player, "2_1").focus()
    player.press("Enter")
    player.settle()
    assert first_formula(player) == "z2_1", "the first one can be opened again"


def test_an_edge_tells_its_value_while_it_has_the_keyboard(player):
    edge = player.root.locator(".bpviz-edge[data-weight=w2_3_5]")
    edge.focus()
    assert short(NET.run()["w2_3_5"]) in player.root.locator(".bpviz-tip").text_content()
    player.stage.focus()
    assert player.root.locator(".bpviz-tip").text_content() == ""


def test_what_is_opened_stands_in_the_address_and_in_the_model(player, page, tmp_path):
    go_to(player, "forward_2")
    node(player, "2_5").dispatch_event("click")
    page.wait_for_function("() => location.hash.includes('opened=2_5')")
    page.reload()
    page.locator(".bpviz-card").wait_for()
    assert first_formula(PlayerDriver(page)) == "z2_5"
    held = NET.player()
    held.opened, held.beat = "1_4", 1
    opened = player_driver.open_page(page, tmp_path, held, width=390, height=844)
    assert first_formula(opened) == "z1_4"
