"""Long training: a progress bar that only those see who wait, an interrupt that ends it at once, memory in bounds."""

import os
import queue
import signal
import subprocess
import sys
import time

import numpy as np
import pytest
from jupyter_client.manager import start_new_kernel

import bpviz
from bpviz import progress
from bpviz.trace import AT_ONCE, MOST_ROUNDS

AT_ONCE_ENOUGH = 1.5  # seconds


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


@pytest.mark.parametrize("activation", ["identity", "sigmoid"])
def test_rounds_in_several_stretches_are_the_rounds_in_one(monkeypatch, activation):
    ex = bpviz.case2(activation=activation)
    eta = 20.0  # the identity diverges
    whole = ex.train(300, eta=eta)
    monkeypatch.setattr("bpviz.trace.AT_ONCE", 7)
    parts = ex.train(300, eta=eta)
    assert np.array_equal(whole.losses, parts.losses, equal_nan=True)
    assert dict(whole.final) == dict(parts.final)
    assert whole.diverged_at == parts.diverged_at
    assert (whole.diverged_at is None) == (activation == "sigmoid")


def test_divergence_ends_the_longest_run_at_once():
    begin = time.monotonic()
    history = bpviz.case2(activation="identity").train(MOST_ROUNDS, eta=1e308)
    assert time.monotonic() - begin < AT_ONCE_ENOUGH
    assert history.diverged_at == 1
    assert np.isnan(history.losses[2:]).all()
    assert len(history.losses) == MOST_ROUNDS + 1


def test_an_interrupt_ends_training_at_once_and_breaks_nothing():
    ex = bpviz.case2()
    before = ex.train(3).losses.tolist()
    old = signal.signal(signal.SIGALRM, lambda *_: os.kill(os.getpid(), signal.SIGINT))
    signal.setitimer(signal.ITIMER_REAL, 0.3)
    begin = time.monotonic()
    try:
        with pytest.raises(KeyboardInterrupt):
            ex.train(MOST_ROUNDS)
        assert time.monotonic() - begin < 0.3 + AT_ONCE_ENOUGH
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, old)
    assert ex.train(3).losses.tolist() == before


def printed(client) -> tuple[dict, str]:
    """The reply of the cell that runs, and what it printed."""
    reply, text = client.get_shell_msg(timeout=60)["content"], ""
    while True:
        try:
            message = client.get_iopub_msg(timeout=2)
        except queue.Empty:
            return reply, text
        text += message["content"].get("text", "")


def test_the_stop_button_of_a_notebook_ends_training_at_once():
    manager, client = start_new_kernel(kernel_name="python3")
    try:
        client.execute("import bpviz; ex = bpviz.case2()", reply=True, timeout=60)
        client.execute("ex.train(10_000_000)")
        time.sleep(2.0)  # long enough for the bar
        begin = time.monotonic()
        manager.interrupt_kernel()
        reply, _ = printed(client)
        assert (reply["status"], reply["ename"]) == ("error", "KeyboardInterrupt")
        assert time.monotonic() - begin < 2 + AT_ONCE_ENOUGH
        client.execute("print(len(ex.train(3).losses))")
        assert printed(client)[1].strip() == "4"
    finally:
        client.stop_channels()
        manager.shutdown_kernel(now=True)
