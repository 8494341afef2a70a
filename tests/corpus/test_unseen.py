"""What cannot be seen in a file, or looks like something else, is named at its place, and is one problem.

The cases in `tests/corpora/cases/sent` are files of a theme as people sent them in, for the sound corpus beside them; in
what is written here § marks a place.
"""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from hrdash.check import CheckReport, check_corpus
from hrdash.corpus import nodes
from hrdash.corpus.unseen import as_typed, named, versions

CASES = Path(__file__).parents[1] / "corpora" / "cases"
SOUND = (CASES / "themes" / "prisons.yaml").read_text("utf-8")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return Path(shutil.copytree(CASES, tmp_path / "corpus"))


def checked(folder: Path, text: str) -> CheckReport:
    (folder / "themes" / "prisons.yaml").write_text(text, encoding="utf-8")
    return check_corpus(str(folder))


def test_the_corpus_of_the_cases_is_sound(folder: Path) -> None:
    assert checked(folder, SOUND).problems == ()


def test_every_case_is_told_as_it_should_be(folder: Path) -> None:
    cases = {
        "03-nbsp-indent": ["10:1: a no-break space (U+00A0) stands where only spaces may; write spaces"],
        "06-cyrillic-lookalike-key": ["8:5: the key 'сlaims' has a Cyrillic letter с (U+0441); write claims"],
        "07-cyrillic-lookalike-id": ["9:13: 'с-open' has a Cyrillic letter с (U+0441); write c-open"],
        "08-endash-para": [],
        "09-conflict-markers": [
            "11:1: git left two versions here, down to line 15; "
            "keep one version, and remove the lines of <<<<<<<, ======= and >>>>>>>"
        ],
        "19-null": [
            "20:15: warning: 'null' is taken for a text, and shown; remove the key where there is nothing to say",
            "21:22: warning: 'None' is taken for a text, and shown; remove the key where there is nothing to say",
        ],
    }
    assert sorted(cases) == sorted(path.stem for path in (CASES / "sent").glob("*.yaml"))
    for name, expected in cases.items():
        report = checked(folder, (CASES / "sent" / f"{name}.yaml").read_text("utf-8"))
        assert [problem.text.removeprefix("themes/prisons.yaml:") for problem in report.problems] == expected, name


def test_what_looks_like_something_else_is_named_where_it_stands_and_is_one_problem(folder: Path) -> None:
    for right, wrong, what, cure in (
        ("by: minister\n        text: Ev", "by:§\u00a0minister\n        text: Ev", "no-break space", "write spaces"),
        ("      - id: c-open", "      -§\u00a0id: c-open", "no-break space (U+00A0)", "write spaces"),
        ("    claims:", "    claims§\u00a0:", "no-break space (U+00A0)", "write claims"),
        ("    claims:", "    cl§\u200baims:", "zero-width space (U+200B)", "remove it"),
        ("    claims:", "    claims§：", "fullwidth colon ： (U+FF1A)", "write : and a space"),
        ("by: board", "by§： board", "fullwidth colon ： (U+FF1A)", "write : and a space"),
        ("put_as: report", "put§–as: report", "en dash – (U+2013)", "did you mean 'put_as'?"),
        ("put_as: report", "put_as: rep§оrt", "Cyrillic letter о (U+043E)", "write report"),
        ("put_as: report", "put_as: §“report”", "left double quotation mark “ (U+201C)", "write report"),
        ("id: prisons-visits", "id: prisons§–visits", "en dash – (U+2013)", "write prisons-visits"),
        ("id: prisons-visits", "id: prisons§\u200d-visits", "zero-width joiner (U+200D)", "write prisons-visits"),
        ("[n-refused]", "[N_r§еfused]", "Cyrillic letter е (U+0435)", "write n-refused"),
        ("[n-refused]", "[n-r§еfused]", "Cyrillic letter е (U+0435)", "write n-refused"),
        ("[statement-2025 4]", "[st§аtement-2025 4]", "Cyrillic letter а (U+0430)", "write statement-2025 4"),
        ("value: 120", "value: §１20", "fullwidth digit one １ (U+FF11)", "write 120"),
        ("value: 120", "value: §٣", "arabic-indic digit three ٣ (U+0663)", "write 3"),
        ("text: An inquiry", "text: §“An inquiry: it is", "left double quotation mark “ (U+201C)", 'in quotes: "…"'),
        ("        put_as: report", "§　       put_as: report", "ideographic space (U+3000)", "write spaces"),
        ("cites: [12-13]\n", "cites:\n§\u00a0         - 12-13\n", "no-break space (U+00A0)", "write spaces"),
    ):  # fmt: skip
        assert SOUND.count(right) == 1, right
        text = SOUND.replace(right, wrong)
        before = text.partition("§")[0]
        (problem,) = checked(folder, text.replace("§", "")).problems
        place = before.count("\n") + 1, len(before) - before.rfind("\n")
        assert (problem.line, problem.column) == place, problem.text
        assert what in problem.what, problem.text
        assert cure in problem.cure, problem.text


def test_text_in_another_alphabet_or_with_its_own_quotes_and_spaces_is_no_problem(folder: Path) -> None:
    for text in (
        "Пытки запрещены: так сказано",
        "“Visits” were refused",
        "1\u00a0200 visits – in 2024",
        "Қазақстан: 2024",
    ):
        quoted = f'"{text}"' if ": " in text else text
        assert checked(folder, SOUND.replace("text: An inquiry", f"text: {quoted} An inquiry".replace('" An', ' An'))
                       .replace("is under way.\n", 'is under way."\n' if quoted != text else "is under way.\n")
                       ).problems == (), text  # fmt: skip


def test_a_character_is_named_as_unicode_names_it() -> None:
    for character, name in {
        "\u0441": "a Cyrillic letter с (U+0441)", "\u03bf": "a Greek letter ο (U+03BF)",
        "\u00a0": "a no-break space (U+00A0)", "\ufeff": "a zero-width no-break space (U+FEFF)",
        "\uff1a": "a fullwidth colon ： (U+FF1A)", "\u201c": "a left double quotation mark “ (U+201C)",
        "\u2013": "an en dash – (U+2013)", "\x1b": "U+001B", "é": "a Latin letter é (U+00E9)",
    }.items():  # fmt: skip
        assert named(character) == name


def test_what_is_typed_on_a_plain_keyboard_stays_and_so_do_accents() -> None:
    assert as_typed("".join(map(chr, range(32, 127)))) == "".join(map(chr, range(32, 127)))
    assert as_typed("café Қазақстан") == "café Қaзaқcтaн"
    assert as_typed("“a”–\u00a0１⟨U+200B⟩") == '"a"- 1'


def test_two_versions_that_git_left_are_told_of_each_place_and_nothing_else_of_the_file() -> None:
    for text, lines in (
        ("a: b\n<<<<<<< HEAD\nc: d\n=======\nc: e\n>>>>>>> other\n", [2]),
        ("<<<<<<< HEAD\na: b\n||||||| base\na: c\n=======\na: d\n>>>>>>> x\ne: f\n<<<<<<< HEAD\n=======\n>>>>>>> x\n", [1, 9]),
        ("a: b\r\n<<<<<<< HEAD\r\nc: d\r\n=======\r\n>>>>>>> other\r\n", [2]),
        ("a: b\n>>>>>>> other\nc: d\n", [2]),
        ("a: b\n=======\nc: d\n", [2]),
    ):  # fmt: skip
        document = nodes.read("x.yaml", text.encode())
        assert (document.root, [problem.line for problem in document.problems]) == (None, lines), text
        assert all(problem.what.startswith("git left") for problem in document.problems), text
    assert nodes.read("x.yaml", b"a: |\n  <<<<<<< is what git writes\n  =======\n").problems == ()


def test_many_marks_of_a_merge_take_no_time() -> None:
    assert len(versions("<<<<<<< x\n" * 50_000 + "=======\n")) == 50_000
