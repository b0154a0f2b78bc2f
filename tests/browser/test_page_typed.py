"""Numbers as people type them into the boxes of the exported page: read from every keyboard, or refused in words."""

import pytest
from player_driver import open_page

import bpviz
from bpviz.ground.words import words

WORDS = words().section("player")
TYPED = {
    "0.25": 0.25,
    ".5": 0.5,
    "+.5": 0.5,
    "1.": 1.0,
    " 0.3 ": 0.3,
    "2.5e-3": 0.0025,
    "2.5E3": 2500.0,
    "-0.75": -0.75,
    "\u22120.75": -0.75,  # the true minus sign
    "\u20130.75": -0.75,  # an en dash
    "- 0.75": -0.75,
    "\uff0d\uff11\uff0e\uff15": -1.5,  # full-width
    "\u0660\u066b\u0665": 0.5,  # Arabic
    "\u06f1\u06f2": 12.0,  # Persian
    "\u0967\u0968": 12.0,  # Devanagari
    "\u061c-\u0663": -3.0,  # with a mark of direction
    "1/4": 0.25,
    "-1 / 8": -0.125,
    "1\u20444": 0.25,
    "\u00bd": 0.5,  # one half as a sign
    "\u2212\u00be": -0.75,
    "3.66\u00d710\u207b\u00b9\u00b2": 3.66e-12,  # as the player itself writes it
    "0.1234567890123456": 0.1234567890123456,
}
REFUSED = {
    "0,5": ("use_a_point", {"text": "0.5"}),
    "-0,5": ("use_a_point", {"text": "-0.5"}),
    "\uff10\uff0c\uff15": ("use_a_point", {"text": "0.5"}),
    "1e400": ("too_large", {}),
    "-1e999": ("too_large", {}),
    "1/0": ("not_a_number", {}),
    "half": ("not_a_number", {}),
}


@pytest.fixture(scope="module")
def opened(browser, tmp_path_factory):
    """One player for all of them."""
    page = browser.new_page()
    yield open_page(page, tmp_path_factory.mktemp("page"), bpviz.case2(), width=1280, height=1000)
    page.close()


@pytest.mark.parametrize("text", TYPED)
def test_a_number_is_understood(opened, text):
    opened.type_number("w5", "7")
    opened.type_number("w5", text)
    assert opened.value("w5") == TYPED[text]
    assert opened.note("w5") == ""
    assert opened.box("w5").get_attribute("aria-invalid") == "false"


@pytest.mark.parametrize("text", REFUSED)
def test_a_refused_text_stays_and_says_what_to_write(opened, text):
    opened.type_number("w5", "0.75")
    opened.type_number("w5", text, key="Tab")
    key, gaps = REFUSED[text]
    why = WORDS[key].format(**{"text": text, "name": "weight w5", "value": "0.75"} | gaps)
    assert (opened.note("w5"), opened.value("w5")) == (why, 0.75)
    box = opened.box("w5")
    assert (box.input_value(), box.get_attribute("aria-invalid")) == (text, "true")
    box.focus()
    assert box.input_value() == text, "still to be mended"
    box.press("Escape")
    assert (box.input_value(), opened.note("w5"), box.get_attribute("aria-invalid")) == ("0.75", "", "false")


def test_a_refused_text_can_be_mended(opened):
    opened.type_number("w5", "0,5")
    box = opened.box("w5")
    for key in ("End", "ArrowLeft", "Backspace", ".", "Enter"):
        box.press(key)
    assert (opened.value("w5"), opened.note("w5")) == (0.5, "")


def test_what_was_refused_goes_when_the_value_changes(opened):
    opened.type_number("w5", "0.5")
    opened.type_number("w5", "rubbish", key="Tab")
    opened.button(WORDS["reset"]).click()
    opened.settle()
    assert (opened.box("w5").input_value(), opened.note("w5")) == ("0.40", "")


def test_a_seed_stays_to_be_mended_too(page, tmp_path):
    player = open_page(page, tmp_path, bpviz.case2(), width=1280, height=1000)
    box = player.root.locator(".bpviz-random .bpviz-box")
    for text in ("1.5", "-1", "seven"):
        box.fill(text)
        box.press("Enter")
        assert box.input_value() == text
        assert player.root.locator(".bpviz-random .bpviz-note").inner_text() == WORDS["bad_seed"].format(text=text)
    box.press("Escape")
    assert not player.root.locator(".bpviz-random .bpviz-note").is_visible()
