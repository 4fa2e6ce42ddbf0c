"""The trace map in words: what a screen reader says of each part, and all of it as a list."""

from collections.abc import Mapping
from dataclasses import dataclass

from reports.charts.flow import FlowLink, FlowNode, TraceMap
from reports.charts.lettering import clean
from reports.charts.map_key import numbered
from reports.charts.map_parts import STATES
from reports.wording import capital, count, sentence


@dataclass(frozen=True)
class StateInWords:
    """All parts in one state: its id, what it is called, and each part with who or where to."""

    state: str
    title: str
    parts: tuple[str, ...]


def in_words(flow: TraceMap) -> tuple[StateInWords, ...]:
    """Tell the map as lists: what is short by now first, then what is not, later parts last.

    Parts of which the questionnaire asks nothing are left out.
    """
    said = names(flow)
    order = sorted(STATES, key=list(type(STATES[0])).index)
    found = []
    for is_later in (False, True):
        for state in order:
            parts = [
                part
                for part in flow.parts
                if part.is_judged and part.state is state and part.is_later is is_later
            ]
            if parts:
                told = tuple(capital(_with_detail(said[part.id], part.detail)) for part in parts)
                found.append(StateInWords(state.value, capital(parts[0].state_label), told))
    return tuple(found)


def names(flow: TraceMap) -> Mapping[str, str]:
    """What to call each part: a box by its name, an arrow by its own and where it leads."""
    boxes = {node.id: clean(node.name) for node in flow.nodes}
    return {
        part.id: boxes[part.id] if isinstance(part, FlowNode) else _arrow(part, boxes)
        for part in flow.parts
    }


def spoken(flow: TraceMap) -> Mapping[str, str]:
    """What a screen reader says of each part that can be chosen: those with questions."""
    called, numbers = names(flow), {link.id: n for n, link in enumerate(numbered(flow), 1)}
    return {
        part.id: " ".join(
            sentence(words)
            for words in (
                f"{_lead(part, numbers)}{called[part.id]}"
                + (f": {part.state_label}" if part.is_judged else ""),
                clean(part.detail),
                _questions(part),
            )
            if words
        )
        for part in flow.parts
        if part.questions
    }


def _arrow(link: FlowLink, boxes: Mapping[str, str]) -> str:
    way = f"{boxes[link.from_]} to {boxes[link.to]}"
    return f"{clean(link.name)} ({way})" if link.name else way


def _lead(part: FlowNode | FlowLink, numbers: Mapping[str, int]) -> str:
    return f"Arrow {numbers[part.id]}, " if part.id in numbers else ""


def _questions(part: FlowNode | FlowLink) -> str:
    if len(part.questions) == 1:
        return f"Opens the question: {clean(part.questions[0].text)}"
    return f"Opens its {count(len(part.questions), 'question')}"


def _with_detail(name: str, detail: str) -> str:
    return f"{name}: {clean(detail)}" if detail else name
