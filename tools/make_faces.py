"""Make the faces that the player carries: subsets of open fonts, as bpviz/views/player/faces/NAME.woff2.

    apt install fonts-roboto-unhinted fonts-dejavu-core fonts-lmodern
    pip install -e '.[faces]'
    python tools/make_faces.py

The sources, their licences and what was left out stand in bpviz/views/player/faces/README.md.
"""

import pathlib
import sys

from fontTools import subset
from fontTools.ttLib import TTFont

FACES = pathlib.Path(__file__).resolve().parent.parent / "bpviz" / "views" / "player" / "faces"
FONTS = pathlib.Path("/usr/share/fonts")
TEXMF = pathlib.Path("/usr/share/texmf/fonts")


def letters(*ranges: str) -> set[int]:
    """Return the code points of texts like "A-Z" (a range of two characters) or "×" (one)."""
    spans = [(ord(text[0]), ord(text[-1])) for text in ranges]
    return {code for first, last in spans for code in range(first, last + 1)}


LATIN = letters(" -~")
LATIN_1 = letters("\u00a0-ÿ")
GREEK = letters("Γ", "Δ", "Θ", "Λ", "Ξ", "Π", "Σ", "Φ", "Ψ", "Ω", "α-ω")
SUPERSCRIPTS = letters("²", "³", "¹", "⁰", "⁴-⁹", "⁺", "⁻")
SIGNS = letters(
    "−", "·", "×", "÷", "±", "½", "°", "′", "″", "∞", "≈", "≠", "≤", "≥", "←-↓", "∂", "∇", "√", "Σ", "…", "⊙"
)
PUNCTUATION = letters("–", "—", "‘", "’", "“", "”")
MARKS = letters("✓", "✕", "✗", "▸", "◂", "▾", "●", "○")
MATHS = letters("∈", "∏", "∑", "∥", "∘", "∗", "⋅", "⊙", "⋯", "⋮", "⁡", "¬", "ℎ", "ϵ", "ϕ", "⟨", "⟩", "ℓ", "ᵀ", "⊤")
ITALICS = letters("𝐴-𝑧", "𝛢-𝜛")  # what a browser makes of a single letter in a formula
UPRIGHT_GREEK = letters("Δ", "Σ", "Ω")

PROSE = LATIN | GREEK | SUPERSCRIPTS | SIGNS | PUNCTUATION
NUMBERS = LATIN | SUPERSCRIPTS | letters("−", "×", "·", "∞", "…")
FORMULAS = LATIN | SUPERSCRIPTS | SIGNS | MATHS | ITALICS | UPRIGHT_GREEK

ROBOTO = FONTS / "truetype/roboto/unhinted/RobotoTTF"
DEJAVU = FONTS / "truetype/dejavu"
SOURCES = {
    "sans": (ROBOTO / "Roboto-Regular.ttf", PROSE | LATIN_1),
    "sans-bold": (ROBOTO / "Roboto-Bold.ttf", PROSE),
    "mono": (DEJAVU / "DejaVuSansMono.ttf", NUMBERS),
    "mono-bold": (DEJAVU / "DejaVuSansMono-Bold.ttf", NUMBERS),
    "maths": (TEXMF / "opentype/public/lm-math/latinmodern-math.otf", FORMULAS),
}
SIGNS_SOURCE = DEJAVU / "DejaVuSans.ttf"
"""For "signs": what the prose needs and its own face lacks (arrows, ticks)."""


def make(name: str, source: pathlib.Path, wanted: set[int]) -> None:
    """Write one face with the wanted code points that its source has; its MATH table stays, hints and features go."""
    options = subset.Options(flavor="woff2", hinting=False, layout_features=[], name_IDs=[0, 14], glyph_names=False)
    font = TTFont(source)
    cutter = subset.Subsetter(options)
    cutter.populate(unicodes=wanted)
    cutter.subset(font)
    font.recalcTimestamp = False  # the same bytes every time
    subset.save_font(font, FACES / f"{name}.woff2", options)
    print(f"{name:<10} {(FACES / name).with_suffix('.woff2').stat().st_size:6} bytes from {source.name}")


def main() -> None:
    """Make every face; raises SystemExit naming the sources that are not installed."""
    missing = [str(path) for path in [*(path for path, _ in SOURCES.values()), SIGNS_SOURCE] if not path.is_file()]
    if missing:
        sys.exit(f"not installed: {', '.join(missing)}\n{__doc__}")
    for name, (source, wanted) in SOURCES.items():
        make(name, source, wanted)
    make("signs", SIGNS_SOURCE, (PROSE | MARKS) - set(TTFont(SOURCES["sans"][0]).getBestCmap()))


if __name__ == "__main__":
    main()
