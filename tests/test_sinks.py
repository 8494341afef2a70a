"""Where a text leaves hrdash for a screen: nowhere but through what cleans it, and never as markup."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parent.parent / "hrdash"

MARKUP = {
    "Button", "Checkbox", "Collapsible", "DataTable", "Header", "Label", "Link", "Log", "Markdown", "MarkdownViewer",
    "Option", "OptionList", "Panel", "Placeholder", "Pretty", "RadioButton", "RichLog", "Rule", "Select",
    "SelectionList", "Static", "Syntax", "Tab", "TabPane", "Table", "Tabs", "TextArea", "Tree",
    "add_column", "add_columns", "add_leaf", "add_option", "add_options", "add_row", "add_rows", "append_text",
    "assemble", "from_ansi", "from_markup", "highlight", "log", "notify", "render_markup", "render_str", "update",
}  # fmt: skip
"""What makes markup of a string, or has not been needed so far: by the name that is called."""
ENDS = {"title", "sub_title", "border_title", "border_subtitle", "tooltip"}
"""Attributes that Textual shows when they are set."""
ALLOWED = {
    ("streams.py", "sys.stdout.write"): "the one writer of stdout, which cleans",
    ("streams.py", "sys.stderr.write"): "the one writer of stderr, which cleans",
    ("tui/terminal_colors.py", "os.write"): "one question to the terminal, always the same",
    ("tui/segments.py", "Segment"): "cleaned where it is called",
    ("tui/widgets/entry_list.py", "self.border_subtitle"): "what the signs say, always one of the same, and a count",
    ("tui/widgets/entry_list.py", "self.border_title"): "the names of columns or a legend, always the same",
    ("tui/widgets/entry_list.py", "Content"): "the signs and words of a legend, always the same",
    ("tui/widgets/entry_list.py", "Content.assemble"): "the same",
    ("tui/screens/copying.py", "message="): "what a clipboard did not take, always the same words",
    ("tui/widgets/brief_view.py", "Link"): "what a link leads to, as a value: no widget",
    ("tui/screens/dashboard.py", "def render_lines"): "blank lines",
    ("tui/base_app.py", "print"): "what Textual has drawn, of segments that were cleaned",
    ("tui/base_app.py", "Segment"): "the same segment, without its colour",
    ("tui/base_app.py", "Text"): "what `hrdash.crash` says: our own names, and a path that it cleans",
    ("tui/base_app.py", "textual.content._CONTROL_STRIP_TRANSLATE.update"): "a dictionary",
    ("tui/base_app.py", "rich.control._CONTROL_STRIP_TRANSLATE.update"): "a dictionary",
}
"""Each place that may do what nobody else may, and why."""


def draws(tree: ast.AST) -> bool:
    """Whether a module uses Rich or Textual: elsewhere the names in `MARKUP` are other things."""
    named = [node.module or "" for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)]
    named += [alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names]
    return any(name.split(".")[0] in ("rich", "textual") or name.startswith("hrdash.tui") for name in named)


def sinks(tree: ast.AST, drawing: bool) -> list[tuple[int, str]]:
    """Each place of a module at which a text could reach a screen, with the line: what is called or set there."""
    found = []
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            called = ast.unparse(node.func)
            name = called.rpartition(".")[2]
            texts = [*node.args, *(keyword.value for keyword in node.keywords if keyword.arg != "id")]
            plain = all(isinstance(text, ast.Constant) for text in texts)
            writes = name == "print" or called.endswith(("stdout.write", "stderr.write", "os.write"))
            makes = name in ("Text", "Content", "Segment") or (name in MARKUP and not (plain and texts))
            if writes or (drawing and makes):
                found.append((node.lineno, called))
            found += [
                (node.lineno, f"{keyword.arg}=")
                for keyword in node.keywords
                if (drawing and keyword.arg == "markup" and ast.unparse(keyword.value) != "False")
                or (
                    keyword.arg in (*ENDS, "message") and not isinstance(keyword.value, ast.Constant) and name == "exit"
                )
            ]
        elif drawing and isinstance(node, ast.Assign | ast.AnnAssign | ast.AugAssign):
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            found += [
                (node.lineno, ast.unparse(target)) for target in targets
                if isinstance(target, ast.Attribute) and target.attr in ENDS
                and not isinstance(node.value, ast.Constant)
            ]  # fmt: skip
        elif (
            drawing
            and isinstance(node, ast.FunctionDef)
            and node.name in ("render", "__rich__", "__rich_console__", "render_lines")
            and not ast.unparse(node.body[-1]).startswith(f"return super().{node.name}(")  # adds no text
        ):
            found.append((node.lineno, f"def {node.name}"))
    return found


def sinks_of(path: Path) -> list[tuple[int, str]]:
    tree = ast.parse(path.read_text())
    return sinks(tree, draws(tree) or "tui" in path.parts)


@pytest.mark.parametrize("path", sorted(PACKAGE.rglob("*.py")), ids=lambda path: str(path.relative_to(PACKAGE)))
def test_no_text_reaches_a_screen_another_way(path: Path) -> None:
    name = path.relative_to(PACKAGE).as_posix()
    others = [found for found in sinks_of(path) if (name, found[1]) not in ALLOWED]
    assert others == [], "draw with hrdash.tui.segments, write with hrdash.streams"


def test_every_exception_is_still_needed() -> None:
    there = {
        (path.relative_to(PACKAGE).as_posix(), sink) for path in PACKAGE.rglob("*.py") for _, sink in sinks_of(path)
    }
    assert set(ALLOWED) <= there


def uncleaned(tree: ast.AST, maker: str) -> list[str]:
    """The calls of a maker whose text is neither what `clean` gave nor made of nothing but that."""
    found = []
    for function in (node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)):
        for call in (node for node in ast.walk(function) if isinstance(node, ast.Call)):
            if ast.unparse(call.func) == maker:
                text = next(iter(call.args), ast.Constant(None))
                names = {node.id for node in ast.walk(text) if isinstance(node, ast.Name)} - {"_BLANKS"}
                made = all(_is_clean_before(name, call.lineno, function) for name in names)
                if not (_is_clean(text) or (names and made)):
                    found.append(ast.unparse(call))
    return found


def _is_clean(value: ast.expr) -> bool:
    return isinstance(value, ast.Call) and ast.unparse(value.func) == "clean"


def _is_clean_before(name: str, line: int, function: ast.FunctionDef) -> bool:
    """Whether the last value that a name was given in a function above a line is what `clean` gave."""
    given = [
        node for node in ast.walk(function)
        if isinstance(node, ast.Assign | ast.AugAssign | ast.AnnAssign | ast.For | ast.NamedExpr) and node.lineno < line
        and name in {target.id for target in ast.walk(node) if isinstance(target, ast.Name)
                     and isinstance(target.ctx, ast.Store)}
    ]  # fmt: skip
    last = max(given, key=lambda node: node.lineno, default=None)
    return isinstance(last, ast.Assign) and _is_clean(last.value)


@pytest.mark.parametrize(("name", "maker"), [("report/render.py", "_styled"), ("tui/segments.py", "Segment")])
def test_every_text_that_the_two_makers_are_given_is_cleaned(name: str, maker: str) -> None:
    tree = ast.parse((PACKAGE / name).read_text())
    assert f"{maker}(" in ast.unparse(tree)
    assert uncleaned(tree, maker) == []
    assert re.search(r"from hrdash\.text import (\w+, )*clean\b", ast.unparse(tree))


@pytest.mark.parametrize(
    "lines",
    ["Text(line.text)", "Text(clean(a) + b)", "Text(f'{clean(a)}{b}')", "Text()", "Text('[b]')", "a = b; Text(a)",
     "a = clean(a)\n a = b\n Text(a)", "Text(a)\n a = clean(a)", "a = clean(a)\n a += b\n Text(a)",
     "for a in b:\n  Text(a)"],
)  # fmt: skip
def test_a_text_that_is_not_cleaned_would_be_found(lines: str) -> None:
    assert uncleaned(ast.parse(f"def f(a, b):\n {lines}"), "Text")


@pytest.mark.parametrize("lines", ["Text(clean(a), style)", "a = clean(a)\n Text(a if a else a.translate(_BLANKS))"])
def test_a_cleaned_text_is_let_pass(lines: str) -> None:
    assert uncleaned(ast.parse(f"def f(a, b):\n {lines}"), "Text") == []


@pytest.mark.parametrize(
    "code",
    ["Static(brief.title)", "Label(f'{x}')", "self.notify(text)", "widget.update(text)", "self.title = brief.title",
     "self.border_title = x", "w.tooltip = f'{x}'", "table.add_row(x)", "Text.from_markup(x)", "Console().print(x)",
     "RichLog(markup=True)", "print(x)", "sys.stdout.write(x)", "sys.stderr.write(x)", "Content(x)", "Text(x)",
     "Content.assemble(x)", "app.exit(message=x)", "class W:\n def render(self): return self.x", "Segment(x)",
     "OptionList(*names)", "Static('a', name)", "self.log(x)", "x: str = 1; self.sub_title: str = x"],
)  # fmt: skip
def test_a_new_way_would_be_found(code: str) -> None:
    assert sinks(ast.parse(code), drawing=True)


@pytest.mark.parametrize("code", ["Static('words')", "self.border_title = 'Keys'", "log.append(x)", "write(x)"])
def test_words_of_our_own_may_be_written_down(code: str) -> None:
    assert not sinks(ast.parse(code), drawing=True)
