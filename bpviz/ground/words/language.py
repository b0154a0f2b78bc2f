"""Words: one table of strings per language; a new file here is a new language."""

import tomllib
from collections.abc import Iterator, Mapping
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable

DEFAULT = "en"


class Words(Mapping[str, str]):
    """The strings of one language by dotted key: `words["captions.net"]`."""

    def __init__(self, lang: str, table: Mapping[str, object]) -> None:
        """Flatten the nested `table` of language `lang`."""
        self.lang = lang
        self._strings = dict(_flat(table))

    def __getitem__(self, key: str) -> str:
        try:
            return self._strings[key]
        except KeyError:
            raise KeyError(f"the words of language {self.lang!r} have no entry {key!r}") from None

    def __iter__(self) -> Iterator[str]:
        return iter(self._strings)

    def __len__(self) -> int:
        return len(self._strings)

    def section(self, name: str) -> dict[str, str]:
        """Return the entries below `name`, without that prefix."""
        return {key.removeprefix(f"{name}."): text for key, text in self.items() if key.startswith(f"{name}.")}


def _flat(table: Mapping[str, object], prefix: str = "") -> Iterator[tuple[str, str]]:
    for key, value in table.items():
        if isinstance(value, Mapping):
            yield from _flat(value, f"{prefix}{key}.")
        else:
            yield prefix + key, str(value)


def folder() -> Traversable:
    """Return the folder with one file per language."""
    return files(__package__)


def languages() -> tuple[str, ...]:
    """Return the codes of all languages there are words for."""
    return tuple(sorted(f.name.removesuffix(".toml") for f in folder().iterdir() if f.name.endswith(".toml")))


def words(lang: str = DEFAULT) -> Words:
    """Return the words of a language; ValueError names the choices."""
    if lang not in list(languages()):  # a list: what cannot be hashed is no language either
        raise ValueError(f"no words for language {lang!r}; languages are {', '.join(languages())}")
    return read(lang)


@cache
def read(lang: str) -> Words:
    """Return the words in the file of a language that exists, read once."""
    return Words(lang, tomllib.loads((folder() / f"{lang}.toml").read_text(encoding="utf-8")))
