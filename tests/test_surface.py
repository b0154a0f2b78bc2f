"""The surface: the loss over two weights against runs on arrays, the path against training, and what a figure says."""

import numpy as np
import pytest

import bpviz
from bpviz.calculation.surfaces import surface
from bpviz.ground.words import words
from bpviz.views.figure.surface import levels

WORDS = words().section("player")
BOWL = {"learn": ("x", "y"), "name": "E"}


def graph(text: str, **options):
    return bpviz.graph(text, **BOWL, **options)


def bowl(eta: float):
    return graph("(x**2 + 3*y**2)/2", x=2, y=1, eta=eta)


def surface_of(example, names, rounds=100, **givens):
    values = example.program.values_of_givens(givens)
    return surface(example.program, names, rounds, values, example.data)


def test_the_loss_is_that_of_a_run_on_arrays():
    example = bpviz.case2()
    found = surface_of(example, ("w7", "w2"), 3, w2=3.0, w5=0.1)
    assert found.up[-1] == 3.0, "the range makes room for the value"
    run = example.run(w7=found.across, w2=found.up[:, None], w5=0.1)
    assert np.array_equal(found.losses, run["E_total"])


MOMENTUM = {"optimizer": "momentum", "inputs": [0.3, -0.8], "targets": [0.2], "seed": 3}


@pytest.mark.parametrize(
    ("example", "names"),
    [(bpviz.case2(), ("w5", "w1")), (bpviz.network([2, 2, 1], "tanh", **MOMENTUM), ("w1_1_1", "w2_1_1"))],
    ids=["plain", "with memory"],
)
def test_the_path_is_that_of_training(example, names):
    path = surface_of(example, names, 300).path
    assert path.rounds[:102] == (*range(101), 111)
    assert path.rounds[-1] == 300
    assert np.array_equal(path.losses, example.train(300).losses)
    for k in (0, 1, 60, 103, len(path.rounds) - 1):
        final = example.train(path.rounds[k]).final
        assert path.points[k].tolist() == [final[name] for name in example.program.trained]


def test_with_data_it_is_the_mean_and_goes_by_epochs():
    example = bpviz.case1(rule="exact", data="xor")
    found = surface_of(example, ("w46", "w56"), 30)
    history = example.train_on("xor", 30)
    assert np.array_equal(found.path.losses, history.mean_losses)
    assert [found.way()[0][-1], found.way()[1][-1]] == [history.weights["w46"], history.weights["w56"]]
    runs = [example.run(x1=a, x2=b, z=z, w46=found.across, w56=found.up[:, None])["E"] for a, b, z in example.data]
    assert np.allclose(found.losses, np.mean(runs, axis=0), rtol=1e-14, atol=0)


@pytest.mark.parametrize(
    ("eta", "regime"),
    [(0.0, "still"), (0.001, "small"), (0.1, "good"), (0.65, "large"), (0.7, "grows"), (900.0, "diverges")],
)
def test_each_regime_has_its_name(eta, regime):
    example = bowl(eta)
    path = surface_of(example, ("x", "y")).path
    assert path.regime == regime
    diverged = example.train(100).diverged_at
    assert path.diverged_at == diverged
    assert np.array_equal(path.losses, example.train(100).losses, equal_nan=True)
    if diverged:
        assert path.rounds[-1] == diverged - 1
        assert np.isfinite(path.points).all()


def test_a_start_without_a_number_and_a_range_that_overflows():
    example = bpviz.graph("log(x) + exp(y*1000)", learn=("x", "y"), x=-1, y=1, name="E")
    found = surface_of(example, ("x", "y"))
    assert (found.path.regime, found.path.rounds) == ("never", (0,))
    assert np.isnan(found.losses).any()
    assert np.isfinite(found.losses).any()
    assert np.isnan(found.losses[-1]).all(), "1e300 is more than any scale holds"
    figure = example.draw_surface("x", "y")
    assert WORDS["never_a_number"] in figure.description
    figure.to_png()


def test_levels_lie_between_the_ends_and_are_none_where_all_is_flat():
    found = surface_of(bpviz.case2(), ("w5", "w6"))
    steps = levels(found.losses)
    assert (np.diff(steps) > 0).all()
    assert found.losses.min() < steps[0]
    assert steps[-1] < found.losses.max()
    assert levels(np.array([[1e-300, 1e299], [1e-300, 1e299]])).max() < 1e299
    assert not levels(np.full((3, 3), 2.0)).size
    assert not levels(np.full((3, 3), np.nan)).size


@pytest.mark.parametrize("kind", ["contour", "3d"])
@pytest.mark.parametrize(
    "text",
    ["(x**2 + 3*y**2)/2", "relu(x + y - 100)", "log(x + y - 100)", "x**2 + 0*y"],
    ids=["bowl", "flat", "none", "one way"],
)
def test_a_figure_shows_what_there_is(text, kind):
    example = bpviz.graph(text, x=2, y=1, **BOWL)
    figure = example.draw_surface("x", "y", kind=kind)
    assert figure.description.startswith("A graph for E: the error over x and y\nstart: ")
    assert len(figure.to_png()) > 5000


def test_the_figure_says_where_the_path_leads():
    told = bpviz.case2().draw_surface("w5", "w6", rounds=10).description
    assert "start: 0.2984; round 10: 0.2209; lowest here: 0.0326. η is too small." in told
    assert told.endswith(WORDS["surface_others"])


def test_the_figure_of_data_speaks_of_means_and_epochs():
    example = bpviz.case1(rule="exact", data="xor")
    figure = example.draw_surface("w46", "w56", rounds=2)
    assert "(mean of 4 rows); epoch 2: " in figure.description
    assert "mean error" in [axes.get_ylabel() for axes in figure.axes]
    scale = line().draw_surface("w1_1_1", "b1_1").axes[1]
    assert scale.get_ylim()[0] == pytest.approx(0.03), "the scale begins at the lowest place"
    assert "after epoch" in line().draw_surface("w1_1_1", "b1_1", eta=100).description
    one = bpviz.network([1, 1], "identity", weights=[[[1]]], biases=[[1]], data=[(1, 2)])
    assert "mean of" not in one.draw_surface(*one.program.trained).description, "of one row there is no mean"


ROWS = [(0.5, 1.0), (1.5, 2.2), (2.5, 2.4), (3.5, 3.6), (4.5, 3.8)]


def line():
    return bpviz.network([1, 1], "identity", eta=0.05, weights=[[[-0.5]]], biases=[[2]], data=ROWS)


@pytest.mark.parametrize(
    ("make", "place", "loss"),
    [
        (line, (0.7, 0.85), 0.03),
        (lambda: bowl(0.1), (0, 0), 0),
        (lambda: graph("x**4 - 4*x**2 + x + y**2 + 6", x=1.8, y=1.5, eta=0.02), (-1.473, 0), 0.555808),
        (lambda: graph("100*(x - 0.37*y - 0.1)**2 + (x + y - 0.3)**2", x=1.9, y=1), (0.1540146, 0.1459854), 0),
        (lambda: graph("x + y", x=1, y=1), (-2, -2), -4),
        (lambda: graph("log(x)*(x - 1) + y**2", x=1.5, y=1), (1, 0), 0),
    ],
    ids=["line", "bowl", "two valleys", "ravine", "corner", "beside no numbers"],
)
def test_the_lowest_place_is_not_just_the_lowest_sample(make, place, loss):
    example = make()
    found = surface_of(example, example.program.trained)
    assert found.lowest.at == pytest.approx(place, abs=3e-4)
    assert found.lowest.loss == pytest.approx(loss, abs=1e-6)
    assert found.lowest.loss <= np.nanmin(found.losses)


def test_a_round_of_the_path_may_be_the_lowest_place():
    hole = graph("-exp(-1000000*((x - 0.123)**2 + (y - 0.234)**2)) + 0.001*x", x=0.1231, y=0.234, eta=1e-7)
    found = surface_of(hole, ("x", "y"))
    assert found.lowest.loss == found.path.losses.min() < found.losses.min() - 0.9
    assert found.lowest.at == tuple(found.path.points[np.argmin(found.path.losses)])
    example = bpviz.case2()
    found = surface_of(example, ("w5", "w6"))
    assert found.path.losses[-1] < found.lowest.loss, "where other weights have moved a round is not on the map"
    run = example.run(w5=found.lowest.at[0], w6=found.lowest.at[1])
    assert run["E_total"] == pytest.approx(found.lowest.loss, rel=1e-14)


@pytest.mark.parametrize(
    ("text", "givens", "regime"),
    [
        ("x**4 - 4*x**2 + x + y**2 + 6", {"x": 1.8, "y": 1.5, "eta": 0.02}, "above"),
        ("x**4 - 4*x**2 + x + y**2 + 6", {"x": -0.5, "y": 1.5, "eta": 0.02}, "good"),
        ("x**2 - y**2 + y**4/4", {"x": 2, "y": 0, "eta": 0.05}, "above"),
        ("x**2 - y**2 + y**4/4", {"x": 2, "y": 0.5, "eta": 0.05}, "good"),
        ("(x**2 + 25*y**2)/2", {"x": -2, "y": 1, "eta": 0.04}, "good"),
        ("x**2 + relu(y - 100)", {"x": 2, "y": 1, "eta": 0.1}, "good"),
    ],
)
def test_a_path_that_settles_above_the_lowest_place_is_not_called_good(text, givens, regime):
    example = graph(text, **givens)
    assert surface_of(example, ("x", "y")).regime == regime
    assert WORDS[f"surface_{regime}_means"] in example.draw_surface("x", "y").description


@pytest.mark.parametrize(
    ("names", "options", "message"),
    [
        (("w5", "w9"), {}, "no surface over 'w9': choose two of w5, w6, w7, w8, w1, w2, w3, w4"),
        (("b1", "w5"), {}, "no surface over 'b1'"),
        (("w5", "w5"), {}, "two different values, not 'w5' twice"),
        (("w5", "w6"), {"kind": "2d"}, "no kind '2d' of surface; kinds are contour, 3d"),
        (("w5", "w6"), {"rounds": -1}, "the number of rounds"),
        (("w5", "w6"), {"rounds": 10_001}, "the number of rounds"),
    ],
)
def test_what_cannot_be_drawn_is_refused(names, options, message):
    with pytest.raises(ValueError, match=message):
        bpviz.case2().draw_surface(*names, **options)
    with pytest.raises(TypeError, match="w5 is an array"):
        bpviz.case2().draw_surface("w5", "w6", w5=[1.0, 2.0])


def test_two_values_must_learn():
    one = bpviz.graph("(w - 2)**2", learn=("w",), w=1)
    for ask in (lambda: one.draw_surface("w", "w"), lambda: one.player(panels=["surface"])):
        with pytest.raises(ValueError, match="two values that learn, but only 'w' learns here"):
            ask()
    with pytest.raises(ValueError, match="nothing learns here"):
        bpviz.graph("x*2", x=1).player(panels=["surface"])


def test_givens_may_be_called_as_what_stands_before_the_stroke():
    example = bpviz.graph("across**2 + up**2", learn=("across", "up"), across=1, up=2)
    assert example.draw_surface("across", "up", across=0.5).get_label()
    with pytest.raises(ValueError, match="'kind'"):
        bpviz.graph("kind**2", kind=1)


def test_the_player_stands_on_two_trained_values():
    player = bpviz.case2().player(panels=["surface"])
    assert (player.surface_x, player.surface_y, player.front) == ("", "", "surface")
    player.surface_x = "w3"
    with pytest.raises(Exception, match="'surface_y' must be '' or one of w5, w6, w7, w8, w1"):
        player.surface_y = "i1"
    assert "surface" not in bpviz.case2().player().panels, "it stands where it is asked for"
