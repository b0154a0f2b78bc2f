"""The sets of fonts under which the layout is tested: a browser that sees one of them sees no other font."""

from pathlib import Path

_FONTS = Path("/usr/share/fonts")
_TEX = Path("/usr/share/texmf/fonts/opentype/public")
FONT_SETS = {
    "dejavu": (_FONTS / "truetype/dejavu",),
    "others": (_FONTS / "truetype/noto", _FONTS / "opentype/stix", _TEX / "lm", _TEX / "lm-math"),
}
"""Name → the folders of Debian's fonts-dejavu; of its fonts-noto-core, fonts-stix and fonts-lmodern."""

_CONFIG = """<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "urn:fontconfig:fonts.dtd">
<fontconfig>
{folders}
<cachedir>{cache}</cachedir>
</fontconfig>
"""


def missing_fonts(name: str) -> list[str]:
    """Folders of a set that this machine does not have."""
    return [str(folder) for folder in FONT_SETS[name] if not folder.is_dir()]


def font_environment(name: str, folder: Path) -> dict[str, str]:
    """What a browser's environment needs so that it sees these fonts alone; `folder` takes the configuration."""
    config = folder / f"{name}.conf"
    folders = "\n".join(f"<dir>{place}</dir>" for place in FONT_SETS[name])
    config.write_text(_CONFIG.format(folders=folders, cache=folder / "cache"), encoding="utf-8")
    return {"FONTCONFIG_FILE": str(config)}
