"""What cannot be seen in a file, or looks like something else: named, and what was meant by it.

Ids, keys, words, numbers and dates are plain ASCII. Whatever else stands in one was typed on another keyboard, or put
there by a word processor, and nobody can find it by looking.
"""

import re
import unicodedata
from collections.abc import Iterator

from hrdash.characters import QUOTES, plain

_ALIKE = str.maketrans(
    # Cyrillic
    "аеорсухіјѕһԁԛԝӏкАВЕКМНОРСТХІЈЅУ"
    # Greek
    "αγητωονικρυχϲΑΒΕΖΗΙΚΜΝΟΡΤΥΧ"
    # Armenian
    "օհոսց"
    # Latin
    "ɑʏɡıℓ",
    "aeopcyxijshdqwlkABEKMHOPCTXIJSY"
    "ayntwovikpuxcABEZHIKMNOPTYX"
    "ohnug"
    "aygil",
)  # fmt: skip
"""Letters that look like one of ASCII."""
DIGITS_LIKE = str.maketrans("OoIl", "0011")
"""Letters that look like a digit."""
_OTHERS = {"″": '"', "‹": "'", "›": "'", "\u2043": "-"}
"""What `hrdash.characters` leaves as it is, or takes for another sign."""
_MARK = re.compile(r"⟨U\+[0-9A-F]{4,6}⟩")
"""What `hrdash.text.clean` put in place of a character that hides, which is reported where it stands."""
_SPACES = "\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000"
_NOTHING = "\u200b-\u200f\u2060\ufeff"
_KEY = r"[A-Za-z_-]+"
_INDENT = re.compile(rf"[ ]*(?:-[ ]+)*-?(?P<odd>[{_SPACES}{_NOTHING}])[ {_SPACES}{_NOTHING}]*(?:-[ {_SPACES}]|{_KEY}:)")
"""A line that is indented by something else than spaces, or has it behind the dash of an item."""
_BEHIND_DASH = re.compile(rf"[ ]*(?P<dash>-){_KEY}:(?:\s|$)")
_BEHIND_KEY = re.compile(rf"[ ]*(?:-[ ]+)*{_KEY}\s*(?::(?P<odd>[{_SPACES}{_NOTHING}])|(?P<colon>[：﹕ː꞉∶︓]))")
_QUOTED = re.compile(rf"(?:(?:^|[:\[{{,-])\s+|[\[{{,])([{QUOTES}″‘’‚‛′])")
_VERSIONS = re.compile(r"^(<{7}|\|{7}|={7}|>{7})(?: .*)?\r?$", re.MULTILINE)
"""The lines that git puts around two versions."""
ONE_VERSION = "keep one version, and remove the lines of <<<<<<<, ======= and >>>>>>>"
"""What to do about them."""


def named(character: str) -> str:
    """A character by name: `a Cyrillic letter с (U+0441)`, `a no-break space (U+00A0)`."""
    code = f"U+{ord(character):04X}"
    name = unicodedata.name(character, "").replace("ZERO WIDTH", "ZERO-WIDTH")
    if unicodedata.category(character).startswith("L") and not name.startswith("FULLWIDTH"):
        name = f"{name.partition(' ')[0].capitalize()} letter"
    elif name:
        name = name.lower()
    else:
        return code
    seen = f" {character}" if unicodedata.category(character)[0] in "LNPS" else ""
    return f"{'an' if name[0] in 'aeiouAEIO' else 'a'} {name}{seen} ({code})"


def as_typed(text: str) -> str:
    """A text as it would be typed on a plain keyboard; accents are seen, and stay."""
    return "".join(map(_typed, _MARK.sub("", text)))


def meant(text: str) -> Iterator[str]:
    """What a text that should be plain may have been meant to be: without quotes, and as it would be typed."""
    typed = as_typed(text).strip()
    if typed != text and typed.isascii():
        if typed[:1] in ("'", '"'):
            yield typed.strip("'\"")
        yield typed
        yield typed.translate(DIGITS_LIKE)


def first_odd(text: str) -> int:
    """Where the first character of a text stands that is not what it looks like; -1 where there is none."""
    return next((at for at, character in enumerate(_MARK.sub("", text)) if _typed(character) != character), -1)


def odd_structure(lines: list[str], end: int) -> tuple[int, int, str, str] | None:
    """In lines of which the last cannot be read behind `end`: where something stands for a space, a colon or a quote.
    Its line and column, both from 0, what is wrong there, and its cure."""
    for pattern in (_INDENT, _BEHIND_KEY):
        for number, line in enumerate(lines):
            found = pattern.match(line)
            if found and found["odd"]:
                return number, found.start("odd"), f"{named(found['odd'])} stands where only spaces may", "write spaces"
            if found:
                what = f"{named(found['colon'])} is no colon to YAML"
                return number, found.start("colon"), what, "write : and a space"
    dash = next((found for line in lines if (found := _BEHIND_DASH.match(line))), None)
    if dash:
        what = "no space stands behind the dash of an item"
        return lines.index(dash.string), dash.start("dash"), what, "write - and a space"
    quoted = _QUOTED.search(lines[-1], 0, end)
    if quoted:
        at = quoted.start(1)
        return len(lines) - 1, at, f"{named(quoted[1])} is no quotation mark to YAML", 'put the text in quotes: "…"'
    return None


def odd_indent(written: str) -> tuple[int, int, str, str] | None:
    """In a text without quotes: which of its lines is a key or an item, and not indented by spaces; as above."""
    lines = [line if _INDENT.match(line) else "" for line in written.split("\n")]
    return odd_structure([*lines, ""], 0)


def versions(source: str) -> list[tuple[int, int]]:
    """The first and the last line, from 1, of every passage that git left in two versions."""
    if "<<<<<<<" not in source and ">>>>>>>" not in source:
        return []
    found: list[tuple[int, int]] = []
    is_open, line, counted = False, 1, 0
    for one in _VERSIONS.finditer(source):
        line, counted = line + source.count("\n", counted, one.start()), one.start()
        if is_open and one[1][0] != "<":
            found[-1] = found[-1][0], line
        elif one[1][0] != "=":
            found.append((line, line))
        is_open = one[1][0] not in "=>" if not is_open else one[1][0] != ">"
    return found


def _typed(character: str) -> str:
    if character.isascii():
        return character
    kind = unicodedata.category(character)
    if kind in ("Zl", "Zp", "Cf", "Cc"):
        return " " if kind[0] == "Z" else ""
    alike = _OTHERS.get(character) or plain(character).translate(_ALIKE)
    if alike == character and unicodedata.decomposition(character).startswith(("<wide>", "<compat>", "<font>")):
        alike = unicodedata.normalize("NFKC", character)
    return alike
