"""Measure and print one table: `make bench`; with --write it also goes into the README."""

import argparse
import datetime
import os
import platform
import sys
from pathlib import Path

import digits_speed
import python_speed
from table import Row, table, write_into_readme

sys.path.insert(0, str(Path(__file__).parents[1]))
sys.path.insert(0, str(Path(__file__).parents[1] / "browser"))

import browser_speed


def main() -> None:
    """Measure, print, and write if asked."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--write", action="store_true", help="put the table into the README")
    options = parser.parse_args()
    load = f"{os.cpu_count()} cores, load {os.getloadavg()[0]:.1f} when it began"
    browser_rows, version = browser_speed.rows()
    rows: list[Row] = [*browser_rows, *python_speed.rows(), *digits_speed.rows()]
    today = datetime.datetime.now(datetime.UTC).date()
    text = table(rows, f"Measured on {today} with Python {platform.python_version()}, {version}, {load}.")
    print(text)
    missed = [row.what for row in rows if not row.met]
    print("Targets missed: " + "; ".join(missed) if missed else "All targets are met.")
    if options.write:
        write_into_readme(text)


if __name__ == "__main__":
    main()
