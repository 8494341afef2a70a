"""Words that tell how a sentence is put (asked, reported, intended) and which way a figure goes."""

import re

from hrdash.audit.english import pattern

_SPEAKS = re.compile(
    r"^(?:(?:Mr|Ms|Mrs|Dr|Prof)\b\.?|(?:An?other|One|An?|The) (?:Committee )?(?:Expert|expert|delegation|delegate|Chair"
    r"|member|representative|Rapporteur|Committee)\b|He\b|She\b)[^,;]*?"
    r" (?:said|stated|added|noted|explained|reported|told|says|states)\b"
)
"""Who speaks, at the head of a sentence of a record: that is no report of what others say."""
_CLAUSE = re.compile(
    r";|:|,?\s+but\b|,\s+(?:and|which|who|with|while|as)\b"
    r"|\s+and\s+(?=(?:[\w’'-]+\s+){1,2}(?:was|were|had|has|is|are)\b|reportedly\b|allegedly\b)"
)


def has(cue: str, sentence: str) -> bool:
    """Whether a sentence has words that tell of one of these."""
    return bool(pattern(cue).search(sentence))


def direction(sentence: str) -> str:
    """`up` or `down` where a sentence has words of one direction only, otherwise nothing."""
    up, down = has("up", sentence), has("down", sentence)
    return "" if up == down else "up" if up else "down"


def is_report_dropped(clause: str, text: str) -> bool:
    """Whether a source's clause passes on what others report and a statement's text puts it as its speaker's own."""
    if has("alleged", clause):
        return not has("passed on", text)
    return has("reported", clause)


def passes_on(sentence: str) -> bool:
    """Whether a sentence passes on what others say, once it is set aside who speaks (`Mr. A said that`)."""
    return has("passed on", _SPEAKS.sub("", sentence))


def is_intended(clause: str, by_state: bool = True) -> bool:
    """Whether a clause says what is intended; of others than the State, `would` may tell of what used to be."""
    return has("intended", clause) or (by_state and has("to come", clause))


def is_plan_dropped(clause: str, text: str, by_state: bool) -> bool:
    """Whether a source's clause says what is intended and a statement's text puts it as done."""
    return is_intended(clause, by_state) and not has("future", text)


def clauses(sentence: str) -> tuple[str, ...]:
    """The main parts of a sentence, so that `reportedly` in one does not count for another."""
    return tuple(part.strip() for part in _CLAUSE.split(sentence) if part.strip())
