"""Drawings on a page of Streamlit: as images, since `st.html` takes drawings out of markup."""

from base64 import b64encode
from functools import lru_cache
from io import BytesIO

import segno

from assessment.pages.markup import Html, element
from reports.palette import LIGHT


@lru_cache(maxsize=16)
def qr_code(url: str) -> Html:
    """Draw an address as a QR code, dark on light in every theme, as cameras want it."""
    written = BytesIO()
    segno.make(url, error="m", micro=False).save(
        written, kind="svg", border=4, dark=LIGHT.ink, light=LIGHT.paper, svgns=True, omitsize=True
    )
    return drawing(written.getvalue().decode(), "QR code of the address to join")


def drawing(svg: str, alt: str) -> Html:
    """Put a drawing on the page; `alt` says the same in words."""
    source = f"data:image/svg+xml;base64,{b64encode(svg.encode()).decode()}"
    return element("img", src=source, alt=alt)
