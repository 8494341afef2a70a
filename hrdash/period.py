"""Periods: the part of EDTF (ISO 8601-2) that a brief may use, what years it covers, and how it reads.

Allowed are `2024`, `2024-04`, `2024-04-15`, an interval of two of these, `2019/..`, `../2020`, and a trailing `~`
for a date that was inferred. Anything else of EDTF is refused by name. Where only one thing can be meant, what people
write is taken too: `2019–2024`, and any dash and digit of `hrdash.characters`.
"""

from functools import lru_cache
from typing import NamedTuple

from hrdash.characters import plain

_REFUSED = (  # patterns; they are compiled when something has been refused
    (
        r"\d{4}-(2[1-9]|3\d|4[01])(?!\d|-\d)",
        "a season",
        "write the months, as 2024-03/2024-05, or both years in full, as 2023/2024",
    ),
    (r"[\dXx]{3}[Xx]|X\b", "an unspecified digit", "write an interval, as 2010/2019"),
    (r"[?%]", "an uncertain date", "write ~ behind it, which says that it was inferred"),
    (r"[\[{]", "a set of dates", "write an interval, or two statements"),
    (r"T", "a time of day", "write the day alone"),
    (r"^[Y-]|[ESe]\d", "a year of more than four digits, or before 0", "write four digits"),
    (r"^/|/$", "an unknown end", "write .. for an open end, as 2019/.."),
)
_LENGTHS = ((4,), (4, 2), (4, 2, 2))
MONTHS = ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
          "December")  # fmt: skip
"""Their names, as people may write them in full or in short."""
_NUMBERS = {"sept": 9} | {name.casefold()[:size]: at for at, name in enumerate(MONTHS, 1) for size in (3, None)}
_DAYS = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


class PeriodError(ValueError):
    """A text that is not a period: `what` is wrong with it and the `cure`."""

    def __init__(self, what: str, cure: str) -> None:
        super().__init__(f"{what}; {cure}")
        self.what = what
        self.cure = cure


class Period(NamedTuple):
    """A stretch of time; each end is (year,), (year, month) or (year, month, day), or empty where it is open."""

    start: tuple[int, ...]
    end: tuple[int, ...]
    inferred: bool = False

    @property
    def text(self) -> str:
        """The period as people write it: `2019–2024`, `since 2019`, `until 2020`, `Apr 2024`, `2025 (inferred)`."""
        if self.start == self.end:
            words = _date_text(self.start)
        elif not self.end:
            words = f"since {_date_text(self.start)}"
        elif not self.start:
            words = f"until {_date_text(self.end)}"
        elif len(self.start) == len(self.end) == 1:
            words = f"{self.start[0]}–{self.end[0]}"
        else:
            words = f"{_date_text(self.start)} – {_date_text(self.end)}"
        return f"{words} (inferred)" if self.inferred else words

    @property
    def until(self) -> tuple[int, ...]:
        """Its last day, as year, month and day that compare; after every other where it is open."""
        return (*self.end, *(12, 31)[max(0, len(self.end) - 1) :]) if self.end else (9999,)

    def years(self, latest: int) -> tuple[int, int]:
        """The first and the last year; an open end runs to `latest`, an open start counts under the end alone."""
        first = self.start[0] if self.start else self.end[0]
        last = self.end[0] if self.end else max(first, latest)
        return first, last

    @property
    def months(self) -> tuple[str, ...]:
        """The months, as `2022-01`, where both ends name one and no more than a year lies between; else none."""
        if min(len(self.start), len(self.end)) < 2:
            return ()
        first, last = (12 * end[0] + end[1] - 1 for end in (self.start, self.end))
        every = (divmod(month, 12) for month in range(first, last + 1)) if last - first < 12 else ()
        return tuple(f"{year:04}-{month + 1:02}" for year, month in every)


def month(text: str) -> str:
    """A month as it is typed, `2022-01`, `Jan 2022`, `Sept. 2022` or `2022 January`, in the first of these ways; raise
    ValueError with a sentence for others."""
    name, _, year = " ".join(sorted(plain(text).casefold().split(), key=str.isdigit)).partition(" ")
    number = _NUMBERS.get(name.removesuffix("."))
    try:
        found = parse(f"{year}-{number:02}" if number else text)
        if len(found.start) == 2 and found.start == found.end and not found.inferred:
            return found.months[0]
    except PeriodError:
        pass
    raise ValueError(f"{text!r} is not a month; write 2022-01 or Jan 2022")


def written(text: str) -> str:
    """A period as EDTF writes it: `2019–2024` is `2019/2024`."""
    text = plain(text)
    years = text.removesuffix("~").split("-")
    is_span = len(years) == 2 and all(len(year.strip()) == 4 for year in years)
    return "/".join(map(str.strip, text.split("-"))) if is_span else text


@lru_cache(4096)
def parse(text: str) -> Period:
    """Read a period; raise `PeriodError` for what is impossible, reversed, or refused."""
    edtf = written(text)
    body = edtf.removesuffix("~")
    inferred = body != edtf
    start_text, slash, end_text = body.partition("/")
    ends = (start_text, end_text) if slash else (start_text, start_text)
    if ends == ("..", ".."):
        raise PeriodError(f"the period {text!r} is open at both ends", "give it a start or an end, as 2019/..")
    start, end = (() if end == ".." else _date(end, text) for end in ends)
    shared = min(len(start), len(end))
    if start and end and start[:shared] > end[:shared]:
        raise PeriodError(
            f"the period {text!r} ends before it starts", f"write {end_text}/{start_text}{'~' * inferred}"
        )
    return Period(start, end, inferred)


def run_text(years: tuple[int, ...]) -> str:
    """Sorted years in few cells: `2024`, `2019–24`, `2011, 2023–25`; of more than two runs, `1991 … 2025`."""
    runs: list[tuple[int, int]] = []
    for year in years:
        if runs and year == runs[-1][1] + 1:
            runs[-1] = (runs[-1][0], year)
        else:
            runs.append((year, year))
    if len(runs) > 2:
        return f"{years[0]} … {years[-1]}"
    return ", ".join(_run(first, last) for first, last in runs)


def _run(first: int, last: int) -> str:
    if first == last:
        return str(first)
    return f"{first}–{last % 100:02}" if first // 100 == last // 100 else f"{first}–{last}"


def _date(part: str, whole: str) -> tuple[int, ...]:
    numbers = part.split("-")
    if not part.isascii() or not all(map(str.isdigit, numbers)) or tuple(map(len, numbers)) not in _LENGTHS:
        raise _refusal(whole)
    date = tuple(map(int, numbers))
    if len(date) > 1 and 21 <= date[1] <= 41 and len(date) == 2:
        raise PeriodError(f"{whole!r} is a season in EDTF, which hrdash does not take", _REFUSED[0][2])
    if len(date) > 1 and not 1 <= date[1] <= 12:
        raise PeriodError(f"there is no month {date[1]:02} in {whole!r}", "write a month from 01 to 12")
    if len(date) > 2:
        year, month, day = date
        leap = month == 2 and year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
        last = _DAYS[month - 1] + leap
        if not 1 <= day <= last:
            raise PeriodError(f"there is no day {day:02} in {whole!r}", f"write a day from 01 to {last}")
    return date


def _refusal(text: str) -> PeriodError:
    import re  # for what is refused alone

    for pattern, name, cure in _REFUSED:
        if re.search(pattern, text.removesuffix("~")):
            return PeriodError(f"{text!r} is {name} in EDTF, which hrdash does not take", cure)
    return PeriodError(f"{text!r} is not a period", "write 2024, 2024-04, 2024-04-15, 2017/2024, 2019/.. or ../2020")


def _date_text(date: tuple[int, ...]) -> str:
    year, *rest = date
    if not rest:
        return f"{year:04}"
    month = MONTHS[rest[0] - 1][:3]
    return f"{month} {year}" if len(rest) == 1 else f"{rest[1]} {month} {year}"
