"""The player's JavaScript and style as texts: modules joined in the order they need each other, palette in front."""

import base64
import functools
import json
import os
import pathlib
import re

from bpviz.ground.palette import LIGHT_AND_DARK
from bpviz.views.look import CELL, CHIP, FADE, LEADER, STROKE, TEXT
from bpviz.views.score.schema_walk import SCHEMA, SCHEMA_FILE

_HERE = pathlib.Path(__file__).parent
_SHEETS = (
    "diagram.css",
    "controls.css",
    "panels.css",
    "data.css",
    "schedules.css",
    "surface.css",
    "truth.css",
    "table.css",
    "link.css",
    "player.css",
    "layout.css",
    "touch.css",
    "present.css",
    "contrast.css",
    "print.css",
)
"""In the order of the cascade: the player's sheet changes others on wide screens, presenting changes all of
them; what the reader's system wants, and paper, come last."""
BOARD_SHEETS = ("player.css", "board.css", "contrast.css")
"""What a board needs of them, and its own."""
_FACES = (
    ("bpviz sans", "400", "sans"),
    ("bpviz sans", "600 700", "sans-bold"),
    ("bpviz signs", "400 700", "signs"),
    ("bpviz mono", "400", "mono"),
    ("bpviz mono", "600 700", "mono-bold"),
    ("bpviz maths", "400 700", "maths"),
)
"""Family, weights and file of the faces that the player carries, so that it looks and measures alike everywhere."""
_MEASURES = {
    "text-size": f"{TEXT['size']}px",
    "text-index": f"{TEXT['index_size']:.0%}",
    "chip-number": f"{CHIP['number']}px",
    "cell-number": f"{CELL['number']}px",
    **{f"stroke-{part}": f"{width}" for part, width in STROKE.items()},
    **{f"leader-{part}": f"{length}" for part, length in LEADER.items()},
    **{f"fade-{colour}": f"{share:.0%}" for colour, share in FADE.items()},
}
"""The numbers of look.json that the sheets draw with."""
# Each begins with a letter that can be looked for: every kernel waits for this, and "^" is tried at each letter.
_IMPORT = re.compile(r'\nimport (?:\{[^}]*\}|(?P<data>\w+)) from "(?P<path>\.{1,2}/[\w./]+)";(?=\n)')
_EXPORT = re.compile(r"\nexport (?=function|const)")
_COMMENT = re.compile(r"/\*[*\s].*?\*/", re.DOTALL)
_REMARK = re.compile(r" // [^\n]*")
_INDENTATION = re.compile(r"\n\s+")
_LEFT_OVER = re.compile(r"\n\s*((?:import|export)\b.*)")
_TOP_LEVEL = re.compile(r"\n(?:export )?(?:function|const|let) (?:(\w+)|[\[{]([^\]}=]*)[\]}])")
"""A name, or those between brackets, of what a module defines."""
_NEEDLESS_END = re.compile(r"\n(?:(?<=[,({\[;]\n)|(?=[})\]]))")


@functools.cache
def widget_module() -> str:
    """Return the player as one ES module whose default export has `render`, as anywidget wants it."""
    return join(_HERE / "js" / "player.js") + "\nexport default { render };\n"


@functools.cache
def fit_module() -> str:
    """Return the line through a cloud of points as such a module."""
    return join(_HERE / "js" / "line_fit.js") + "\nexport default { render: renderFit };\n"


@functools.cache
def page_script() -> str:
    """Return the player as one script that plays the score standing in the same HTML page."""
    return join(_HERE / "js" / "page.js")


@functools.cache
def board_module() -> str:
    """Return the boards as one ES module, likewise."""
    return join(_HERE / "js" / "board.js") + "\nexport default { render };\n"


@functools.cache
def board_script() -> str:
    """Return the boards as one script that shows the board whose state stands in the same HTML page."""
    return join(_HERE / "js" / "board_page.js")


@functools.cache
def loader() -> str:
    """Return the script that unpacks and runs the one of `page_script`."""
    return join(_HERE / "js" / "loader.js")


@functools.cache
def style(names: tuple[str, ...] = _SHEETS) -> str:
    """Return the player's CSS: its faces, every colour (for light and dark) and measure as --bp-NAME, its sheets."""
    colours = {name: f"light-dark({light}, {dark})" for name, (light, dark) in LIGHT_AND_DARK.items()}
    named = "\n".join(f"  --bp-{name}: {value};" for name, value in (colours | _MEASURES).items())
    sheets = [(_HERE / "css" / name).read_text(encoding="utf-8") for name in names]
    sheet = _for_machines("\n".join([f".bpviz {{\n{named}\n}}\n", *sheets]))
    sheet = re.sub(r"(?<=[{};,]) ?\n|(?<=[:,]) | (?=[{!])", "", re.sub(r" ([>~]) ", r"\1", sheet)).replace(";}", "}")
    return "\n".join([*(_face(*face) for face in _FACES), sheet])


def _face(family: str, weight: str, name: str) -> str:
    data = base64.b64encode((_HERE / "faces" / f"{name}.woff2").read_bytes()).decode("ascii")
    source = f'url("data:font/woff2;base64,{data}")format("woff2")'
    return f'@font-face{{font-family:"{family}";font-weight:{weight};font-display:block;src:{source}}}'


def join(entry: pathlib.Path) -> str:
    """Join a module and all it imports into one text without imports, exports and comments.

    Raises ValueError when a file is missing, imports run in a circle, two modules use one top-level name,
    or an import or export is written in a way this function does not know.
    """
    modules: dict[str, str] = {}
    _collect(str(entry), modules, ())
    owners: dict[str, str] = {}
    for path, text in modules.items():
        for name in (name for one, several in _TOP_LEVEL.findall(text) for name in re.findall(r"\w+", one or several)):
            if name in owners:
                raise ValueError(f"{_name(path)} and {owners[name]} both define '{name}'; rename one of them")
            owners[name] = _name(path)
    text = _NEEDLESS_END.sub("", _for_machines("".join(modules.values())))
    return text.replace(" => ", "=>").replace("const ", "let ")  # shorter; the sources have been checked


def _for_machines(text: str) -> str:
    """Return it without what is of use only where it stands, a third of it: comments, indentation, empty lines."""
    return _INDENTATION.sub("\n", _REMARK.sub("", _COMMENT.sub("", text))).removeprefix("\n")


def _collect(path: str, modules: dict[str, str], above: tuple[str, ...]) -> None:
    """Put a module into `modules` after everything it imports; `above` are the modules that led to it.

    Paths are texts: there are hundreds of imports, and every kernel waits for this.
    """
    if path in modules:
        return
    if path in above:
        raise ValueError(f"imports run in a circle: {' -> '.join(map(_name, (*above, path)))}")
    try:
        text = "\n" + _read(path)
    except FileNotFoundError:
        needs = _name(above[-1]) if above else "the player"
        raise ValueError(f"{needs} needs {_name(path)}, which does not exist") from None
    for found in _IMPORT.finditer(text):
        target = os.path.normpath(f"{os.path.dirname(path)}/{found['path']}")
        if not found["data"]:
            _collect(target, modules, (*above, path))
        elif target not in modules:
            modules[target] = f"\nconst {found['data']} = {_data(target)};\n"
    text = _EXPORT.sub("\n", _IMPORT.sub("", text))
    if left := _LEFT_OVER.search(text):
        raise ValueError(f"{_name(path)} has an import or export that cannot be joined: {left[1]}")
    modules[path] = text


def _name(path: str) -> str:
    return os.path.basename(path)


def _read(path: str) -> str:
    with open(path, encoding="utf-8") as file:
        return file.read()


def _data(path: str) -> str:
    """Return a file of data as JavaScript has it; the schema with the words that Python asks for too."""
    data = SCHEMA if path == os.path.normpath(SCHEMA_FILE) else json.loads(_read(path))
    return json.dumps(data, separators=(",", ":"))
