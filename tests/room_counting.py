"""Visits to a room without phones: a workshop, its two screens, what is entered in its folds."""

from secrets import token_urlsafe

from streamlit.testing.v1 import AppTest
from streamlit.testing.v1.element_tree import Expander

from assessment.method.questionnaire import Question
from assessment.pages import current
from assessment.pages.address import ROOM_PAGE, WORKSHOP_PAGE
from assessment.pages.start import examples
from assessment.pages.workshop import running
from assessment.store.participation import Participation
from assessment.store.workshop_records import Pace, Step, WorkshopPlan
from tests.page_visits import begun, open_app, words
from tests.room_people import HOSTILE

OWN = examples.questionnaires()[0].questionnaire
FIRST, SECOND, THIRD, *_ = OWN.backbone
CODE = "KH7QWX"
FUNCTIONS = ("Sales", "Marketing", HOSTILE)
TOGETHER = WorkshopPlan(FUNCTIONS)
OWN_PACE = WorkshopPlan(FUNCTIONS, pace=Pace.OWN)
PEOPLE, HANDS, FORMS, CORRECT = (
    "Count people instead",
    "Count hands instead",
    "Enter forms from paper",
    "Correct the count",
)


def opened(step: Step = Step.LOBBY, plan: WorkshopPlan = TOGETHER, question: str = "") -> str:
    key = token_urlsafe(16)
    trace = begun("Newsletter drafts")
    running.workshops().open((token_urlsafe(16), key, CODE), trace, plan, current.now())
    if plan.pace is Pace.OWN:
        asked = [one.id for one in (FIRST, SECOND, THIRD)]
        running.workshops().put(key, asked, current.now())
    go(key, step, question)
    return key


def go(key: str, step: Step, question: str = "") -> None:
    at = running.workshops().load(key).version
    running.workshops().move(key, at, step, question or None, current.now())


def by_phone(*functions: str, guess: int | None = None) -> None:
    taking_part = Participation(current.database())
    for function in functions:
        token = token_urlsafe(16)
        taking_part.join(CODE, token, function, current.now())
        if guess is not None:
            taking_part.guess(token, guess, current.now())


def control(key: str) -> AppTest:
    return open_app(page=WORKSHOP_PAGE, w=key)


def room(key: str) -> str:
    return words(open_app(page=ROOM_PAGE, w=key))


def room_at(key: str, step: Step) -> str:
    go(key, step)
    return room(key)


def fold(tab: AppTest, label: str) -> Expander:
    """What is inside a fold; there must be one with this label."""
    (found,) = (one for one in tab.expander if one.label == label)
    return found


def enter(tab: AppTest, label: str, *numbers: int, button: str = "Keep this count") -> AppTest:
    """Enter numbers in a fold, and keep them."""
    inside = fold(tab, label)
    for field, number in zip(inside.number_input, numbers, strict=True):
        field.set_value(number)
    (kept,) = (one for one in inside.button if one.label == button)
    kept.click()
    tab.run()
    assert not tab.exception
    return tab


def press(tab: AppTest, label: str) -> AppTest:
    next(button for button in tab.button if button.label.startswith(label)).click()
    tab.run()
    assert not tab.exception
    return tab


def is_open(tab: AppTest, label: str) -> bool:
    return fold(tab, label).proto.expanded


def numbers(question: Question, weakest: int, strongest: int) -> list[int]:
    """One number for each option and for "we don't know"."""
    return [weakest, *[0] * (len(question.options) - 2), strongest, 0]
