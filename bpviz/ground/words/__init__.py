"""The words: all prose by language; a new file here is a new language."""

from bpviz.ground.words.language import DEFAULT, Words, folder, languages, words

__all__ = ["DEFAULT", "Words", "folder", "languages", "words"]
