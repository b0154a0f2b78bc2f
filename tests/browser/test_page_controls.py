"""The exported page, opened from disk: every slider, box and button, against a fresh run in Python."""

import itertools

import pytest
from expected import Expected
from player_driver import PlayerDriver, open_page

import bpviz
from bpviz.ground.numbers import format_number
from bpviz.ground.words import words

PLAYER_WORDS = words().section("player")
BEAT_MILLISECONDS = 2600
RUBBISH = ("abc", "", "nan", "1,2,3", "1/0", "10⁵", "1½", "Infinity", "0x10", "1 2", "--1", "<b>1</b>")
EXACT = ("0.1234567890123456", "-0.75", "+.5", "\u22121.5", "2.5e-3", " 0.3 ", "1.", "-0.0000001")


@pytest.fixture(scope="module")
def case2():
    return bpviz.case2()


@pytest.fixture(scope="module")
def file(case2, tmp_path_factory):
    path = tmp_path_factory.mktemp("page") / "case2.html"
    case2.to_html(path)
    return path


@pytest.fixture
def player(page, file) -> PlayerDriver:
    page.set_viewport_size({"width": 1280, "height": 1000})
    page.goto(file.as_uri())
    return PlayerDriver(page)


def givens_of(example) -> list:
    return list(example.program.givens)


@pytest.mark.parametrize("make", [bpviz.case2, bpviz.neuron, bpviz.case1])
def test_drag_every_slider(page, tmp_path, make):
    example = make()
    example.to_html(tmp_path / "page.html", start=len(example.beats) - 1)
    page.goto((tmp_path / "page.html").as_uri())
    player, last, changed = PlayerDriver(page), len(example.beats) - 1, {}
    for k, given in enumerate(givens_of(example)):
        with player.dragging(given.name) as to:
            for share in ((0.93, 0.34), (0.17, 0.86), (1, 0), (0, 0.64))[k % 4]:
                changed[given.name] = to(share)
                wanted = given.low + share * (given.high - given.low)
                assert abs(changed[given.name] - wanted) <= given.step + 0.015 * (given.high - given.low), (
                    f"{given.name} missed the mouse"
                )
                Expected(example, **changed).check_values(player.read(), last)
    player.stage.focus()
    player.press("Home")
    expected = Expected(example, **changed)
    for beat in range(last + 1):
        expected.check_beat(player.read(), beat)
        player.press("ArrowRight")


@pytest.mark.parametrize("make", [bpviz.case2, bpviz.case1])
def test_exact_numbers_in_every_box(page, tmp_path, make):
    example = make()
    example.to_html(tmp_path / "page.html")
    page.goto((tmp_path / "page.html").as_uri())
    player, changed = PlayerDriver(page), {}
    for given, text in zip(givens_of(example), itertools.cycle(EXACT), strict=False):
        player.type_number(given.name, text, key="Tab" if given.name == "w3" else "Enter")
        changed[given.name] = float(text.replace("\u2212", "-"))
        assert player.value(given.name) == changed[given.name]
        Expected(example, **changed).check_values(player.read(), 0)
        assert player.note(given.name) == ""
    player.press("Escape")
    player.stage.click(position={"x": 5, "y": 5})
    first = givens_of(example)[0].name
    assert player.box(first).input_value() == format_number(changed[first])


def test_rubbish_is_refused_in_words(player, case2):
    for k, text in enumerate(RUBBISH):
        good = 0.45 + k / 100
        player.type_number("w5", str(good))
        assert player.note("w5") == ""
        player.type_number("w5", text)
        why = PLAYER_WORDS["not_a_number"].format(text=text, name="weight w5", value=format_number(good))
        assert player.note("w5") == why
        assert player.box("w5").get_attribute("aria-invalid") == "true"
        Expected(case2, w5=good).check_values(player.read(), 0)


def test_a_decimal_comma_is_explained(player):
    player.type_number("w5", "1,5")
    assert player.note("w5") == PLAYER_WORDS["use_a_point"].format(text="1.5")
    assert player.value("w5") == 0.4


def test_escape_takes_nothing(player):
    player.type_number("w5", "0.9", key="Escape")
    assert player.box("w5").input_value() == "0.4"
    player.press("Tab")
    assert player.value("w5") == 0.4


def test_value_outside_the_slider_widens_it_and_reset_restores_all(player, case2):
    before = player.read()
    ranges = {g.name: player.slider(g.name).evaluate("s => [s.min, s.max, s.value]") for g in givens_of(case2)}
    for given, value in zip(givens_of(case2), itertools.cycle((123.456, -77.7)), strict=False):
        player.type_number(given.name, str(value))
        low, high, now = player.slider(given.name).evaluate("s => [s.min, s.max, s.value].map(Number)")
        assert low <= value <= high
        assert now == pytest.approx(value, abs=given.step)
    with player.dragging("w1") as to:
        assert to(0.95) == player.value("w1") > 100
    player.type_number("w2", "rubbish")
    player.button(PLAYER_WORDS["reset"]).click()
    assert player.note("w2") == ""
    assert player.read() == before
    assert ranges == {g.name: player.slider(g.name).evaluate("s => [s.min, s.max, s.value]") for g in givens_of(case2)}


def test_reset_keeps_the_beat(player, case2):
    player.enter_by_tab()
    player.press("End")
    with player.dragging("w7") as to:
        to(0.1)
    player.button(PLAYER_WORDS["reset"]).click()
    Expected(case2).check_beat(player.read(), len(case2.beats) - 1)


def test_step_slider_and_buttons(player, case2):
    last = len(case2.beats) - 1
    with player.dragging("step") as to:
        for share in (0.5, 1, 0.25):
            beat = int(to(share))
            assert abs(beat - share * last) <= 1
            Expected(case2).check_beat(player.read(), beat)
    for label, beat in (
        ("last", last),
        ("previous", last - 1),
        ("next", last),
        ("next", last),
        ("first", 0),
        ("previous", 0),
    ):
        player.button(PLAYER_WORDS[label]).click(force=True)  # even where it says that it is disabled
        assert player.beat() == beat
    for label, disabled in (("first", "true"), ("previous", "true"), ("next", "false"), ("last", "false")):
        assert player.button(PLAYER_WORDS[label]).get_attribute("aria-disabled") == disabled


@pytest.mark.parametrize("make", [bpviz.case2, bpviz.case1, lambda: bpviz.case1("exact")])
def test_phase_tabs(page, tmp_path, make):
    example = make()
    example.to_html(tmp_path / "page.html")
    page.goto((tmp_path / "page.html").as_uri())
    player = PlayerDriver(page)
    for phase in ("update", "backward", "loss", "forward"):
        player.button(words()[f"phases.{phase}"]).click()
        first = next(k for k, beat in enumerate(example.beats) if beat.phase == phase)
        Expected(example).check_beat(player.read(), first)


def test_keys_belong_to_the_control_that_needs_them(player):
    player.box("w5").click()
    for key in ("ArrowLeft", "ArrowRight", "Home", "End", "PageDown", "Space"):
        player.press(key)
        assert player.beat() == 0, f"{key} in a box moves the story"
    player.press("Escape")
    player.slider("w5").focus()
    player.press("ArrowRight")
    assert player.value("w5") == pytest.approx(0.41)
    assert player.beat() == 0
    for control in (player.slider("step"), player.button(PLAYER_WORDS["reset"]), player.stage):
        player.press("Home")
        control.focus()
        player.press("Home", "ArrowRight", "ArrowRight", "ArrowLeft")
        assert player.beat() == 1


def start_playing(page, file) -> PlayerDriver:
    """A player on a page whose clock stands still until the test moves it."""
    page.clock.install()
    page.goto(file.as_uri())
    player = PlayerDriver(page)
    player.settle = lambda: page.clock.run_for(50)
    page.clock.pause_at(page.evaluate("() => Date.now() + 1000"))
    return player


@pytest.mark.parametrize("how", ["button", "space"])
def test_play_pause_speed(page, file, how):
    player = start_playing(page, file)

    def toggle(label):
        if how == "button":
            player.button(PLAYER_WORDS[label]).click()
        else:
            player.stage.focus()
            player.press("Space")

    toggle("play")
    assert player.beat() == 1, "play takes the first step at once"
    page.clock.run_for(BEAT_MILLISECONDS)
    assert player.beat() == 2
    toggle("pause")
    page.clock.run_for(5 * BEAT_MILLISECONDS)
    assert player.beat() == 2, "pause stops"
    player.button(f"{PLAYER_WORDS['speed']} 1×").click()
    player.button(f"{PLAYER_WORDS['speed']} 2×").wait_for()
    toggle("play")
    assert player.beat() == 3
    page.clock.run_for(2 * BEAT_MILLISECONDS)
    assert player.beat() == 7, "twice as fast"
    player.press("ArrowLeft")
    assert player.beat() == 6
    page.clock.run_for(5 * BEAT_MILLISECONDS)
    assert player.beat() == 6, "a step by hand stops playing"


def test_play_stops_at_the_end_and_begins_again(page, file, case2):
    player = start_playing(page, file)
    last = len(case2.beats) - 1
    player.stage.focus()
    player.press("End", "ArrowLeft", "Space")
    assert player.beat() == last
    page.clock.run_for(5 * BEAT_MILLISECONDS)
    assert player.beat() == last
    player.button(PLAYER_WORDS["play"]).click()
    assert player.beat() == 0
    page.clock.run_for(BEAT_MILLISECONDS)
    assert player.beat() == 1


def test_a_long_number_stays_in_sight_while_it_is_typed(page, tmp_path):
    player = open_page(page, tmp_path, bpviz.case1())
    box = player.box("w14")
    box.fill("-12.3456")
    box.press("Enter")
    assert box.evaluate("box => box === document.activeElement")
    assert box.input_value() == "-12.3456"
    assert box.evaluate("box => box.scrollWidth <= box.clientWidth")
