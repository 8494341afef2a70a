"""The lenses over one filter: what each lists, counts and leads to."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from hrdash.derive import target
from hrdash.filter import FACETS, Filter, parse
from hrdash.index.query import Count
from hrdash.library import Library, shipped_folder
from hrdash.model import DIFFERENCE_KINDS
from hrdash.tui import lens_entries
from hrdash.tui.app import HrdashApp
from hrdash.tui.lenses import BY_ID, LENSES
from hrdash.tui.live import LiveCorpus
from hrdash.tui.screens.dialogs import theme_choices
from hrdash.tui.widgets.brief_head import BriefHead
from hrdash.tui.widgets.brief_view import BriefView
from hrdash.tui.widgets.foot import Foot
from tests.make import open_library
from tests.tui.conftest import screen_text

MakeApp = Callable[..., HrdashApp]


def listed(app: HrdashApp) -> list[str]:
    entries = app.dashboard.main
    return [entry.text for at in range(entries.count()) if (entry := entries.entry(at))]


async def test_statements_are_listed_in_full_under_their_brief_with_speaker_and_pinpoint(dashboard: MakeApp) -> None:
    app = dashboard(asked=Filter(answers=("none",)))
    async with app.run_test(size=(140, 40)) as pilot:
        await pilot.press("2")
        assert listed(app) == [
            "“Three newspapers were closed after visits by inspectors.”",
            "Food is said to be scarce.",
        ]
        rows = screen_text(app).splitlines()
        at = next(at for at, row in enumerate(rows) if "Food is said" in row)
        assert rows[at - 1].rstrip() == " Prisons · Food in prisons"
        assert " !○ Food" in rows[at]
        for part in ("Expert, Another", "REVIEW ¶13"):
            assert part in rows[at]
        await pilot.press("5", "escape")
        await app.workers.wait_for_complete()
        assert app.dashboard.lens == "statements"


async def test_the_counts_on_the_tabs_are_those_of_the_lens(dashboard: MakeApp) -> None:
    app = dashboard()
    async with app.run_test(size=(140, 40)) as pilot:
        for key, counts in (("1", "All 4 briefs   Press 2   Prisons 3"), ("2", "All 7 statements   Press 3   Prisons 6"),
                            ("3", "All 1 statement   Prisons 1   Press 0"), ("4", "All 0 statements   Press 0   Prisons 0")):  # fmt: skip
            await pilot.press(key)
            assert counts in screen_text(app).splitlines()[1], key
            assert theme_choices(app.dashboard.result)[0].aside == counts.split()[1], key


async def test_enter_goes_to_the_brief_at_the_statement_and_escape_back_to_the_list(dashboard: MakeApp) -> None:
    app = dashboard(asked=Filter(kinds=("response",)))
    async with app.run_test(size=(140, 40)) as pilot:
        await pilot.press("2", "enter")
        assert app.dashboard.zoomed
        assert app.dashboard.brief_id == "prison-visits"
        part, _ = app.dashboard.query_one(BriefView).standing or ("", "")
        assert part == "responses"
        await pilot.press("escape")
        assert not app.dashboard.zoomed
        assert app.focused is app.dashboard.main


async def test_briefs_come_back_at_the_one_under_the_cursor_of_the_lens_or_where_they_were_if_it_was_not_moved(
    dashboard: MakeApp,
) -> None:
    for size in ((140, 40), (80, 24)):
        app = dashboard()
        async with app.run_test(size=size) as pilot:
            await pilot.press("j", "2", "1")
            assert app.dashboard.brief_id == "press-law"
            await pilot.press("2", "G", "k", "k", "1")
            assert app.dashboard.brief_id == "prison-visits"
            assert app.dashboard.focused is app.dashboard.briefs
            await pilot.press("enter")
            assert app.dashboard.query_one(BriefView).standing == ("questions", "q-visits")
            await pilot.press("escape", "escape", "escape")
            assert app.dashboard.brief_id == "press-law"


async def test_the_statement_under_the_cursor_of_a_lens_is_cited(dashboard: MakeApp) -> None:
    app = dashboard(asked=Filter(kinds=("response",)))
    async with app.run_test(size=(140, 40)) as pilot:
        await pilot.press("2", "c")
        assert app.clipboard.startswith("No visit was announced. — Minister · 2024, paraphrased. REVIEW ¶40")


async def test_statements_are_sorted_by_speaker_year_and_answer(dashboard: MakeApp) -> None:
    app = dashboard()
    async with app.run_test(size=(140, 40)) as pilot:
        await pilot.press("2")
        by_brief = listed(app)
        for _ in ("speaker", "year", "answer"):
            await pilot.press("s")
            assert sorted(listed(app)) == sorted(by_brief)
            assert listed(app) != by_brief
        await pilot.press("s")
        assert listed(app) == by_brief


async def test_what_has_no_answer_of_its_own_is_not_called_not_put(dashboard: MakeApp) -> None:
    app = dashboard()
    async with app.run_test(size=(140, 40)) as pilot:
        await pilot.press("2", "s", "s", "s")
        entries = app.dashboard.main
        headings = {entry.part: entry.heading for at in range(entries.count()) if (entry := entries.entry(at))}
        assert headings["claims"] == headings["responses"] != "not put to the State"
        assert headings["questions"] == "answer: response"


async def test_statements_by_year_stand_under_the_first_year_that_each_is_about(dashboard: MakeApp) -> None:
    app = dashboard()
    async with app.run_test(size=(140, 40)) as pilot:
        await pilot.press("2", "s", "s")
        entries = app.dashboard.main
        headings = [entry.heading for at in range(entries.count()) if (entry := entries.entry(at))]
        assert headings == sorted(headings)
        assert {*headings} >= {"2020", "2025", "undated"}


async def test_columns_have_their_names_over_them_and_the_order_is_said_there(dashboard: MakeApp) -> None:
    app = dashboard()
    async with app.run_test(size=(120, 40)) as pilot:
        for key, names in (
            ("2", ("statement", "speaker", "where")), ("s", ("statement, by speaker", "speaker", "where", "brief")),
            ("3", ("figure", "speaker", "where")), ("4", ()), ("2", ("statement, by speaker", "speaker", "where", "brief")),
        ):  # fmt: skip
            await pilot.press(key)
            over, *rows = screen_text(app).splitlines()[3:]
            assert tuple(re.findall(r"[^─]+", over)) == tuple(f" {name} " for name in names), key
            assert not names or any(row[over.rindex(" speaker ") :].startswith(" Minister ") for row in rows), key
        await pilot.press("f")
        assert "─ statement, by speaker ─" in screen_text(app)
        assert " brief ─" not in screen_text(app)
    for size in ((80, 40), (120, 16)):
        app = dashboard()
        async with app.run_test(size=size) as pilot:
            await pilot.press("2")
            assert "─ statement ─" not in screen_text(app), size


async def test_figures_stand_under_their_indicator_and_a_filter_reaches_them(dashboard: MakeApp) -> None:
    app = dashboard()
    async with app.run_test(size=(140, 40)) as pilot:
        await pilot.press("3")
        screen = screen_text(app)
        assert " Visits made (visits)" in screen
        assert "2023  more than 200 visits" in screen
        app.dashboard.ask(Filter(themes=("press",)))
        await pilot.pause()
        assert listed(app) == []


LIKE = """
- {id: visits-asked, label: Visits made to prisons of every region by inspectors who asked, unit: visits,
   kind: count, span: flow}
- {id: visits-unasked, label: Visits made to prisons of every region by inspectors who did not ask, unit: visits,
   kind: count, span: flow}
"""
FIGURES = "[{indicator: visits-asked, value: 7}, {indicator: visits-unasked, value: 8}, {indicator: visits-made,"


async def test_where_a_lens_lists_something_else_than_is_counted_both_numbers_are_named(corpus: Path) -> None:
    app = HrdashApp(open_library(str(_with_figures(corpus))))
    async with app.run_test(size=(140, 40)) as pilot:
        await pilot.press("3")
        assert "All 1 " in screen_text(app)
        assert app.dashboard.main.count() == 3
        assert app.dashboard.main.counted == "3 figures in 1 statement"


async def test_what_is_cut_in_a_list_is_never_told_apart_only_by_what_is_left_out(corpus: Path) -> None:
    app = HrdashApp(open_library(str(_with_figures(corpus))))
    async with app.run_test(size=(40, 24)) as pilot:
        await pilot.press("3")
        said = " ".join(screen_text(app).split())
        assert "inspectors who asked (visits)" in said
        assert "inspectors who did not ask (visits)" in said


async def test_beside_the_facets_every_list_is_seen_at_every_size_with_room(dashboard: MakeApp) -> None:
    for size in ((120, 40), (80, 24), (40, 20)):
        app = dashboard()
        async with app.run_test(size=size) as pilot:
            for key, listed in (("1", "Visits to prisons"), ("2", "Every newspaper"), ("3", "Visits made")):
                await pilot.press(key, "f")
                assert listed in screen_text(app), (size, key)
                assert "THEME" in screen_text(app), (size, key)
                await pilot.press("f")


async def test_a_key_in_a_lens_is_for_what_is_seen_there_or_says_that_there_is_nothing(dashboard: MakeApp) -> None:
    app = dashboard(asked=Filter(kinds=("response",)))
    async with app.run_test(size=(140, 40)) as pilot:
        await pilot.press("2", "r")
        assert app.dashboard.brief_id == "press-closed"  # of the brief under the cursor
    app = dashboard(asked=Filter(kinds=("response",)))
    async with app.run_test(size=(140, 40)) as pilot:
        await pilot.press("4")
        for key in ("c", "u", "o", "e", "r", "J", "l", "h", "right_curly_bracket", "left_curly_bracket", "space", "M"):
            app.dashboard.say("")
            await pilot.press(key)
            assert app.clipboard == "", key
            assert app.dashboard.query_one(Foot).said, key


async def test_a_brief_opened_from_a_lens_never_stands_for_what_it_is_no_part_of(
    dashboard: MakeApp, corpus: Path
) -> None:
    app = dashboard()
    async with app.run_test(size=(140, 40)) as pilot:
        await pilot.press("2", "enter", "right_square_bracket", "right_square_bracket")
        assert not app.dashboard.zoomed
        assert "Food is said to be scarce." in listed(app)
        await pilot.press("escape", "escape")
        assert app.dashboard.zoomed
        (corpus / "themes" / "press.yaml").unlink()
        prisons = corpus / "themes" / "prisons.yaml"
        prisons.write_text(prisons.read_text().replace("    related: [press-closed]\n", ""))
        app.dashboard.poll()
        await app.workers.wait_for_complete()
        await pilot.pause()
        assert not app.dashboard.zoomed
        assert app.focused is app.dashboard.main
        assert "No brief matches" not in screen_text(app)
        assert app.dashboard.query_one(BriefHead).place == (0, 0)


def _with_figures(corpus: Path) -> Path:
    with (corpus / "indicators.yaml").open("a") as file:
        file.write(LIKE)
    prisons = corpus / "themes" / "prisons.yaml"
    prisons.write_text(prisons.read_text().replace("[{indicator: visits-made,", FIGURES))
    return corpus


def test_only_the_figures_are_listed_that_are_asked_for_each_by_its_own_period(corpus: Path) -> None:
    prisons = corpus / "themes" / "prisons.yaml"
    more = "{indicator: visits-made, value: 90, period: 2019}, {indicator: visits-unasked, value: 8, period: 2021/..},"
    _with_figures(corpus)
    prisons.write_text(prisons.read_text().replace("figures: [", f"figures: [{more}", 1))
    live = LiveCorpus(open_library(str(corpus)))
    assert not live.library.problems
    for typed, amounts in (
        ("", [90, 200, 8, 8, 7]), ("indicator:visits-made", [90, 200]), ("year:2019", [90]), ("year:2022", [8]),
        ("year:2023", [200, 8, 8, 7]), ("year:2023 indicator:visits-unasked", [8, 8]), ("year:undated", []),
        ("year:..2019 kind:claim", [90]),
    ):  # fmt: skip
        result = live.result(parse(typed).filter, BY_ID["figures"])
        listed = live.read(lambda index, result=result: lens_entries.whole_list(index, result, "")).listed
        found = [int(re.search(r"\b(\d+) visits", entry.text)[1]) for entry in listed]
        assert sorted(found) == sorted(amounts), typed
        assert result.statements == bool(amounts), typed


def test_a_figure_without_a_time_has_the_years_of_its_statement_by_which_it_is_asked_for(corpus: Path) -> None:
    prisons, press = (corpus / "themes" / f"{name}.yaml" for name in ("prisons", "press"))
    prisons.write_text(prisons.read_text().replace("claims:\n      - by:", "claims:\n      - id: c\n        by:", 1))
    said = "by: minister, cites: [paper 11], figures: [{indicator: visits-made, value: 9}]"
    lines = f"      - {{{said}, text: Told., same_as: prison-visits/c}}\n      - {{{said}, text: Told another time.}}\n"
    press.write_text(press.read_text() + lines)
    live = LiveCorpus(open_library(str(corpus)))
    assert not live.library.problems
    for typed, times in (
        ("", ["2023", "2023", "undated"]),
        ("year:2023", ["2023", "2023"]),
        ("year:undated", ["undated"]),
    ):
        result = live.result(parse(typed).filter, BY_ID["figures"])
        listed = live.read(lambda index, result=result: lens_entries.whole_list(index, result, "")).listed
        assert sorted(entry.text.split()[0] for entry in listed) == times, typed


async def test_each_list_counts_the_statements_and_briefs_that_are_listed_where_a_word_is_left_out(
    dashboard: MakeApp,
) -> None:
    app = dashboard(asked=Filter(text="-announced"))
    async with app.run_test(size=(140, 40)) as pilot:
        assert "4 of 7 statements · 3 of 4 briefs" in screen_text(app)
        await pilot.press("2")
        assert "5 of 7 statements · 4 of 4 briefs" in screen_text(app)
        assert "More than 200 visits to prisons were made in 2023." in listed(app)
        await pilot.press("3")
        assert "1 of 7 statements · 1 of 4 briefs" in screen_text(app)
        assert len(listed(app)) == 1


async def test_a_statement_is_listed_though_a_word_leaves_out_every_brief(dashboard: MakeApp) -> None:
    app = dashboard(asked=Filter(text="visits -announced", kinds=("claim",)))
    async with app.run_test(size=(140, 40)) as pilot:
        assert "No brief matches" in screen_text(app)
        await pilot.press("2")
        assert listed(app) == ["More than 200 visits to prisons were made in 2023."]


async def test_a_statement_that_has_its_year_of_another_stands_under_that_year(corpus: Path) -> None:
    prisons, press = (corpus / "themes" / f"{name}.yaml" for name in ("prisons", "press"))
    prisons.write_text(
        prisons.read_text().replace("claims:\n      - by:", "claims:\n      - id: c-visits\n        by:", 1)
    )
    again = "{by: minister, same_as: prison-visits/c-visits, text: The visits were told again., cites: [paper 11]}"
    press.write_text(press.read_text() + f"      - {again}\n")
    app = HrdashApp(open_library(str(corpus)), Filter(kinds=("claim",)))
    async with app.run_test(size=(140, 40)) as pilot:
        for asked, headings in ((None, ["2020", "2021", "2023", "2023"]), (Filter(text="told"), ["2023"])):
            if asked is not None:
                app.dashboard.go(asked)
            else:
                await pilot.press("2", "s", "s")
            await pilot.pause()
            shown = app.dashboard.main
            assert [entry.heading for at in range(shown.count()) if (entry := shown.entry(at))] == headings


async def test_what_a_lens_does_not_do_for_so_many_is_said(corpus: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    prisons, more = corpus / "themes" / "prisons.yaml", "figures: [{indicator: visits-made, value: 3}]"
    prisons.write_text(prisons.read_text().replace("put_as: report", f"put_as: report\n        {more}"))
    monkeypatch.setattr(lens_entries, "MOST_BRIEFS", 1)
    monkeypatch.setattr(lens_entries, "MOST_SORTED", 1)
    app = HrdashApp(open_library(str(corpus)))
    async with app.run_test(size=(140, 40)) as pilot:
        await pilot.press("3")
        screen = screen_text(app)
        assert "1 figure of the first 1 briefs; 1 more match · ≠" in screen
        assert screen.splitlines()[-2].strip() == "of the first 1 briefs; 1 more match"
        await pilot.press("2", "s", "]")
        assert "not sorted 3 statements: at most 1" in screen_text(app)


def test_every_count_beside_a_list_is_what_choosing_its_value_lists_though_words_are_left_out(library: Library) -> None:
    live = LiveCorpus(library)
    for typed in ("-visits", "visits -announced", "theme:prisons -newspapers", "year:2025 -visits", "-every has:claim",
                  "-announced indicator:visits-made"):  # fmt: skip
        asked = parse(typed).filter
        for lens in LENSES:
            result = live.result(asked, lens)
            assert result.facets is not None
            for facet in (facet for facet in FACETS if facet.match == "any" and facet.counted):
                for value, count in result.facets.of(facet.field).items():
                    chosen = live.result(asked.with_values({facet.field: [facet.read(value)]}), lens)
                    unit = facet.per == "brief"
                    listed = chosen.total if unit else chosen.statements
                    assert count[unit] == listed, (typed, lens.id, facet.field, value)
            if asked.years:
                undated = result.facets.of("years").get("undated", Count())
                assert result.undated == undated.statements, (typed, lens.id)


def test_every_statement_that_is_counted_as_different_is_in_a_difference_that_is_listed() -> None:
    live = LiveCorpus(open_library(shipped_folder()))
    elsewhere = 0
    for theme in live.read(lambda index: index.themes):
        for kind in DIFFERENCE_KINDS:
            result = live.result(Filter(themes=(theme.id,), differences=(kind,)), BY_ID["differences"])
            listed = live.read(lambda index, result=result: lens_entries.whole_list(index, result, "")).listed
            briefs = live.read(lambda index, listed=listed: [*index.briefs({entry.brief for entry in listed})])
            ends = {target(name, brief.id) for brief in briefs for item in brief.differences for name in item.between}
            matching = live.read(lambda index, result=result: result.found_in(index).matching(result.numbers))
            assert {(brief, key) for brief, keys in matching.items() for key in keys} <= ends, (theme.id, kind)
            elsewhere += bool(listed) and not any(brief.id in matching for brief in briefs)
    assert elsewhere, "no brief records a difference between others alone"


async def test_a_row_takes_as_many_lines_as_are_thought_at_every_width(dashboard: MakeApp) -> None:
    app = dashboard()
    for size in ((160, 45), (120, 40), (80, 24), (40, 20), (20, 5)):
        async with app.run_test(size=size) as pilot:
            for key in "1234":
                await pilot.press(key)
                shown = app.dashboard.main
                for width in (shown.size.width, 17, 35, 90, 200):
                    for index in range(shown.count()):
                        assert shown.height(index, width) == len(shown.lines(index, width)), (size, key, width, index)
        app = dashboard()
