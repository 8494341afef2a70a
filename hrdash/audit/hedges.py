"""How a sentence is put (asked, reported, intended), which way a figure goes, and what a statement makes of that."""

import re
from collections.abc import Iterator

from hrdash.audit.english import pattern
from hrdash.audit.numbers import quantities
from hrdash.audit.passage import Finding, Passage
from hrdash.audit.words import stems
from hrdash.model import Statement

_ALIKE = 0.4
"""A statement tells of the sentence that has so large a share of its words."""
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
_WAYS = {"question": "is a question", "report": "passes on a report", "plan": "says what is intended"}
_CURES = {"question": "put it under questions", "report": "put_as: report", "plan": "put_as: plan"}


def has(cue: str, sentence: str) -> bool:
    """Whether a sentence has words that tell of one of these."""
    return pattern(cue).search(sentence) is not None


def direction(sentence: str) -> str:
    """`up` or `down` where a sentence has words of one direction only, otherwise nothing."""
    up, down = has("up", sentence), has("down", sentence)
    return "" if up == down else "up" if up else "down"


def is_intended(clause: str) -> bool:
    """Whether a clause says what is intended."""
    return has("intended", clause) or has("to come", clause)


def clauses(sentence: str) -> tuple[str, ...]:
    """The main parts of a sentence, so that `reportedly` in one does not count for another."""
    return tuple(part.strip() for part in _CLAUSE.split(sentence) if part.strip())


def put_findings(kind: str, statement: Statement, said: Passage) -> Iterator[Finding]:
    """Questions, reports and plans put as statements, by the sentence that a statement is most like."""
    text, own = statement.text, stems(statement.text)
    if kind == "question":
        if not has("asks", text):
            cure = "write a question, or 'Asks whether …'"
            yield Finding("it stands under questions and does not ask", cure, "warning")
        return
    if statement.put_as == "report" and not any(_passes_on(sentence.text) for sentence in said.sentences):
        what = f"it is put as a report, and {said.label} states it plainly"
        yield Finding(what, "leave out put_as, or cite the paragraph that passes the report on", "warning")
    if statement.put_as != "statement" or not own:
        return
    parts = [(clause, sentence.text) for sentence in said.sentences for clause in clauses(sentence.text)]
    shares = [len(own & stems(clause)) / len(own) for clause, _ in parts]
    best = max(_ALIKE, *shares)
    alike = [(text, [part for part, share in zip(parts, shares, strict=True) if share == best])]
    alike += [
        (clause, [part for part in parts if any(map(number.agrees, quantities(part[0])))])
        for clause in clauses(text)
        for number in quantities(clause)
        if not number.weak and not number.year
    ]
    dropped = [set.intersection(*(_dropped(kind, words, *part) for part in there)) for words, there in alike if there]
    for way in _WAYS:
        if any(way in ways for ways in dropped):
            what = f"the sentence of {said.label} that it is most like {_WAYS[way]}"
            yield Finding(what, _CURES[way], "warning")
            return


def _passes_on(sentence: str) -> bool:
    """Whether a sentence passes on what others say, once it is set aside who speaks (`Mr. A said that`)."""
    return has("passed on", _SPEAKS.sub("", sentence))


def _dropped(kind: str, text: str, clause: str, sentence: str) -> set[str]:
    """As what a source's clause puts something that a statement's text does not put so."""
    is_alleged = has("alleged", clause)
    # of others than the State, `would` may tell of what used to be
    is_plan = is_intended(clause) if kind in ("claim", "response") else has("intended", clause)
    ways = {
        "question": has("question", sentence),
        "report": not has("passed on", text) if is_alleged else has("reported", clause),
        "plan": is_plan and not has("future", text),
    }
    return {way for way, holds in ways.items() if holds}
