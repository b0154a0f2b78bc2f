"""The pad in Firefox and WebKit: what is drawn there is answered as Python answers it, and a cell shows its path."""

import numpy as np
import pytest
from other_engines import ENGINES, open_file

import bpviz

POINTS = [(0, -90), (30, -90), (5, 90)]
"""Where the pointer goes, from the middle of the paper, in CSS pixels."""
SHARES = "return [...document.querySelectorAll('.bpviz-pad-shares li')].map(row => Number(row.dataset.value))"
LINE = "return document.querySelector('.bpviz-pad-lines path').getAttribute('d')"
PATH = "return [...document.querySelectorAll('.bpviz-own')].map(line => line.dataset.edge)"


@pytest.mark.parametrize("engine", ENGINES)
def test_boards_answer_there_too(engines, engine, tmp_path):
    from selenium.webdriver.common.action_chains import ActionChains
    from selenium.webdriver.common.by import By

    driver = engines(engine, False)
    net = bpviz.MLP([64, 12, 10], hidden="tanh")
    bpviz.digits.pad(net).to_html(tmp_path / "pad.html")
    open_file(driver, tmp_path / "pad.html", 1186, 530)
    paper = driver.find_element(By.CLASS_NAME, "bpviz-pad-paper")
    hand = ActionChains(driver, duration=0).move_to_element_with_offset(paper, *POINTS[0]).click_and_hold()
    for place in POINTS[1:]:
        hand.move_to_element_with_offset(paper, *place)
    hand.release().perform()
    points = [[float(x) for x in dot.split()] for dot in driver.execute_script(LINE).removeprefix("M").split("L")]
    assert len(points) == len(POINTS)
    answer = net.predict([bpviz.digits.image([points])])[0]
    np.testing.assert_allclose(driver.execute_script(SHARES), answer, rtol=1e-12)
    bpviz.matrix_form.cells(bpviz.network([2, 3, 1]), start="dW1").to_html(tmp_path / "cells.html")
    open_file(driver, tmp_path / "cells.html", 860, 530)
    cell = driver.find_element(By.CSS_SELECTOR, ".bpviz-result [data-bp=dL_dw1_2_1]")
    ActionChains(driver, duration=0).move_to_element(cell).perform()
    assert driver.execute_script(PATH) == ["x1→1_2"]
    assert driver.execute_script("return document.documentElement.scrollWidth <= innerWidth")
