"""Tells any program: a telling says which steps share a beat and what is said of them; `tell` makes the beats."""

from collections.abc import Hashable, Iterable, Iterator
from dataclasses import dataclass, replace

from bpviz.algebra.traversal import operations, references
from bpviz.calculation.program import Program
from bpviz.calculation.quantities import Phase, Step
from bpviz.telling.picture import Picture, Pictures
from bpviz.telling.scene import Scene
from bpviz.telling.story import Beat, Shown, Text


@dataclass(frozen=True)
class Group:
    """The steps of one beat, in order; `waited` names those that had no beat of their own."""

    steps: tuple[Step, ...]
    waited: tuple[str, ...] = ()

    @property
    def last(self) -> Step:
        """The step that the others lead to."""
        return self.steps[-1]


class Telling:
    """How a family of programs is told. Each family says its words; what else differs, it overrides."""

    def beat_of(self, step: Step) -> Hashable:
        """Return the key of the beat that tells a step, equal for steps that share one; None: it waits for the next."""
        return step.name

    def name_of(self, group: Group) -> str:
        """Return the id of a beat."""
        return group.last.name

    def phase_of(self, group: Group) -> Phase:
        """Return the phase of a beat."""
        return group.last.phase

    def sort_of(self, group: Group) -> Hashable:
        """Return what a beat is an instance of: the first of each sort is explained, the others say "again"."""
        return group.last.role.kind

    def words(self, group: Group, first: bool) -> tuple[Text, Text]:
        """Return title and caption of a beat; `first` of its sort, or one more."""
        raise NotImplementedError

    def formulas(self, group: Group, first: bool) -> tuple[Shown, ...]:
        """Return the formulas of a beat: its last step, then with what waited for it written out."""
        written = (frozenset[str](), frozenset(group.waited)) if group.waited else (frozenset[str](),)
        return (Shown(group.last.name, written),)

    def picture(self, group: Group, default: Picture) -> Picture:
        """Return what a beat draws, made from the default picture."""
        return default

    def before(self, group: Group) -> Iterable[Beat]:
        """Return beats that compute nothing, to stand before a group's."""
        return ()

    def opening(self) -> Iterable[Beat]:
        """Return the beats before the first step."""
        return (Beat("network", Phase.FORWARD, Text("titles.network"), Text("captions.network")),)

    def closing(self) -> Iterable[Beat]:
        """Return the beats after the last step."""
        return (Beat("done", Phase.UPDATE, Text("titles.done"), Text("captions.done")),)


def tell(program: Program, scene: Scene, telling: Telling) -> tuple[Beat, ...]:
    """Return the beats of `program`: every step but its asides once, none before what it reads.

    Chips that stay are told where they appear; see `chips_in`. The bracket of a step is explained where it first
    stands. Raises ValueError, naming the step, for one that waits for a beat that never comes, and for one that the
    telling puts before what it reads.
    """
    beats = list(_beats(program, Pictures(program, scene), telling))
    if (first := next((k for k, beat in enumerate(beats) if _shows_step(program, beat)), None)) is not None:
        beats[first] = replace(beats[first], caption=replace(beats[first].caption, then="captions.bracket"))
    return tuple(beats)


def _shows_step(program: Program, beat: Beat) -> bool:
    """True where a formula has the bracket of a step, [net > 0], the slope of ReLU."""
    written = (name for shown in beat.formulas for name in {shown.step}.union(*shown.forms) if name in program)
    return any("step" in operations(step.expr) for step in map(program.__getitem__, written) if isinstance(step, Step))


def _beats(program: Program, pictures: Pictures, telling: Telling) -> Iterator[Beat]:
    yield from telling.opening()
    for group, first in told_groups(program, telling):
        yield from telling.before(group)
        yield told_beat(program, telling, group, first, telling.picture(group, pictures.of(group.steps)))
    yield from telling.closing()


def told_groups(program: Program, telling: Telling) -> Iterator[tuple[Group, bool]]:
    """Yield the steps of each beat that tells some, and whether it is the first of its sort."""
    told = set[Hashable]()
    for group in _groups(program, telling):
        sort = telling.sort_of(group)
        yield group, sort not in told
        told.add(sort)


def told_beat(program: Program, telling: Telling, group: Group, first: bool, picture: Picture) -> Beat:
    """Return the beat of a group of steps, with its picture."""
    trained = frozenset(program.trained)
    names = (name for step in group.steps for name in (step.role.by, step.role.of))
    return Beat(
        telling.name_of(group),
        telling.phase_of(group),
        *telling.words(group, first),
        formulas=telling.formulas(group, first),
        reveals=tuple(step.name for step in group.steps),
        focus=picture.focus,
        lit=picture.lit,
        forward=picture.forward,
        backward=picture.backward,
        chips=picture.chips,
        about=next((name for name in names if name in trained), ""),
    )


def _groups(program: Program, telling: Telling) -> Iterator[Group]:
    """Yield the groups in the order of their last steps, in which each finds what it reads."""
    members: dict[Hashable, list[Step]] = {}
    waiting: list[Step] = []
    waited: dict[Hashable, list[str]] = {}
    for step in program.steps:
        if step.name in program.asides:
            continue
        key = telling.beat_of(step)
        waiting.append(step)
        if key is not None:
            waited.setdefault(key, []).extend(s.name for s in waiting[:-1])
            members[key] = members.pop(key, [])  # the place of a key is that of its last step
            members[key] += waiting
            waiting = []
    if waiting:
        raise ValueError(f"no beat tells {waiting[0].name!r}: it waits for one that never comes")
    known = {given.name for given in program.givens} | program.asides
    for key, steps in members.items():
        for step in steps:
            for name in references(step.expr):
                if name not in known:
                    raise ValueError(
                        f"the beat of {steps[-1].name!r} tells {step.name!r} before {name!r}, which it reads"
                    )
            known.add(step.name)
        yield Group(tuple(steps), tuple(waited[key]))
