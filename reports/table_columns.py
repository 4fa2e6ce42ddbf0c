"""The columns of the tables, each with its kind in pandas' words."""

WHOLE = "Int64"  # pandas' whole number that may be missing
TEXT = "str"
YES_NO = "bool"
DECIMAL = "Float64"  # likewise

IMPRINT = {
    "trace_id": TEXT,
    "use_case": TEXT,
    "questionnaire_id": TEXT,
    "questionnaire_version": TEXT,
    "questionnaire_fingerprint": TEXT,
    "is_rehearsal": YES_NO,
}
"""What every row begins with. `is_rehearsal`: the answers are those of simulated people."""

SUMMARY = {
    **IMPRINT,
    "last_changed": TEXT,
    "level": WHOLE,
    "level_name": TEXT,
    "ceiling": WHOLE,
    "evidenced": WHOLE,
    "guess": WHOLE,
    "is_settled": YES_NO,
    "questions_not_asked": WHOLE,
    "requirements_met": WHOLE,
    "requirements": WHOLE,
    "headline": TEXT,
    "why": TEXT,
    "touches": TEXT,
    "next_step_question_id": TEXT,
    "next_step_kind": TEXT,
    "next_step": TEXT,
    "next_step_why": TEXT,
    "next_step_owner": TEXT,
    "next_step_due": TEXT,
    "target": WHOLE,
    "gaps": WHOLE,
    "road": WHOLE,
    "pattern_ids": TEXT,
}
"""Columns of the summary before those that the questionnaire adds, each with its kind."""

ANSWERS = {
    **IMPRINT,
    "question_id": TEXT,
    "stage_id": TEXT,
    "stage": TEXT,
    "question": TEXT,
    "state": TEXT,
    "answer": TEXT,
    "rank": WHOLE,
    "options": WHOLE,
    "detail_label": TEXT,
    "detail": TEXT,
    "evidence_count": WHOLE,
    "evidence": TEXT,
    "note": TEXT,
}
"""Columns of the answers. `rank` is the option's place, 1 the weakest; none where none is known."""

GAPS = {
    **IMPRINT,
    "order": WHOLE,
    "part": TEXT,
    "is_next_step": YES_NO,
    "question_id": TEXT,
    "stage_id": TEXT,
    "stage": TEXT,
    "question": TEXT,
    "kind": TEXT,
    "kind_label": TEXT,
    "level": WHOLE,
    "state": TEXT,
    "state_label": TEXT,
    "answer": TEXT,
    "detail": TEXT,
    "missing": TEXT,
    "why": TEXT,
    "action": TEXT,
    "who": TEXT,
    "after": TEXT,
    "effort": TEXT,
    "effort_text": TEXT,
    "proof": TEXT,
    "source": TEXT,
    "needed_for": TEXT,
    "is_needed_for_target": YES_NO,
    "owner": TEXT,
    "due": TEXT,
    "done": TEXT,
}
"""Columns of the gaps. `part` is `near`, or `road` for those of later levels; `owner` and the days
(as in ISO 8601, empty where there is none) are those of whoever took it on."""

ACTIONS = {
    **IMPRINT,
    "gap_order": WHOLE,
    "question_id": TEXT,
    "question": TEXT,
    "action": TEXT,
    "owner": TEXT,
    "due": TEXT,
    "done": TEXT,
    "note": TEXT,
    "outcome": TEXT,
    "outlook": TEXT,
}
"""Columns of what was taken on. `action` reads as it did then; `outlook` says what has become of
its gap since."""

ROOM_QUESTIONS = {
    **IMPRINT,
    "order": WHOLE,
    "question_id": TEXT,
    "question": TEXT,
    "rounds": WHOLE,
    "is_by_hand": YES_NO,
    "answered": WHOLE,
    "agreement": DECIMAL,
    "said": TEXT,
    "why": TEXT,
    "state": TEXT,
    "agreed_option": TEXT,
    "agreed": TEXT,
    "reason": TEXT,
    "minority": TEXT,
}
"""Columns of what the room said, one row a question. `order` is that of the reveal; `agreement` is
Tastle and Wierman's consensus, 0 to 1; `answered` and it are empty where fewer than three did."""

ROOM_COUNTS = {
    **IMPRINT,
    "part": TEXT,
    "question_id": TEXT,
    "is_by_hand": YES_NO,
    "item": TEXT,
    "text": TEXT,
    "count": WHOLE,
    "of": WHOLE,
}
"""Columns of the counts behind it, one row a bar. `part` is `people`, `guess` or `question`; `item`
the level or the option's id."""

ROOM_FUNCTIONS = {
    **IMPRINT,
    "function": TEXT,
    "people": WHOLE,
    "level": WHOLE,
    "ceiling": WHOLE,
}
"""Columns of the level by function."""

ROOM_AGENDA = {
    **IMPRINT,
    "day": TEXT,
    "part": TEXT,
    "minutes": WHOLE,
    "outcome": TEXT,
}
"""Columns of what was done in the workshop."""
