"""Words that tell how a sentence is put (asked, reported, intended) and which way a figure goes."""

from __future__ import annotations

import re

_UP = re.compile(
    r"\b(?:rose|risen|rises?|rising|increas\w+|grew|grow(?:n|s|ing|th)?|upward|rais(?:ed?|es|ing)|higher|doubl\w+|tripl\w+"
    r"|expand\w*|went up|gone up)\b",
    re.I,
)
_DOWN = re.compile(
    r"\b(?:fell|fall(?:s|en|ing)?|declin\w+|decreas\w+|reduc\w+|drop(?:s|ped|ping)?|downward|fewer|lower(?:ed|s|ing)?"
    r"|halv\w+|went down|gone down|shrank|shrunk)\b",
    re.I,
)
_REPORTED = re.compile(
    r"\breportedly\b|\b(?:there (?:were|are|have been)|cit(?:ed|es)|concern(?:ed)? (?:by|about|at)|according to"
    r"|credible)(?: \w+)? (?:reports?|allegations?)\b",
    re.I,
)
_ALLEGED = re.compile(r"\balleg\w+", re.I)
_PASSED_ON = re.compile(r"\b(?:alleg\w+|report(?:s|ed|edly)?|according to|accus\w+)\b", re.I)
_CLAUSE = re.compile(
    r";|:|,?\s+but\b|,\s+(?:and|which|who|with|while|as)\b"
    r"|\s+and\s+(?=(?:[\w’'-]+\s+){1,2}(?:was|were|had|has|is|are)\b|reportedly\b|allegedly\b)"
)
_INTENDED = re.compile(r"\b(?:intends?|intended|plans|planned) to\b", re.I)
_ASKS = re.compile(
    r"\b(?:ask(?:s|ed|ing)?|whether|wonder(?:s|ed)?|want(?:s|ed)? to (?:know|hear|learn)|question(?:s|ed)?|enquir\w*"
    r"|inquir\w*|request(?:s|ed)?|invit(?:es|ed)|seeks?|sought|call(?:s|ed) for)\b",
    re.I,
)
_ASKING = re.compile(r"\basked\b.*?\b(?:questions?\s+on|about|whether|how|what)\b", re.I)


def direction(sentence: str) -> str:
    """`up` or `down` where a sentence has words of one direction only, otherwise nothing."""
    up, down = bool(_UP.search(sentence)), bool(_DOWN.search(sentence))
    return "" if up == down else "up" if up else "down"


def is_report_dropped(clause: str, text: str) -> bool:
    """Whether a source's clause passes on reports or allegations and a statement's text puts them as its own."""
    return bool(_REPORTED.search(clause) or (_ALLEGED.search(clause) and not _PASSED_ON.search(text)))


def clauses(sentence: str) -> tuple[str, ...]:
    """The main parts of a sentence, so that `reportedly` in one does not count for another."""
    return tuple(part.strip() for part in _CLAUSE.split(sentence) if part.strip())


def is_intended(sentence: str) -> bool:
    """Whether a sentence says what somebody intends to do."""
    return bool(_INTENDED.search(sentence))


def is_question(sentence: str) -> bool:
    """Whether a source's sentence asks: with a question mark, or told as `asked questions on …`."""
    return sentence.rstrip("\"”’') ").endswith("?") or bool(_ASKING.search(sentence))


def asks(text: str) -> bool:
    """Whether a statement's text asks, or says that its speaker does."""
    return "?" in text or bool(_ASKS.search(text))
