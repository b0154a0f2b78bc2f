"""The boards in a page of their own: what is drawn, dragged, pointed at and typed, and that numbers are Python's."""

import numpy as np
import pytest
from digit_lines import drawn

import bpviz

ATTRIBUTES = "(marks, name) => marks.map(mark => Number(mark.getAttribute(name)))"


@pytest.fixture(scope="module")
def learnt():
    net = bpviz.MLP([64, 16, 10], hidden="tanh")
    net.fit(*bpviz.digits.written(500), epochs=20, batch=50, eta=0.01, optimizer="adam", progress=False)
    return net


def opened(page, board, path):
    board.to_html(path)
    page.goto(path.as_uri())
    page.wait_for_selector(".bpviz-board")


def draw(page, lines):
    """Draw lines of points, in hundredths of the paper, with the mouse."""
    box = page.locator(".bpviz-pad-paper").bounding_box()
    for line in lines:
        places = [(box["x"] + x * box["width"] / 100, box["y"] + y * box["height"] / 100) for x, y in line]
        page.mouse.move(*places[0])
        page.mouse.down()
        for place in places[1:]:
            page.mouse.move(*place)
        page.mouse.up()


@pytest.mark.parametrize("hidden", ["tanh", "sigmoid", "relu", "leaky_relu", "softplus", "identity"])
def test_the_network_answers_in_the_browser_as_in_python(page, tmp_path, hidden):
    net = bpviz.MLP([64, 12, 7, 10], hidden=hidden, seed=5)
    lines = [np.round(line).tolist() for line in drawn(4, 0, 1)]
    board = bpviz.digits.pad(net, lines)
    board.state = board.state | {"wanted": 6}
    opened(page, board, tmp_path / "pad.html")
    seen = page.eval_on_selector_all(".bpviz-pad-pixels rect", ATTRIBUTES, "data-value")
    np.testing.assert_allclose(seen, bpviz.digits.image(lines), rtol=0, atol=1e-12)
    shares = page.eval_on_selector_all(".bpviz-pad-shares li", ATTRIBUTES, "data-value")
    np.testing.assert_allclose(shares, net.predict([seen])[0], rtol=1e-12)
    _, gradients = net.loss_and_gradients([seen], [6])
    slopes = page.eval_on_selector_all(".bpviz-pad-slope", ATTRIBUTES, "data-gradient")
    np.testing.assert_allclose(slopes, gradients.biases[0] @ net.weights[0], rtol=1e-12, atol=1e-15)


def test_a_digit_is_drawn_with_the_mouse_and_with_the_keys(page, tmp_path, learnt):
    opened(page, bpviz.digits.pad(learnt), tmp_path / "pad.html")
    said = page.locator(".bpviz-pad-said")
    assert said.inner_text() == "Nothing is drawn yet."
    draw(page, [[(30, 20), (70, 20), (45, 90)]])
    assert said.inner_text().startswith("7, by ")
    lines = page.locator(".bpviz-pad-lines path")
    points = [[float(x) for x in dot.split()] for dot in lines.get_attribute("d").removeprefix("M").split("L")]
    assert len(points) == 3
    shares = page.eval_on_selector_all(".bpviz-pad-shares li", ATTRIBUTES, "data-value")
    np.testing.assert_allclose(shares, learnt.predict([bpviz.digits.image([points])])[0], rtol=1e-12)
    page.locator(".bpviz-pad-paper").focus()
    page.keyboard.press("Backspace")
    assert (lines.count(), said.inner_text()) == (0, "Nothing is drawn yet.")
    for key in (" ", *["ArrowDown"] * 12, " ", "ArrowLeft"):
        page.keyboard.press(key)
    assert lines.get_attribute("d").count("L") == 12
    assert said.inner_text().startswith("1, by ")
    page.get_by_role("combobox").select_option("3")
    assert page.locator(".bpviz-pad-slope").count() == 64
    page.get_by_role("button", name="Clear").click()
    assert (lines.count(), page.locator(".bpviz-pad-slope").count()) == (0, 0)


def test_fingers_draw_on_the_pad_and_the_page_stays_where_it_is(phone, tmp_path, learnt):
    opened(phone, bpviz.digits.pad(learnt), tmp_path / "pad.html")
    box = phone.locator(".bpviz-pad-paper").bounding_box()
    finger = phone.context.new_cdp_session(phone)
    places = [(0.5, 0.15), (0.5, 0.4), (0.5, 0.65), (0.5, 0.9)]
    for kind, place in [("touchStart", places[0]), *[("touchMove", p) for p in places[1:]], ("touchEnd", None)]:
        points = [{"x": box["x"] + place[0] * box["width"], "y": box["y"] + place[1] * box["height"]}] if place else []
        finger.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})
    phone.wait_for_function("() => document.querySelector('.bpviz-pad-said').textContent.startsWith('1, by ')")
    assert phone.evaluate("() => [scrollY, document.documentElement.scrollWidth <= innerWidth]") == [0, True]


def test_corners_and_sliders_change_the_sizes_and_what_does_not_fit_says_so(page, tmp_path):
    opened(page, bpviz.matrix_form.shapes(neurons=3, inputs=2), tmp_path / "shapes.html")
    told = page.get_by_role("status")
    assert told.inner_text().startswith("It fits: (3×2)·(2×1)")
    corner = page.locator("[data-corner=W]").bounding_box()
    cell = page.locator(".bpviz-shapes-b").bounding_box()["width"]
    x, y = corner["x"] + corner["width"] / 2, corner["y"] + corner["height"] / 2
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x + 2 * cell, y + cell, steps=4)
    page.mouse.up()
    assert page.locator("[data-size=W]").text_content() == "4×4"
    assert page.locator("[data-size=z]").text_content() == "?"
    assert told.inner_text().count("Does not fit") == 2
    for name, size in (("rows_a", 4), ("rows_b", 4), ("columns_a", 3)):
        slider = page.locator(f"input[name={name}]")
        slider.focus()
        for _ in range(size - int(slider.input_value())):
            page.keyboard.press("ArrowRight")
    assert page.locator("[data-size=z]").text_content() == "4×3"
    assert told.inner_text().startswith("It fits: (4×4)·(4×3)")
    assert "bpviz-wrong" not in told.get_attribute("class")
    page.keyboard.press("Tab")
    page.keyboard.press("ArrowLeft")
    assert (page.locator("[data-size=z]").text_content(), page.locator(".bpviz-misfit").count()) == ("?", 2)
    assert told.inner_text() == "Does not fit: W·a has 4 rows, b has 3. Every neuron needs its own bias."
    assert "bpviz-wrong" in told.get_attribute("class")


def test_pointing_at_a_cell_shows_its_formula_and_its_path(page, tmp_path):
    ex = bpviz.network([2, 3, 2], ["tanh", "softmax"], "cross_entropy", biases="init")
    opened(page, bpviz.matrix_form.cells(ex, start="dW1"), tmp_path / "cells.html")
    run = ex.run()
    cell = page.locator(".bpviz-result [data-bp=dL_dw1_3_2]")
    for reach in (cell.hover, cell.focus):
        page.locator(".bpviz-result [data-bp=dL_dw1_1_1]").focus()
        reach()
        assert page.eval_on_selector_all(".bpviz-own", "lines => lines.map(line => line.dataset.edge)") == ["x2→1_3"]
        values = page.eval_on_selector_all(".bpviz-cells-formula [data-value]", ATTRIBUTES, "data-value")
        assert values == [run["dz1_3"], run["x2"], run["dL_dw1_3_2"]]
        read = page.eval_on_selector_all(".bpviz-read", "cells => cells.map(cell => cell.dataset.bp)")
        assert read == ["dz1_3", "x2"]
    page.keyboard.press("ArrowUp")
    page.keyboard.press("ArrowLeft")
    assert page.evaluate("() => document.activeElement.dataset.bp") == "dL_dw1_2_1"
    page.get_by_role("button", name="z[2]", exact=True).click()
    shown = page.eval_on_selector_all(
        ".bpviz-cells-grid [data-bp]", "cells => cells.map(c => [c.dataset.bp, +c.dataset.value])"
    )
    assert dict(shown) == {name: run[name] for name, _ in shown}


def test_on_a_phone_formulas_are_seen_whole_and_numbers_are_not_small(phone, tmp_path):
    ex = bpviz.network([2, 3, 2], ["tanh", "softmax"], "cross_entropy", biases="init")
    opened(phone, bpviz.matrix_form.cells(ex), tmp_path / "cells.html")
    for tab in phone.locator(".bpviz-cells-tabs button").all():
        tab.click()
        wide = phone.eval_on_selector(".bpviz-cells-formula", "f => [f.scrollWidth - f.clientWidth, f.textContent]")
        assert wide[0] <= 0, wide[1]
    opened(phone, bpviz.matrix_form.cells(bpviz.network([8, 8]), "dW1"), tmp_path / "wide.html")
    assert phone.evaluate("() => document.documentElement.scrollWidth <= innerWidth")
    narrow = "cells => cells.filter(cell => cell.scrollWidth > cell.clientWidth).map(cell => cell.textContent)"
    assert phone.eval_on_selector_all(".bpviz-cells-grid > *", narrow) == []
    opened(phone, bpviz.matrix_form.shapes(6, 6, 6), tmp_path / "shapes.html")
    seen = "texts => texts.map(text => parseFloat(getComputedStyle(text).fontSize) * text.getScreenCTM().a)"
    assert min(phone.eval_on_selector_all(".bpviz-shapes-picture text", seen)) >= 11
