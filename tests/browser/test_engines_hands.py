"""Firefox and WebKit used by hand: sliders, boxes, keys, training and undo give Python's numbers, light and dark."""

import pytest
from engine_page import END, ENTER, HOME, LEFT, PAGE_DOWN, PAGE_UP, RIGHT, TAB, EnginePage
from expected import Expected
from other_engines import ENGINES
from player_driver import TOLERANCE
from test_page_typed import REFUSED, TYPED

import bpviz
from bpviz.ground.palette import LIGHT_AND_DARK
from bpviz.ground.words import words

WORDS = words().section("player")
PAPER = "return getComputedStyle(document.querySelector('.bpviz-card')).backgroundColor"
in_both = pytest.mark.parametrize("engine_page", ENGINES, indirect=True)


@pytest.fixture(scope="module")
def case2():
    return bpviz.case2()


def press_button(page: EnginePage, label: str) -> None:
    page.click(f"button[aria-label='{label}']")


@in_both
def test_a_drag_changes_the_value_and_the_loss(engine_page, tmp_path, case2):
    last = len(case2.beats) - 1
    engine_page.open(tmp_path / "page.html", case2, start=last)
    for name, share in (("w5", 0.8), ("i1", 0.25)):
        before = case2.run()[name]
        value = engine_page.drag(name, share)
        assert value != before
        Expected(case2, **{name: value}).check_beat(engine_page.read(), last)
        press_button(engine_page, WORDS["undo"])
        Expected(case2).check_beat(engine_page.read(), last)


@in_both
@pytest.mark.parametrize("make", [bpviz.case2, bpviz.case1, bpviz.neuron])
def test_a_hundred_rounds_and_undo(engine_page, tmp_path, make):
    example = make()
    last = len(example.beats) - 1
    engine_page.open(tmp_path / "page.html", example, start=last)
    press_button(engine_page, WORDS["train_rounds"].format(n=100))
    trained = example.train(100).final
    seen = {slot.name: slot.value for slot in engine_page.read()["slots"]}
    assert {given.name for given in example.program.givens} < set(seen)
    for name, value in seen.items():
        assert abs(value - trained[name]) <= TOLERANCE * abs(trained[name]), f"{name}: {value!r}, {trained[name]!r}"
    press_button(engine_page, WORDS["undo"])
    Expected(example).check_beat(engine_page.read(), last)


@in_both
def test_a_click_into_a_box_selects_what_stands_there(engine_page, tmp_path, case2):
    last = len(case2.beats) - 1
    engine_page.open(tmp_path / "page.html", case2, start=last)
    engine_page.click(".bpviz-box[data-bp='w5']")
    engine_page.press(*"0.7", ENTER)
    engine_page.click(".bpviz-caption")
    Expected(case2, w5=0.7).check_beat(engine_page.read(), last)


@in_both
def test_arrow_keys_step(engine_page, tmp_path, case2):
    engine_page.open(tmp_path / "page.html", case2)
    engine_page.click(".bpviz-caption")
    expected = Expected(case2)
    for key, beat in ((RIGHT, 1), (RIGHT, 2), (LEFT, 1), (LEFT, 0), (LEFT, 0)):
        engine_page.press(key)
        expected.check_beat(engine_page.read(), beat)


@in_both
def test_the_other_keys_jump_and_play(engine_page, tmp_path, case2):
    engine_page.open(tmp_path / "page.html", case2)  # nothing is clicked: the page is the player's own
    expected, last = Expected(case2), len(case2.beats) - 1
    phases = [beat.phase for beat in case2.beats]
    backward = next(k for k, phase in enumerate(phases) if phase == "backward")
    loss = next(k for k, phase in enumerate(phases) if phase == "loss")
    keys = ((END, last), (HOME, 0), (PAGE_DOWN, loss), (PAGE_DOWN, backward), (PAGE_UP, loss), (RIGHT, loss + 1))
    for key, beat in keys:
        engine_page.press(key)
        expected.check_beat(engine_page.read(), beat)
    playing = f"document.querySelector(\"button[aria-label='{WORDS['pause']}']\")"
    engine_page.press(" ")
    engine_page.wait_for(playing)
    engine_page.press(" ")
    engine_page.wait_for(f"!{playing}")


@in_both
def test_numbers_from_every_keyboard(engine_page, tmp_path, case2):
    engine_page.open(tmp_path / "page.html", case2)
    box = ".bpviz-box[data-bp='w5']"
    read = "const box = document.querySelector(given[0]); return [box.dataset.value, box.getAttribute('aria-invalid')];"

    def state_of(text: str) -> list:
        engine_page.click(box)
        engine_page.run("document.activeElement.select()")
        engine_page.press(text, ENTER)
        return engine_page.run(f"await frames(); {read}", box)

    for text, value in TYPED.items():
        shown, invalid = state_of(text)
        assert (float(shown), invalid) == (value, "false"), text
    for text in REFUSED:
        assert state_of(text)[1] == "true", text
        assert engine_page.find(box).get_property("value") == text
    assert state_of("0.5") == ["0.5", "false"]
    engine_page.press(TAB)


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("name", ENGINES)
def test_the_colours_are_those_of_the_palette(engines, repo_root, tmp_path, case2, name, dark):
    page = EnginePage(name, engines(name, dark))
    page.open(tmp_path / "page.html", case2, 1280, 720, start="dE_dw5")
    assert page.read()["problems"] == []
    pictures = repo_root / "build/engines"  # to be looked at
    pictures.mkdir(parents=True, exist_ok=True)
    page.driver.save_screenshot(str(pictures / f"{name}-{'dark' if dark else 'light'}.png"))
    red, green, blue = bytes.fromhex(LIGHT_AND_DARK["paper"][dark].removeprefix("#"))
    assert page.driver.execute_script(PAPER) == f"rgb({red}, {green}, {blue})"
    page.leave()
