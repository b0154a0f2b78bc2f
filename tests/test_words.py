"""Words: every language has the same keys and placeholders; a new file is a new language, without a change of code."""

import re
import tomllib

import pytest
from variants import EVERY_EXAMPLE, every_network

import bpviz
from bpviz.calculation.faults import fault
from bpviz.calculation.quantities import Kind, Phase
from bpviz.ground.words import Words, folder, languages, words
from bpviz.ground.words import language as words_module
from bpviz.views.player import assets
from bpviz.views.score.score import score

PLACEHOLDER = re.compile(r"\{(\w+)=?\}")


@pytest.fixture
def own_folder(tmp_path, monkeypatch):
    """A folder with the English words, in place of the package's own."""
    (tmp_path / "en.toml").write_text((folder() / "en.toml").read_text(encoding="utf-8"), encoding="utf-8")
    monkeypatch.setattr(words_module, "folder", lambda: tmp_path)
    words_module.read.cache_clear()
    yield tmp_path
    words_module.read.cache_clear()


@pytest.mark.parametrize("lang", languages())
def test_every_language_has_the_same_keys_and_placeholders(lang):
    english, other = words("en"), words(lang)
    assert set(other) == set(english)
    for key in english:
        assert sorted(PLACEHOLDER.findall(other[key])) == sorted(PLACEHOLDER.findall(english[key])), key
        assert other[key].strip() == other[key] != "", key
        assert other[key].count("**") % 2 == 0, key


def test_a_new_file_is_a_new_language(own_folder):
    shouted = re.sub(
        r'= "(.*)"$',
        lambda m: '= "' + re.sub(r"(\{\w+=?\})|(\\.)|([^{}\\]+)", lambda p: p[1] or p[2] or p[3].upper(), m[1]) + '"',
        (own_folder / "en.toml").read_text(encoding="utf-8"),
        flags=re.MULTILINE,
    )
    (own_folder / "xx.toml").write_text(shouted, encoding="utf-8")
    assert languages() == ("en", "xx")
    ex = bpviz.case2()
    made, english = score(ex, "xx"), score(ex)
    assert made["lang"] == "xx"
    assert made["beats"][1]["title"][0] == ["", "NET INPUT OF "]
    assert made["words"]["play"] == "PLAY"
    assert made["phases"][0] == {"id": "forward", "label": "FORWARD", "tone": "forward"}
    assert made["groups"][0]["label"] == "LEARNING RATE"
    assert [v["program"] for v in made["variants"]] == [v["program"] for v in english["variants"]]
    assert made["switches"][0]["choices"][1] == {"value": "sequential", "label": "OUTPUT LAYER FIRST"}
    assert made["scene"] == english["scene"]
    assert words("xx")["cases.case2.notes.rounded_early"].isupper()
    assert f"DIFFERS: {words('xx')['cases.case2.notes.rounded_early']}" in repr(ex.published("xx"))
    for said, exact in ((bpviz.case1("exact"), True), (bpviz.case1(), False)):
        check = said.check_gradients("xx")
        assert check.agrees is exact
        assert check.header()[0] == words("xx")["gradient_check.given"] != words()["gradient_check.given"]
        assert check.summary() != said.check_gradients().summary()
        assert check.summary().lower() == said.check_gradients().summary().lower()


def test_an_unknown_language_names_the_choices(own_folder):
    (own_folder / "zh.toml").write_text('[language]\nname = "中文"\n', encoding="utf-8")
    for attempt in (lambda: words("de"), lambda: bpviz.case2().title("de"), lambda: score(bpviz.case2(), "de")):
        with pytest.raises(ValueError, match="no words for language 'de'; languages are en, zh"):
            attempt()


def test_a_language_with_a_missing_entry_says_which(own_folder):
    (own_folder / "zh.toml").write_text('[language]\nname = "中文"\n', encoding="utf-8")
    with pytest.raises(KeyError, match=r"the words of language 'zh' have no entry 'cases\.case2\.title'"):
        bpviz.case2().title("zh")


@pytest.mark.parametrize("lang", ["../en", "", "EN", None, "en.toml"])
def test_only_a_languages_own_code_is_taken(lang):
    with pytest.raises(ValueError, match="no words for language"):
        words(lang)


def test_every_kind_and_phase_has_a_word():
    table = words()
    assert set(table.section("kinds")) == set(Kind)
    assert list(table.section("phases")) == list(Phase)


def test_no_title_or_caption_is_left_over():
    examples = [*EVERY_EXAMPLE, *every_network()]
    texts = [text for ex in examples for beat in ex.beats for text in (beat.title, beat.caption)]
    told = {key for text in texts for key in (text.key, text.then) if key and not key.startswith("layers.")}
    rooms = re.compile(r"(signals\.|perceptron\.|networks\.|networks\.layers\.)?(titles|captions)\.")
    written = {key for key in words() if rooms.match(key)}
    assert told == written


def test_the_player_has_the_words_it_asks_for_and_no_others():
    asked = set(re.findall(r"\bwords\.(\w+)", assets.page_script()))
    by_name = {f"schedules_{kind}" for kind in ("small", "large", "shrinking", "growing")}
    wrong = [("log", 0), ("log", -1), ("sqrt", -1), ("div", 1, 0), ("pow", -1, 0.5), ("exp", 1000)]
    faults = {fault(op, *numbers) for op, *numbers in wrong}
    assert asked | by_name | faults | {"needs_script"} == set(words().section("player"))


def test_the_table_flattens_and_takes_sections():
    table = Words("xx", {"a": {"b": {"c": "deep"}, "d": "shallow"}, "ab": {"c": "other"}})
    assert dict(table) == {"a.b.c": "deep", "a.d": "shallow", "ab.c": "other"}
    assert table.section("a") == {"b.c": "deep", "d": "shallow"}
    assert len(table) == 3
    with pytest.raises(KeyError, match="the words of language 'xx' have no entry 'a'"):
        table["a"]


def test_english_is_plain_toml_text():
    loaded = tomllib.loads((folder() / "en.toml").read_text(encoding="utf-8"))
    assert all(isinstance(text, str) for section in loaded.values() for text in _leaves(section))


def _leaves(table):
    for value in table.values():
        yield from _leaves(value) if isinstance(value, dict) else [value]
