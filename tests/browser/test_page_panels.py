"""Which panels stand under the steps, and a page that goes on where a player was saved."""

import looks
import pytest
from expected import Expected
from page_state import with_state
from player_driver import PlayerDriver, agree

import bpviz
from bpviz.ground.words import words
from bpviz.views.player.page import html
from bpviz.views.score.score import score

WORDS = words().section("player")
CHOICES = [[], ["training"], ["slice"], ["truth"], ["schedules"], ["training", "table"], ["training", "truth"], None]
STANDING = "root => [...root.querySelectorAll('.bpviz-panel')].map(panel => panel.dataset.panel)"
# Of those that are seen: name, left, right, top.
SHAPE = """root => [...root.querySelectorAll(".bpviz-panel:not([hidden])")].map(panel => {
  const { left, right, top } = panel.getBoundingClientRect();
  return [panel.dataset.panel, Math.round(left), Math.round(right), Math.round(top)];
})"""


def open_page(page, path) -> PlayerDriver:
    page.set_viewport_size({"width": 1280, "height": 2400})
    page.emulate_media(reduced_motion="reduce")
    page.goto(path.as_uri())
    return PlayerDriver(page)


@pytest.mark.parametrize("panels", CHOICES, ids=str)
def test_only_the_chosen_panels_stand(page, tmp_path, panels):
    bpviz.case2().to_html(tmp_path / "page.html", start="dE_dw5", panels=panels)
    player = open_page(page, tmp_path / "page.html")
    wanted = ["training", "slice", "truth", "table"] if panels is None else panels
    assert player.root.evaluate(STANDING) == wanted
    assert player.root.locator("[role=tab]").count() == (len(wanted) if len(wanted) > 1 else 0)
    assert player.root.locator(".bpviz-edge[role=button]").count() == (8 if "slice" in wanted else 0)
    for width, beside in ((1280, 3), (640, 1)):
        page.set_viewport_size({"width": width, "height": 2400})
        page.reload()
        page.locator(".bpviz-card").wait_for()
        looks.start_looking(page)
        if len(wanted) > 1:
            player.bring(wanted[0])  # the page remembers what was in front
        player.settle()
        assert [name for name, *_ in player.root.evaluate(SHAPE)] == wanted[:beside]
        for name in wanted:
            player.bring(name)
            shape = player.root.evaluate(SHAPE)
            if "table" not in [shown for shown, *_ in shape]:  # it scrolls
                assert looks.problems(page) == []
            assert len({top for *_, top in shape}) == 1
            assert name in [shown for shown, *_ in shape]
            assert shape[-1][2] == pytest.approx(right_of(player.root.bounding_box()), abs=2)


def right_of(box: dict[str, float]) -> float:
    return box["x"] + box["width"]


@pytest.mark.parametrize("wide", [["data"], ["schedules"], ["data", "schedules"]], ids=str)
@pytest.mark.parametrize("small", [[], ["training", "slice", "truth"]], ids=str)
def test_a_wide_panel_takes_the_room_of_two(page, tmp_path, small, wide):
    bpviz.case1(data="xor").to_html(tmp_path / "page.html", start="done", panels=[*small, *wide])
    player = open_page(page, tmp_path / "page.html")
    card = player.root.bounding_box()
    for name in wide:
        player.bring(name)
        shape = player.root.evaluate(SHAPE)
        assert [shown for shown, *_ in shape] == [*small[:1], name]
        assert (shape[0][1], shape[-1][2]) == pytest.approx((card["x"], right_of(card)), abs=2)
        share = 2 / 3 if small else 1
        assert shape[-1][2] - shape[-1][1] == pytest.approx(card["width"] * share, abs=4)


def test_a_damaged_choice_is_refused_in_words(page, tmp_path):
    sound = html(score(bpviz.neuron()))
    for panels in ("truth", ["graph"], ["truth", "truth"], None, 3):
        (tmp_path / "page.html").write_text(with_state(sound, {"panels": panels}))
        page.goto((tmp_path / "page.html").as_uri())
        assert "panels" in page.get_by_role("alert").inner_text(), repr(panels)
        assert page.locator(".bpviz-card").count() == 0


def test_a_saved_player_goes_on_where_it_stood(page, tmp_path):
    example = bpviz.case2()
    saved = example.player(start="done", panels=["training", "slice"])
    saved.w5, saved.beat, saved.slice_of = 0.9, 12, "w7"
    saved.to_html(tmp_path / "page.html")
    player = open_page(page, tmp_path / "page.html")
    Expected(example, w5=0.9).check_beat(player.read(), 12)
    assert player.root.locator("select[name=slice_of]").input_value() == "w7"
    assert player.root.locator(".bpviz-truth").count() == 0
    player.button(WORDS["undo"]).click()
    Expected(example).check_beat(player.read(), 12)
    player.button(WORDS["redo"]).click()
    Expected(example, w5=0.9).check_beat(player.read(), 12)


def test_rounds_trained_in_python_can_be_undone_on_the_page(page, tmp_path):
    example = bpviz.case2()
    saved = example.player(start="done", panels=["training"])
    saved.train(10)
    saved.train(90)
    saved.to_html(tmp_path / "page.html")
    player = open_page(page, tmp_path / "page.html")
    for rounds in (100, 10, 0, 10):
        assert player.root.locator(".bpviz-rounds").inner_text() == f"round {rounds}"
        after = example.train(rounds).final
        assert agree(player.value("w5"), after["w5"])
        player.button(WORDS["redo" if rounds == 0 else "undo"]).click()
        player.settle()
