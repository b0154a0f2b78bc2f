"""A form that builds a network: fields for its options, the line of Python that does the same, and the player.

Names are typed, with suggestions: in JupyterLab a list to choose from loses its arrow keys, and its letters, to the
notebook around it.
"""

from collections.abc import Callable, Sequence
from html import escape
from inspect import signature
from typing import Any

import ipywidgets

from bpviz.ground.words import DEFAULT, words
from bpviz.networks.losses import LOSSES
from bpviz.networks.optimizers import DECAYS
from bpviz.networks.starts import STARTS
from bpviz.networks.wiring import ACTIVATIONS, SOFTMAX

CHOICES = {"loss": LOSSES, "optimizer": tuple(DECAYS), "init": STARTS}
FIRST_SIZES = "2, 3, 1"
MOST_LAYERS = 60


class NetworkForm:
    """Fields, a button and the player of the network that was built last; `box` is the widget.

    `example` is that network, `line` the Python that builds it, `player` the player below the form. What cannot be
    built is answered in `message` by the sentence that `build` raises; fields, network and player stay as they are.
    `sizes`, `eta`, `seed` and those of `choices` and of `activations` (one a layer) are fields of text, where an empty
    one takes its default; `biases` is a box to tick, `button` builds.
    """

    def __init__(self, build: Callable[..., Any], panels: Sequence[str] | None = None, lang: str = DEFAULT) -> None:
        """Take what makes an example of the options of `bpviz.network`, and what its player takes."""
        self._build, self._panels, self._lang = build, panels, lang
        self._words = words(lang).section("network_form")
        self._defaults = {name: option.default for name, option in signature(build).parameters.items()}
        self.sizes = self._field("sizes", FIRST_SIZES)
        self.eta, self.seed = (self._field(name) for name in ("eta", "seed"))
        self.choices = {name: self._field(name, options=options) for name, options in CHOICES.items()}
        self.activations: list[Any] = []
        self.biases = ipywidgets.Checkbox(False, description=self._words["biases"], indent=False)
        self.biases.layout.width = "auto"
        self.button = ipywidgets.Button(description=self._words["build"], button_style="primary")
        self.message, self._shown_line = ipywidgets.HTML(), ipywidgets.HTML()
        self._layers, self._stage = _row(), ipywidgets.VBox()
        self.box = ipywidgets.VBox([*self._rows(), self._stage])
        self.sizes.observe(self._show_layers, "value")
        self.button.on_click(self.build)
        self._show_layers()
        self._show_network()

    def build(self, pressed: object = None) -> None:
        """Build the network that the fields describe, as the button does."""
        try:
            self._show_network()
        except (TypeError, ValueError) as refusal:
            self._say("alert", self._words["refused"].format(reason=refusal))

    def _show_network(self) -> None:
        options = self._options()
        example = self._build(**options)
        self.player = example.player(panels=self._panels, lang=self._lang)
        self.example, self.line = example, _line(options)
        self._shown_line.value = f"<code>{escape(self.line)}</code>"
        self._stage.children = [self.player]
        self._say("status", self._words["built"].format(title=example.title(self._lang)))

    def _field(self, name: str, value: str = "", options: Sequence[str] = (), label: str = "") -> Any:
        """A field whose grey text is the default that it takes when it is empty.

        It sends what was typed when it is left, or at Enter: a press of the button would overtake letters that wait
        for an answer, and fields of layers would come and go, the keyboard's place with them, while sizes are typed.
        """
        kind, more = (ipywidgets.Combobox, {"options": options}) if options else (ipywidgets.Text, {})
        default = self._defaults["activation" if label else name]
        return kind(
            value,
            description=label or self._words[name],
            placeholder="" if value else str(default),
            style={"description_width": "initial"},
            layout=ipywidgets.Layout(width="19em" if options or value else "8em"),
            continuous_update=False,
            **more,
        )

    def _rows(self) -> list[Any]:
        numbers = _row(self.sizes, self.eta, self.seed, self.biases)
        hint = ipywidgets.HTML(escape(self._words["hint"]))
        answer = _row(self.button, self.message)
        return [numbers, self._layers, _row(*self.choices.values()), hint, answer, self._shown_line]

    def _show_layers(self, change: object = None) -> None:
        """Show a field for the activation of every layer; those of layers that are gone keep what they hold."""
        count = min(max(len(_parts(self.sizes.value)) - 1, 1), MOST_LAYERS)
        for layer in range(len(self.activations) + 1, count + 1):
            label = self._words["layer"].format(layer=layer)
            self.activations.append(self._field("activation", options=(*ACTIVATIONS, SOFTMAX), label=label))
        self._layers.children = self.activations[:count]

    def _options(self) -> dict[str, Any]:
        """What the fields say, as options of `build`; what is no number stays a text, for `build` to refuse."""
        typed = {name: _number(field.value.strip()) for name, field in (("eta", self.eta), ("seed", self.seed))}
        typed |= {name: field.value.strip() for name, field in self.choices.items()}
        layers = [field.value.strip() or self._defaults["activation"] for field in self._layers.children]
        sizes = [_number(part) for part in _parts(self.sizes.value)]
        options: dict[str, Any] = {"sizes": sizes, "activation": layers}
        options |= {name: value for name, value in typed.items() if value != ""}
        return options | ({"biases": "init"} if self.biases.value else {})

    def _say(self, role: str, text: str) -> None:
        self.message.value = f'<span role="{role}">{escape(text)}</span>'

    def _repr_mimebundle_(self, **kwargs: Any) -> tuple[dict[str, Any], dict[str, Any]]:
        data, metadata = self.player._repr_mimebundle_(**kwargs)
        data["text/plain"] = f"{self.line}\n{data['text/plain']}"
        return data | _view(self.box, **kwargs), metadata


def _view(box: Any, **kwargs: Any) -> dict[str, Any]:
    return {kind: value for kind, value in box._repr_mimebundle_(**kwargs).items() if kind != "text/plain"}


def _row(*fields: Any) -> Any:
    return ipywidgets.HBox(fields, layout=ipywidgets.Layout(flex_flow="row wrap", grid_gap="0 1em"))


def _parts(text: str) -> list[str]:
    return text.strip().strip("[]").replace(",", " ").split()


def _number(text: str) -> int | float | str:
    for kind in (int, float):
        try:
            return kind(text)
        except ValueError:
            continue
    return text


def _line(options: dict[str, Any]) -> str:
    sizes, others = options["sizes"], (f"{name}={value!r}" for name, value in options.items() if name != "sizes")
    return f"bpviz.network({', '.join([str(sizes), *others])})"
