"""A cloud of points and a line through it, to drag in the browser: the warm-up of gradient descent."""

from collections.abc import Sequence
from typing import Any

import anywidget
import traitlets

from bpviz.ground.checked import finite_number, shown
from bpviz.ground.words import words
from bpviz.views.figure.line_fit import ENDS, checked_points, draw_line, error_of
from bpviz.views.player import assets


class LineFit(anywidget.AnyWidget):
    """Points that one drags, and a line with a `slope` and an `intercept`; `error` is the sum of its squared errors."""

    _esm = assets.fit_module()
    _css = assets.style()
    points: traitlets.List[Any] = traitlets.List().tag(sync=True)
    slope = traitlets.Float().tag(sync=True)
    intercept = traitlets.Float().tag(sync=True)
    ends = traitlets.Dict(read_only=True).tag(sync=True)
    words = traitlets.Dict(read_only=True).tag(sync=True)

    def __init__(self, points: Sequence[Any], slope: float, intercept: float, lang: str) -> None:
        """Take the points, the line's first slope and intercept, and a language."""
        self._lang = lang
        self.set_trait("words", dict(words(lang).section("line_fit")))
        self.set_trait("ends", {name: list(ends) for name, ends in ENDS.items()})
        super().__init__(points=points, slope=slope, intercept=intercept)

    @traitlets.validate("points")
    def _check_points(self, proposal: dict[str, Any]) -> list[list[float]]:
        return checked_points(proposal["value"])

    @traitlets.validate("slope", "intercept")
    def _check_number(self, proposal: dict[str, Any]) -> float:
        name = proposal["trait"].name
        number = finite_number(name, proposal["value"])
        low, high = ENDS[name]
        if not low <= number <= high:
            raise ValueError(f"{name} must be from {low:g} to {high:g}, not {shown(number)}")
        return number

    @property
    def error(self) -> float:
        """The sum of the squared errors."""
        return error_of(self.points, self.slope, self.intercept)

    def _repr_mimebundle_(self, **kwargs: Any) -> Any:
        still = draw_line(self.points, self.slope, self.intercept, self._lang)
        bundle = super()._repr_mimebundle_(**kwargs)
        data, metadata = bundle if isinstance(bundle, tuple) else (bundle, {})
        pictured = {"image/png": still.to_png(), "text/plain": still.description}
        return {**(data or {}), **pictured}, {**metadata, "image/png": {"alt": still.description}}
