"""The content of a file, YAML or JSON, as data with positions."""

from pathlib import PurePath

from assessment.files.positioned_json import parse_json
from assessment.files.positioned_yaml import parse_yaml
from assessment.files.positions import Positioned, decoded
from assessment.files.problems import FileProblems


def parse(content: str | bytes, path: str) -> Positioned:
    """Read a file's content.

    What is named `.json` is JSON. A file of another name that starts with a bracket may be
    either: it is read as JSON if it is some, which YAML's reader would refuse for its tabs.

    Args:
        content: The file's text or bytes.
        path: How problems name the file.

    Returns:
        Its data, every value as the text it was written as, and where each part stands.

    Raises:
        FileProblems: It cannot be read.
    """
    text = decoded(content, path)
    if PurePath(path).suffix.lower() == ".json":
        return parse_json(text, path)
    if text.lstrip().startswith(("{", "[")):
        try:
            return parse_json(text, path)
        except FileProblems as as_json:
            return _parse_as_yaml_after(as_json, text, path)
    return parse_yaml(text, path)


def _parse_as_yaml_after(as_json: FileProblems, text: str, path: str) -> Positioned:
    """Try YAML; where that fails as well, complain as the reader that came further."""
    try:
        return parse_yaml(text, path)
    except FileProblems as as_yaml:
        raise max(as_yaml, as_json, key=lambda found: found.problems[-1].position) from None
