"""The pictures of the product: every page has its own, and the gallery shows all of them."""

import re

import pytest

from docs.looks import PICTURES, Look, View
from docs.pictures import PICTURED
from tests.conftest import ROOT

SHOWN = re.findall(r'src="([^"]+)"', (PICTURES / "README.md").read_text(encoding="utf-8"))


def test_every_page_in_the_navigation_has_a_picture() -> None:
    pages = (ROOT / "app.py").read_text(encoding="utf-8")
    paths = re.findall(r'url_path="([a-z-]+)"', pages)
    pictured = {view.address.partition("?")[0].strip("/") for view in PICTURED}
    assert paths
    assert pictured >= {"", *paths}


@pytest.mark.parametrize(
    ("view", "look"),
    [(view, look) for view in PICTURED for look in view.looks],
    ids=lambda one: one.name if isinstance(one, View) else one.shows,
)
def test_every_view_is_pictured_in_every_look(view: View, look: Look) -> None:
    name = f"{view.name}{look.suffix}.png"
    assert name in SHOWN, "run `make pictures`"
    assert (PICTURES / name).is_file()


def test_the_gallery_and_the_readme_show_no_picture_that_is_not_there() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    named = [*SHOWN, *re.findall(r"\(docs/pictures/([^)]+\.png)\)", readme)]
    assert named
    assert [name for name in named if not (PICTURES / name).is_file()] == []


def test_the_pictures_stay_small() -> None:
    sizes = {path.name: path.stat().st_size for path in PICTURES.glob("*.png")}
    assert max(sizes.values()) < 200_000
    assert sum(sizes.values()) < 6_000_000
