"""How pages are looked at for pictures: on a screen and on a phone, light and dark."""

from dataclasses import dataclass
from pathlib import Path

from PIL import Image

PICTURES = Path(__file__).parent / "pictures"

COLOURS = 64
"""Of a picture's palette; keeps the repository small and letters crisp."""


@dataclass(frozen=True)
class Look:
    """How a page is looked at: what that adds to a picture's name, its size, light or dark."""

    suffix: str
    shows: str
    width: int
    height: int
    dark: bool = False


SCREENS = (Look("", "on a screen", 1440, 900), Look("-dark", "in the dark", 1440, 900, dark=True))
PHONES = (
    Look("-phone", "on a phone", 390, 844),
    Look("-phone-dark", "on a phone in the dark", 390, 844, dark=True),
)
PROJECTOR = (
    Look("", "on the projector", 1920, 1080),
    Look("-dark", "on the projector in the dark", 1920, 1080, dark=True),
)
LOOKS = (*SCREENS, *PHONES)


@dataclass(frozen=True)
class View:
    """A page as it can be looked at: a name, what it shows, and its address.

    In the address `{full}`, `{half}` and `{gone}` stand for a trace with answers, one that was
    begun, and one that was deleted; `{stage}` for a stage with questions. `is_first_visit` where
    nothing has been traced yet.
    """

    name: str
    shows: str
    address: str
    is_first_visit: bool = False
    looks: tuple[Look, ...] = LOOKS


def shrink(path: Path) -> None:
    """Make a picture small without making it worse."""
    with Image.open(path) as image:
        small = image.convert("RGB").quantize(COLOURS, dither=Image.Dither.NONE)
    small.save(path, optimize=True)
