"""axe-core looks over the exported page: nothing serious or critical, light and dark, whatever is open."""

import pytest
from player_driver import PlayerDriver

import bpviz
from bpviz.ground.words import words

WORDS = words().section("player")
GRAVE = ("serious", "critical")
RUN = """async () => (await axe.run(document)).violations.map(({ id, impact, help, nodes }) =>
  ({ id, impact, help, where: nodes.slice(0, 3).map(node => node.html.slice(0, 160)) }))"""


@pytest.fixture(scope="session")
def axe(repo_root, in_ci) -> str:
    """The text of axe-core, which `make lint` installs with the other development tools."""
    path = repo_root / "node_modules/axe-core/axe.min.js"
    if not path.is_file():
        missing = "axe-core is not installed (npm ci brings it): the page was NOT checked for accessibility."
        (pytest.fail if in_ci else pytest.skip)(missing)
    return path.read_text(encoding="utf-8")


def open_page(page, tmp_path, axe, example, theme, panels=None) -> PlayerDriver:
    example.to_html(tmp_path / "page.html", panels=panels)
    page.emulate_media(color_scheme=theme, reduced_motion="reduce")
    page.goto((tmp_path / "page.html").as_uri())
    page.evaluate(axe)
    return PlayerDriver(page)


def by_layer():
    return bpviz.network([3, 5, 2], biases="init", detail="layer")


def grave(page) -> list[dict]:
    return [finding for finding in page.evaluate(RUN) if finding["impact"] in GRAVE]


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("make", [bpviz.case2, bpviz.neuron, bpviz.case1, by_layer])
def test_nothing_serious(page, tmp_path, axe, make, theme):
    example = make()
    player = open_page(page, tmp_path, axe, example, theme)
    for beat in (0, len(example.beats) // 2, len(example.beats) - 1):
        player.slider("step").fill(str(beat))
        player.settle()
        assert grave(page) == [], beat
    player.bring("table")
    assert grave(page) == [], "with the table open"
    player.button(WORDS["present"]).click()
    player.settle()
    assert grave(page) == [], "presenting"


PANELS = ("training", "slice", "surface", "truth", "data", "table")
LAYOUTS = {(1186, 530): "side", (860, 530): "side", (1280, 1000): "tall", (844, 390): "low", (390, 844): "stack"}


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("size", LAYOUTS, ids=str)
def test_nothing_serious_however_the_parts_stand(page, tmp_path, axe, size, theme):
    page.set_viewport_size({"width": size[0], "height": size[1]})
    page.add_init_script("Object.defineProperty(Document.prototype, 'fullscreenEnabled', { value: false })")
    example = bpviz.case1("exact", data="xor")
    player = open_page(page, tmp_path, axe, example, theme, PANELS)
    assert page.locator(".bpviz").get_attribute("data-layout") == LAYOUTS[size]
    for name in PANELS:
        player.bring(name)
        assert grave(page) == [], name
    for beat in (len(example.beats) // 2, len(example.beats) - 1):
        player.slider("step").fill(str(beat))
        player.settle()
        assert grave(page) == [], beat
    player.button(WORDS["present"]).click()
    player.settle()
    assert grave(page) == [], "presenting"


def test_axe_notices(page, tmp_path, axe):
    player = open_page(page, tmp_path, axe, bpviz.neuron(), "light")
    player.slider("w1").evaluate(
        "slider => { slider.removeAttribute('aria-label'); slider.parentElement.replaceWith(slider); }"
    )
    player.root.locator(".bpviz-caption").evaluate("caption => { caption.style.color = '#bbb'; }")
    assert {"label", "color-contrast"} <= {finding["id"] for finding in grave(page)}
