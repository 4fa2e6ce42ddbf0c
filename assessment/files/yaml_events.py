"""The events of a YAML text: by the fast parser where it is known to read it like the exact one.

PyYAML's parser in C takes a twentieth of the time. It says other things where a text is wrong,
and takes a few texts that the one in Python refuses; those, and systems without it, get the one
in Python. So every text reads the same everywhere, and what is said of it is the same as well.
"""

import re
from collections.abc import Iterator

import yaml

READ_APART = re.compile("[\t\x85\u2028\u2029\ufeff]")
"""Characters in a text that the two parsers do not always read alike."""


class ReadApartError(Exception):
    """The two parsers do not read this text alike; take the exact one."""


def exact_events(text: str) -> Iterator[yaml.Event]:
    """Parse a text, slowly.

    Raises:
        YAMLError: It is no YAML.
        ValueError: A character or version in it is beyond what there can be.
        OverflowError: The same, further beyond.
    """
    return yaml.parse(text, Loader=yaml.SafeLoader)


def fast_events(text: str) -> Iterator[yaml.Event]:
    """Parse a text, fast.

    Raises:
        ReadApartError: Take the exact parser: there is no fast one, or it reads this otherwise.
        YAMLError, ValueError, OverflowError: Take the exact parser: something is wrong.
    """
    if not yaml.__with_libyaml__ or READ_APART.search(text):
        raise ReadApartError
    in_brackets: list[bool] = []
    for event in yaml.parse(text, Loader=yaml.CSafeLoader):
        if isinstance(event, yaml.CollectionEndEvent):
            in_brackets.pop()
        elif isinstance(event, yaml.NodeEvent):
            if getattr(event, "tag", None) is not None:
                raise ReadApartError
            if isinstance(event, yaml.CollectionStartEvent):
                in_brackets.append(bool(event.flow_style))
            elif isinstance(event, yaml.ScalarEvent) and not event.style:
                event.style = None
                if any(in_brackets[-1:]) and (not event.value or "?" in event.value):
                    raise ReadApartError
        yield event
