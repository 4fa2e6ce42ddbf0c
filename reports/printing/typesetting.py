"""The typesetter: templates and data in, a PDF out.

The compiler is given an empty folder as its root, so that there is nothing it could read.
"""

from collections.abc import Iterable, Mapping
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from typst import Fonts

HERE = Path(__file__).parent


def typeset(
    templates: Iterable[Path], files: Mapping[str, bytes], made: datetime, standards: Iterable[str]
) -> bytes:
    """Compile templates.

    Args:
        templates: The one to begin with, then those that it takes parts from.
        files: What they read, by name.
        made: When, with its zone; it stands in the metadata.
        standards: What the PDF must keep to.

    Raises:
        TypstError: It does not compile.
    """
    import typst  # noqa: PLC0415 - commands that print nothing start without it

    main, *parts = templates
    sources = {path.name: path.read_bytes() for path in parts}
    compiled: Any = typst.compile  # takes several files at once, which its types do not say
    with TemporaryDirectory(prefix="report-") as nothing:
        content: bytes = compiled(
            {"main.typ": main.read_bytes(), **sources, **files},
            root=nothing,
            font_paths=_fonts(),
            format="pdf",
            pdf_standards=list(standards),
            timestamp=int(made.timestamp()),
        )
    return content


@lru_cache(maxsize=1)
def _fonts() -> "Fonts":
    from typst import Fonts  # noqa: PLC0415 - commands that print nothing start without it

    return Fonts(
        include_system_fonts=False,
        include_embedded_fonts=False,
        font_paths=[str(HERE.parent / "fonts")],
    )
