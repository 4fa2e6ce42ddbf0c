"""What the facilitator does at each step of a workshop."""

from collections.abc import Callable, Sequence
from typing import Literal

import streamlit as st

from assessment.method.questionnaire import Question
from assessment.pages import current
from assessment.pages.markup import Html, element, if_any, joined
from assessment.pages.workshop import join_address, resting, revealing, running, ways
from assessment.pages.workshop.agenda_parts import show_lines
from assessment.pages.workshop.closing import show_release
from assessment.pages.workshop.counting import show_guesses, show_people
from assessment.pages.workshop.files import show_workshop_files
from assessment.pages.workshop.hands import show_hands
from assessment.pages.workshop.paper_forms import entered, show_forms
from assessment.pages.workshop.presence import counted, guesses
from assessment.pages.workshop.recording import show_recording
from assessment.pages.workshop.room_result import show_plan, show_result
from assessment.pages.workshop.running import Running
from assessment.store.workshop_records import Attendance, Pace, Round, Step
from reports.wording import capital, count

_PROJECTOR = "Open the screen for the room and put it on the projector."
_START = "Say the lines above in your own words, then start. Late joiners still get in."
_FIRST_THINGS = (
    _PROJECTOR,
    "People join with their phones. How many are in stands beside this.",
    _START,
)
_FIRST_THINGS_WITHOUT_PHONES = (
    _PROJECTOR,
    "Phones cannot reach this server, so hands are counted, or forms on paper.",
    "Say the lines above in your own words, count who is here, then start.",
)
_FIRST_THINGS_IN_A_REHEARSAL = (
    _PROJECTOR,
    "Twelve simulated people come in by themselves, and will answer as people do: differently.",
    _START,
)


def show_step(now: Running) -> None:
    """Show the step that the workshop is at."""
    ways.tell_if_moved()
    if now.workshop.closed is not None:
        show_result(now)
        show_workshop_files(now)
        return
    if now.workshop.step is not Step.REVEAL:
        show_lines(now)
    _STEPS[now.workshop.step](now)


def _lobby(now: Running) -> None:
    said = _FIRST_THINGS if join_address.is_reachable() else _FIRST_THINGS_WITHOUT_PHONES
    if now.workshop.plan.is_rehearsal:
        said = _FIRST_THINGS_IN_A_REHEARSAL
    things = element("ol", *(element("li", one) for one in said), class_="first-things")
    st.html(joined([element("h1", "Let everybody in"), things]))
    show_people(now)
    with ways.ways():
        ways.on(now, "Start: guess first", Step.GUESS)


def _guess(now: Running) -> None:
    st.html(element("h1", "Everybody guesses the level"))
    resting.follow(_guessed, now)
    show_guesses(now, is_open=_is_without_phones(now))
    show_people(now)
    with ways.ways():
        ways.back(now, "Back", Step.LOBBY)
        if now.workshop.plan.pace is Pace.OWN and now.to_ask:
            _put_questions(now)
        elif now.to_ask:
            ways.ask(now, now.to_ask[0], "First question")
        else:
            ways.on(now, "To the result", Step.RESULT)


def _put_questions(now: Running) -> None:
    """Offer to put questions for everybody's own pace: the first ones first."""
    backbone = [question.id for question in now.questionnaire.backbone]
    first = tuple(question for question in now.to_ask if question.id in backbone)
    questions = first or now.to_ask
    label = f"Put {count(len(questions), 'question')}"
    st.button(label, type="primary", on_click=ways.put, args=(now, questions), key="put")


def _answer(now: Running) -> None:
    if now.workshop.plan.pace is Pace.OWN:
        _answer_at_own_pace(now)
        return
    question = now.question
    if question is None:
        with ways.ways():
            _result_or_next(now)
        return
    _asked(question, _place(now))
    resting.follow(_counted, now.key, question.id)
    nobody = _is_without_phones(now)
    show_hands(now, question, is_open=nobody)
    with ways.ways():
        before = _before(now)
        ways.back(now, "Back", Step.REVEAL if before else Step.GUESS, before)
        _reveal_button("Reveal", ways.reveal, now.key, question.id, is_primary=not nobody)


def _answer_at_own_pace(now: Running) -> None:
    waiting, nobody = _waiting(now), _is_without_phones(now)
    st.html(element("h1", "Everybody answers"))
    resting.follow(_all_counted, now, waiting)
    if waiting:
        show_forms(now, waiting, is_open=nobody)
    with ways.ways():
        before = _before(now)
        ways.back(now, "Back", Step.REVEAL if before else Step.GUESS, before)
        _reveal_waiting(now, waiting, is_first=not nobody)


def _reveal_waiting(now: Running, waiting: Sequence[Question], *, is_first: bool) -> None:
    """Offer to reveal what was answered; a question that nobody could answer waits for its forms.

    Args:
        now: The workshop.
        waiting: The questions that are not revealed.
        is_first: Whether that comes next even while forms are still to be entered.
    """
    done, label, shown = entered(now, waiting), "Reveal them all", tuple(waiting)
    there = running.attendance(now.key, current.now())
    if done and len(done) < len(waiting) and not there.joined:
        shown, label = done, f"Reveal what is entered ({len(done)})"
    is_primary = is_first or len(done) == len(waiting)
    ids = tuple(question.id for question in shown)
    _reveal_button(label, ways.reveal_all, now.key, ids, is_primary=is_primary)


def _reveal_button(
    label: str, does: Callable[..., None], *args: object, is_primary: bool = True
) -> None:
    kind: Literal["primary", "secondary"] = "primary" if is_primary else "secondary"
    st.button(label, type=kind, on_click=does, args=args, key="reveal")


def _shown(now: Running) -> None:
    question = now.question
    if question is None:
        with ways.ways():
            _result_or_next(now)
        return
    with st.container(key="revealed"):
        left, right = st.columns([1.15, 1], gap="large")
        with left:
            show_lines(now)
            _asked(question, "What the room said")
            revealing.show_revealed(now, question)
        with right:
            show_recording(now, question)
    revealing.show_others(now, question)
    with ways.ways():
        args = (now.key, question.id)
        st.button("Vote again", on_click=ways.vote_again, args=args, key="again")
        _onward(now, question)


def _onward(now: Running, question: Question) -> None:
    waiting = [r for r in now.revealed if r.spread.question.id not in now.agreed]
    following = [r.spread.question for r in waiting if r.spread.question.id != question.id]
    if question.id not in now.agreed:
        st.html(element("p", "Record what was agreed, or that it is not; then go on."))
    elif following:
        label = f"Next to talk about ({len(following)} left)"
        ways.show_spread(now, following[0], label, is_primary=True)
    else:
        _result_or_next(now)


def _result_or_next(now: Running) -> None:
    if now.to_ask:
        ways.on(now, "Stop here: to the result", Step.RESULT, is_primary=False)
    if now.to_ask and now.workshop.plan.pace is Pace.OWN:
        _put_questions(now)
    elif now.to_ask:
        ways.ask(now, now.to_ask[0], f"Next question ({_left(now)})")
    else:
        ways.on(now, "To the result", Step.RESULT)


def _result(now: Running) -> None:
    show_result(now)
    with ways.ways():
        before = _before(now)
        if before:
            ways.back(now, "Back to the answers", Step.REVEAL, before)
        if now.to_ask and now.workshop.plan.pace is Pace.TOGETHER:
            ways.ask(now, now.to_ask[0], f"Ask more ({_left(now)})", is_primary=False)
        ways.on(now, "On to the next step", Step.PLAN)


def _plan(now: Running) -> None:
    show_plan(now)
    show_workshop_files(now)
    with ways.ways():
        ways.back(now, "Back to the result", Step.RESULT)
        show_release(now)


def _asked(question: Question, eyebrow: str) -> None:
    st.html(
        joined(
            [
                element("p", eyebrow, class_="eyebrow"),
                element("h1", question.ask),
                if_any("p", question.why, class_="quiet"),
            ]
        )
    )


def _place(now: Running) -> str:
    further = len([q for q in now.to_ask if q.id not in now.last])
    more = f", up to {further} more after it" if further else ", the last one"
    return f"Question {len(now.last)}{more}"


def _left(now: Running) -> str:
    return f"up to {len(now.to_ask)} left" if len(now.to_ask) > 1 else "the last one"


def _is_without_phones(now: Running) -> bool:
    return running.attendance(now.key, current.now()).present == 0


def _guessed(now: Running) -> None:
    """How many have guessed, never who or what."""
    st.html(element("div", guesses(now.workshop, running.attendance(now.key, current.now()))))


def _counted(key: str, question: str) -> None:
    """How many have answered, never who or what."""
    there = running.attendance(key, current.now())
    st.html(element("div", counted(there.answered.get(question, 0), there.present, "answered")))


def _all_counted(now: Running, questions: Sequence[Question]) -> None:
    """The same for many questions at once."""
    there = running.attendance(now.key, current.now())
    rows = [
        element("li", element("span", question.ask), _count_of(now.last[question.id], there))
        for question in questions
    ]
    st.html(element("ul", *rows, class_="all-counted"))


def _count_of(last: Round, there: Attendance) -> Html:
    if last.hands:
        forms = count(sum(last.hands.values()), "form")
        return element("div", element("p", f"{capital(forms)} entered"), class_="counted")
    return counted(there.answered.get(last.question, 0), there.present, "answered")


def _waiting(now: Running) -> list[Question]:
    """The questions that were put to the room and not revealed, in the order of asking."""
    ids = [q for q, one in now.last.items() if one.revealed is None]
    return [question for question in now.questionnaire.questions if question.id in ids]


def _before(now: Running) -> str | None:
    revealed = [one.question for one in now.rounds if one.revealed is not None]
    others = [question for question in revealed if question != now.workshop.question]
    return others[-1] if others else None


_STEPS: dict[Step, Callable[[Running], None]] = {
    Step.LOBBY: _lobby,
    Step.GUESS: _guess,
    Step.ANSWER: _answer,
    Step.REVEAL: _shown,
    Step.RESULT: _result,
    Step.PLAN: _plan,
}
