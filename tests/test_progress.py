"""Long training: a progress bar that only those see who wait, an interrupt that ends it at once, memory in bounds."""

import os
import signal
import subprocess
import sys

import numpy as np
import pytest
from jupyter_client.manager import start_new_kernel

import bpviz
from bpviz.calculation.training import AT_ONCE, MOST_ROUNDS
from bpviz.ground import progress


@pytest.fixture
def reached(monkeypatch) -> list[int]:
    """How many rounds were done after each stretch of a training that goes on."""
    stretches = []
    monkeypatch.setattr(progress.Progress, "reach", lambda self, done: stretches.append(done))
    return stretches


def test_what_is_done_at_once_shows_nothing_and_loads_no_bar():
    probe = "import bpviz, sys; bpviz.case2().train(50_000); sys.exit('tqdm' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", probe], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


def test_a_long_run_shows_how_far_it_is_and_leaves_nothing_behind(capsys, monkeypatch):
    ex = bpviz.case2()
    quiet = ex.train(3 * AT_ONCE + 7, eta=0.1)
    assert capsys.readouterr().err == ""
    monkeypatch.setattr(progress, "PATIENCE", 0.0)
    waited = ex.train(3 * AT_ONCE + 7, eta=0.1)
    shown = capsys.readouterr().err
    assert f"{AT_ONCE}/{3 * AT_ONCE + 7}" in shown
    assert "rounds/s" in shown
    assert shown.split("\r")[-1].strip() == "", "the bar is gone"
    assert np.array_equal(quiet.losses, waited.losses)


@pytest.mark.parametrize("wanted", [True, False])
def test_numeric_gradients_show_a_bar_where_it_is_wanted(capsys, monkeypatch, wanted):
    monkeypatch.setattr(progress, "PATIENCE", 0.0)
    bpviz.MLP([2, 3, 2]).numeric_gradients([[0.1, 0.2]], [1], progress=wanted)
    assert ("/17" in capsys.readouterr().err) == wanted


@pytest.mark.parametrize("activation", ["identity", "sigmoid"])
def test_rounds_in_several_stretches_are_the_rounds_in_one(monkeypatch, activation):
    ex = bpviz.case2(activation=activation)
    eta = 20.0  # the identity diverges
    whole = ex.train(300, eta=eta)
    monkeypatch.setattr("bpviz.calculation.training.AT_ONCE", 7)
    parts = ex.train(300, eta=eta)
    assert np.array_equal(whole.losses, parts.losses, equal_nan=True)
    assert dict(whole.final) == dict(parts.final)
    assert whole.diverged_at == parts.diverged_at
    assert (whole.diverged_at is None) == (activation == "sigmoid")


def test_divergence_ends_the_longest_run_in_its_first_stretch(reached):
    history = bpviz.case2(activation="identity").train(MOST_ROUNDS, eta=1e308)
    assert reached == []
    assert history.diverged_at == 1
    assert np.isnan(history.losses[2:]).all()
    assert len(history.losses) == MOST_ROUNDS + 1


def test_an_interrupt_ends_training_within_its_stretch_and_breaks_nothing(reached):
    ex = bpviz.case2()
    before, at = ex.train(3).losses.tolist(), []

    def interrupt(*_):
        at.append(len(reached))
        os.kill(os.getpid(), signal.SIGINT)

    old = signal.signal(signal.SIGPROF, interrupt)
    # Of this process's own time: a busy machine changes nothing. Again, should it fall where Python lets nothing out.
    signal.setitimer(signal.ITIMER_PROF, 0.3, 0.3)
    try:
        with pytest.raises(KeyboardInterrupt):
            ex.train(MOST_ROUNDS)
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, old)
    assert at[-1] == len(reached), "no stretch begins after the interrupt"
    assert reached, "training was under way"
    assert ex.train(3).losses.tolist() == before


def heard(client, request: str, until) -> list[dict]:
    """What a kernel says about a request, up to the message that is waited for."""
    messages = []
    while not messages or not until(messages[-1]):
        message = client.get_iopub_msg(timeout=60)
        if message["parent_header"].get("msg_id") == request:
            messages.append(message)
    return messages


def is_idle(message: dict) -> bool:
    return message["content"].get("execution_state") == "idle"


def shows_a_bar(message: dict) -> bool:
    return "rounds" in str(message["content"])


def test_the_stop_button_of_a_notebook_ends_training_and_leaves_the_kernel_in_order():
    manager, client = start_new_kernel(kernel_name="python3")
    try:
        client.execute("import bpviz; ex = bpviz.case2()", reply=True, timeout=60)
        long = client.execute(f"ex.train({MOST_ROUNDS})")
        heard(client, long, shows_a_bar)
        manager.interrupt_kernel()
        heard(client, long, is_idle)
        reply = client.get_shell_msg(timeout=60)["content"]
        assert (reply["status"], reply["ename"]) == ("error", "KeyboardInterrupt")
        said = heard(client, client.execute("print(len(ex.train(3).losses))"), is_idle)
        assert "".join(message["content"].get("text", "") for message in said).strip() == "4"
    finally:
        client.stop_channels()
        manager.shutdown_kernel(now=True)
