"""Units behind and before a number, where texts would be wrong to take one for another: of time, money and measure.

A unit that is in no table here (`visits`, `cases`) is whatever a sentence calls it, and is not compared.
"""

import re

from hrdash.characters import fold

_TIME = "minute hour day week month year"
_MONEY = (
    "dollar euro pound franc crown krone krona koruna rouble ruble rupee peso yen yuan won rand dinar dirham riyal "
    "lira zloty forint leu lei lev hryvnia tenge som manat lari dram shilling naira cedi birr baht ringgit rupiah dong "
    "taka florin guilder cent"
)
_MEASURE = "millimetre centimetre metre kilometre mile hectare acre litre gram kilogram kg km cm mm ton tonne"
_SAME = {
    "$": "dollar", "us$": "dollar", "usd": "dollar", "€": "euro", "eur": "euro", "£": "pound", "gbp": "pound",
    "chf": "franc", "ruble": "rouble", "lei": "leu", "ton": "tonne", "kg": "kilogram", "km": "kilometre",
    "cm": "centimetre", "mm": "millimetre", "meter": "metre", "kilometer": "kilometre", "centimeter": "centimetre",
}  # fmt: skip
_WORD = "|".join(
    sorted({*_TIME.split(), *_MONEY.split(), *_MEASURE.split(), *filter(str.isalpha, _SAME)}, key=len)[::-1]
)
_UNIT = re.compile(rf"\b(?:{_WORD})(?=e?s?\b)|[$€£]", re.I)
_BEHIND = re.compile(
    r"(?:\s*,?\s+(?:and|or|to|by)\s+[\w.,-]*\w|\s*[–-]\s*\d[\d.,]*)?[\s-]*"
    rf"(?:(?!(?:an?|per|each|every|in|of|by|for|from|the|th[ie]s\w?|last|past|and|or|to)\b)[a-z]+[\s-]+)?"
    rf"(?P<unit>(?:{_WORD})(?=e?s?\b)|[$€£])",
    re.I,
)
_BEFORE = re.compile(r"(?P<unit>US\$|[$€£]|\b(?:EUR|USD|GBP|CHF))\s*$")
_RATES = {"hourly": "hour", "daily": "day", "weekly": "week", "monthly": "month", "yearly": "year", "annual": "year"}
_RATE = re.compile(
    rf"\b(?:(?:(?<!half\s)an?|per|each|every)\s+(?P<unit>{'|'.join(_TIME.split())})|(?P<adjective>{'|'.join(_RATES)})"
    r"|(?P<latin>per\s+annum))",
    re.I,
)


def unit_at(text: str, start: int, end: int) -> str:
    """The unit of the number that stands at this place of a text, in the singular, or nothing."""
    match = _BEFORE.search(text[max(0, start - 6) : start]) or _BEHIND.match(text[end : end + 60])
    return _name(match["unit"]) if match else ""


def units_of(text: str) -> set[str]:
    """The units in some words, as an indicator's unit has them (`million US dollars`, `months or years`)."""
    return {_name(match[0]) for match in _UNIT.finditer(text)}


def rates(text: str) -> set[str]:
    """The times for each of which a sentence gives something: `a month`, `monthly`."""
    return {_RATES.get(fold(match["adjective"] or ""), fold(match["unit"] or "year")) for match in _RATE.finditer(text)}


def _name(written: str) -> str:
    return _SAME.get(fold(written), fold(written))
