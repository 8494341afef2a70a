"""Control characters that are drawn by nothing, and what is used of Textual though it is private."""

from __future__ import annotations

import ast
from pathlib import Path

from rich.text import Text
from textual.content import Content

import hrdash.tui.base_app  # what it mends in them is looked at


def test_content_and_text_drop_what_acts_on_a_terminal() -> None:
    for code in (0x00, 0x07, 0x1B, 0x7F, 0x90, 0x9B, 0x9D):
        assert Content(f"a{chr(code)}b").plain == "ab"
        assert Text(f"a{chr(code)}b").plain == "ab"


def test_private_names_of_textual_and_rich_are_used_in_one_module() -> None:
    package = Path(hrdash.tui.base_app.__file__).parent
    trees = {path: ast.parse(path.read_text()) for path in package.rglob("*.py")}
    own = {"_replace", "_asdict", "_fields", "_field_defaults"}
    used: dict[str, set[str]] = {}
    for path, tree in trees.items():
        for node in ast.walk(tree):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
                own.add(node.name)
            elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
                own.add(node.id)
            elif isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Store):
                own.add(node.attr)
            elif isinstance(node, ast.Attribute) and node.attr.startswith("_") and not node.attr.startswith("__"):
                used.setdefault(node.attr, set()).add(path.name)
            elif isinstance(node, ast.ImportFrom) and node.module and "._" in node.module:
                used.setdefault(node.module, set()).add(path.name)
    private = {name: where for name, where in used.items() if name not in own}
    assert len(private) > 5
    assert {name for name, where in private.items() if where != {"base_app.py"}} == set()
