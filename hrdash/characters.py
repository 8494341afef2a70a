"""The one table of equal characters, for search, typed filters, pinpoints, periods and `verify` alike.

`plain` puts in place of each character the one on every keyboard that stands for it: dashes, spaces, apostrophes and
quotation marks, digits of every script, fullwidth forms. It changes no length, so that places stay. `fold` goes on to
what is compared: case, diacritics and compatibility forms dropped, and letters that Unicode does not take apart.

Sources: the Unicode Character Database, as Python's `unicodedata` has it. Its categories say what is a dash (Pd), a
space (Zs), a digit (Nd) and what is ignored (Cf), as the Unicode Collation Algorithm ignores it; its NFKD takes letters
apart; of Latin and Cyrillic letters its names say the rest: `LATIN SMALL LETTER L WITH STROKE` is an `L`. What these do
not tell is listed here, the Latin letters as Azerbaijani, Icelandic, Sami and African names are written in English.

A Kazakh қ is not the к of its neighbour to who reads Kazakh, nor і и. They are one here all the same: к is what people
type for қ on most keyboards, and a word too many is seen, where a word too few reads as an absence. The exception is
й, which every Cyrillic keyboard has and by which Russian endings are told. Arabic letters that differ in their dots
are different letters. Letters that merely look alike, as the Latin and the Cyrillic c, are never one: that would hide
a misspelling.
"""

import re
from collections.abc import Callable, Sequence

QUOTES = "“”„‟«»‹›〝〞〟「」『』＂"
"""Quotation marks beside the one on every keyboard."""
_SIGNS = str.maketrans(
    {
        # for an apostrophe, or the sign of a sound that Latin letters have not (ʿayn, hamza, soft sign)
        **dict.fromkeys("`´ʹʺʻʼʽʾʿˀˈˊˋ՚׳ߴߵ‘’‚‛′″‵Ꞌꞌ｀", "'"),
        **dict.fromkeys(QUOTES, '"'),
        **dict(zip("−⁄∕٪﹪٫٬", "-//%%.,", strict=True)),
    }
)
_LETTERS = str.maketrans(
    {
        **dict(zip("ðıȷŋĸəǝɛɔʊɩɣɑʒʃɵʉ", "dijnqaaeouigazsou", strict=True)),
        **dict(zip("þæœȣӕ", ("th", "ae", "oe", "ou", "ае"), strict=True)),
        **dict(zip("әөүһіҡє", "аоухике", strict=True)),
        "ٱ": "ا",
        **dict.fromkeys("ىیۍ", "ي"),
        **dict.fromkeys("کڪ", "ك"),
        **dict.fromkeys("ةەہھۃ", "ه"),
        **dict.fromkeys("ـٴ", ""),  # tatweel, and the high hamza of Kazakh
    }
)
_BREVE = "\u0306"
_APART = ("<super>", "<sub>", "<fraction>", "<circle>")
"""Forms of a digit that make no number together with the character before them: a footnote's number, a half."""


class _Table(dict[int, str]):
    """For `str.translate`: a character is worked out when it first comes."""

    def __init__(self, work_out: Callable[[str], str]) -> None:
        self._work_out = work_out

    def __missing__(self, code: int) -> str:
        found = self[code] = self._work_out(chr(code))
        return found


def plain(text: str) -> str:
    """The text with one sign for all that stand for it, each character in its place: `–` is `-`, `ʾ` is `'`."""
    return text.replace("`", "'") if text.isascii() else text.translate(_PLAIN)


def fold(text: str) -> str:
    """The text as it is compared: plain, and case, diacritics, compatibility forms and the like dropped."""
    if text.isascii():
        return text.lower().replace("`", "'")
    if _BREVE in text:
        text = text.replace("и" + _BREVE, "й").replace("И" + _BREVE, "й")
    return text.translate(_FOLDED)


def fold_map(text: str) -> tuple[str, Sequence[int]]:
    """The folded text, and for each of its characters (and its end) the offset in `text` that it stands for."""
    if text.isascii() or all(len(_FOLDED[ord(character)]) == 1 for character in re.findall("[^\0-\x7f]", text)):
        return fold(text), range(len(text) + 1)
    pieces: list[str] = []
    offsets: list[int] = []
    for found in re.finditer("[\0-\x7f]+|[^\0-\x7f]", text):
        start, piece = found.start(), fold(found[0])
        if found[0] == _BREVE and text[start - 1 : start] in ("и", "И"):
            pieces[-1] = "й"
            continue
        pieces.append(piece)
        offsets += range(start, found.end()) if found[0].isascii() else [start] * len(piece)
    offsets.append(len(text))
    return "".join(pieces), offsets


def _plain_character(character: str) -> str:
    import unicodedata  # a megabyte of tables, for what is not ASCII

    signed = character.translate(_SIGNS)
    if signed != character:
        return signed
    category = unicodedata.category(character)
    if category in ("Pd", "Zs"):
        return "-" if category == "Pd" else " "
    if category == "Nd":
        return str(unicodedata.decimal(character))
    return chr(ord(character) - 0xFEE0) if "！" <= character <= "～" else character


def _fold_character(character: str) -> str:
    import unicodedata  # as above

    if character in "йЙ":
        return "й"
    apart = unicodedata.decomposition(character).startswith(_APART) and unicodedata.category(character) == "No"
    parts = unicodedata.normalize("NFKD", _PLAIN[ord(character)].casefold())
    return " " * apart + "".join(map(_base, parts))


def _base(part: str) -> str:
    """A part of a character, without what it has beside its letter."""
    import unicodedata  # as above

    if unicodedata.combining(part) or unicodedata.category(part) == "Cf":
        return ""
    letter = _PLAIN[ord(part)].casefold().translate(_LETTERS)
    name, is_varied, _ = unicodedata.name(letter, "").partition(" WITH ") if len(letter) == 1 else ("", "", "")
    if is_varied and name.startswith(("LATIN SMALL LETTER ", "CYRILLIC SMALL LETTER ")):
        try:
            return _base(unicodedata.lookup(name))
        except KeyError:
            pass  # it is a variant of no letter
    return letter


_PLAIN = _Table(_plain_character)
_FOLDED = _Table(_fold_character)
