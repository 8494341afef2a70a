"""Words that tell how a sentence is put (asked, reported, intended) and which way a figure goes."""

from __future__ import annotations

import re

_CUES = {
    name: re.compile(words, re.I)
    for name, words in (
        ("up", r"\b(?:rose|risen|rises?|rising|increas\w+|grew|grow(?:n|s|ing|th)?|upward|rais(?:ed?|es|ing)|higher"
               r"|doubl\w+|tripl\w+|expand\w*|went up|gone up"
               r"|(?:twice|times) (?:as (?:many|much|high|large)|more|higher))\b"),
        ("down", r"\b(?:fell|fall(?:s|en|ing)?|declin\w+|decreas\w+|reduc\w+|drop(?:s|ped|ping)?|downward|fewer"
                 r"|lower(?:ed|s|ing)?|halv\w+|went down|gone down|shrank|shrunk)\b"),
        ("reported", r"\b(?:reportedly|allegedly|purportedly|alleg(?:es|ed|ing|ations?)"
                     r"|(?:there (?:were|are|have been)|concern(?:ed)? (?:by|about|at|over)|confirm|deny|despite"
                     r"|cit(?:ed|es|ing)|receiv(?:ed|es)|according to|credible|reliable|numerous|persistent)"
                     r" (?!(?:no|any|little|(?:in)?sufficient|further)\b)(?:[\w-]+ ){0,2}?"
                     r"(?:reports|information|accounts|complaints of|testimon(?:y|ies)|sources)"
                     r"|(?:accounts|complaints|rumours|testimon(?:y|ies)) (?:that|indicat\w+|suggest\w+)"
                     r"|(?:by|to|of|at|on|over|from|are|were|such|some|many|press|media) reports"
                     r" (?:that|indicat\w+|suggest\w+)|information (?:indicat\w+|suggest\w+|according to which"
                     r"|that (?!it|is|was|were|has|had|the State)))\b"),
        ("alleged", r"\balleg\w+|\bclaim(?:s|ed) (?:that|to)\b|\baccording to\b(?! (?:him|her|them|it)\b)"
                    r"|\b(?:is|are|was|were|been) (?:said|reported|rumoured|claimed|believed) (?:to|that)\b"
                    r"|\bwas told (?:\w+ ){0,3}?that\b"),
        ("passed on", r"\b(?:(?:alleg|accus|complain|warn|argu|insist|maintain|assert|contend|suggest|indicat|seem"
                      r"|appear)\w*|report(?:s|ed|edly)?|according to|sa(?:id|ys?)|tells?|told|claim\w*|stat(?:es?|ed)"
                      r"|information|account|testif\w+|testimon\w+|rumou?r\w*|believed"
                      r"|concerns? (?:\w+ ){1,4}(?:raised|expressed)|by [\w’' ]{2,30} (?:figures|data|count))\b"),
        ("intended", r"\b(?:intend|plan|aim|hope|propose|undert[ao][ko]e|promise)(?:s|n?ed|d)? to\b"
                     r"|\b(?:is|are|was|were) (?:expected|scheduled|due|planned|set) (?:to|for)\b"
                     r"|\b(?:planned|proposed|draft)\b[^;]* (?:will|would) "),
        ("to come", r"\b(?:will|would)(?: \w+ly| also| then| soon| have to)? (?!be (?:interested|grateful)|welcome"
                    r"|like|appreciate|wish|you|the|it|he|she|they|that|any|there)\w+"),
        ("future", r"\b(?:intend|plan|aim|hope|propos|promis|undert|expect|schedul|due|draft|bill|will|would|shall"
                   r"|(?:is|are|was|were) (?:[\w-]+ ){0,2}?to\b|to be\b|future|target|until|by the end of|goal)"),
        ("asks", r"\?|\b(?:ask(?:s|ed|ing)?|whether|wonder(?:s|ed)?|want(?:s|ed)? to (?:know|hear|learn)"
                 r"|question(?:s|ed)?|enquir\w*|inquir\w*|request(?:s|ed)?|invit(?:es|ed)|seeks?|sought"
                 r"|call(?:s|ed) for)\b"),
        ("question", r"\?[\"”’')\s]*$|\basked\b.*?\b(?:questions?\s+on|about|whether|how|what)\b"),
    )
}  # fmt: skip
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
    return bool(_CUES[cue].search(sentence))


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
