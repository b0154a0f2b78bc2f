"""A network of many neurons in a browser: groups of sliders that open, and values where nothing is written."""

import player_driver
import pytest
from player_driver import PlayerDriver
from variants import layered

import bpviz

FOLDED = ".bpviz-folded"


@pytest.fixture(scope="module")
def crowd():
    return layered((4, 12, 12, 3))


@pytest.fixture
def player(page, tmp_path, crowd) -> PlayerDriver:
    return player_driver.open_page(page, tmp_path, crowd, width=1186, height=800, start=-1)


def sliders(player: PlayerDriver) -> int:
    return player.root.locator("input[type=range]:not([name=step])").count()


def test_large_groups_of_sliders_are_made_when_they_are_opened(player, crowd):
    assert sliders(player) == 1, "the learning rate alone is not folded"
    player.root.locator(f"{FOLDED} > summary").first.click()
    player.settle()
    assert sliders(player) == 1 + 4 * 12
    assert float(player.slider("w1").input_value()) == crowd.run()["w1"]
    room = player.root.locator(f"{FOLDED}[open] .bpviz-group-rows")
    assert room.evaluate("room => room.scrollHeight > room.clientHeight")


def test_enter_on_a_weight_brings_its_slider(player):
    edge = player.root.locator(".bpviz-edge[data-weight=w60]")
    edge.focus()
    player.press("Enter")
    player.settle()
    assert player.slider("w60").evaluate("slider => slider === document.activeElement")
    assert player.slider("w60").is_visible()
    assert sliders(player) == 1 + 12 * 12


def test_a_dot_tells_its_values_where_one_points(player, crowd):
    player.root.locator("[data-node=h5]").hover()
    net, out = player.root.locator("[data-node=h5] > title").text_content().splitlines()
    values = crowd.run()
    assert net.endswith(f"{values['net_h5']:.4f}".replace("-", "−"))
    assert out.endswith(f"{values['out_h5']:.4f}")


@pytest.mark.parametrize("size", [(1186, 530), (860, 530), (390, 844)])
def test_numbers_can_be_read_and_stay_in_the_picture(page, tmp_path, crowd, size):
    player = player_driver.open_page(page, tmp_path, crowd, width=size[0], height=size[1], start=5)
    player.settle()
    heights = player.root.locator(".bpviz-diagram :is(.bpviz-cell-number, .bpviz-chip-number)").evaluate_all(
        """all => all.filter(text => text.checkVisibility()).map(text => {
          const { a } = text.getScreenCTM();
          return a * parseFloat(getComputedStyle(text).fontSize);
        })"""
    )
    assert min(heights) >= 8.5
    assert len(heights) >= 10


def test_a_high_diagram_goes_where_a_weight_is_told(page, tmp_path):
    example = bpviz.network([12, 1])
    ids = [beat.id for beat in example.beats]
    player = player_driver.open_page(page, tmp_path, example, width=1186, height=530)
    for weight in ("w1_1_2", "w1_1_11", "w1_1_3"):
        player.slider("step").fill(str(ids.index(f"dL_d{weight}")))
        player.settle()
        room = player.root.locator(".bpviz-picture").bounding_box()
        chip = player.root.locator(f".bpviz-chip:not(.bpviz-label) [data-bp=dL_d{weight}]").bounding_box()
        assert room["y"] <= chip["y"] <= chip["y"] + chip["height"] <= room["y"] + room["height"], weight


@pytest.mark.parametrize("size", [(1186, 530), (390, 844)])
def test_a_high_diagram_goes_where_a_new_value_is_told(page, tmp_path, size):
    example = bpviz.network([6, 6, 6], biases="init")
    ids = [beat.id for beat in example.beats]
    player = player_driver.open_page(page, tmp_path, example, width=size[0], height=size[1])
    for name in ("b2_6_next", "b1_1_next", "w2_6_1_next", "w1_1_1_next", "dL_dw2_6_6", "w1_6_1_next"):
        player.slider("step").fill(str(ids.index(name)))
        player.settle()
        room = player.root.locator(".bpviz-picture").bounding_box()
        chip = player.root.locator(f".bpviz-told [data-bp={name}]").bounding_box()
        assert room["y"] <= chip["y"] <= chip["y"] + chip["height"] <= room["y"] + room["height"], name


def test_a_weight_without_a_label_tells_its_value(page, tmp_path):
    player = player_driver.open_page(page, tmp_path, bpviz.network([4, 4, 1]), width=1186, height=530)
    edge = player.root.locator("[data-weight=w1_2_3]")
    value = player.value("w1_2_3")
    edge.focus()
    shown = player.root.locator(".bpviz-tip [data-bp=w1_2_3]")
    assert float(shown.get_attribute("data-value")) == value
    assert shown.is_visible()
    edge.locator("polyline").last.dispatch_event("pointerover")
    assert f"{value:.2f}".replace("-", "−") in edge.locator("title").text_content()
