"""Attributes of a player that hold a number; a bad one is refused, and the old value stays."""

import traitlets

from bpviz.ground.checked import finite_number


class Given(traitlets.TraitType[float, float]):
    """A finite number. Anything else raises TraitError naming the attribute."""

    def validate(self, obj: traitlets.HasTraits, value: object) -> float:
        """Return the value as a float, or raise TraitError."""
        try:
            return finite_number(str(self.name), value)
        except (TypeError, ValueError) as problem:
            raise traitlets.TraitError(str(problem)) from None


class Rate(Given):
    """A finite number above 0."""

    def validate(self, obj: traitlets.HasTraits, value: object) -> float:
        """Return the value as a float, or raise TraitError."""
        rate = super().validate(obj, value)
        if rate <= 0.0:
            raise traitlets.TraitError(f"'{self.name}' must be above 0, not {rate!r}")
        return rate
