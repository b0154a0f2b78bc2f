"""The faces in a browser: each is there and in use, brackets stand close, what is measured too early is so again."""

import pytest
from page_state import state_of
from player_driver import open_page

import bpviz
from bpviz.views.player.page import html
from bpviz.views.score.score import score

FACES = """() => [...document.fonts].map(face => [face.family.replaceAll('"', ""), face.status])"""
FIRST = (
    """selector => getComputedStyle(document.querySelector(selector)).fontFamily.split(",")[0].replaceAll('"', "")"""
)
BRACKETS = """root => {
  const inEms = sign => sign.getBoundingClientRect().width / parseFloat(getComputedStyle(sign).fontSize);
  const opening = [...root.querySelectorAll(".bpviz-formula mo")].filter(sign => sign.textContent === "(");
  return opening.map(sign => [inEms(sign), sign.matches("[stretchy]")]);
}"""
LATE = """async state => {
  const frames = () => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)));
  let arrive;
  const gate = new Promise(done => (arrive = done));
  Object.assign(document.fonts, { check: () => false, load: () => gate });
  const el = document.body.appendChild(document.createElement("div"));
  const stop = render({ model: createModel(state), el });
  await frames();
  const isProbe = node => node instanceof Element && node.classList.contains("bpviz-probe");
  let probes = 0; // what is put beside a part to measure it
  const count = changes => (probes += changes.flatMap(({ addedNodes }) => [...addedNodes]).filter(isProbe).length);
  new MutationObserver(count).observe(el, { childList: true, subtree: true });
  await frames();
  const seen = [probes];
  arrive([]);
  await frames();
  seen.push(probes > 0);
  stop();
  el.remove();
  return seen;
}"""


def test_all_are_loaded_and_in_use(page, tmp_path):
    open_page(page, tmp_path, bpviz.case2(), start="dE_dw5")
    faces = page.evaluate(FACES)
    assert {status for _, status in faces} == {"loaded"}
    assert {family for family, _ in faces} == {"bpviz sans", "bpviz signs", "bpviz mono", "bpviz maths"}
    for selector, family in ((".bpviz-caption", "sans"), (".bpviz-box", "mono"), (".bpviz-formula math", "maths")):
        assert page.evaluate(FIRST, selector) == f"bpviz {family}"


@pytest.mark.parametrize("start", ["delta1", "update_4"])
def test_brackets_round_one_symbol_stand_close(page, tmp_path, start):
    player = open_page(page, tmp_path, bpviz.case1("exact"), start=start)
    brackets = player.root.evaluate(BRACKETS)
    assert brackets
    assert all(width < 0.45 for width, settled in brackets if settled)
    assert any(settled for _, settled in brackets)


def test_what_was_measured_before_they_came_is_measured_again(shipped):
    state = state_of(html(score(bpviz.neuron())))
    state |= {given["name"]: given["value"] for given in state["score"]["givens"]}
    assert shipped.evaluate(LATE, state) == [0, True]
