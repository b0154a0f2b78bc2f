"""A value beside its JSON Schema, as far as score.schema.json uses it; `js/score/schema_walk.js` says the same."""

import json
import math
import pathlib
import sys
from collections.abc import Callable, Iterable
from typing import Any

from bpviz.ground.words import words

Schema = dict[str, Any]
Check = Callable[[Any, Schema, str], str]


def _schema() -> Schema:
    """Return score.schema.json; the words that no score may lack are those written for the player."""
    schema: Schema = json.loads(SCHEMA_FILE.read_text(encoding="utf-8"))
    schema["properties"]["words"]["required"] = list(words().section("player"))
    return schema


SCHEMA_FILE = pathlib.Path(__file__).with_name("score.schema.json")
SCHEMA = _schema()


def schema_problem(value: Any, schema: Schema = SCHEMA, path: str = "score") -> str:
    """Return what is wrong with a value that stands at `path`, or ""."""
    while "$ref" in schema:
        schema = SCHEMA["$defs"][schema["$ref"].removeprefix("#/$defs/")]
    if "anyOf" in schema:
        found = [schema_problem(value, choice, path) for choice in schema["anyOf"]]
        return "" if "" in found else found[0]
    if "const" in schema and not _same(value, schema["const"]):
        return f"{path} must be {schema['const']}"
    if "enum" in schema and not (isinstance(value, str) and value in schema["enum"]):
        return f"{path} must be one of {', '.join(schema['enum'])}"
    return _CHECKS[schema["type"]](value, schema, path) if "type" in schema else ""


def first(problems: Iterable[str]) -> str:
    """Return the first problem that is one, or ""."""
    return next(filter(None, problems), "")


def _same(value: Any, constant: Any) -> bool:
    return type(value) is type(constant) and bool(value == constant)


def _string(value: Any, schema: Schema, path: str) -> str:
    return "" if isinstance(value, str) and len(value) >= schema.get("minLength", 0) else f"{path} must be a text"


def _boolean(value: Any, schema: Schema, path: str) -> str:
    return "" if isinstance(value, bool) else f"{path} must be true or false"


def _number(value: Any, schema: Schema, path: str) -> str:
    if isinstance(value, bool) or not isinstance(value, int | float) or not abs(value) <= sys.float_info.max:
        return f"{path} must be a number"
    if schema["type"] == "integer" and value != int(value):
        return f"{path} must be a whole number"
    if value < schema.get("minimum", value):
        return f"{path} must be {schema['minimum']} or more"
    if value > schema.get("maximum", value):
        return f"{path} must be {schema['maximum']} or less"
    if value <= schema.get("exclusiveMinimum", -math.inf):
        return f"{path} must be more than {schema['exclusiveMinimum']}"
    return ""


def _array(value: Any, schema: Schema, path: str) -> str:
    if not isinstance(value, list):
        return f"{path} must be a list"
    if not schema.get("minItems", 0) <= len(value) <= schema.get("maxItems", math.inf):
        return f"{path} has the wrong length"
    places = schema.get("prefixItems", [])
    if schema.get("uniqueItems") and any(item in value[:k] for k, item in enumerate(value)):
        return f"{path} names something twice"
    rules = places + [schema.get("items", {})] * (len(value) - len(places))
    return first(schema_problem(item, rules[k], f"{path}[{k}]") for k, item in enumerate(value))


def _object(value: Any, schema: Schema, path: str) -> str:
    if not isinstance(value, dict):
        return f"{path} must be an object"
    for key in schema.get("required", ()):
        if key not in value:
            return f"{path} lacks '{key}'"
    rules, others = schema.get("properties", {}), schema.get("additionalProperties", {})
    for key, item in value.items():
        rule = rules.get(key, others)
        problem = (
            f"{path} has the unknown entry '{key}'" if rule is False else schema_problem(item, rule, f"{path}.{key}")
        )
        if problem:
            return problem
    return ""


_CHECKS: dict[str, Check] = {
    "string": _string,
    "boolean": _boolean,
    "number": _number,
    "integer": _number,
    "array": _array,
    "object": _object,
}
