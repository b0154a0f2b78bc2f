"""What tests of graphs on a page do: show a beat, ask where things stand in the diagram."""

from player_driver import PlayerDriver

SOFTMAX_STEPS = "e = exp(a); S = sum(e); r = 1/S; y = e*r; l = log(y); q = t*l; s = sum(q); -1*s"


def show(player: PlayerDriver, beat: int) -> None:
    player.slider("step").fill(str(beat))
    player.settle()


def boxes(player: PlayerDriver, selector: str) -> list[list[float]]:
    """Left, top, right and bottom of what is seen of it, in CSS pixels of the window."""
    return player.root.locator(f".bpviz-diagram {selector}:visible").evaluate_all(
        "all => all.map(e => { const b = e.getBoundingClientRect(); return [b.left, b.top, b.right, b.bottom] })"
    )
