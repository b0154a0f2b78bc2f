"""The player's modules are joined into one text, or the error says which of them cannot be."""

import pytest

from bpviz.views.player import assets


def joined(folder, **modules):
    for name, text in modules.items():
        (folder / f"{name}.js").write_text(text, encoding="utf-8")
    return assets.join(folder / "main.js")


def test_what_is_imported_comes_first_and_once(tmp_path):
    (tmp_path / "sizes.json").write_text('{"a": [1]}', encoding="utf-8")
    main = '/** 1 */\n\nimport { a } from "./a.js";\nimport { b } from "./b.js";\n\nexport const main = a + b; // +\n'
    b = 'import SIZES from "./sizes.json";\nimport { a } from "./a.js";\nexport const b = [\n  a, // 1\n  SIZES,\n];\n'
    text = joined(tmp_path, main=main, b=b, a="export function a() {\n  return 1;\n}\n")
    assert text == 'function a() {return 1;}\nlet SIZES = {"a":[1]};let b = [a,SIZES,];let main = a + b;'


@pytest.mark.parametrize(
    ("main", "problem"),
    [
        ('import { a } from "./a.js";\nconst b = 1;\n', r"circle: main\.js -> a\.js -> main\.js"),
        ('import { c } from "./c.js";\n', r"main\.js needs c\.js, which does not exist"),
        ('import { d } from "./d.js";\nconst e = 1;\n', "main.js and d.js both define 'e'"),
        ('import * as d from "./d.js";\n', r"main\.js has an import .* cannot be joined: import \* as d"),
        ("const b = 1;\n  export default b;\n", "cannot be joined: export default b;"),
    ],
)
def test_what_cannot_be_joined_is_named(tmp_path, main, problem):
    a = 'import { b } from "./main.js";\nexport const a = b;\n'
    with pytest.raises(ValueError, match=problem):
        joined(tmp_path, main=main, a=a, d="export const e = 2;\n")
