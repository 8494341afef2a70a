"""What was probably meant by a value that cannot be taken: a period, a number, an id, a list."""

import re
from collections.abc import Iterable, Iterator

from hrdash import period as edtf
from hrdash.corpus.unseen import DIGITS_LIKE, as_typed
from hrdash.names import is_id

NOTHING = frozenset(("null", "~", "none", "n/a", "nil", "-", "--"))
"""What people write for no value; in a corpus the key is left out."""

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_YEAR = r"([12]\d{3})"
_MONTH = r"([a-z]{3})[a-z]*\.?"
_DATE = r"[12]\d{3}(?:-\d\d){0,2}"
_PERIODS = tuple(
    (re.compile(pattern), made)
    for pattern, made in (
        (rf"(?:since|from|after)\s+({_DATE})|({_DATE})\s*-", "{0}/.."),
        (rf"({_DATE})\s*[-/]?\s*\.{{2,3}}", "{0}/.."),
        (rf"\.{{2,3}}\s*[-/]?\s*({_DATE})", "../{0}"),
        (rf"(?:until|till|by|to|up to|before)\s+({_DATE})|-\s*({_DATE})", "../{0}"),
        (
            rf"({_DATE})\s*(?:-|to|and|\.\.)\s*({_DATE})|(?:between|from)\s+({_DATE})\s+(?:and|to)\s+({_DATE})",
            "{0}/{1}",
        ),
        (r"([12]\d)(\d\d)\s*[-/]\s*(\d\d)", "{0}{1}/{0}{2}"),
        (rf"(?:c\.?|ca\.?|circa|about|around|approx\.?|~)\s*({_DATE})", "{0}~"),
        (rf"({_DATE})\s*\?", "{0}~"),
        (r"([12]\d\d)0s", "{0}0/{0}9"),
        (rf"(\d\d?)[-./]{_YEAR}", "{1}-{0:0>2}"),
        (rf"{_YEAR}[-./](\d\d?)", "{0}-{1:0>2}"),
        (rf"{_YEAR}[-./](\d\d?)[-./](\d\d?)", "{0}-{1:0>2}-{2:0>2}"),
        (rf"(\d\d?)[-./](\d\d?)[-./]{_YEAR}", "{2}-{1:0>2}-{0:0>2}"),
        (rf"(\d\d?)[-./](\d\d?)[-./]{_YEAR}", "{2}-{0:0>2}-{1:0>2}"),
        (rf"{_MONTH}\s+{_YEAR}", "{1}-{0}"),
        (rf"{_YEAR}\s+{_MONTH}", "{0}-{1}"),
        (rf"(\d\d?)(?:st|nd|rd|th)?\s+(?:of\s+)?{_MONTH},?\s+{_YEAR}", "{2}-{1}-{0:0>2}"),
        (rf"{_MONTH}\s+(\d\d?)(?:st|nd|rd|th)?,?\s+{_YEAR}", "{2}-{0}-{1:0>2}"),
    )
)
"""Ways to write a period that are none of EDTF, each with what it is there."""
_GROUPED = re.compile(r"(-?\d{1,3}(?:[ ,'’]\d{3})+)(\.\d+)?")
_DECIMAL_COMMA = re.compile(r"(-?\d+),(\d{1,2})")
_UNIT = re.compile(r"(.*\d)\s*(%|[a-z]+(?: cent)?)", re.IGNORECASE)
_POWERS = {"k": 3, "thousand": 3, "m": 6, "mn": 6, "mio": 6, "million": 6, "bn": 9, "billion": 9}
_QUALIFIED = tuple(
    (re.compile(rf"{words}\s*(-?\d[\d ,'.]*)|(-?\d[\d ,'.]*)\s*{behind}", re.IGNORECASE), qualifier)
    for words, behind, qualifier in (
        (r"(?:>|over|more than|above)", r"\+", "more-than"),
        (r"(?:<|under|less than|fewer than|below)", r"(?!)", "less-than"),
        (r"(?:~|about|around|some|circa|ca?\.|approximately|approx\.?|roughly)", r"(?!)", "around"),
        (r"(?:≥|>=|at least)", r"(?!)", "at-least"), (r"(?:≤|<=|up to)", r"(?!)", "up-to"),
        (r"(?:nearly|almost)", r"(?!)", "nearly"),
    )
)  # fmt: skip
_RANGE = re.compile(r"(\d+(?:\.\d+)?)\s*(?:-|to|\.\.)\s*(\d+(?:\.\d+)?)")
_SPECIAL = re.compile(r"[,\[\]{}:#?&*!|>'\"%@`]")
_ID_PARTS = re.compile(r"[a-z0-9]+")


def period_meant(text: str) -> str:
    """The period, as EDTF writes it, that was meant by a text that is none; nothing where that is not clear."""
    plain = " ".join(as_typed(text).lower().split())
    for candidate in (plain, *_periods(plain), plain.translate(DIGITS_LIKE)):
        try:
            edtf.parse(candidate)
        except edtf.PeriodError:
            continue
        return candidate if candidate != text else ""
    return ""


def _periods(plain: str) -> Iterator[str]:
    for pattern, made in _PERIODS:
        found = pattern.fullmatch(plain)
        if found:
            parts = [part for part in found.groups() if part is not None]
            yield made.format(*(f"{_MONTHS.index(part) + 1:02}" if part in _MONTHS else part for part in parts))
    months = re.search(r"\s*(?:-|to)\s*", plain)
    if months:  # from one month to another
        start, end = plain[: months.start()], plain[months.end() :]
        start = start if re.search(r"\d{4}", start) else f"{start} {end[-4:]}"
        if any(character.isalpha() for character in start):
            yield f"{period_meant(start)}/{period_meant(end)}"


def number_meant(text: str) -> str:
    """What to write for a figure that is no plain number; nothing where that is not clear."""
    plain = " ".join(as_typed(text).split())
    unit = _UNIT.fullmatch(plain)
    if unit and unit[2].lower() in _POWERS:
        zeros = "0" * _POWERS[unit[2].lower()]
        return f"write it out, as {unit[1]}{zeros}" if unit[1].isdigit() else "write it out in digits"
    if unit:
        return f"{number_meant(unit[1]) or f'write {unit[1]}'}; the indicator says of what"
    for pattern, qualifier in _QUALIFIED:
        found = pattern.fullmatch(plain)
        if found:
            digits = number_meant(found[1] or found[2]) or f"write {(found[1] or found[2]).strip()}"
            return f"{digits}, and qualifier: {qualifier}"
    ends = _RANGE.fullmatch(plain)
    if ends:
        return f"write low: {ends[1]} and high: {ends[2]} in place of value"
    grouped, decimal = _GROUPED.fullmatch(plain), _DECIMAL_COMMA.fullmatch(plain)
    if grouped:
        return f"write {re.sub('[ ,’' + chr(39) + ']', '', grouped[1])}{grouped[2] or ''}"
    if decimal:
        return f"write {decimal[1]}.{decimal[2]}"
    plain = plain.translate(DIGITS_LIKE)
    stripped = re.fullmatch(r"\+?0*(\d+(?:\.\d+)?)\.?", plain)
    return f"write {stripped[1]}" if stripped and stripped[1] != text else ""


def id_meant(text: str) -> str:
    """The id that was meant by a text that is none, as `n-refused` by `N_refused`; nothing where there is none."""
    made = "-".join(_ID_PARTS.findall(as_typed(text).lower()))[:64].strip("-")
    return made if is_id(made) and as_typed(text).isascii() else ""


def in_brackets(texts: Iterable[str]) -> str:
    """Texts as a list in a file: `[a, "b, c"]`."""
    return f"[{', '.join(map(quoted, texts))}]"


def quoted(text: str) -> str:
    """A text as it may stand inside brackets."""
    if not _SPECIAL.search(text):
        return text
    return f'"{text}"' if '"' not in text else "'" + text.replace("'", "''") + "'"
