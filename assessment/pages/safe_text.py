"""Texts for labels and messages, which Streamlit reads as Markdown, so that they show as typed."""

import re

_MARKUP = re.compile(r"([\\`*_~\[\]<$&|])")
"""What starts markup anywhere in a line. No more than this: screen readers are told the backslashes
of a label."""

_AT_THE_START = re.compile(r"^(?=[-+#>=])|(?<=^\d)(?=[.)])|(?<=^\d\d)(?=[.)])")
"""Where a line would become a list, a heading or a quotation."""

_JOINER = "\u2060"
"""Takes no room and breaks no line; it parts what Streamlit would read together even when escaped:
shortcodes (`:tada:`), directives (`:red[..]`), addresses, and arrows made of dashes."""

_READ_TOGETHER = re.compile(r"(?<=[:@])(?=\S)|(?<=[-<>=~])(?=[-<>=~])|(?<=[Ww]{3})(?=\.)")


def plain(text: str) -> str:
    """Escape a text so that Markdown shows it as it stands, on one line.

    Args:
        text: Anything, such as what somebody typed or what a questionnaire says.

    Returns:
        Markdown without any markup in it.
    """
    on_one_line = " ".join(text.split())
    apart = _READ_TOGETHER.sub(_JOINER, on_one_line)
    return _AT_THE_START.sub(r"\\", _MARKUP.sub(r"\\\1", apart))
