"""What a YAML parser complains about, in the words of whoever wrote the file."""

import re

import yaml

INDENT = "check the indentation of this line and the one above"
QUOTE = "put the whole text in quotes"

SAYINGS: tuple[tuple[str, str, str], ...] = (
    (r"found character '\\t'", "a tab stands where only blanks may", "indent with blanks"),
    (
        r"found character '(.)'",
        "a text cannot start with '{0}'",
        QUOTE,
    ),
    (
        r"mapping values are not allowed",
        "a ': ' stands where no key can",
        f"if it belongs to a text, {QUOTE}; else {INDENT}",
    ),
    (
        r"could not find expected ':'",
        "this line is no 'key: value'",
        f"write the ':' behind its key, or {INDENT}",
    ),
    (
        r"<block end>, but found '-'",
        "a list item ('- ') cannot stand here",
        f"write the key of the list on a line above it, or {INDENT}",
    ),
    (
        r"sequence entries are not allowed",
        "a list item ('- ') cannot stand here",
        "start the list on a line of its own",
    ),
    (r"mapping keys are not allowed", "a '? ' cannot stand here", QUOTE),
    (
        r"found unexpected end of stream",
        "the quotation mark that opens here is never closed",
        "close it, or write a quotation mark inside a text twice",
    ),
    (
        r"found unexpected document separator",
        "the quotation mark that opens here is not closed before '---' or '...'",
        "close it",
    ),
    (
        r"found unknown escape character '(.+)'",
        "'\\{0}' means nothing between double quotes",
        "write the backslash twice, or use single quotes",
    ),
    (
        r"expected escape sequence of (\d+)",
        "a character written with a backslash needs {0} digits here",
        "write the character itself, or the backslash twice",
    ),
    (
        r"expected chomping or indentation|expected indentation indicator|expected a comment or a",
        "after '|' or '>' the text must start on the next line",
        f"start a new line, or {QUOTE}",
    ),
    (
        r"expected ',' or '(.)'",
        "a list or mapping in brackets lacks a ',' or its '{0}'",
        "close it; inside brackets a text with a comma, bracket or '?' needs quotes",
    ),
    (
        r"expected <block end>|expected '<document start>'",
        "this does not fit the lines above it",
        INDENT,
    ),
    (
        r"expected the node content",
        "a value is missing before this",
        "write it, or take out what announces it",
    ),
    (
        r"expected alphabetic or numeric character",
        "a text cannot start with '*', '&' or '%'",
        QUOTE,
    ),
    (r"tag handle|URI|expected '!'|expected '>'", "a text cannot start with '!'", QUOTE),
)
"""What PyYAML says, what is wrong, how to mend it; the first that fits. Groups fill the braces."""

AT_ITS_START = (
    "found unexpected",
    "could not find",
    "expected alphabetic",
    "expected escape",
    "expected chomping",
)
"""Complaints whose cause is where the part begins, not where the parser gave up."""

GOES_ON = (
    "the line goes on after its closing quotation mark or bracket",
    f"{QUOTE} (inside '...' an apostrophe is written twice), or take the rest out",
)

DIRECTIVE = ("a line cannot start with '%' here", f"take the line out, or {QUOTE}")


def in_plain_words(error: yaml.YAMLError) -> tuple[int, str, str]:
    """Say where a text stops being YAML (as an offset), what is wrong, and how to mend it."""
    if isinstance(error, yaml.reader.ReaderError):
        what = f"the invisible character U+{int(error.character):04X} cannot stand in a text file"
        return int(error.position), what, "take it out"
    if not isinstance(error, yaml.MarkedYAMLError):
        return 0, "this is no YAML", "compare it with a file that works"
    said = error.problem or ""
    starts_there = said.startswith(AT_ITS_START) and error.context_mark is not None
    mark = error.context_mark if starts_there else error.problem_mark
    offset = 0 if mark is None else mark.index
    if "incompatible YAML" in said or "directive" in (error.context or "") or "directive" in said:
        return offset, *DIRECTIVE
    if "expected <block end>" in said and not _starts_its_line(mark):
        return offset, *GOES_ON
    for pattern, what, fix in SAYINGS:
        found = re.search(pattern, said)
        if found:
            return offset, what.format(*found.groups()), fix
    return offset, f"this is no YAML: {said}", INDENT


def _starts_its_line(mark: yaml.Mark | None) -> bool:
    if mark is None or mark.buffer is None:
        return True
    return not mark.buffer[mark.pointer - mark.column : mark.pointer].strip(" -")
