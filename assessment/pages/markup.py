"""HTML for `st.html` in which every text shows as it was typed.

What is not `Html` is escaped where it is put in, so there is no other way to write an element.
"""

from collections.abc import Iterable
from html import escape


class Html(str):
    """Markup that may go to the page as it is; made by `element` and `joined` only."""

    __slots__ = ()


def element(tag: str, *children: str | None, **attributes: str | int | None) -> Html:
    """Write an element.

    Args:
        tag: Its name.
        children: What it holds; a text that is not `Html` is escaped, None and "" are left out.
        attributes: As in HTML, with `class_` for class and `_` for `-`; None leaves one out.

    Returns:
        The element. Where it has neither children nor attributes but should hold something, "".
    """
    written = "".join(
        f' {name.rstrip("_").replace("_", "-")}="{escape(str(value))}"'
        for name, value in attributes.items()
        if value is not None
    )
    return Html(f"<{tag}{written}>{joined(children)}</{tag}>")


def if_any(tag: str, text: str | None, **attributes: str | int | None) -> Html:
    """Write an element, or nothing where there is nothing to put into it."""
    return element(tag, text, **attributes) if text else Html()


def typed(tag: str, text: str | None, **attributes: str | int | None) -> Html:
    """Write what somebody typed: each line on its own, in the direction of its own script."""
    if not text:
        return Html()
    return element(tag, text, dir="auto", **{"class_": "typed", **attributes})


def joined(parts: Iterable[str | None]) -> Html:
    """Put parts behind one another, escaping those that are not `Html`."""
    return Html("".join(p if isinstance(p, Html) else escape(p) for p in parts if p))


def bullets(items: Iterable[str], **attributes: str | int | None) -> Html:
    """Write a list, or nothing where it would be empty."""
    lines = [element("li", item) for item in items]
    return element("ul", *lines, **attributes) if lines else Html()


def pairs(rows: Iterable[tuple[str, str | None]], **attributes: str | int | None) -> Html:
    """Write terms with what is said of each; those of which nothing is said are left out."""
    lines = [
        element("div", element("dt", term), element("dd", said, dir="auto"))
        for term, said in rows
        if said
    ]
    return element("dl", *lines, **attributes) if lines else Html()


def table(
    head: Iterable[str], rows: Iterable[Iterable[str]], caption: str, **attributes: str | int | None
) -> Html:
    """Write a table; the first cell of each row is its heading."""
    lines = []
    for row in rows:
        first, *rest = row
        cells = [element("td", cell, dir="auto") for cell in rest]
        lines.append(element("tr", element("th", first, scope="row"), *cells))
    columns = [element("th", title, scope="col") for title in head]
    return element(
        "table",
        element("caption", caption),
        element("thead", element("tr", *columns)),
        element("tbody", *lines),
        **attributes,
    )
