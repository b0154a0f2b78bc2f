"""A drag writes what has changed and nothing else: to write the same again costs the browser styles and layouts."""

import player_driver
import pytest

import bpviz

WATCH = """root => {
  window.news = [];
  window.again = [];
  const text = nodes => [...nodes].map(node => node.textContent).join("");
  const isNew = ({ type, target, attributeName, oldValue, removedNodes, addedNodes }) =>
    type === "childList" ? text(removedNodes) !== text(addedNodes) || [...addedNodes].some(node => node.children)
      : oldValue !== (type === "attributes" ? target.getAttribute(attributeName) : target.data);
  const told = ({ target, attributeName }) => {
    const named = (target.closest ? target : target.parentElement).closest("[class]");
    return `${named?.getAttribute("class")} ${target.nodeName} ${attributeName ?? "text"}`;
  };
  const observer = new MutationObserver(records => {
    for (const record of records) (isNew(record) ? window.news : window.again).push(told(record));
  });
  const all = { subtree: true, childList: true, attributes: true, characterData: true };
  observer.observe(root, { ...all, attributeOldValue: true, characterDataOldValue: true });
}"""


@pytest.mark.parametrize("front", ["training", "slice", "truth", "table"])
@pytest.mark.parametrize(("make", "weight"), [(bpviz.case2, "w5"), (bpviz.case1, "w14")])
def test_a_drag_writes_nothing_again(page, tmp_path, make, weight, front):
    player = player_driver.open_page(page, tmp_path, make(), width=1186, height=530, start=-1, front=front)
    with player.dragging(weight) as to:
        to(0.3)
        player.root.evaluate(WATCH)
        to(0.6)
        news, again = page.evaluate("[window.news, window.again]")
    assert news
    assert sorted(set(again)) == []


def test_sliders_stand_in_columns_that_are_not_the_browsers_own(page, tmp_path):
    """All sliders in CSS columns are laid out again with each move of one thumb."""
    player = player_driver.open_page(page, tmp_path, bpviz.case1(), width=1186, height=530)
    groups = player.root.locator(".bpviz-groups")
    left, right = (groups.locator(f"> :nth-child({k})").bounding_box() for k in (1, 2))
    assert right["x"] >= left["x"] + left["width"]
    counts = "groups => [groups, ...groups.querySelectorAll('*')].map(part => getComputedStyle(part).columnCount)"
    assert set(groups.evaluate(counts)) == {"auto"}
