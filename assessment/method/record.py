"""The record of a result: the plain data that the terminal prints and files carry."""

from typing import Any

from assessment.method.gaps import Result


def record(result: Result, case_id: str) -> dict[str, Any]:
    """Abridge a result to plain data.

    Returns:
        The keys of "The record of a result" in `questionnaires/README.md`, in that order; every
        value is text, a whole number, None, or lists and mappings of those.
    """
    standing = result.standing
    return {
        "id": case_id,
        "level": standing.level,
        "ceiling": standing.ceiling,
        "evidenced": standing.evidenced,
        "ahead": list(standing.ahead),
        "perception_gap": standing.perception_gap,
        "stage_profile": dict(standing.stage_profile),
        "next_step": {
            "question": result.next_step.question,
            "kind": str(result.next_step.kind),
        },
        "blocking": [finding.question.id for finding in standing.blocking],
        "safeguards": [finding.question.id for finding in standing.safeguards_short],
        "gaps": [
            {
                "question": gap.question.id,
                "kind": str(gap.kind),
                "level": gap.level,
                "state": str(gap.state),
            }
            for gap in result.gaps
        ],
        "patterns": [pattern.id for pattern in result.patterns],
        "readiness": dict(result.readiness),
        "skills": dict(result.skills),
    }
