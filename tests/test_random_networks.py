"""Gradients of random networks against complex steps; all of them are told, and their scores are valid."""

import random_networks

from bpviz.views.score.check import check_score
from bpviz.views.score.score import score

COUNT = 200
TOLERANCE = 1e-12


def test_gradients_of_random_networks():
    errors = {
        seed: random_networks.worst_gradient(random_networks.random_network_program(seed)) for seed in range(COUNT)
    }
    worst = max(errors, key=errors.__getitem__)
    print(f"worst gradient of {COUNT} networks: {errors[worst]:.1e}, seed {worst}")  # noqa: T201
    assert errors[worst] < TOLERANCE


def test_random_networks_are_told():
    for seed in range(0, COUNT, 10):
        ex = random_networks.random_network(seed)
        assert sorted(name for beat in ex.beats for name in beat.reveals) == sorted(s.name for s in ex.program.steps)
        check_score(score(ex))
