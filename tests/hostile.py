"""Text that wants to be more than text, and an example that shows it wherever a person can put text."""

import dataclasses

import bpviz
from bpviz.telling.chips import Chip, Piece
from bpviz.telling.story import Text
from bpviz.worked import WorkedExample
from bpviz.writing.notation import Notation
from bpviz.writing.symbols import Symbol

TEXTS = {
    "markup": "<img src=x onerror='window.ran = 1'></script><script>window.ran = 1</script> & &lt; \"'` -- ]]>",
    "commands": "\\input{/etc/passwd} \\end{document} $x$ ${w} {w=} %_^~#& **b** [a](b) `c` | \\",
    "directions": "left \u202e\u2067right\u200f\u2066 to left",
    "control": "a\x00b\x07c\x1bd\x7fe\x85f\x0cg\ufffeh\u2028i\r\nj\n\nk\n# l",
    "words": "many words " * 910,
    "letters": "x" * 10_000,
}


class Titled(WorkedExample):
    """An example whose title is the citation."""

    def title(self, lang: str = "en") -> str:
        return self.citation


def example_of(text: str) -> WorkedExample:
    """Return one neuron with `text` as its title, as a symbol, in the title and caption of beat 1 and on a chip."""
    ex = bpviz.neuron()
    old = ex.beats[1]
    chip = Chip(ex.scene.labels[0].anchor, "plain", ((Piece("text", text), Piece("value", "w1")),))
    beat = dataclasses.replace(
        old, title=Text("titles.net", {"n": text}), caption=Text("captions.net", {"n": text, "b": "b"}), chips=(chip,)
    )
    fields = {f.name: getattr(ex, f.name) for f in dataclasses.fields(ex)}
    fields |= {
        "notation": Notation({**ex.notation, "w1": Symbol(text, "1", text[:20])}),
        "beats": (ex.beats[0], beat, *ex.beats[2:]),
        "citation": text,
    }
    return Titled(**fields)
