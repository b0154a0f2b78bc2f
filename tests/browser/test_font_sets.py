"""The sets of fonts are what the layout tests take them for: a browser sees its set, and nothing of the other."""

import pytest

IS_MONOSPACED = """family => {
  const pen = new OffscreenCanvas(1, 1).getContext("2d");
  pen.font = `40px "${family}", serif`;
  return pen.measureText("iiii").width === pen.measureText("WWWW").width;
}"""
OF_SET = {"dejavu": "DejaVu Sans Mono", "others": "Latin Modern Mono"}


@pytest.mark.layout
def test_a_browser_sees_its_set_alone(page, fonts):
    if fonts is None:
        pytest.skip("layouts are tested with this machine's own fonts; --every-font takes the two sets")
    assert {name for name, family in OF_SET.items() if page.evaluate(IS_MONOSPACED, family)} == {fonts}
