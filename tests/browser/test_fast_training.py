"""Training as WebAssembly: the register machine's bits, and a player that works where there is none."""

import math
import os
import random

import pytest
from browser_training import load_ways
from data_driver import mean, weights
from expected import plain_score
from player_driver import PlayerDriver
from shipped import load_shipped
from strategies import TAME, random_program
from test_evaluator import EXTREMES

import bpviz
from bpviz.algebra.ops import OPS
from bpviz.calculation.program import Program
from bpviz.ground.words import words
from bpviz.views.player.page import html
from bpviz.views.score.score import score

PROGRAMS = 50 if os.environ.get("CI") == "true" else 500
ALLOWED = " 'wasm-unsafe-eval'"
WORDS = words().section("player")
COUNT_MODULES = """() => {
  window.modules = 0;
  const Own = WebAssembly.Instance;
  WebAssembly.Instance = function (...given) {
    window.modules += 1;
    return new Own(...given);
  };
}"""
COMPARE = """([programs, extremes]) => {
  const next = randomNumbers(3);
  const number = () => (next() < 0.2 ? extremes[Math.floor(next() * extremes.length)] : 6 * next() - 3);
  const isSame = (a, b) => a.length === b.length && a.every((x, k) => Object.is(x, b[k]));
  const problems = [];
  const ends = { never: 0, atOnce: 0, later: 0 };
  const compare = (what, slow, fast) => {
    if (fast.divergedAt !== slow.divergedAt) problems.push(`${what}: ${fast.divergedAt}, not ${slow.divergedAt}`);
    for (const part of ["losses", "values"]) {
      if (!isSame(fast[part], slow[part])) problems.push(`${what}: ${part} ${fast[part]}, not ${slow[part]}`);
    }
    ends[slow.divergedAt === null ? "never" : slow.divergedAt ? "later" : "atOnce"] += 1;
  };
  const run = ([program, givens], index) => {
    const names = Object.keys(program.names);
    const numbers = count => Float64Array.from({ length: count }, number);
    const columns = [[givens.at(-1)], givens, [givens[0], names.at(-1)], []][index % 4];
    const rows = { columns, count: 3, numbers: numbers(3 * columns.length) };
    const order = Int32Array.of(2, 0, 1, 1, 2, 0, 0, 1, 2).subarray(0, [9, 3, 6][index % 3]);
    const pace = { of: givens.at(-1), rates: numbers(1 + index % 60) };
    const start = numbers(givens.length);
    const [slow, fast] = [Infinity, 0].map(worth => {
      const runner = createRunner(program, givens, worth);
      return [
        runner.rounds(start, 40),
        runner.rounds(start, 40, pace),
        runner.epochs(start, 20, rows, order),
        runner.epochs(start, 0, rows, order),
        runner.each(start, rows, names),
      ];
    });
    const each = slow.length - 1;
    for (let k = 0; k < each; k += 1) compare(`program ${index}, way ${k}`, slow[k], fast[k]);
    if (!isSame(slow[each], fast[each])) problems.push(`program ${index}, each: ${fast[each]}, not ${slow[each]}`);
  };
  programs.forEach(run);
  return { problems, ends };
}"""


LARGE = """async ([program, givens]) => {
  const { instantiate } = WebAssembly;
  let compiled;
  let runs = 0;
  const counted = run => (...given) => {
    runs += 1;
    return run(...given);
  };
  WebAssembly.instantiate = (...given) => (compiled = instantiate(...given).then(
    ({ instance }) => ({ instance: { exports: { run: counted(instance.exports.run) } } })));
  const runner = createRunner(program, givens, 0);
  const start = givens.map((_, k) => k / 40 - 0.3);
  const losses = () => [...runner.rounds(start, 30).losses, runs];
  const before = losses();
  await compiled;
  return [before, losses()];
}"""
MODULES_AFTER = """([{ program, givens }, rounds]) => {
  createRunner(program, givens.map(({ name }) => name)).rounds(givens.map(({ value }) => value), rounds);
  return window.modules;
}"""


def as_shipped(program: Program, rng: random.Random) -> tuple[dict, list[str]]:
    """A program as a score has it, and its givens; some of them become what any name is, another given too."""
    tape, givens = program.tape, [given.name for given in program.givens]
    trained = rng.sample(givens, rng.randint(1, len(givens)))
    return {
        "registers": tape.registers,
        "constants": list(tape.constants.items()),
        "code": [[op, target, *sources] for op, target, sources in tape.code],
        "names": dict(tape.names),
        "feedback": {name: rng.choice(list(program.names)) for name in trained},
        "loss": program.loss,
    }, givens


def large_program(rng: random.Random, steps: int) -> tuple[dict, list[str]]:
    """A program of so many instructions over the latest results; every other is a tanh: numbers stay ordinary."""
    givens = [f"x{k}" for k in range(31)]
    last = len(givens) + steps
    code = [
        [op, register, *(rng.randrange(max(0, register - 300), register) for _ in range(OPS[op].arity))]
        for register in range(len(givens), last)
        for op in ("tanh" if register % 2 else rng.choice(TAME),)
    ]
    names = {name: register for register, name in enumerate(givens)} | {f"s{k}": last - 1 - k for k in range(31)}
    feedback = {name: f"s{k}" for k, name in enumerate(givens) if k}
    return {
        "registers": last,
        "constants": [],
        "code": code,
        "names": names,
        "feedback": feedback,
        "loss": "s0",
    }, givens


@pytest.fixture
def fast(page):
    """A page with the shipped script that counts the modules it makes."""
    load_shipped(page)
    page.evaluate(COUNT_MODULES)
    return page


def test_random_programs_train_with_the_same_bits(fast):
    rng = random.Random(15)
    programs = [as_shipped(random_program(rng), rng) for _ in range(PROGRAMS)]
    assert {row[0] for program, _ in programs for row in program["code"]} == set(OPS)
    got = fast.evaluate(COMPARE, [programs, EXTREMES])
    assert got["problems"] == []
    assert min(got["ends"].values()) >= PROGRAMS // 10, "too few of one kind"
    assert fast.evaluate("() => window.modules") >= 3 * PROGRAMS


def test_worked_examples_train_with_the_same_bits(fast):
    examples = [bpviz.case2(), bpviz.case1(), bpviz.case1("exact", {1: "tanh", 6: "identity"}), bpviz.neuron()]
    programs = [(each["program"], [g["name"] for g in each["givens"]]) for each in map(plain_score, examples)]
    got = fast.evaluate(COMPARE, [programs, [20.0, -20.0]])
    assert got["problems"] == []
    assert fast.evaluate("() => window.modules") >= 3 * len(programs)


def test_a_large_program_is_compiled_beside_the_register_machine(fast):
    program, givens = large_program(random.Random(6), 6_000)
    (*slow, none), (*quick, one) = fast.evaluate(LARGE, [program, givens])
    assert (none, one) == (0, 1), "runs of WebAssembly"
    assert slow == quick
    assert all(map(math.isfinite, slow))


def test_it_takes_over_where_it_is_worth_it(fast):
    """Ten rounds are done before a module is made."""
    score = plain_score(bpviz.case2())
    assert fast.evaluate(MODULES_AFTER, [score, 10]) == 0
    assert fast.evaluate(MODULES_AFTER, [score, 10_000]) == 1


@pytest.fixture(params=["served", "absent", "refused"])
def open_in(page, tmp_path, request):
    """Opens an example's page in a browser that serves WebAssembly, has none, or is told by the page to refuse it."""

    def opened(example):
        text = html(score(example), start=len(example.beats) - 1)
        assert text.count(ALLOWED) == 1
        path = tmp_path / "page.html"
        path.write_text(text.replace(ALLOWED, "") if request.param == "refused" else text, encoding="utf-8")
        page.goto(path.as_uri())
        page.locator(".bpviz-card").wait_for()
        return PlayerDriver(page)

    page.add_init_script(f"({COUNT_MODULES})()")
    if request.param == "absent":
        page.add_init_script("delete window.WebAssembly")
    yield opened
    # What is refused says so by an exception, and Chromium reports none of it: `page` fails on any complaint.
    assert (page.evaluate("() => window.modules") > 0) is (request.param == "served")


def test_training_and_slice_need_none(open_in):
    ex = bpviz.case2()
    player = open_in(ex)
    curves = player.root.locator(".bpviz-curve, .bpviz-slice-curve")
    before = [curve.get_attribute("d") for curve in curves.all()]
    player.button(WORDS["train_rounds"].format(n="10,000")).click()
    player.type_number("w5", "0.7")
    assert player.value("w1") == pytest.approx(ex.train(10_000).final["w1"], rel=1e-9)
    player.button("Train 10 rounds").click()
    after = [curve.get_attribute("d") for curve in curves.all()]
    assert len(before) == 2
    assert all(was != now and "NaN" not in now for was, now in zip(before, after, strict=True))


def test_data_needs_none(open_in):
    ex = bpviz.case1("exact", data="xor")
    player = open_in(ex)
    player.bring("data")
    player.button("Train 1,000 epochs").click()
    history = ex.train_on("xor", 1_000)
    assert weights(player, ex) == pytest.approx(dict(history.weights), rel=1e-9)
    assert mean(player) == pytest.approx(history.mean_losses[-1], rel=1e-9)


def test_every_way_of_the_benchmark_gives_the_same_losses(page):
    load_ways(page)
    losses = page.evaluate("() => Object.values(ways).map(way => [...way(10_000)])")
    assert len(losses) == 3
    for each in losses:
        assert each == pytest.approx(bpviz.case2().train(10_000).losses[:-1], rel=1e-9)
