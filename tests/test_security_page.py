"""What SECURITY.md says: the tests and modules that it names are there, and its list of packages is complete."""

from __future__ import annotations

import re
import tomllib
from importlib.metadata import requires, version
from pathlib import Path

ROOT = Path(__file__).parent.parent
PAGE = (ROOT / "SECURITY.md").read_text()
PROMISES = re.findall(r"^\| \*\*(\d+)\. .*$", PAGE, re.MULTILINE)


def promises() -> list[tuple[str, str]]:
    """Each promise's modules and tests, as the table has them."""
    rows = [line.split(" | ") for line in PAGE.splitlines() if re.match(r"\| \*\*\d+\. ", line)]
    return [(modules, tests) for _, modules, tests in rows]


def test_every_test_that_this_page_names_is_there() -> None:
    there = {
        name for path in (ROOT / "tests").rglob("test_*.py") for name in re.findall(r"def (test_\w+)", path.read_text())
    }
    assert sorted(set(re.findall(r"test_\w+", PAGE)) - there) == []


def test_every_promise_names_what_it_rests_on_and_what_holds_it() -> None:
    assert [int(number) for number in PROMISES] == list(range(1, 11))
    for modules, tests in promises():
        assert "test_" in tests
        for name in re.findall(r"`(hrdash/[\w/.]+)`", modules):
            assert (ROOT / name).is_file(), name
        assert "`hrdash/" in modules or modules == "this page"


def test_the_readme_makes_the_same_promises() -> None:
    made = (ROOT / "README.md").read_text().partition("## Promises")[2]
    here = re.findall(r"^\| \*\*\d+\. (.+?)\.?\*\*", PAGE, re.MULTILINE)
    there = re.findall(r"^\d+\. (.+)\.$", made, re.MULTILINE)
    assert len(there) == 10
    for short, full in zip(there, here, strict=True):
        assert short.startswith(full[:20])


def test_every_file_that_the_page_names_is_there() -> None:
    for name in re.findall(r"`(tests/[\w/.]+)`", PAGE) + re.findall(r"\]\(([\w.]+)(?:#[\w-]+)?\)", PAGE):
        assert (ROOT / name).is_file(), name


def explained() -> set[str]:
    """The packages of the page's table."""
    return set(re.findall(r"^\| ([a-z-]+) \| ", PAGE.partition("## Packages")[2], re.MULTILINE)) - {"package"}


def test_every_runtime_package_is_explained_and_no_other() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())
    lock = dict(re.findall(r"^([\w.-]+)==([\w.]+)", (ROOT / "requirements.lock").read_text(), re.MULTILINE))
    asked = list(project["project"]["dependencies"])
    found: set[str] = set()
    exact = True
    while asked:
        name, extra = re.fullmatch(r"([\w.-]+)(?:\[(\w+)\])?.*", asked.pop()).groups()  # type: ignore[union-attr]
        name = name.lower().replace("_", "-")
        found.add(name)
        if version(name) != lock[name]:
            exact = False  # another version may need others
            continue
        for text in requires(name) or []:
            needed, _, condition = text.partition(";")
            if not condition or (extra and re.search(rf"""extra == ["']{extra}["']""", condition)):
                asked.append(needed.strip())
    assert found <= explained() <= lock.keys()
    assert not exact or found == explained()
