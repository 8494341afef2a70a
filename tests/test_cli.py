"""The command line as a user meets it: what goes where, which exit code, and what is said when something is wrong."""

from __future__ import annotations

import csv
import io
import json
import os
import re
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from markdown_it import MarkdownIt

from hrdash import __version__, commands
from hrdash.cli import main
from hrdash.commands import COMMANDS, DASHBOARD, CommandError
from hrdash.commands.options import Option, read
from hrdash.filter import Filter
from hrdash.model import SECTIONS
from hrdash.streams import terminal_size
from tests.make import REGISTER_TEXTS, brief_text, readme_corpus, theme_text

NASTY = str(Path(__file__).parent / "corpora" / "nasty")
HRDASH = [sys.executable, "-m", "hrdash", "--briefs", NASTY]


def said(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    """The exit code, stdout and stderr of one command on the corpus of odd texts."""
    code = main(["--briefs", NASTY, *arguments])
    captured = capsys.readouterr()
    return code, captured.out, captured.err


def written(folder: Path, files: dict[str, str]) -> str:
    """A corpus of one brief, with these files in place of its own."""
    whole = {**REGISTER_TEXTS, "themes/torture.yaml": theme_text("torture", brief_text("torture-cases")), **files}
    (folder / "themes").mkdir()
    for name, text in whole.items():
        (folder / name).write_text(text)
    return str(folder)


@pytest.fixture
def texts(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The texts of the sources of that corpus, in which all that it says stands."""
    folder = tmp_path_factory.mktemp("texts")
    for source in ("red", "blue", "green"):
        (folder / f"{source}.txt").write_text("[7] Nobody was hurt.\n[99] The end.\n")
    return str(folder)


def test_version_and_help(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--version"]) == 0
    assert capsys.readouterr().out == f"hrdash {__version__}\n"
    for arguments in (["--help"], ["-h"], ["help"]):
        assert main(arguments) == 0
        shown = capsys.readouterr().out
        assert shown.index("examples") < shown.index("commands")
    for command in COMMANDS:
        assert main([command, "--help"]) == 0
        shown = capsys.readouterr().out
        assert f"hrdash {command}" in shown
        assert main(["help", command]) == 0
        assert capsys.readouterr().out == shown, command


def test_every_manual_fits_eighty_columns_on_every_terminal(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for width in ("40", "200"):
        monkeypatch.setenv("COLUMNS", width)
        for arguments in ([], *([command] for command in COMMANDS)):
            assert main([*arguments, "--help"]) == 0
            wide = [line for line in capsys.readouterr().out.splitlines() if len(line) > 80]
            assert wide == [], arguments


def test_every_module_of_commands_is_one_that_can_be_typed_or_serves_those() -> None:
    serving = {"__init__", DASHBOARD, "options", "pager", "printing", "selection"}
    files = {path.stem for path in Path(commands.__file__).parent.glob("*.py")}
    assert files == {*COMMANDS, *serving}


def test_options_stand_anywhere_and_end_at_two_dashes() -> None:
    options = (Option("theme", "", "THEME", many=True), Option("plain", ""), Option("text", "", "WORDS"))
    for arguments, words, themes, text in (
        (["a", "--theme", "x", "-b", "--theme=y", "c"], ["a", "-b", "c"], ["x", "y"], None),
        (["--", "--theme", "x"], ["--theme", "x"], [], None), (["a", "--", "--", "-b"], ["a", "--", "-b"], [], None),
        (["--text", "-word", "-"], ["-"], [], "-word"), (["--text=--odd", ""], [""], [], "--odd"),
        (["a b", "-c d", "-1"], ["a b", "-c d", "-1"], [], None), (["--plain", "--theme", "-1"], [], ["-1"], None),
    ):  # fmt: skip
        found = read(arguments, (*options, Option("help", "")))
        assert (found.words, found.theme, found.text) == (words, themes, text), arguments
    for arguments, complaint in (
        (["--theme"], "--theme needs a value, THEME"), (["--theme="], "--theme needs a value, THEME"),
        (["--theme", "--plain"], "--theme needs a value, THEME"), (["--plain=x"], "--plain takes no value"),
        (["--thme=x"], "there is no option --thme; did you mean '--theme'?"),
        (["--th", "x"], "there is no option --th"),
    ):  # fmt: skip
        with pytest.raises(CommandError) as raised:
            read(arguments, (*options, Option("help", "")))
        assert str(raised.value).startswith(complaint), arguments


def test_without_a_terminal_hrdash_alone_prints_the_list(capsys: pytest.CaptureFixture[str]) -> None:
    assert said(capsys)[1] == said(capsys, "list")[1]


def test_show_without_a_name_lists_the_themes(capsys: pytest.CaptureFixture[str]) -> None:
    assert said(capsys, "show")[:2] == said(capsys, "themes")[:2]


def test_show_takes_themes_and_briefs_together(capsys: pytest.CaptureFixture[str]) -> None:
    _, shown, _ = said(capsys, "show", "prisons-visits", "words-markup")
    assert "Unannounced visits to prisons" in shown
    assert "[redacted] and [sic] stay" in shown
    assert "SEE ALSO" in shown
    assert "人権は普遍的である" not in shown  # a text of the brief that is only named there


def test_a_theme_in_the_filter_is_shown_as_a_theme_that_is_named(capsys: pytest.CaptureFixture[str]) -> None:
    for form in ("text", "markdown", "json"):
        named = said(capsys, "show", "--format", form, "prisons")
        for arguments in (["--theme", "prisons"], ["theme:prisons"], ["--theme", "PRISONS"]):
            assert said(capsys, "show", "--format", form, *arguments) == named, arguments


def test_a_named_theme_and_another_in_the_filter_are_both_kept_and_said(capsys: pytest.CaptureFixture[str]) -> None:
    _, shown, _ = said(capsys, "show", "words", "--theme", "prisons", "--format", "json")
    assert json.loads(shown)["filter"]["themes"] == ["words", "prisons"]
    assert json.loads(shown)["total"]["briefs"] == 1
    _, shown, _ = said(capsys, "show", "words", "--theme", "prisons")
    assert re.match(r"Сөздер 語: .*\n  1 brief · Prisons · Ruritania", shown)
    assert "Unannounced visits to prisons" in shown
    assert "[redacted]" not in shown


def test_where_two_themes_share_nothing_neither_is_said_to_be_empty(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, err = said(capsys, "show", "words", "--theme", "prisons", "--without", "claim")
    assert (code, out) == (1, "")
    assert "as of 2025-03, is in words and matches theme:prisons without:claim" in err


def test_a_brief_outside_the_filter_is_named_and_the_filter_not_called_empty(
    capsys: pytest.CaptureFixture[str],
) -> None:
    code, out, err = said(capsys, "show", "words-markup", "--theme", "prisons")
    assert (code, out, err) == (1, "", "hrdash: words-markup lies outside the filter\n")


def test_a_filter_takes_a_name_in_any_case_and_a_label_for_an_id(capsys: pytest.CaptureFixture[str]) -> None:
    for arguments, same in (
        (["--has", "Claim"], "has:claim"), (["--without", "RESPONSE"], "without:response"),
        (["--theme", "Prisons"], "theme:prisons"), (["--theme", "сөздер 語"], "theme:words"),
        (["theme:Сөздер 語"], "theme:words"), (["--speaker", "Expert"], "speaker:expert"),
        (["Speaker:MINISTER"], "speaker:minister"), (["--source", "Counted"], "source:counted"),
        (["--person", "children"], "person:Children"),
    ):  # fmt: skip
        code, out, err = said(capsys, "export", *arguments)
        assert code == 0, arguments
        assert (code, out, err) == said(capsys, "export", same), arguments


def test_a_name_that_two_speakers_share_stands_for_both(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    speakers = REGISTER_TEXTS["speakers.yaml"] + "- {id: deputy, name: The Deputy, short: Minister, kind: state}\n"
    folder = written(tmp_path, {"speakers.yaml": speakers})
    for typed, meant in (("minister", ["minister"]), ("Minister", ["minister", "deputy"])):
        assert main(["--briefs", folder, "export", "--speaker", typed]) == 0, typed
        assert json.loads(capsys.readouterr().out)["filter"]["speakers"] == meant, typed


def test_a_theme_or_brief_where_a_command_belongs_is_told_how_to_show_it(capsys: pytest.CaptureFixture[str]) -> None:
    for name, shown in (("prisons", "prisons"), ("Сөздер 語", "words"), ("Words-Markup", "words-markup")):
        code, out, err = said(capsys, name, "--year", "2024")
        assert (code, out) == (2, ""), name
        assert f"there is no command {name!r}; did you mean: hrdash show {shown}; see" in err


def test_an_empty_document_is_explained_on_stderr(capsys: pytest.CaptureFixture[str]) -> None:
    for arguments in (["export"], ["show", "--format", "json"]):
        code, out, err = said(capsys, *arguments, "--year", "1900")
        assert code == 1, arguments
        assert json.loads(out)["total"] == {"statements": 0, "briefs": 0}, arguments
        assert err == said(capsys, "list", "--year", "1900")[2], arguments


def test_an_unknown_name_is_exit_2_with_the_nearest_known_one(capsys: pytest.CaptureFixture[str]) -> None:
    for arguments, suggestion in (
        (["show", "prison"], "prisons"), (["show", "words-markp"], "words-markup"), (["lsit"], "list"),
        (["list", "--source", "printd"], "printed"), (["list", "--theme", "word"], "words"),
        (["list", "--speaker", "ministr"], "minister"), (["list", "--has", "reponse"], "response"),
        (["list", "source:printd"], "printed"), (["list", "--thme", "words"], "--theme"),
        (["show", "--format", "jsno"], "json"), (["search", "--columns", "kind,txt"], "text"),
    ):  # fmt: skip
        code, out, err = said(capsys, *arguments)
        assert (code, out) == (2, ""), arguments
        assert f"did you mean '{suggestion}'?" in err, arguments


def test_a_value_that_an_option_cannot_have_is_told_of_the_option(capsys: pytest.CaptureFixture[str]) -> None:
    for asked, option, word in (("kind", "--kind: takes claim, ", "kind: takes claim, "),
                                ("year", "--year: 'x' is not a year", "year: 'x' is not a year")):  # fmt: skip
        assert said(capsys, "list", f"--{asked}", "x", "--theme", "torture")[2].startswith(f"hrdash: {option}")
        assert said(capsys, "list", f"{asked}:x", "--theme", "torture")[2].startswith(f"hrdash: {word}")


def test_wrong_usage_is_exit_2_with_a_sentence(capsys: pytest.CaptureFixture[str]) -> None:
    for arguments in (
        ["list", "--year", "abc"], ["list", "year:2"], ["list", "--frobnicate"], ["show", "--format", "pdf"],
        ["search", "--columns", "kind,tone"], ["--color", "sometimes", "list"],
        ["list", "has:"], ["check", "a", "b"], ["list", "--text"],
        ["export", "--format", "text"], ["list", "--plain=yes"],
    ):  # fmt: skip
        code, out, err = said(capsys, *arguments)
        assert (code, out) == (2, ""), arguments
        assert re.fullmatch(r"hrdash: .+\n", err), arguments


def test_what_was_hinted_at_is_said_before_what_stopped_the_command(capsys: pytest.CaptureFixture[str]) -> None:
    code, _, err = said(capsys, "list", "small cells", "--theme", "prison")
    hint, error = err.splitlines()
    assert code == 2
    assert "a phrase wants quotation marks" in hint
    assert "no theme 'prison' in this corpus" in error


def test_nothing_found_is_exit_1_and_says_why_and_as_of_when(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, err = said(capsys, "search", "zebra")
    assert (code, out) == (1, "")
    assert "as of 2025-03" in err


def test_a_search_for_nothing_that_can_be_looked_for_says_so(capsys: pytest.CaptureFixture[str]) -> None:
    for query in ("*", '"', "-", "+", "😀", "--", "''"):
        code, out, err = said(capsys, "search", "--", query)
        assert code in (1, 2), query
        assert out == "", query
        assert err, query


def test_what_looks_like_an_operator_is_searched_as_words(capsys: pytest.CaptureFixture[str]) -> None:
    for query, found in (
        ("AND", {"prisons-visits", "words-markup"}), ("c++", {"words-markup"}),
        ("visits*", {"prisons-visits"}), ("a:b", {"words-markup"}), ("NOT visits", set()),
        ("e-mail", set()), ("NEAR(", set()), ("x OR y", set()), ("10.1", set()),
    ):  # fmt: skip
        code, out, err = said(capsys, "search", query)
        briefs = {brief for brief in ("prisons-visits", "words-markup", "words-scripts") if f" · {brief}\n" in out}
        assert briefs == found, query
        assert code == (0 if found else 1), query
        assert ("nothing in this corpus" in err) == (not found), query


def test_words_that_the_shell_kept_together_are_told_how_a_phrase_is_written(
    capsys: pytest.CaptureFixture[str],
) -> None:
    for words, phrase in (("small cells", """'"small cells"'"""), ("it's so", """'"it'"'"'s so"'""")):
        assert f"a phrase wants quotation marks of its own: {phrase}\n" in said(capsys, "search", words)[2]


def test_a_phrase_given_as_one_is_found_as_one_without_a_hint(capsys: pytest.CaptureFixture[str]) -> None:
    assert said(capsys, "search", "small cells")[0] == 0
    assert said(capsys, "search", '"small cells"')[0] == 1
    for arguments in (['"too small"'], ["too", "small"], ["speaker:The Minister"], ["-too small"], ["small "]):
        assert "quotation marks" not in said(capsys, "search", *arguments)[2]


def test_a_search_for_nothing_is_explained_once(capsys: pytest.CaptureFixture[str]) -> None:
    assert said(capsys, "search", "'") == (1, "", 'hrdash: "\'" holds no letter or digit to look for\n')


def test_words_to_leave_out_need_no_escaping(capsys: pytest.CaptureFixture[str]) -> None:
    _, shown, _ = said(capsys, "list", "prisons", "-unannounced")
    assert shown == ""
    _, shown, _ = said(capsys, "list", "-unannounced")
    assert "words-markup" in shown
    assert "prisons-visits" not in shown


def test_a_folder_that_is_no_corpus_is_exit_3(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for folder in (tmp_path, tmp_path / "missing"):
        for command in (["list"], ["check"], ["show", "x"]):
            assert main(["--briefs", str(folder), *command]) == 3
            assert str(folder) in capsys.readouterr().err


def test_the_corpus_can_be_named_by_the_environment(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("HRDASH_BRIEFS", NASTY)
    assert main(["list"]) == 0
    assert "words-markup" in capsys.readouterr().out


def run(*arguments: str, **options: object) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run([*HRDASH, *arguments], capture_output=True, timeout=30, **options)  # type: ignore[call-overload,no-any-return]


def test_a_reader_that_stops_early_is_left_in_silence() -> None:
    piped = subprocess.run(
        ["bash", "-o", "pipefail", "-c", '"$0" "$@" | head -n 1', *HRDASH, "show", "words", "prisons"],
        capture_output=True, timeout=30,
    )  # fmt: skip
    assert piped.stderr == b""
    assert piped.stdout.count(b"\n") == 1


def test_a_closed_stdout_is_exit_3_with_a_sentence(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "stdout", None)  # as Python sets it
    for arguments in (["list"], ["show", "words", "--color", "always"], ["--version"]):
        assert main(["--briefs", NASTY, *arguments]) == 3, arguments
        assert capsys.readouterr().err == "hrdash: cannot write: stdout is closed\n", arguments


def test_a_closed_stdout_is_none_of_a_command_s_business_that_prints_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdout", None)
    assert main(["check", NASTY]) == 0


def test_stdout_that_is_closed_or_full_ends_without_a_traceback() -> None:
    closed = subprocess.run(["bash", "-c", '"$0" "$@" >&-', *HRDASH, "list"], capture_output=True, timeout=30)
    assert (closed.returncode, closed.stdout) == (3, b"")
    assert closed.stderr == b"hrdash: cannot write: stdout is closed\n"
    for command in ("list", "labels", "schema", "--version"):  # of which some say a word on stderr, some write much
        with open("/dev/full", "wb") as full:
            result = subprocess.run([*HRDASH, command], stdout=full, stderr=subprocess.PIPE, timeout=30)
        assert result.returncode == 3, command
        assert b"Traceback" not in result.stderr
        assert b"hrdash: cannot write" in result.stderr, command


def test_stderr_that_is_closed_or_full_changes_no_exit_code() -> None:
    for arguments, code in ((("list",), 0), (("search", "no-such-word"), 1), (("lost",), 2)):
        for to in ("2>/dev/full", "2>&-"):
            ended = subprocess.run(
                ["bash", "-c", f'"$0" "$@" {to}', *HRDASH, *arguments], capture_output=True, timeout=30
            )
            assert ended.returncode == code, (arguments, to)


def test_what_programs_read_is_the_same_in_every_locale() -> None:
    for arguments in (["export"], ["show", "words", "--format", "json"], ["search", "--format", "csv"],
                      ["search", "--format", "json"], ["schema"]):  # fmt: skip
        shown = [
            run(
                *arguments, env={**os.environ, "PYTHONIOENCODING": encoding, "LC_ALL": locale, "PYTHONUTF8": "0"}
            ).stdout
            for encoding, locale in (("utf-8", "C.UTF-8"), ("ascii", "C"), ("latin-1", "POSIX"))
        ]
        assert shown[0], arguments
        assert len(set(shown)) == 1, arguments


def test_words_are_found_in_every_locale(tmp_path: Path) -> None:
    readme_corpus(tmp_path)
    theme = tmp_path / "themes" / "prisons.yaml"
    theme.write_text(theme.read_text("utf-8").replace("Why were", "Łódź құқық: why were").replace(
        "text: Łódź", 'text: "Łódź').replace("turned away?", 'turned away?"'), "utf-8")  # fmt: skip
    for words in (["Łódź"], ["құқық"], ["--text", "Łódź"], ["“Łódź”", "kind:question"]):
        for setting in ({"LC_ALL": "C", "PYTHONCOERCECLOCALE": "0", "PYTHONUTF8": "0"}, {"LC_ALL": "C.UTF-8"}):
            arguments = [sys.executable, "-m", "hrdash", "search", *words, "--briefs", str(tmp_path)]
            shown = subprocess.run(arguments, env={**os.environ, **setting}, capture_output=True, timeout=30)
            assert shown.returncode == 0, (words, setting, shown.stderr)


def test_a_word_that_is_left_out_of_statements_leaves_the_briefs_of_those_that_are_listed(
    capsys: pytest.CaptureFixture[str],
) -> None:
    typed = ("search", "prisons", "-published")
    _, rows, summary = said(capsys, *typed, "--format", "csv", "--columns", "brief")
    statements, briefs = len(rows.splitlines()) - 1, len({*rows.splitlines()[1:]})
    assert summary.startswith(f"{statements} of 17 statements · {briefs} of 3 briefs")
    content = json.loads(said(capsys, *typed, "--format", "json")[1])
    assert content["total"] == {"statements": statements, "briefs": briefs}
    markdown, counted = said(capsys, *typed, "--format", "markdown")[1:]
    assert (counted, markdown.count("\n- ")) == (summary, statements)
    assert "prisons-visits" in rows
    assert "prisons-visits" not in said(capsys, "list", "prisons", "-published")[1], "which has the word elsewhere"


def test_a_word_that_is_left_out_of_briefs_leaves_the_statements_of_those_that_are_listed(
    capsys: pytest.CaptureFixture[str],
) -> None:
    _, rows, summary = said(capsys, "list", "--text=-published")
    document = json.loads(said(capsys, "export", "--text=-published")[1])
    briefs = [brief for theme in document["themes"] for brief in theme["briefs"]]
    inside = sum(one["matches"] for brief in briefs for section in SECTIONS for one in brief[section])
    assert document["total"] == {"statements": inside, "briefs": len(briefs)}
    assert len(rows.splitlines()) == len(briefs)
    assert f"\n{inside} of 17 statements · {len(briefs)} of 3 briefs · " in summary
    statements = len(said(capsys, "search", "--text=-published", "--format", "csv")[1].splitlines()) - 1
    assert inside < statements, "of which one has the word elsewhere in its brief"


def test_the_line_that_says_what_to_type_is_the_folder_and_nothing_else_to_a_shell(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for name in ("plain", "two words", "it's $(exit 7)", '`exit 7`; "$HOME" & x', "тетрадь"):
        (tmp_path / name).mkdir()
        corpus = written(tmp_path / name, {"themes/life.yaml": "no theme"})
        main(["list", "--briefs", corpus])
        line = re.search("; (hrdash check .*) says why", capsys.readouterr().err)
        assert line, name
        typed = subprocess.run(["sh", "-c", line[1].replace("hrdash check", "printf %s")], capture_output=True)
        assert os.fsdecode(typed.stdout) == corpus, line[1]


def test_where_the_date_of_a_corpus_cannot_be_read_no_absence_is_said_without_saying_so(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    corpus = written(tmp_path, {"corpus.yaml": "title: [", "themes/torture.yaml": theme_text(
        "torture", "  - {id: asked, questions: [{by: expert, text: Say why., put_to_state: true, cites: [red 7]}]}\n",
    )})  # fmt: skip
    for arguments, bound in (
        (("list",), "Untitled corpus · as of an unknown date"),
        (("show", "asked"), "○ no response to it in this corpus, as of an unknown date\n"),
        (("search", "nowhere"), "nothing in this corpus, as of an unknown date, matches nowhere"),
        (("show", "torture", "--text=nowhere"), "nothing in this corpus, as of an unknown date, matches"),
    ):
        main([*arguments, "--briefs", corpus])
        assert bound in "".join(capsys.readouterr()), arguments


def test_a_page_is_about_the_years_that_the_list_says_also_where_they_are_those_of_another_brief(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    again = brief_text("again").replace("{id: c, ", "{same_as: first/c, ")
    first = brief_text("first").replace("{id: c, ", "{id: c, period: 2019/2021, ")
    corpus = written(tmp_path, {"themes/torture.yaml": theme_text("torture", again, first)})
    shown = []
    for command in (("list",), ("show", "again"), ("export",)):
        assert main([*command, "--briefs", corpus]) == 0
        shown.append(capsys.readouterr().out)
    assert shown[0].count("  2019–21  ") == 2
    assert "Torture · about 2019–21 · again" in shown[1]
    document = json.loads(shown[2])
    assert [brief["about"] for brief in document["themes"][0]["briefs"]] == ["2019–21"] * 2


def test_statements_are_searched_without_words_and_with_the_filters(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, err = said(capsys, "search", "--kind", "question", "--answer", "none")
    assert code == 0
    assert "=HYPERLINK(1)?\n" in out
    assert "How many visits" not in out
    assert "question · ○ none · Expert · X/1/2 ¶13" in out
    assert err.startswith("1 of 17 statements · 1 of 3 briefs · Ruritania [draft] · as of 2025-03")


def test_a_list_of_statements_is_the_same_in_every_format(capsys: pytest.CaptureFixture[str]) -> None:
    asked = ("search", "--theme", "prisons", "--columns", "id,kind,answer,speaker,text,pinpoint")
    rows = list(csv.reader(io.StringIO(said(capsys, *asked, "--format", "csv")[1], newline="")))
    content = json.loads(said(capsys, *asked, "--format", "json")[1])
    table = said(capsys, *asked)[1].splitlines()
    assert len(rows) - 1 == len(content["statements"]) == len(table) == content["total"]["statements"]
    assert rows[0] == ["id", "kind", "answer", "speaker", "text", "pinpoint"] == list(content["statements"][0])
    for row, item in zip(rows[1:], content["statements"], strict=True):
        assert [cell.removeprefix("'") for cell in row[:-1]] == [text or "" for text in item.values()][:-1]
        assert row[-1].startswith("¶"), row  # which no spreadsheet takes for a number
    by_id = {item["id"]: item for item in content["statements"]}
    assert by_id["prisons-visits/d-publish"] == {
        "id": "prisons-visits/d-publish", "kind": "recommendation", "answer": "noted", "speaker": "France; Expert",
        "text": "Publish the findings …", "pinpoint": "14.254",
    }  # fmt: skip
    assert "'=HYPERLINK(1)?" in {row[4] for row in rows}


def test_the_filter_of_a_document_holds_for_every_brief_in_it(capsys: pytest.CaptureFixture[str]) -> None:
    for arguments in (["words"], ["words", "--theme", "prisons"], ["words", "prisons-visits"], ["prisons-visits"],
                      ["words-scripts", "prisons", "--kind", "claim"], ["prisons", "words-scripts"]):  # fmt: skip
        content = json.loads(said(capsys, "show", *arguments, "--format", "json")[1])
        inside = Filter(themes=tuple(content["filter"]["themes"]), kinds=tuple(content["filter"]["kinds"]))
        listed = said(capsys, "list", *inside.typed.split())[1].split()
        briefs = {brief["id"] for theme in content["themes"] for brief in theme["briefs"]}
        assert briefs, arguments
        assert briefs <= {*listed}, arguments


def test_columns_of_statements_in_markdown_are_a_table_of_what_people_wrote(capsys: pytest.CaptureFixture[str]) -> None:
    names = "id,kind,answer,text"
    _, out, _ = said(capsys, "search", "--format", "markdown", "--columns", names)
    rows = list(csv.reader(io.StringIO(said(capsys, "search", "--format", "csv", "--columns", names)[1], newline="")))
    tokens = MarkdownIt("gfm-like", {"linkify": False}).parse(out)
    cells = ["".join(part.content for part in token.children or ()) for token in tokens if token.type == "inline"]
    assert cells[:4] == ["Id", "Kind", "Answer", "Text"]
    assert cells[4:] == [" ".join(cell.removeprefix("'").split()) for row in rows[1:] for cell in row]


def test_a_list_of_statements_in_markdown_marks_no_word_as_markup(capsys: pytest.CaptureFixture[str]) -> None:
    _, out, _ = said(capsys, "search", "stars", "--format", "markdown")
    assert "**\\[redacted\\]" in out
    assert "- See \\[/\\] below" in out


def test_no_locale_can_break_the_output() -> None:
    for locale in ("C", "POSIX", "xx_YY.ISO-8859-1"):
        result = run(
            "show", "words", env={**os.environ, "LC_ALL": locale, "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
        )
        assert result.returncode == 0
        assert b"Traceback" not in result.stderr


def test_piped_text_holds_no_colour() -> None:
    for variables in ({}, {"FORCE_COLOR": "1"}, {"CLICOLOR_FORCE": "1"}):
        assert b"\x1b" not in run("show", "prisons", env={**os.environ, **variables}).stdout, variables


def test_colour_can_be_asked_for_and_is_markup_free() -> None:
    shown = run("show", "words", "--color", "always").stdout.decode()
    assert "\x1b[" in shown
    assert "[red]x[/red]" in shown


def test_an_interrupt_is_exit_130_without_a_traceback() -> None:
    code = """
import os, signal
import hrdash.commands.list
from hrdash.cli import main
signal.signal(signal.SIGINT, signal.default_int_handler)  # where whoever began the tests ignores it
hrdash.commands.list.run = lambda options: os.kill(os.getpid(), signal.SIGINT)
raise SystemExit(main(["list"]))
"""
    result = subprocess.run([sys.executable, "-c", code], capture_output=True, timeout=30)
    assert result.returncode in (130, -signal.SIGINT)
    assert b"Traceback" not in result.stderr


def test_one_brief_held_against_three_texts_is_counted_so(
    tmp_path: Path, texts: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["--briefs", written(tmp_path, {}), "verify", "--texts", texts]) == 0
    assert capsys.readouterr().err == "1 brief held against 3 texts: 0 findings, 0 warnings\n"


def test_an_audit_that_left_a_brief_out_says_so_and_fails(
    tmp_path: Path, texts: str, capsys: pytest.CaptureFixture[str]
) -> None:
    broken = {"themes/torture.yaml": theme_text("torture", brief_text("torture-cases", more="frob: x,"))}
    folder = written(tmp_path, broken)
    for command, total in (
        ("verify", "0 briefs held against 3 texts: 0 findings, 0 warnings; 1 brief or file could not be read"),
        ("coverage", "briefs      0 counted; 1 brief or file could not be read"),
    ):
        assert main(["--briefs", folder, command, "--texts", texts]) == 1, command
        assert total in "".join(capsys.readouterr()).splitlines(), command


def test_what_a_register_lost_for_an_error_is_said_beside_every_list_and_fails_an_audit(
    tmp_path: Path, texts: str, capsys: pytest.CaptureFixture[str]
) -> None:
    faults = {
        "sources.yaml": REGISTER_TEXTS["sources.yaml"].replace("issued: 2025", "issued: next year"),
        "corpus.yaml": "title: [",
        "speakers.yaml": REGISTER_TEXTS["speakers.yaml"] + "- {id: nobody}\n",
    }

    def told(folder: str, *command: str) -> tuple[int, str, str]:
        code = main(["--briefs", folder, *command])
        return code, *capsys.readouterr()

    for at, (name, text) in enumerate(faults.items()):
        (tmp_path / str(at)).mkdir()
        folder = written(tmp_path / str(at), {name: text})
        for command in (
            ["list"],
            ["show", "torture"],
            ["search", "hurt"],
            ["sources"],
            ["themes"],
            ["list", "nothing"],
        ):
            code, _, err = told(folder, *command)
            assert f"hrdash: {name} could not be read whole; hrdash check " in err, (name, command)
            assert code == (command == ["list", "nothing"]), (name, command)
        code, out, _ = told(folder, "verify", "--texts", texts)
        assert (code, f"{name}:" in out) == (1, True), (name, out)
        code, out, err = told(folder, "coverage", "--texts", texts, "--fail-under", "0")
        assert (code, f"{name} could not be read whole" in out, f"{name}:" in err) == (1, True, True), (name, out)
        assert "no gap" not in out, name
        code, _, err = told(folder, "export", "--format", "jsonl", str(tmp_path / "written"))
        assert (code, (tmp_path / "written").exists()) == (1, False), (name, err)


def test_a_corpus_of_no_name_is_not_taken_for_another(
    tmp_path: Path, texts: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """As a script has it whose variable is not set."""
    monkeypatch.chdir(tmp_path)
    for command in (["check", ""], ["verify", "", "--texts", texts], ["coverage", "", "--texts", texts],
                    ["export", "--format", "jsonl", ""]):  # fmt: skip
        assert main(command) == 2, command
        assert capsys.readouterr().out == "", command
    assert list(tmp_path.iterdir()) == []


def test_a_country_of_the_corpus_is_known_though_no_brief_is_about_it_yet(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    several = {
        "corpus.yaml": REGISTER_TEXTS["corpus.yaml"].replace("country: ZZZ", "countries: [ZZZ, ZZS]"),
        "speakers.yaml": REGISTER_TEXTS["speakers.yaml"].replace("kind: state", "kind: state, country: ZZZ"),
        "themes/torture.yaml": theme_text("torture", brief_text("torture-cases", more="country: ZZZ,")),
    }
    folder = written(tmp_path, several)
    for country, code, told in (
        ("ZZZ", 0, "1 of 1 brief"), ("ZZS", 1, "nothing in this corpus, as of 2026-01, matches country:ZZS"),
        ("ZZT", 2, "no country 'ZZT' in this corpus"),
    ):  # fmt: skip
        assert main(["--briefs", folder, "list", "--country", country]) == code, country
        assert told in capsys.readouterr().err, country


def test_beside_a_list_of_briefs_nothing_undated_is_counted_of_a_brief_that_is_left_out(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    claim = "{{by: minister, text: {}, cites: [red 7]{}}}"
    briefs = (
        f"  - {{id: {name}, title: It, claims: [{', '.join(claims)}]}}\n"
        for name, claims in (
            ("dated", [claim.format("Beta", ", period: 2024")]),
            ("other", [claim.format("Alpha", ""), claim.format("Gamma", "")]),
        )
    )
    folder = written(tmp_path, {"themes/torture.yaml": theme_text("torture", *briefs)})
    for command, undated in (("list", ""), ("search", "; 1 undated, not shown")):
        assert main(["--briefs", folder, command, "--year", "2024", "-alpha"]) == 0
        first = capsys.readouterr().err.partition("as of 2026-01")[2].partition("; marks")[0]
        assert first.strip() == undated, command


def test_a_share_that_is_none_is_refused(texts: str, capsys: pytest.CaptureFixture[str]) -> None:
    for share in ("nan", "inf", "-1", "101", "-inf", "half"):
        code, out, err = said(capsys, "coverage", "--texts", texts, "--fail-under", share)
        assert (code, out) == (2, ""), share
        assert err == f"hrdash: --fail-under takes a number from 0 to 100, and not {share!r}\n"


def test_a_list_fits_the_terminal_that_says_how_wide_it_is(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for variable, reported, width in (
        ("", 0, 80), ("", 132, 132), ("100", 0, 100), ("100", 132, 100), ("0", 132, 132), ("wide", 0, 80),
    ):  # fmt: skip
        with open(tmp_path / "stdout", "w") as stdout, monkeypatch.context() as patch:
            patch.setenv("COLUMNS", variable)
            patch.setattr(os, "get_terminal_size", lambda _, reported=reported: os.terminal_size((reported, 24)))
            patch.setattr(sys, "stdout", stdout)
            assert terminal_size().columns == width, (variable, reported)


def test_a_list_on_a_terminal_of_no_columns_has_titles() -> None:
    ours, theirs = os.openpty()  # which reports 0 columns
    environment = {name: value for name, value in os.environ.items() if name != "COLUMNS"}
    with subprocess.Popen([*HRDASH, "list"], stdout=theirs, stderr=subprocess.DEVNULL, env=environment) as process:
        process.wait(30)
        shown = os.read(ours, 10_000).decode()
    os.close(theirs)
    os.close(ours)
    assert "Unannounced visits to" in shown
    assert "prisons-visits" in shown


def test_nothing_is_imported_from_the_current_folder(tmp_path: Path) -> None:
    for name in ("yaml", "rich", "textual", "sqlite3", "json"):
        (tmp_path / f"{name}.py").write_text("raise SystemExit('ran a file of the current folder')")
    result = run("list", cwd=tmp_path, env={**os.environ, "PYTHONPATH": str(Path(__file__).parent.parent)})
    assert result.returncode == 0
    assert b"ran a file" not in result.stderr


def test_a_file_name_that_holds_escape_sequences_is_shown_marked(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "a\x1b]0;x\x07b"
    assert main(["--briefs", str(folder), "list"]) == 3
    assert "\x1b" not in capsys.readouterr().err
    assert main(["\x1b[31mshow"]) == 2
    assert "\x1b" not in capsys.readouterr().err


def test_a_name_that_looks_like_the_right_one_is_told_by_its_letter(capsys: pytest.CaptureFixture[str]) -> None:
    for arguments in (["show", "t\u043erture"], ["list", "--theme", "t\u043erture"], ["themes", "theme:t\u043erture"]):
        assert main(arguments) == 2
        told = capsys.readouterr().err
        assert "'t\u043erture' has a Cyrillic letter \u043e (U+043E): write 'torture'" in told, arguments
    assert main(["sh\u043ew"]) == 2
    assert "has a Cyrillic letter \u043e (U+043E): write 'show'" in capsys.readouterr().err
