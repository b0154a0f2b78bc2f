"""Graphs on a page: signs in circles, values above edges, gradients below them, lists in lanes, faults told."""

import pytest
from graph_driver import SOFTMAX_STEPS, boxes, show
from player_driver import agree, open_page

import bpviz
from bpviz.ground.words import words

WORDS = words().section("player")


@pytest.fixture
def softmax(page, tmp_path):
    ex = bpviz.graph("y = softmax(a); -sum(t*log(y))", name="L", a=[1, 2, 0.5], t=[1, 0, 0])
    return ex, open_page(page, tmp_path, ex, width=1186, height=530)


def test_circles_hold_signs_and_do_not_touch(softmax):
    ex, player = softmax
    nodes = player.root.locator(".bpviz-diagram .bpviz-node")
    signs = dict(zip(nodes.evaluate_all("all => all.map(n => n.dataset.node)"), nodes.all_text_contents(), strict=True))
    assert signs["a_1"] == "a1"
    assert signs["v1"] == "max"
    assert signs["v4"] == "Σ"
    assert signs["L"] == "−"
    round_ = boxes(player, ".bpviz-node .bpviz-body")
    assert len(round_) == len(ex.scene.nodes)
    for k, (left, top, right, bottom) in enumerate(round_):
        assert all(right < a or c < left or bottom < b or d < top for a, b, c, d in round_[:k])


def test_values_stand_above_edges_and_gradients_below(softmax):
    ex, player = softmax
    show(player, len(ex.beats) - 1)
    for name in ("a_1", "y_2", "v4"):
        node, value, gradient = (
            player.root.locator(f".bpviz-diagram {selector}").first.bounding_box()
            for selector in (f"[data-node={name}] .bpviz-body", f"text[data-bp={name}]", f"text[data-bp=dL_d{name}]")
        )
        middle = node["y"] + node["height"] / 2
        assert value["y"] + value["height"] / 2 < middle < gradient["y"] + gradient["height"] / 2


def numbers(player, which):
    marks = player.root.locator(f".bpviz-diagram .bpviz-chip{which} [data-bp]:visible")
    return {mark.get_attribute("data-bp") for mark in marks.all()}


def test_what_a_beat_tells_and_reads_is_bright_what_came_before_is_pale(page, tmp_path):
    ex = bpviz.graph("h = tanh(u*x); (h + x - t)**2 / 2", name="E", u=2, x=1, t=0.5)
    player = open_page(page, tmp_path, ex, width=1186, height=530)
    show(player, next(k for k, beat in enumerate(ex.beats) if "dE_du" in beat.reveals))
    bright, pale = numbers(player, ":not(.bpviz-dim)"), numbers(player, ".bpviz-dim")
    assert {"x", "dE_dv1", "dE_du"} <= bright
    assert {"t", "v2", "dE_dh", "dE_dv2"} <= pale
    told, before = (
        player.root.locator(f".bpviz-chip:has([data-bp={name}]) .bpviz-chip-frame:visible").first.evaluate(
            "frame => getComputedStyle(frame).fill"
        )
        for name in ("dE_du", "dE_dh")
    )
    assert told != before


def test_what_parts_add_up_to_says_so(page, tmp_path):
    ex = bpviz.graph("tanh(w*w*x) + w*w*w*x*x - x*w", name="y", w=1, x=0.5)
    player = open_page(page, tmp_path, ex, width=1186, height=530)
    show(player, next(k for k, beat in enumerate(ex.beats) if "dy_dw" in beat.reveals))
    told = {
        chip.locator("[data-bp]").first.get_attribute("data-bp"): chip.text_content()
        for chip in player.root.locator(".bpviz-chip.bpviz-told.bpviz-tone-backward").all()
    }
    assert told["dy_dw"].startswith("=")
    assert [text for name, text in told.items() if name != "dy_dw" and "=" in text] == []
    assert len(told) > 2


@pytest.mark.parametrize("size", [(1186, 530), (860, 530)])
def test_at_the_end_of_a_round_every_new_weight_is_seen(page, tmp_path, size):
    values = {"x": 1, "w": 2, "b": 2, "t": 0.018}
    ex = bpviz.graph("a = sigmoid(w*x + b); -t*log(a) - (1 - t)*log(1 - a)", name="E", learn=("w", "b"), **values)
    player = open_page(page, tmp_path, ex, width=size[0], height=size[1], motion="reduce")
    show(player, len(ex.beats) - 1)
    assert {"w_next", "b_next"} <= numbers(player, ".bpviz-tone-update")


def test_a_graph_too_high_for_a_beat_is_no_larger_than_its_numbers_need(page, tmp_path):
    x1, x2, x3 = bpviz.given(x1=[100, 101, 102], x2=[2, 3, 4], x3=[300, 301, 302])
    ex = bpviz.graph(x1 * x2 + x3, name="y")
    player = open_page(page, tmp_path, ex, width=1186, height=530, motion="reduce")
    highs = []
    for beat in range(len(ex.beats)):
        show(player, beat)
        highs.append(boxes(player, "text[data-bp=x1_1]")[0])
    sizes = [bottom - top for _, top, _, bottom in highs]
    assert max(sizes) < 1.25 * min(sizes)


def test_an_element_s_slider_moves_its_list_alone(softmax):
    ex, player = softmax
    show(player, len(ex.beats) - 1)
    player.type_number("a_2", "3")
    moved = ex.run(a=[1, 3, 0.5])
    shown = {slot.name: slot.value for slot in player.read()["slots"] if slot.value is not None}
    for name in ("a_1", "a_2", "y_1", "L", "dL_da_2", "dL_da_3"):
        assert agree(shown[name], moved[name])


def test_a_fault_is_told_at_its_node_and_in_the_caption_and_goes_away(page, tmp_path):
    ex = bpviz.graph("u = x - y; l = log(u); l*y + x", name="z", x=2, y=1)
    player = open_page(page, tmp_path, ex, width=1186, height=530)
    told, sentence = player.root.locator(".bpviz-diagram .bpviz-fault"), player.root.locator(".bpviz-fault-words")
    show(player, 2)
    assert (told.count(), sentence.text_content()) == (0, "")
    player.type_number("x", "1")
    assert told.all_text_contents() == [WORDS["log_of_zero"]]
    assert sentence.text_content().strip() == WORDS["no_number"].format(why=WORDS["log_of_zero"])
    assert {slot.value for slot in player.read()["slots"] if slot.name == "u"} == {0.0}
    show(player, 1)
    assert (told.count(), sentence.text_content()) == (0, "")
    show(player, len(ex.beats) - 1)
    assert told.all_text_contents() == [WORDS["log_of_zero"]]
    player.type_number("x", "2")
    assert told.count() == 0


@pytest.mark.parametrize("size", [(1186, 530), (390, 844)])
def test_long_signs_stay_in_their_nodes_which_get_wider(page, tmp_path, size):
    ex = bpviz.graph("x * 1000.25 + 123456.789 + x ** 2.718281828", name="y", x=2)
    player = open_page(page, tmp_path, ex, width=size[0], height=size[1])
    nodes = player.root.locator(".bpviz-diagram .bpviz-node")
    assert set(nodes.all_text_contents()) >= {"× 1000.25", "+ 1.235×10⁵", "^ 2.7183"}
    for outer, inner in zip(boxes(player, ".bpviz-node .bpviz-body"), boxes(player, ".bpviz-node text"), strict=True):
        assert outer[0] <= inner[0] < inner[2] <= outer[2]
        assert outer[1] <= inner[1] < inner[3] <= outer[3]


def test_lists_of_three_keep_their_numbers_and_their_arrangement(page, tmp_path):
    x1, x2, x3 = bpviz.given(x1=[100, 101, 102], x2=[2, 3, 4], x3=[300, 301, 302])
    ex = bpviz.graph(x1 * x2 + x3, name="y")
    assert len(ex.scene.labels) >= len(ex.scene.nodes), "every value stands in the picture"
    player = open_page(page, tmp_path, ex, width=1186, height=530)
    for beat in range(len(ex.beats)):
        show(player, beat)
        lanes = [player.root.locator(f"[data-node={name}] .bpviz-body").bounding_box() for name in ("x1_1", "x1_2")]
        assert lanes[0]["x"] == pytest.approx(lanes[1]["x"], abs=1), f"beat {beat} runs from top to bottom"


@pytest.mark.parametrize("size", [(1186, 530), (860, 530)], ids="{0[0]}×{0[1]}".format)
def test_a_graph_is_as_large_at_every_beat_of_a_phase_and_whole(page, tmp_path, size):
    ex = bpviz.graph(SOFTMAX_STEPS, name="L", a=[1, 2, 0.5], t=[1, 0, 0])
    player = open_page(page, tmp_path, ex.player(panels=[]), width=size[0], height=size[1], motion="reduce")
    picture = player.root.locator(".bpviz-picture")
    sizes, rows = {}, set()
    for index, beat in enumerate(ex.beats):
        show(player, index)
        assert picture.evaluate("room => room.scrollHeight <= room.clientHeight + 1"), beat.id
        sizes.setdefault(beat.phase, []).append(player.root.locator(".bpviz-diagram").bounding_box()["height"])
        if "bpviz-folded" in picture.get_attribute("class"):
            rows.add(player.root.locator(".bpviz-formula mtr").count())
    assert {phase: max(found) - min(found) for phase, found in sizes.items() if max(found) - min(found) > 1} == {}
    assert rows == ({1} if size[0] < 1000 else set())


def test_a_flat_graph_leaves_its_formulas_the_height_that_they_need(page, tmp_path):
    x = bpviz.given(x=1)[0]
    h = bpviz.named("c", bpviz.sigmoid(bpviz.named("b", bpviz.sigmoid(bpviz.named("a", bpviz.sigmoid(x))))))
    ex = bpviz.graph(bpviz.sigmoid(h), name="y")
    player = open_page(page, tmp_path, ex.player(panels=[]), width=860, height=530, motion="reduce")
    room = player.root.locator(".bpviz-picture").bounding_box()
    for beat in range(10):
        show(player, beat)
        assert player.root.locator(".bpviz-diagram").bounding_box()["width"] > 0.95 * room["width"], beat


# From what is below a fraction's line to the fraction in the next row, in CSS pixels.
BETWEEN_FRACTIONS = """root => [...root.querySelectorAll(".bpviz-formula mtr")].flatMap(row => {
  const boxes = tr => [...(tr?.querySelectorAll("mfrac") ?? [])].map(one => one.getBoundingClientRect());
  const above = (a, b) => a.left < b.right && b.left < a.right;
  const next = boxes(row.nextElementSibling);
  return boxes(row).flatMap(a => next.filter(b => above(a, b)).map(b => b.top - a.bottom));
})"""


@pytest.mark.parametrize("look", ["", "bpviz-near", "bpviz-close"])
def test_a_letter_below_a_fraction_s_line_does_not_touch_the_next_row(page, tmp_path, look):
    ex = bpviz.graph("f = x**2; f/2 + 10/f", name="g", x=7)
    player = open_page(page, tmp_path, ex, width=860, height=530, motion="reduce")
    show(player, [beat.id for beat in ex.beats].index("v2"))
    player.root.locator(".bpviz-picture").evaluate("(picture, look) => look && picture.classList.add(look)", look)
    (gap,) = player.root.evaluate(BETWEEN_FRACTIONS)
    assert gap >= 6
