"""Words that tell how a sentence is put (asked, reported, intended) and which way a figure goes."""

from __future__ import annotations

import re

_CUES = {
    name: re.compile(words, re.I)
    for name, words in (
        ("up", r"\b(?:rose|risen|rises?|rising|increas\w+|grew|grow(?:n|s|ing|th)?|upward|rais(?:ed?|es|ing)|higher"
               r"|doubl\w+|tripl\w+|expand\w*|went up|gone up)\b"),
        ("down", r"\b(?:fell|fall(?:s|en|ing)?|declin\w+|decreas\w+|reduc\w+|drop(?:s|ped|ping)?|downward|fewer"
                 r"|lower(?:ed|s|ing)?|halv\w+|went down|gone down|shrank|shrunk)\b"),
        ("reported", r"\breportedly\b|\b(?:there (?:were|are|have been)|cit(?:ed|es)|concern(?:ed)? (?:by|about|at)"
                     r"|according to|credible)(?: \w+)? (?:reports?|allegations?)\b"),
        ("alleged", r"\balleg\w+"),
        ("passed on", r"\b(?:alleg\w+|report(?:s|ed|edly)?|according to|accus\w+)\b"),
        ("intended", r"\b(?:intends?|intended|plans|planned) to\b"),
        ("asks", r"\?|\b(?:ask(?:s|ed|ing)?|whether|wonder(?:s|ed)?|want(?:s|ed)? to (?:know|hear|learn)"
                 r"|question(?:s|ed)?|enquir\w*|inquir\w*|request(?:s|ed)?|invit(?:es|ed)|seeks?|sought"
                 r"|call(?:s|ed) for)\b"),
        ("question", r"\?[\"”’')\s]*$|\basked\b.*?\b(?:questions?\s+on|about|whether|how|what)\b"),
    )
}  # fmt: skip
_CLAUSE = re.compile(
    r";|:|,?\s+but\b|,\s+(?:and|which|who|with|while|as)\b"
    r"|\s+and\s+(?=(?:[\w’'-]+\s+){1,2}(?:was|were|had|has|is|are)\b|reportedly\b|allegedly\b)"
)


def has(cue: str, sentence: str) -> bool:
    """Whether a sentence has words that tell of one of these."""
    return bool(_CUES[cue].search(sentence))


def direction(sentence: str) -> str:
    """`up` or `down` where a sentence has words of one direction only, otherwise nothing."""
    up, down = has("up", sentence), has("down", sentence)
    return "" if up == down else "up" if up else "down"


def is_report_dropped(clause: str, text: str) -> bool:
    """Whether a source's clause passes on reports or allegations and a statement's text puts them as its own."""
    return has("reported", clause) or (has("alleged", clause) and not has("passed on", text))


def clauses(sentence: str) -> tuple[str, ...]:
    """The main parts of a sentence, so that `reportedly` in one does not count for another."""
    return tuple(part.strip() for part in _CLAUSE.split(sentence) if part.strip())
