"""Saving and loading networks: nothing is lost, and what is damaged, foreign or newer is refused with the reason."""

import json

import pytest

import bpviz
from bpviz.views.score.score import score

OPTIONS = {
    "activation": ["relu", "softmax"],
    "loss": "cross_entropy",
    "biases": "init",
    "optimizer": "adam",
    "eta": 0.05,
    "skips": [((0, 1), (2, 2))],
    "labels": {(2, 1): "cat", "w1_1_1": "w1", "b2_1": "b_cat"},
    "detail": "layer",
}


@pytest.mark.parametrize(
    "options", [{}, OPTIONS, {"data": [[0, 1, 1], [1, 0, 0]]}, {"shared_biases": True, "biases": "init"}]
)
def test_a_loaded_network_is_the_saved_one(tmp_path, options):
    ex = bpviz.network([2, 3, 2], **options)
    ex.save(tmp_path / "mine.json")
    again = bpviz.load(tmp_path / "mine.json")
    assert again.program == ex.program
    assert again.data == ex.data
    assert score(again) == score(ex)
    assert again.train(5).losses.tolist() == ex.train(5).losses.tolist()


@pytest.mark.parametrize(("sizes", "biases"), [((2, 3, 2), None), ((4, 5, 6), None), ((1, 2, 1), [[0.5, -1], [2]])])
def test_a_loaded_perceptron_has_its_derivation(tmp_path, sizes, biases):
    ex = bpviz.perceptron(*sizes, biases=biases, eta=0.25, seed=4)
    ex.save(tmp_path / "mine.json")
    again = bpviz.load(tmp_path / "mine.json")
    assert score(again) == score(ex)
    player = ex.player()
    player.train(20)
    player.save(tmp_path / "trained.json")
    assert bpviz.load(tmp_path / "trained.json").run()["w1_1_1"] == player.w1_1_1 != ex.run()["w1_1_1"]


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"derived": 1}, "its derived must be true or false, not 1"),
        ({"derived": 0}, "its derived must be true or false, not 0"),
        ({"data": [[0, 1, 1]]}, "it is derived: then it has neither data nor a textbook"),
        ({"loss": "cross_entropy", "activation": "sigmoid"}, "a derived perceptron has no options but its sizes"),
        ({"sizes": [1, 7, 1]}, r"a derived perceptron has 3 layers of 1 to 6, not \[1, 7, 1\]"),
    ],
)
def test_a_perceptron_that_cannot_be_is_refused(tmp_path, change, told):
    path = tmp_path / "mine.json"
    bpviz.network([1, 7, 1] if "sizes" in change else [1, 1, 1]).save(path)
    whole = json.loads(path.read_text(encoding="utf-8")) | {"derived": True, "detail": "neuron"} | change
    path.write_text(json.dumps(whole), encoding="utf-8")
    with pytest.raises(ValueError, match=told):
        bpviz.load(path)


def test_a_player_is_saved_as_it_stands(tmp_path):
    player = bpviz.network([2, 3, 2], **OPTIONS).player()
    player.train(20)
    player.x1 = 0.125
    player.save(tmp_path / "trained.json")
    again = bpviz.load(tmp_path / "trained.json").run()
    for name in ("x1", "w1_2_1", "b2_1", "m_w2_1_1", "c2", "beta1"):
        assert again[name] == getattr(player, name)
    assert again["m_w2_1_1"] != 0.0


def test_a_player_keeps_its_table_and_the_row_in_the_picture(tmp_path):
    player = bpviz.network([2, 2, 1], data="xor").player()
    player.x1, player.x2, player.t1 = 1.0, 1.0, 0.1
    player.save(tmp_path / "xor.json")
    again = bpviz.load(tmp_path / "xor.json")
    assert (again.data, again.run()["x1"]) == (bpviz.data_sets.XOR, 1.0)


def test_a_saved_file_says_what_it_is(tmp_path):
    bpviz.network([2, 1], labels={(0, 1): "größe"}).save(tmp_path / "mine.json")
    told = json.loads((tmp_path / "mine.json").read_text(encoding="utf-8"))
    assert (told["bpviz"], told["version"], told["sizes"], told["labels"]) == ("network", 3, [2, 1], [[0, 1, "größe"]])
    assert set(told["values"]) == {"x1", "x2", "w1_1_1", "w1_1_2", "t1", "eta"}


DAMAGED = [
    ('{"bpviz": "network", "version": 1', "it is damaged, or no JSON: .* in line 1"),
    ("[1, 2]", "it is no network that bpviz saved"),
    ('{"bpviz": "figure"}', "it is no network that bpviz saved"),
    ("[" * 100_000, "cannot load"),
    ({"version": 4}, "it is of version 4, and this bpviz reads up to 3: a newer one wrote it"),
    ({"version": "1"}, "its version is '1', which is none"),
    ({"colour": "red"}, "it has 'colour', which version 3 does not know"),
    ({"loss": None}, "no loss None; losses are"),
    ({"sizes": [2, 3]}, "there is no value for"),
    ({"sizes": [400, 1]}, "there is room for 60"),
    ({"activation": ["swish"]}, "no activation 'swish'; choices are"),
    ({"biases": 1}, "its biases must be true or false, not 1"),
    ({"labels": [[1, 1]]}, "its labels must be a list of"),
    ({"labels": [[[], 1, "a"]]}, "cannot load"),
    ({"skips": [[[0, 1], [1, 1]]]}, "skips no layer"),
    ({"values": [1, 2]}, "its values must be numbers by name"),
    ({"data": [[1]]}, "row 1 must have 3 numbers, x1, x2, t1, not 1"),
]


@pytest.mark.parametrize(("change", "message"), DAMAGED)
def test_what_cannot_be_read_is_refused_with_the_reason(tmp_path, change, message):
    path = tmp_path / "mine.json"
    bpviz.network([2, 1]).save(path)
    text = json.dumps(json.loads(path.read_text()) | change) if isinstance(change, dict) else change
    path.write_text(text)
    with pytest.raises(ValueError, match=f"cannot load .*{message}" if "cannot" not in message else message):
        bpviz.load(path)


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ('"x1"', '"x9"', "there is no value for 'x1'"),
        ('"eta": 0.5', '"eta": NaN', "it holds NaN, which is no number"),
        ('"eta": 0.5', '"eta": "0.5"', "eta must be one number, not '0.5'"),
        ('"eta": 0.5', '"eta": 1e999', "eta must be finite"),
        ('"eta": 0.5', '"eta": 0.5, "mu": 0.9', "it has a value for 'mu', which this network does not have"),
        ('"loss"', '"loss_"', "it is damaged: it lacks 'loss'"),
    ],
)
def test_a_changed_value_is_refused_with_the_reason(tmp_path, old, new, message):
    path = tmp_path / "mine.json"
    bpviz.network([2, 1]).save(path)
    text = path.read_text()
    assert old in text
    path.write_text(text.replace(old, new, 1))
    with pytest.raises(ValueError, match=message):
        bpviz.load(path)


def test_files_that_are_not_there_or_no_text(tmp_path):
    with pytest.raises(FileNotFoundError, match=r"cannot read .*none\.json"):
        bpviz.load(tmp_path / "none.json")
    (tmp_path / "bytes").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(ValueError, match="it is no text"):
        bpviz.load(tmp_path / "bytes")
    with pytest.raises(TypeError, match="must be a text or a pathlib"):
        bpviz.load(5)
    with pytest.raises(FileNotFoundError, match="cannot write"):
        bpviz.network([2, 1]).save(tmp_path / "no folder" / "mine.json")


def test_an_old_file_stays_where_the_new_one_cannot_be_written(tmp_path, monkeypatch):
    path = tmp_path / "mine.json"
    bpviz.network([2, 1]).save(path)
    before = path.read_text()
    monkeypatch.setattr(
        "pathlib.Path.replace", lambda *_: (_ for _ in ()).throw(OSError(28, "No space left on device"))
    )
    with pytest.raises(OSError, match="No space left"):
        bpviz.network([3, 1]).save(path)
    assert path.read_text() == before
    assert [item.name for item in tmp_path.iterdir()] == ["mine.json"]


def test_only_networks_can_be_saved(tmp_path):
    with pytest.raises(ValueError, match="only networks can be saved"):
        bpviz.neuron().save(tmp_path / "n.json")
    with pytest.raises(ValueError, match="only networks can be saved"):
        bpviz.neuron().player().save(tmp_path / "n.json")
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("choices", [{"name": "hmkcode"}, {"name": "nielsen", "start": "saturated"}])
def test_a_textbook_keeps_its_citation_its_figures_and_its_names(tmp_path, choices):
    ex = bpviz.textbook(**choices)
    ex.save(tmp_path / "book.json")
    again = bpviz.load(tmp_path / "book.json")
    assert (again.name, again.citation, again.figures) == (ex.name, ex.citation, ex.figures)
    assert score(again) == score(ex)
    assert str(again.published()) == str(ex.published())
    again.save(tmp_path / "again.json")
    assert (tmp_path / "again.json").read_text() == (tmp_path / "book.json").read_text()


@pytest.mark.parametrize(
    ("textbook", "reason"),
    [
        ({"name": "nobody"}, "no textbook 'nobody'"),
        ({"name": "nielsen", "start": "far", "loss": "quadratic"}, "no start 'far' of nielsen"),
        ({"name": "nielsen"}, "no start None of nielsen"),
        ({"name": "cs231n"}, "no network of the textbook cs231n"),
        ("hmkcode", "its textbook must be a name and choices"),
        ({"start": "near"}, "its textbook must be a name and choices"),
    ],
)
def test_a_textbook_that_cannot_be_is_refused(tmp_path, textbook, reason):
    bpviz.network([1, 1], biases="init").save(tmp_path / "mine.json")
    told = json.loads((tmp_path / "mine.json").read_text())
    (tmp_path / "mine.json").write_text(json.dumps(told | {"textbook": textbook}))
    with pytest.raises(ValueError, match=reason):
        bpviz.load(tmp_path / "mine.json")


def test_a_file_of_version_1_can_be_read(tmp_path):
    ex = bpviz.network([2, 1], labels={(0, 1): "size"})
    ex.save(tmp_path / "mine.json")
    told = json.loads((tmp_path / "mine.json").read_text())
    older = {key: value for key, value in told.items() if key not in ("names", "textbook", "derived")} | {"version": 1}
    (tmp_path / "mine.json").write_text(json.dumps(older))
    assert score(bpviz.load(tmp_path / "mine.json")) == score(ex)
