"""The address of a page: it keeps what is changed over reload and Back, and a link leads to a moment."""

from urllib.parse import quote

import pytest
from engine_page import ENTER, EnginePage
from expected import Expected
from other_engines import ENGINES
from player_driver import PlayerDriver, open_page

import bpviz
from bpviz.ground.words import words

WORDS = words().section("player")
CASE2 = bpviz.case2()
IDS = [beat.id for beat in CASE2.beats]
VALUE = 0.1 + 0.2  # 0.30000000000000004: all its digits travel
PLAIN = {"panels": ["switches"]}  # every number of the player is in sight
FRAGMENT = f"#step=dE_dw1&w5={VALUE!r}"


def fragment(page):
    return page.evaluate("() => location.hash")


def wait_for_fragment(page, wanted):
    page.wait_for_function("wanted => location.hash === wanted", arg=wanted)


def open_at(page, address, shown=CASE2):
    page.goto("about:blank")  # only the fragment would change otherwise
    page.goto(address)
    page.locator(".bpviz-card").wait_for()
    return PlayerDriver(page)


def note(page):
    line = page.locator(".bpviz-link-note")
    return line.inner_text() if line.is_visible() else ""


def ignored(*parts):
    return WORDS["address_ignored"].format(parts=", ".join(parts))


def test_the_address_follows_and_reload_goes_on_from_it(page, tmp_path):
    player = open_page(page, tmp_path, CASE2, **PLAIN)
    assert fragment(page) == ""
    player.type_number("w5", repr(VALUE))
    player.slider("step").fill(str(IDS.index("dE_dw1")))
    wait_for_fragment(page, FRAGMENT)
    page.reload()
    page.locator(".bpviz-card").wait_for()
    player = PlayerDriver(page)
    Expected(CASE2, w5=VALUE).check_beat(player.read(), IDS.index("dE_dw1"))
    player.stage.focus()
    player.press("Control+z", "Home")
    Expected(CASE2).check_beat(player.read(), 0)
    wait_for_fragment(page, "")


def test_a_reload_right_after_a_change_keeps_it(page, tmp_path):
    player = open_page(page, tmp_path, CASE2)
    player.type_number("w5", "0.9")
    page.reload()
    page.locator(".bpviz-card").wait_for()
    assert PlayerDriver(page).value("w5") == 0.9


def test_back_keeps_what_was_changed(page, tmp_path):
    player = open_page(page, tmp_path, CASE2, **PLAIN)
    player.type_number("w5", "0.9")
    player.stage.focus()
    player.press("ArrowRight")
    wait_for_fragment(page, "#step=net_h1&w5=0.9")
    assert page.evaluate("() => history.length") == 2, "a change is no page of its own"
    (tmp_path / "other.html").write_text("<title>other</title>")
    page.goto((tmp_path / "other.html").as_uri())
    page.go_back()
    page.locator(".bpviz-card").wait_for()
    Expected(CASE2, w5=0.9).check_beat(PlayerDriver(page).read(), 1)


def test_training_keeps_its_values_and_begins_to_count_anew(page, tmp_path):
    player = open_page(page, tmp_path, CASE2, start="E_total")
    player.button("Train 100 rounds").click()
    page.wait_for_function("() => location.hash.includes('w8=')")
    page.reload()
    page.locator(".bpviz-card").wait_for()
    player, final = PlayerDriver(page), CASE2.train(100).final
    for given in CASE2.program.givens:
        assert player.value(given.name) == pytest.approx(final[given.name], rel=1e-12)
    assert page.locator(".bpviz-rounds").inner_text() == WORDS["rounds"].format(n=0)


def test_switches_panels_and_the_slice_travel(page, tmp_path):
    player = open_page(page, tmp_path, CASE2, width=1280, height=720)
    for name, choice in (("update", "sequential"), ("train_biases", "true"), ("slice_of", "b1")):
        page.locator(".bpviz-panel-tab[id$='slice']").click()
        page.locator(f"select[name={name}]").select_option(choice)
        player.settle()
    wait_for_fragment(page, "#update=sequential&train_biases=true&front=slice&slice_of=b1")
    page.reload()
    page.locator(".bpviz-card").wait_for()
    chosen = "all => all.map(select => [select.name, select.value])"
    assert dict(page.locator("select").evaluate_all(chosen)) == {
        "update": "sequential",
        "train_biases": "true",
        "slice_of": "b1",
    }
    assert page.locator(".bpviz-slice").is_visible()
    beats = len(bpviz.case2("sequential", True).beats)
    assert PlayerDriver(page).read()["count"] == WORDS["step_of"].format(n=1, total=beats)


def test_a_link_leads_to_a_moment_of_another_variant(page, tmp_path):
    open_page(page, tmp_path, CASE2, **PLAIN)
    example = bpviz.case2(train_biases=True)
    player = open_at(page, (tmp_path / "page.html").as_uri() + "#step=dE_db2&train_biases=true&eta=1e%2B0")
    beat = [each.id for each in example.beats].index("dE_db2")
    Expected(example, eta=1.0).check_beat(player.read(), beat)
    assert note(page) == ""


def test_only_what_is_not_as_the_page_begins_is_written(page, tmp_path):
    begun = bpviz.case2().player(start="dE_dw5")
    begun.w5 = 0.9
    begun.train(3)
    player = open_page(page, tmp_path, begun)
    assert page.locator(".bpviz-rounds").inner_text() == WORDS["rounds"].format(n=3)
    player.stage.focus()
    player.press("ArrowLeft")
    wait_for_fragment(page, f"#step={IDS[IDS.index('dE_dw5') - 1]}")
    player.press("ArrowRight")
    wait_for_fragment(page, "")
    player.type_number("w5", "0.4")
    wait_for_fragment(page, "#w5=0.4")
    player.press("Control+z")
    wait_for_fragment(page, "")
    player.settle()
    assert page.locator(".bpviz-rounds").inner_text() == WORDS["rounds"].format(n=3)


RUBBISH = [
    "what=1",
    "w5=",
    "w5=abc",
    "w5=1e400",
    "w5=NaN",
    "w5=1,5",
    "w99=0.5",
    "step=nowhere",
    "step=dE_db2",  # of another variant
    "step=-1",
    "update=never",
    "front=nothing",
    "slice_of=i1",
    "variant=1",
    "__proto__=1",
    "constructor=1",
    "%=1",
    "%E0%A4%A",
    "=",
    "top",
    "w5=<img src=x onerror=alert(1)>",
]


def test_rubbish_is_ignored_with_a_word(page, tmp_path):
    open_page(page, tmp_path, CASE2, **PLAIN)
    for part in RUBBISH:
        player = open_at(page, f"{(tmp_path / 'page.html').as_uri()}#{part}&eta=0.25")
        Expected(CASE2, eta=0.25).check_beat(player.read(), 0)
        assert note(page) == ignored(part)
        assert page.locator(".bpviz-spoken").inner_text() == ignored(part)
        assert page.locator("img").count() == 0
    player.stage.focus()
    player.press("ArrowRight")
    player.settle()
    assert note(page) == ""


def test_long_rubbish_is_shortened_and_a_name_counts_once(page, tmp_path):
    open_page(page, tmp_path, CASE2)
    player = open_at(page, f"{(tmp_path / 'page.html').as_uri()}#w5=0.9&w5=0.8")
    assert (player.value("w5"), note(page)) == (0.9, ignored("w5=0.8"))
    open_at(page, f"{(tmp_path / 'page.html').as_uri()}#{quote('ä' * 5000)}")
    assert note(page) == ignored("ä" * 60 + "…")


def test_changing_the_address_by_hand_goes_there(page, tmp_path):
    player = open_page(page, tmp_path, CASE2, **PLAIN, start="E_total")
    player.type_number("w6", "0.8")
    wait_for_fragment(page, "#w6=0.8")
    page.evaluate("fragment => { location.hash = fragment; }", FRAGMENT)
    page.wait_for_function("() => document.querySelector('input[name=step]').value !== '0'")
    Expected(CASE2, w5=VALUE).check_beat(player.read(), IDS.index("dE_dw1"))
    player.type_number("w5", "0.7")
    player.stage.focus()
    player.press("Control+z")
    assert (player.value("w5"), player.value("w6")) == (VALUE, 0.45), "the way there is a change of its own"
    player.press("Control+z")
    assert (player.value("w5"), player.value("w6")) == (0.4, 0.8)
    page.go_back()
    page.wait_for_function(f"() => document.querySelector('input[name=step]').value === '{IDS.index('E_total')}'")
    Expected(CASE2, w6=0.8).check_beat(player.read(), IDS.index("E_total"))


def test_copy_link_copies_the_moment_at_once(page, tmp_path):
    player = open_page(page, tmp_path, CASE2)
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    player.type_number("w5", "0.9")
    button = player.button(WORDS["copy_link"])
    button.click()
    page.locator(".bpviz-link-note").wait_for()
    assert note(page) == WORDS["link_copied"]
    copied = page.evaluate("() => navigator.clipboard.readText()")
    assert copied == (tmp_path / "page.html").as_uri() + "#w5=0.9"
    player.stage.focus()
    assert note(page) == ""
    assert open_at(page, copied).value("w5") == 0.9


def test_a_link_does_not_promise_the_table_of_data(page, tmp_path):
    for example, lost in ((bpviz.case1("exact", data="xor"), f" {WORDS['link_without_data']}"), (CASE2, "")):
        player = open_page(page, tmp_path, example)
        page.context.grant_permissions(["clipboard-read", "clipboard-write"])
        button = player.button(WORDS["copy_link"])
        assert button.get_attribute("title") == WORDS["link_carries"] + lost
        button.click()
        page.locator(".bpviz-link-note").wait_for()
        assert note(page) == WORDS["link_copied"] + lost


def test_without_a_clipboard_the_link_stands_selected(page, tmp_path):
    player = open_page(page, tmp_path, CASE2)
    page.evaluate("() => Object.defineProperty(navigator, 'clipboard', { value: undefined })")
    player.button(WORDS["copy_link"]).click()
    page.locator(".bpviz-link-note").wait_for()
    assert note(page) == WORDS["press_copy_link"]
    assert page.evaluate("() => String(getSelection())") in ("", (tmp_path / "page.html").as_uri())
    assert player.root.get_by_label(WORDS["link"]).input_value() == (tmp_path / "page.html").as_uri()


def test_a_page_in_a_page_without_an_address_plays_on(page, tmp_path):
    open_page(page, tmp_path, CASE2)
    inner = (tmp_path / "page.html").read_text(encoding="utf-8")
    page.goto("about:blank")
    page.evaluate(
        """text => {
          const frame = document.createElement("iframe");
          frame.setAttribute("sandbox", "allow-scripts");
          Object.assign(frame, { srcdoc: text, width: 1200, height: 800 });
          document.body.append(frame);
        }""",
        inner,
    )
    frame = page.frame_locator("iframe")
    frame.locator(".bpviz-card").wait_for()
    frame.locator(".bpviz-stage").focus()
    page.keyboard.press("ArrowRight")
    frame.locator("input[name=step]").and_(frame.locator("[aria-valuenow], *")).first.wait_for()
    assert frame.get_by_role("button", name=WORDS["copy_link"]).count() == 0
    assert page.url == "about:blank"


def test_the_widget_has_no_address():
    from bpviz.views.player import assets

    assert "location" in assets.page_script()
    for word in ("location.", "replaceState", "hashchange", "keepAddress"):
        assert word not in assets.widget_module()


@pytest.mark.parametrize("engine_page", ENGINES, indirect=True)
def test_every_engine_keeps_and_finds_a_moment(engine_page: EnginePage, tmp_path):
    file = tmp_path / "page.html"
    engine_page.open(file, CASE2, **PLAIN)
    engine_page.click(".bpviz-box[data-bp='w5']")
    engine_page.press(*repr(VALUE), ENTER)
    engine_page.run("show(given[0]);", IDS.index("dE_dw1"))
    engine_page.wait_for(f"location.hash === {FRAGMENT!r}")
    expected = Expected(CASE2, w5=VALUE)
    for leave in ("reload", "back", "link"):
        if leave == "reload":
            engine_page.driver.refresh()
        elif leave == "back":
            (tmp_path / "other.html").write_text("<title>other</title>")
            engine_page.driver.get((tmp_path / "other.html").as_uri())
            engine_page.driver.back()
        else:
            engine_page.driver.get("about:blank")
            engine_page.driver.get(file.as_uri() + FRAGMENT)
        engine_page.wait_for("document.querySelector('.bpviz-card')")
        expected.check_beat(engine_page.read(), IDS.index("dE_dw1"))
    engine_page.run("location.hash = given[0];", "#w5=0.9&what=1")
    engine_page.wait_for("document.querySelector('input[name=step]').value === '0'")
    Expected(CASE2, w5=0.9).check_beat(engine_page.read(), 0)
    assert engine_page.find(".bpviz-link-note").text == ignored("what=1")
