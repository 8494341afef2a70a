"""The table of keys: one source for bindings, footer and help."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from hrdash.settings import Config, load_config
from hrdash.tui.app import HrdashApp
from hrdash.tui.keys import CONTEXTS, FIXED, FOOTER, KEYS, WIDGETS_KEYS, rebound, same_place, shown_key, textual_key
from hrdash.tui.screens.dashboard import Dashboard
from hrdash.tui.screens.dialogs import help_lines
from hrdash.tui.widgets.foot import Foot


def test_the_footer_names_the_way_to_read_to_take_along_to_help_and_out_of_each_pane() -> None:
    footers = {key.id for key in (*KEYS, *WIDGETS_KEYS) if key.footer}
    for pane, names in FOOTER.items():
        assert set(names) <= footers, pane
        assert {"app.help", "app.quit"} <= set(names) or pane in ("words", "years"), pane
    for pane in ("briefs", "lens"):
        assert {"brief.zoom", "filter.words", "take.mark", "take.markdown"} <= set(FOOTER[pane]), pane


def test_every_key_has_an_action_and_no_two_share_a_key() -> None:
    names = [name for key in KEYS for name in key.keys.split(",")]
    assert len(names) == len(set(names))
    for key in KEYS:
        action = key.action.partition("(")[0]
        place = HrdashApp if action.startswith("app.") else Dashboard
        assert hasattr(place, f"action_{action.removeprefix('app.')}"), key.id


def test_a_key_of_a_cyrillic_keyboard_is_the_one_in_its_place_and_none_is_taken_that_has_a_meaning() -> None:
    for typed, place in (
        ("й", "q"), ("Й", "Q"), ("х", "left_square_bracket"), ("Ъ", "right_curly_bracket"), ("ctrl+с", "ctrl+c"), ("ctrl+shift+я", "ctrl+shift+z"),
        ("full_stop", "slash"), ("comma", "question_mark"), ("numero_sign", "slash"), ("і", "s"), ("q", ""),
        ("escape", ""), ("ctrl+c", ""), ("plus", ""), ("ß", ""),
    ):  # fmt: skip
        assert same_place(typed) == place, typed
    for key in KEYS:
        for name in key.keys.split(","):
            assert same_place(name) == "", name


def test_every_key_stands_in_the_help() -> None:
    shown = "\n".join(line.text for line in help_lines(KEYS))
    for key in KEYS:
        assert key.words in shown
        assert key.id in shown


def test_keys_are_written_as_people_write_them_and_read_back() -> None:
    for key in KEYS:
        for name in key.keys.split(","):
            assert textual_key(shown_key(name)) == name


def test_a_key_can_be_changed_and_its_old_key_is_free() -> None:
    keys, faults = rebound({"app.quit": "Q", "move.down": "z, down"})
    assert faults == ()
    by_id = {key.id: key for key in keys}
    assert by_id["app.quit"].keys == "Q"
    assert by_id["move.down"].keys == "z,down"


def test_keys_that_clash_are_named_and_the_change_is_left_out() -> None:
    keys, faults = rebound({"app.quit": "c"})
    assert keys == KEYS
    (fault,) = faults
    assert "app.quit" in fault
    assert "take.cite" in fault


def test_an_unknown_name_is_said() -> None:
    _, faults = rebound({"app.quti": "Q"})
    assert "app.quti" in faults[0]


def readme_table() -> str:
    """The table of keys as the README has it: the groups and the order of the help."""
    rows = ["| key | does |", "|---|---|"]
    for context, heading in CONTEXTS.items():
        rows.append(f"| **{heading}** | |")
        here = [
            ([shown_key(name) for name in key.keys.split(",")], key.words) for key in KEYS if key.context == context
        ]
        here += [(written.split(", "), words) for written, words, where in FIXED if where == context]
        rows += [f"| {' '.join(f'`{name}`' for name in names)} | {words} |" for names, words in here]
    return "\n".join(rows) + "\n"


def test_the_readmes_table_of_keys_is_that_of_the_help() -> None:
    readme = (Path(__file__).parents[2] / "README.md").read_text()
    section = readme.partition("\n## Keys\n")[2].partition("\n## ")[0]
    assert "| key " + section.partition("| key ")[2].rpartition("|\n")[0] + "|\n" == readme_table()


def test_the_footer_holds_bound_keys_alone() -> None:
    bound = {name for key in KEYS for name in key.keys.split(",")}
    line = Foot(KEYS)
    shown = [part.text for part in line.buttons(120) if part.role == "key"]
    assert {textual_key(key) for key in shown} <= bound
    assert [part.text for part in line.buttons(24) if part.role == "key"] == ["Enter", "/"]
    assert shown[:6] == ["Enter", "/", "?", "q", "Tab", "space"]


async def test_a_changed_key_acts_and_shows_in_the_footer(dashboard: Callable[..., HrdashApp]) -> None:
    keys, _ = rebound({"take.cite": "Y"})
    app = dashboard(keys=keys)
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.press("Y")
        assert "paraphrased" in app.clipboard
        await pilot.press("tab")
        parts = [part.text for part in app.dashboard.query_one(Foot).buttons(120)]
        assert "Y" in parts
        assert "c" not in parts


def test_without_a_config_file_everything_is_as_it_comes() -> None:
    assert load_config() == Config()


def test_an_empty_config_file_and_one_of_comments_alone_is_no_fault(own_machine: Path) -> None:
    folder = own_machine / "config" / "hrdash"
    folder.mkdir(parents=True)
    for text in ("", "\n\n", "# theme: hrdash-dark\n#keys:\n", "  # nothing yet"):
        (folder / "config.yaml").write_text(text)
        assert load_config() == Config(), text


def test_a_config_file_gives_theme_and_keys_and_its_faults_have_places(own_machine: Path) -> None:
    folder = own_machine / "config" / "hrdash"
    folder.mkdir(parents=True)
    (folder / "config.yaml").write_text("theme: hrdash-light\nkeys:\n  app.quit: Q\ncolour: blue\n")
    config = load_config()
    assert config.theme == "hrdash-light"
    assert config.keys == (("app.quit", "Q"),)
    (fault,) = config.faults
    assert "config.yaml:4:1" in fault
    (folder / "config.yaml").write_text("theme: [\n")
    assert load_config().theme == "auto"
    assert load_config().faults
