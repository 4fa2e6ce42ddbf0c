"""What nobody knew becomes questions to pass on, in the order in which they matter."""

from hypothesis import given

from assessment.files.questionnaires import find
from assessment.method.answers import Answer, Trace, applies
from assessment.method.gaps import assess
from assessment.method.questionnaire import UNKNOWN, Questionnaire
from reports.asking import SOMEBODY_ELSE, AskGroup, write_asking
from tests.invented import traced

OWN = find("coordination-trace").questionnaire


def asking(answers: dict[str, str], **facts: str) -> tuple[AskGroup, ...]:
    given_answers = {question: Answer(option) for question, option in answers.items()}
    return write_asking(assess(OWN, Trace(facts, given_answers)))


def test_nothing_is_asked_where_nobody_said_we_do_not_know() -> None:
    assert asking({}) == ()
    assert asking({"use.users": "team"}) == ()


def test_questions_are_grouped_by_who_would_know() -> None:
    groups = asking({"use.users": UNKNOWN, "tooling.brief": UNKNOWN, "routing.stopping": UNKNOWN})
    who = {group.who: [q.question_id for q in group.questions] for group in groups}
    assert who["The person who set up the tool"] == ["routing.stopping"]
    assert "tooling.brief" in who["The people who work with the tool"]


def test_what_holds_the_next_level_comes_first() -> None:
    groups = asking({question.id: UNKNOWN for question in OWN.questions})
    first = groups[0].questions[0]
    gaps = assess(OWN, Trace({}, {q.id: Answer(UNKNOWN) for q in OWN.questions})).gaps
    assert first.question_id == gaps[0].question.id


def test_the_mail_stands_alone() -> None:
    (group,) = asking({"tooling.brief": UNKNOWN}, name="Newsletter drafts")
    question = OWN.by_id["tooling.brief"]
    assert group.subject == "One question about “Newsletter drafts”"
    assert question.ask in group.mail
    assert all(option.text in group.mail for option in question.options.values())
    assert "“Newsletter drafts”" in group.mail
    assert group.mail.startswith("Hello,")


def test_a_questionnaire_that_does_not_say_who_would_know_still_has_somebody_to_ask() -> None:
    silent = OWN.model_copy(
        update={"questions": [q.model_copy(update={"who_knows": None}) for q in OWN.questions]}
    )
    (group,) = write_asking(assess(silent, Trace({}, {"tooling.brief": Answer(UNKNOWN)})))
    assert group.who == SOMEBODY_ELSE


@given(traced())
def test_every_unknown_that_applies_is_asked_once(
    given_trace: tuple[Questionnaire, Trace],
) -> None:
    questionnaire, trace = given_trace
    unknown = [
        question.id
        for question in questionnaire.questions
        if applies(question, trace) and trace.answer(question.id).option == UNKNOWN
    ]
    groups = write_asking(assess(questionnaire, trace))
    asked = [one.question_id for group in groups for one in group.questions]
    assert sorted(asked) == sorted(unknown)
