"""Rows of the table, and the table in the README between two markers."""

import re
import statistics
import time
from dataclasses import dataclass
from pathlib import Path

ABSENT = "left out: not installed here"
README = Path(__file__).parents[2] / "README.md"
_MARKED = re.compile(r"(<!-- benchmarks -->\n).*(<!-- /benchmarks -->)", re.DOTALL)


@dataclass(frozen=True)
class Row:
    """One line: what was measured, the measurement, and the target it meets or misses ("" where there is none)."""

    what: str
    measured: str
    target: str = ""
    met: bool = True


def table(rows: list[Row], heading: str) -> str:
    """Return rows as Markdown under a line that says when and with what they were measured."""
    lines = [heading, "", "| what | measured | target |", "|---|---|---|"]
    for row in rows:
        target = row.target and f"{row.target} {'✓' if row.met else '✗ missed'}"
        lines.append(f"| {row.what} | {row.measured} | {target} |")
    return "\n".join(lines) + "\n"


def write_into_readme(text: str) -> None:
    """Replace what stands between the markers in the README."""
    README.write_text(_MARKED.sub(lambda m: m[1] + text + m[2], README.read_text(encoding="utf-8")), encoding="utf-8")


def interleaved(ways: dict, repeats: int) -> dict[str, float]:
    """Call every way in turn, `repeats` times, and return the median seconds of each."""
    seconds = {name: [] for name in ways}
    for _ in range(repeats):
        for name, call in ways.items():
            start = time.perf_counter()
            call()
            seconds[name].append(time.perf_counter() - start)
    return {name: statistics.median(each) for name, each in seconds.items()}


def milliseconds(seconds: float) -> str:
    """Return a duration for the table."""
    return f"{seconds * 1000:.3g} ms" if seconds < 1 else f"{seconds:.2f} s"
