"""The house's walls: which room may import which, and what a command may load."""

from __future__ import annotations

import ast
import subprocess
import sys
from functools import cache
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parent.parent / "hrdash"
BASE = {
    "model",
    "period",
    "pinpoint",
    "text",
    "characters",
    "digests",
    "filter",
    "terms",
    "derive",
    "places",
    "streams",
    "crash",
    "names",
    "named_filters",
    "tokens",
    "schema",
}
HEAVY = {"textual", "rich", "yaml", "snowballstemmer"}
"""The libraries that printing from a fresh index does without."""
MAY_IMPORT = {
    **dict.fromkeys(BASE, BASE),
    "corpus": BASE,
    "index": BASE | {"corpus"},
    "check": BASE | {"corpus", "index"},
    "report": BASE,
    "audit": BASE | {"corpus"},
    "keeping": BASE | {"index"},
    "library": BASE | {"corpus", "index", "keeping"},
    "cleaning": BASE | {"corpus", "keeping"},
    "settings": BASE | {"corpus"},
    "progress": BASE | {"corpus"},
    "tui": BASE | {"corpus", "index", "report", "library", "settings"},
    "commands": BASE
    | {"corpus", "index", "report", "library", "check", "audit", "tui", "cleaning", "keeping", "settings", "progress"},
    "cli": BASE | {"commands", "corpus", "index"},
    "__init__": set(),
    "__main__": {"cli"},
}
"""Which parts of the package each part may import, besides itself."""


def modules() -> list[Path]:
    return sorted(PACKAGE.rglob("*.py"))


def part(path: Path) -> str:
    """The room that a file belongs to: its folder in the package, or its own name."""
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


@cache
def imports(path: Path) -> set[tuple[str, bool]]:
    """The modules that a file names, and whether at its top, where importing it pays for them."""
    tree = ast.parse(path.read_text())
    typing_only = {
        node for block in ast.walk(tree) if isinstance(block, ast.If) and ast.unparse(block.test) == "TYPE_CHECKING"
        for node in ast.walk(block)
    }  # fmt: skip
    found = set()
    for node in ast.walk(tree):
        top = node in tree.body
        if isinstance(node, ast.Import):
            found |= {(alias.name, top) for alias in node.names if node not in typing_only}
        elif isinstance(node, ast.ImportFrom) and node.module and node not in typing_only:
            found.add((node.module, top))
            if node.module == "hrdash":
                found |= {(f"hrdash.{alias.name}", top) for alias in node.names}
    return found


@pytest.mark.parametrize("path", modules(), ids=lambda path: str(path.relative_to(PACKAGE)))
def test_imports_follow_the_way_that_data_walks(path: Path) -> None:
    own = part(path)
    for module, _ in imports(path):
        if module.startswith("hrdash."):
            target = module.split(".")[1]
            is_value = not (PACKAGE / target).is_dir() and not (PACKAGE / f"{target}.py").exists()
            assert is_value or target == own or target in MAY_IMPORT[own], f"{own} imports {module}"


def named_by(path: Path) -> set[str]:
    """The modules of the package that a file names anywhere, in functions and for type checkers too."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found |= {node.module, *(f"{node.module}.{alias.name}" for alias in node.names)}
    return found


def test_no_two_modules_import_each_other() -> None:
    names = {
        ".".join(path.relative_to(PACKAGE.parent).with_suffix("").parts).removesuffix(".__init__"): path
        for path in modules()
    }
    ahead = {name: (named_by(path) & names.keys()) - {"hrdash", name} for name, path in names.items()}
    while ready := [name for name, others in ahead.items() if not others & ahead.keys()]:
        for name in ready:
            del ahead[name]
    assert not ahead, f"these import each other, directly or through others: {sorted(ahead)}"


def test_textual_is_named_in_the_dashboard_alone() -> None:
    naming = {part(path) for path in modules() for module, _ in imports(path) if module.split(".")[0] == "textual"}
    assert naming == {"tui"}


@pytest.mark.parametrize(
    "module", ["socket", "ssl", "urllib.request", "http", "ftplib", "smtplib", "requests", "pickle", "shelve"]
)
def test_nothing_that_could_reach_a_network_or_run_a_file_is_imported(module: str) -> None:
    naming = [path for path in modules() for name, _ in imports(path) if f"{name}.".startswith(f"{module}.")]
    assert naming == []


def loaded_by(code: str) -> set[str]:
    """The modules that a fresh interpreter holds after running some code."""
    shown = subprocess.run(
        [sys.executable, "-c", f"{code}\nimport sys; print(*sys.modules, file=sys.stderr)"],
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    return {name.split(".")[0] for name in shown.stderr.split()}


def test_importing_the_command_line_loads_no_heavy_library() -> None:
    assert not loaded_by("import hrdash.cli") & HEAVY


def test_printing_a_theme_from_a_fresh_index_loads_no_heavy_library() -> None:
    run = "from hrdash.cli import main; assert main(['show', 'torture']) == 0"
    loaded_by(run)
    assert not loaded_by(run) & HEAVY


def test_checking_and_searching_load_no_dashboard() -> None:
    run = "from hrdash.cli import main; main(['check']); main(['search', 'visits'])"
    assert not loaded_by(run) & {"textual", "rich"}
