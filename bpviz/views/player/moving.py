"""A figure with a slider: the number that the slider stands at moves a point in the picture."""

import math
from base64 import b64encode
from collections.abc import Callable
from html import escape
from typing import Any

import ipywidgets

from bpviz.ground.checked import finite_number, shown
from bpviz.views.figure.still import Still

STEPS = 100
"""About how many steps the slider has from end to end; each is 1, 2 or 5 times a power of ten."""


class Moving:
    """A figure that is drawn anew wherever its slider goes; `box` is the widget, `slider` a part of it."""

    def __init__(self, draw: Callable[[float], Still], name: str, span: tuple[float, float, float]) -> None:
        """Take what draws the figure of a number, and the number's name, lowest, highest and first value."""
        low, high, start = _checked(name, span)
        self.draw = draw
        self.slider = ipywidgets.FloatSlider(
            start,
            min=low,
            max=high,
            step=_step((high - low) / STEPS),
            description=name,
            style={"description_width": "initial"},
        )
        self.slider.layout.width = "min(100%, 40em)"
        self.picture = ipywidgets.HTML()
        self.box = ipywidgets.VBox([self.slider, self.picture])
        self.slider.observe(self._show, "value")
        self._show()

    @property
    def figure(self) -> Still:
        """The figure where the slider stands now."""
        return self.draw(self.slider.value)

    def _show(self, change: object = None) -> None:
        still = self.figure
        source = b64encode(still.to_png()).decode()
        told = escape(still.description)
        self.picture.value = f'<img src="data:image/png;base64,{source}" alt="{told}" style="max-width: 100%">'

    def __repr__(self) -> str:
        return self.figure.description

    def _repr_mimebundle_(self, **kwargs: Any) -> tuple[dict[str, Any], dict[str, Any]]:
        still = self.figure
        pictured = {"image/png": still.to_png(), "text/plain": still.description}
        return self.box._repr_mimebundle_(**kwargs) | pictured, {"image/png": {"alt": still.description}}


def _step(wanted: float) -> float:
    power = 10.0 ** math.floor(math.log10(wanted))
    return min((power * k for k in (1, 2, 5, 10)), key=lambda step: abs(math.log(step / wanted)))


def _checked(name: str, span: Any) -> tuple[float, float, float]:
    if not isinstance(span, tuple | list) or len(span) != 3:
        raise TypeError(f"{name} must be (lowest, highest, first), not {shown(span)}")
    low, high, start = (finite_number(f"each part of {name}", value) for value in span)
    if not low <= start <= high or low == high:
        raise ValueError(f"{name} must be (lowest, highest, first) in that order of size, not {shown(span)}")
    return low, high, start
