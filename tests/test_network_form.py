"""The form that builds a network: what its fields build, what it refuses and keeps, what it hands to a notebook."""

import pytest

import bpviz
from bpviz.views.player.network_form import MOST_LAYERS


@pytest.fixture
def form():
    return bpviz.network_form(panels=[])


def held(form):
    """What every field holds."""
    fields = [form.sizes, form.eta, form.seed, form.biases, *form.choices.values(), *form.activations]
    return [field.value for field in fields]


def test_it_begins_with_the_defaults_of_network(form):
    assert form.example.run() == bpviz.network([2, 3, 1]).run()
    assert form.line == "bpviz.network([2, 3, 1], activation=['sigmoid', 'sigmoid'])"
    assert [field.placeholder for field in form.choices.values()] == ["half_squared_error", "plain", "xavier"]


def test_its_fields_build_what_the_line_builds(form):
    form.sizes.value = "3, 4, 2"
    form.activations[0].value, form.activations[1].value = "relu", "softmax"
    form.choices["loss"].value, form.choices["optimizer"].value = "cross_entropy", "adam"
    form.choices["init"].value = "he"
    form.eta.value, form.seed.value, form.biases.value = "0.05", "7", True
    form.button.click()
    options = {"optimizer": "adam", "eta": 0.05, "init": "he", "seed": 7, "biases": "init"}
    wanted = bpviz.network([3, 4, 2], ["relu", "softmax"], "cross_entropy", **options)
    assert form.example.program == wanted.program == eval(form.line).program  # noqa: S307
    assert form.player.w1_1_1 == wanted.run()["w1_1_1"]
    assert form.box.children[-1].children == (form.player,)
    assert "✓ Built: Network 3-4-2" in form.message.value


@pytest.mark.parametrize("sizes", ["2, 2, 1", "[2, 2, 1]", " 2 2  1 ", "2,2,1,"])
def test_sizes_may_be_written_in_several_ways(form, sizes):
    form.sizes.value = sizes
    form.button.click()
    assert form.example.kept["sizes"] == [2, 2, 1]


@pytest.mark.parametrize(
    ("change", "refusal"),
    [
        (lambda form: setattr(form.sizes, "value", "2, x, 1"), "the size of layer 1 must be a whole number, not 'x'"),
        (lambda form: setattr(form.sizes, "value", ""), "a list of at least two numbers of neurons"),
        (lambda form: setattr(form.sizes, "value", "30, 31"), "[30, 31] has 61 neurons, inputs counted"),
        (lambda form: setattr(form.sizes, "value", "1 " * 90), "has 90 neurons, inputs counted"),
        (lambda form: setattr(form.eta, "value", "0,5"), "eta must be one number, not '0,5'"),
        (lambda form: setattr(form.eta, "value", "1e999"), "eta must be finite, not inf"),
        (lambda form: setattr(form.seed, "value", "1.5"), "the seed must be a whole number, not 1.5"),
        (lambda form: setattr(form.activations[0], "value", "<b>"), "no activation '<b>'; choices are sigmoid, tanh"),
        (lambda form: setattr(form.activations[0], "value", "softmax"), "softmax can only be in the last layer"),
        (lambda form: setattr(form.choices["loss"], "value", "mse"), "no loss 'mse'; losses are half_squared_error"),
        (lambda form: setattr(form.choices["init"], "value", "any"), "no init 'any'; weights can start by uniform"),
    ],
)
def test_what_cannot_be_is_answered_and_nothing_is_lost(form, change, refusal):
    example, player, line = form.example, form.player, form.line
    change(form)
    before = held(form)
    form.button.click()
    said = form.message.value.replace("&#x27;", "'").replace("&lt;", "<").replace("&gt;", ">")
    assert "✗ Not built: " in said
    assert refusal in said
    assert "<b>" not in form.message.value
    assert held(form) == before
    assert (form.example, form.player, form.line) == (example, player, line)
    assert form.box.children[-1].children == (player,)


def test_a_mended_field_builds_again(form):
    form.eta.value = "fast"
    form.button.click()
    form.eta.value = "0.1"
    form.button.click()
    assert "✓ Built" in form.message.value
    assert form.player.eta == 0.1


def test_there_is_a_field_for_the_activation_of_every_layer(form):
    layers = form.box.children[1]
    assert [field.description for field in layers.children] == ["layer 1", "layer 2"]
    form.activations[1].value = "tanh"
    form.sizes.value = "2, 3, 4, 1"
    assert [field.description for field in layers.children] == ["layer 1", "layer 2", "layer 3"]
    form.sizes.value = "2, 1"
    assert len(layers.children) == 1
    form.sizes.value = "2, 3, 1"
    assert [field.value for field in layers.children] == ["", "tanh"]
    form.sizes.value = "1 " * 500
    assert len(layers.children) == MOST_LAYERS


def test_a_notebook_gets_the_form_and_keeps_the_picture_and_the_line(form):
    data, metadata = form._repr_mimebundle_()
    assert data["application/vnd.jupyter.widget-view+json"]["model_id"] == form.box.model_id
    assert data["text/plain"].startswith(f"{form.line}\nNetwork 2-3-1, step 1 of ")
    assert data["image/png"]
    assert metadata["image/png"]["alt"]


def test_panels_and_language_are_refused_by_name():
    with pytest.raises(ValueError, match="no words for language 'xx'"):
        bpviz.network_form(lang="xx")
    with pytest.raises(ValueError, match="tabs"):
        bpviz.network_form(panels=["tabs"])
