"""The theme file says what the palette says, and keeps the app quiet and alone on its machine."""

import re
import tomllib
from pathlib import Path
from typing import Any

import pytest
from streamlit import config, file_util

from assessment.pages import appearance
from assessment.pages.appearance import STYLES
from reports.palette import DARK, LIGHT, Palette
from tests.conftest import ROOT

THEME: dict[str, Any] = tomllib.loads((ROOT / ".streamlit/config.toml").read_text(encoding="utf-8"))


def luminance(colour: str) -> float:
    """Relative luminance, as WCAG 2.2 defines it."""
    channels = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize(("mode", "palette"), [("light", LIGHT), ("dark", DARK)])
def test_the_theme_has_the_colours_of_the_palette(mode: str, palette: Palette) -> None:
    assert THEME["theme"][mode] == {
        "primaryColor": palette.accent,
        "backgroundColor": palette.paper,
        "secondaryBackgroundColor": palette.wash,
        "textColor": palette.ink,
        "borderColor": palette.line,
        "linkColor": palette.accent,
    }


@pytest.mark.parametrize("palette", [LIGHT, DARK], ids=["light", "dark"])
def test_text_is_readable_on_both_grounds(palette: Palette) -> None:
    for text in ("ink", "quiet", "accent", "met", "missing", "unknown", "not_asked"):
        for ground in ("paper", "wash"):
            assert contrast(getattr(palette, text), getattr(palette, ground)) >= 4.5, (text, ground)
    assert contrast(palette.on_accent, palette.accent) >= 4.5


def test_nothing_is_asked_of_other_machines() -> None:
    assert THEME["browser"]["gatherUsageStats"] is False
    assert THEME["server"]["headless"] is True
    assert "://" not in (ROOT / ".streamlit/config.toml").read_text(encoding="utf-8")
    assert not [sheet for sheet in STYLES.glob("*.css") if "url(" in sheet.read_text("utf-8")]


def test_letters_come_with_the_product_and_are_those_of_the_paper() -> None:
    assert THEME["theme"]["font"] == "sans-serif"
    served = Path(file_util.get_static_dir()) / "static" / "media"
    assert list(served.glob("SourceSansVF-Upright*.woff2"))
    assert (ROOT / "reports/fonts/SourceSans3-OFL.txt").is_file()


def test_the_mark_in_the_browsers_tab_is_drawn_here_and_calls_nowhere() -> None:
    icon = appearance.icon()
    assert icon.startswith("<svg")
    assert set(re.findall(r"#[0-9a-f]{6}", icon)) == {LIGHT.accent, LIGHT.on_accent}
    addresses = set(re.findall(r"https?://[^\"]+", icon))
    assert addresses == {"http://www.w3.org/2000/svg"}, "a name, which nobody asks for"


def test_streamlits_own_menu_is_out_of_the_way() -> None:
    assert THEME["client"]["toolbarMode"] == "minimal"


def test_nobody_sees_a_traceback() -> None:
    assert THEME["client"]["showErrorDetails"] == "none"


def test_every_setting_is_one_that_streamlit_knows() -> None:
    known = config.get_config_options()
    for section, settings in THEME.items():
        for name, value in settings.items():
            names = [f"{name}.{key}" for key in value] if isinstance(value, dict) else [name]
            assert all(f"{section}.{one}" in known for one in names), (section, names)
