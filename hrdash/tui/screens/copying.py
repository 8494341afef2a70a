"""What leaves the dashboard: citations, addresses and Markdown to paste, a page for the browser, a file to edit."""

from __future__ import annotations

import os
from asyncio import timeout, to_thread
from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

from textual import work
from textual.actions import SkipAction
from textual.worker import WorkerError

from hrdash.derive import keyed, target
from hrdash.library import Library
from hrdash.model import Brief, Difference
from hrdash.places import write_new
from hrdash.report.parts import EDITORIAL
from hrdash.report.wording import Context
from hrdash.text import clean_line, number_of
from hrdash.tui import programs
from hrdash.tui.basket import Name
from hrdash.tui.citations import addresses, citation_text, editorial_note, is_there, selection_text, statement_at
from hrdash.tui.history import History
from hrdash.tui.keys import Key
from hrdash.tui.live import MOST_TAKEN
from hrdash.tui.screens.going import GoingScreen
from hrdash.tui.widgets.brief_view import BriefView
from hrdash.tui.widgets.foot import Foot
from hrdash.tui.widgets.row_list import RowList

if TYPE_CHECKING:
    from hrdash.report.footnotes import Taken

SECONDS_TO_COPY = 0.6
"""For which the end waits for a clipboard."""


class Selected(NamedTuple):
    """The brief that is read, and what in it the cursor stands on."""

    brief: Brief
    part: str
    anchor: str
    """The id of a statement or source; empty where the cursor stands on none."""
    context: Context


class CopyingScreen(GoingScreen, inherit_bindings=False):
    """A screen with a brief on it, of which the keys of the group `take` take something along."""

    library: Library
    keys: tuple[Key, ...]
    keeps = True
    """Whether anything may be written."""
    faults = ""
    """What is wrong with the user's settings."""

    def __init__(self, history: History) -> None:
        super().__init__(history)
        self._editor, self._browser = programs.Guest(), programs.Guest()

    def poll(self) -> None:
        """Look whether the corpus changed."""
        raise NotImplementedError

    def selected(self) -> Selected | None:
        """The brief, and the statement or source under the cursor."""
        if self.lens != "briefs" and not self.zoomed:
            if (entry := self.main.here) is None:
                return None
            there = self.live.read(lambda index: index.brief(entry.brief))
            context = self.live.context_of(there, self.result.context) if there is not None else None
            return Selected(there, entry.part, entry.anchor, context) if there and context else None
        brief, standing = self.brief, self.query_one(BriefView).standing
        if brief is None:
            return None
        return Selected(brief, *(standing or ("", "")), self.live.context_of(brief, self.result.context))

    def standing_on(self) -> Selected | None:
        """The same where a statement or source is under the cursor; else nothing, and that said."""
        at = self.selected()
        if at is None or not at.anchor:
            self.say("no statement or source is under the cursor here")
            return None
        if not is_there(*at):
            self.say("what is under the cursor was changed a moment ago, and is read again")
            self.poll()
            return None
        return at

    async def action_follow(self, kind: str, name: str) -> None:
        """Go where a link leads."""
        match kind:
            case "theme":
                self.action_theme(name)
            case "brief":
                brief, _, anchor = name.partition("/")
                await self.go_to(brief)
                if anchor and self.brief_id == brief:
                    self.query_one(BriefView).stand_on("", anchor)
            case "lens":
                await self.action_lens(name)
            case "address":
                self.open_address(name)
            case part:
                self.look_up(part, name)

    def page_in_sight(self) -> BriefView | None:
        """The brief where one is in sight; else nothing, and that said."""
        view = self.query_one(BriefView)
        if view in self.focus_chain and self.brief_id:
            return view
        self.say(
            "no brief is open here; Enter opens the one under the cursor" if self.selected() else "nothing is listed"
        )
        return None

    def taken(self) -> tuple[list[Taken], Context] | None:
        """What is marked, else what is listed; nothing, and that said, where there is nothing."""
        found, context = self.live.taken(self.result, self.basket)
        if not found:
            self.say(
                "nothing is marked or listed" if not self.basket else "nothing that is marked is in this corpus now"
            )
            return None
        return found, context

    def action_mark(self) -> None:
        """Mark the statement under the cursor, or a brief's matching ones; or unmark them."""
        names = self._names_here()
        if not names:
            self.say("space marks statements; there is none here")
            return
        kept = tuple(name for name in self.basket if name not in names)
        self.basket = kept if set(names) <= set(self.basket) else (*kept, *names)
        if isinstance(self.pane, RowList):
            self.pane.move(1)

    def action_unmark(self) -> None:
        self.basket = ()
        self.say("nothing is marked any more")

    def _names_here(self) -> tuple[Name, ...]:
        """The statement under the cursor; in the list of briefs, those of the brief that match."""
        at = self.selected()
        if at is None:
            return ()
        if self.pane is self.briefs:
            keys = self.live.matching(self.result, at.brief.id)
            return tuple((at.brief.id, one.key) for one in keyed(at.brief) if one.key in keys)
        if at.part == "sources":
            return ()
        here, _, there = at.anchor.rpartition("/")
        brief = here or at.brief.id
        if at.anchor.startswith(EDITORIAL):
            note = editorial_note(at.brief, at.part, at.anchor)
            ends = {target(name, at.brief.id) for name in (note.between if isinstance(note, Difference) else ())}
            return tuple((at.brief.id, one.key) for one in keyed(at.brief) if (at.brief.id, one.said.id) in ends)
        return ((brief, there),) if here or any(one.key == there for one in keyed(at.brief)) else ()

    def watch_basket(self) -> None:
        if not self.is_mounted:
            return
        for pane in (self.query_one(BriefView), self.briefs, self._lens_list):
            if pane is not None:
                pane.refresh()
        self.query_one(Foot).marked = len(self.basket)

    def _is_marked(self, anchor: str) -> bool:
        here, _, there = anchor.rpartition("/")
        return ((here or self.brief_id), there) in self.basket

    def action_cite(self) -> None:
        if at := self.standing_on():
            self._copy(citation_text(*at), "the citation")

    def action_markdown(self) -> None:
        """Copy what is marked, else what is listed, as Markdown with footnotes; a brief that is read, whole."""
        if self.zoomed and not self.basket and (page := self.selected()):
            from hrdash.report.lines import brief_lines  # no first frame has a page
            from hrdash.report.render import markdown

            self._copy(markdown(brief_lines(page.brief, page.context)), "the brief as Markdown")
        elif found := self.taken():
            from hrdash.report.footnotes import footnoted  # for who takes something along

            what = f"{self._counted(found[0])} as Markdown with footnotes"
            self._copy(footnoted(*found), what, otherwise="; w writes it to a file")

    def write_to(self, name: str | None) -> None:
        """Write what is marked, else listed, to a file that was named: Markdown, or CSV where its name ends in .csv."""
        path = os.path.expanduser(name.strip()) if name else ""
        if not path or (found := self.taken()) is None:
            return
        ending = os.path.splitext(path)[1].casefold()
        if ending == ".csv":
            from hrdash.report.document import csv_rows, row_texts  # for who writes a file
            from hrdash.report.json_schema import COLUMNS

            listed = self.live.rows_taken(self.result, self.basket)
            cites = [cite for row in listed for cite in row.said.cites]
            registers = self.live.read(lambda index: index.registers_citing(cites))
            rows = [row_texts(row, registers) for row in listed]
            text = "".join(csv_rows(COLUMNS, rows))
            counted = number_of(len(rows), self._unit) + self._missing(len(rows))
            if not self.basket and self.result.statements > MOST_TAKEN:
                counted = f"the first {len(rows):,} of {number_of(self.result.statements, 'statement')}"
        elif ending in (".md", ".markdown", ".txt"):
            from hrdash.report.footnotes import footnoted

            text, counted = footnoted(*found), self._counted(found[0])
        else:
            self.say(f"not written: the name has to end in .md or .csv, and {clean_line(path)} does not")
            return
        try:
            write_new(path, text.encode(errors="replace"))
        except FileExistsError:
            self.say(f"not written: {clean_line(path)} is there already; choose another name")
        except OSError as fault:
            self.say(f"not written: {clean_line(path)}: {fault.strerror}")
        else:
            self.say(f"{counted} written to {clean_line(path)}")

    @property
    def _unit(self) -> str:
        """What is taken along: what is marked may be out of sight, and long ago."""
        return "marked statement" if self.basket else "statement"

    def _counted(self, found: Sequence[Taken]) -> str:
        """How many statements are taken along, and of which briefs where those are not all that are listed."""
        first = f" of the first {MOST_TAKEN:,} of {self.result.total:,} briefs"
        first *= not self.basket and self.result.total > MOST_TAKEN
        return number_of(len(found), self._unit) + first + self._missing(len(found))

    def _missing(self, taken: int) -> str:
        """How many more are marked, and are not to be had."""
        missing = len(self.basket) - taken if self.basket else 0
        return f" ({missing:,} more marked, not in this corpus now)" if missing else ""

    def action_address(self) -> None:
        if found := self._addresses():
            more = f" (of {len(found)})" if len(found) > 1 else ""
            self._copy(found[0], f"copied {found[0]}{more}", whole=True)

    def action_open(self) -> None:
        """Open the address under the cursor where a browser is near; over ssh, copy it."""
        for address in self._addresses()[:1]:
            self.open_address(address)

    def open_address(self, address: str) -> None:
        """Open an address where that is safe and of use; else copy it or say why not."""
        if not programs.is_address(address):
            self.say(f"not opened, since it is not a plain http or https address: {address}")
        elif programs.over_ssh():
            self._copy(address, f"not opened over ssh, copied: {address}", whole=True)
        else:
            self._open(address)

    def action_edit(self) -> None:
        """Open the brief's file at the statement's line, and read it again afterwards."""
        at = self.selected()
        if at is None:
            self.say("no brief is under the cursor here")
        else:
            path = os.path.join(self.live.library.folder, *at.brief.file.split("/"))
            statement = statement_at(*at) if "/" not in at.anchor else None
            line = (statement or at.brief).place.line
            try:
                command = programs.editor_command(path, line)
                fault = self._editor.run(command, self.app.suspend) if command else "no editor in VISUAL or EDITOR"
            except ValueError:
                fault = "VISUAL or EDITOR has a quotation mark too few"
            self.poll()
            if fault:
                self.say(f"{fault}; the brief stands in {path}, line {line}")

    def action_copy_text(self) -> None:
        """Copy what is selected, with who said it and where; with nothing selected, let ctrl+c end the program."""
        words = self.get_selected_text()
        if not words:
            raise SkipAction
        at, view = self.selected(), self.query_one(BriefView)
        if at is not None and view.text_selection is not None:
            words = selection_text(words, at.brief, view.selected_anchors(view.text_selection), at.context)
        self._copy(words, "what is selected")

    @work(group="open", exit_on_error=False)
    async def _open(self, address: str) -> None:
        """Have the browser open an address, off the UI thread where it has a window, and say what came of it."""
        if command := await to_thread(programs.terminal_browser, address):
            if fault := self._browser.run(command, self.app.suspend):
                self._copy(address, f"{fault}; copied: {address}", whole=True)
        elif await to_thread(programs.open_in_browser, address):
            self.say(f"opened {address}")
        else:
            self._copy(address, f"no browser here, copied: {address}", whole=True)

    def on_unmount(self) -> None:
        for guest in (self._editor, self._browser):
            guest.end()

    def _addresses(self) -> tuple[str, ...]:
        at = self.standing_on()
        if at is None:
            return ()
        found = addresses(*at)
        if not found:
            self.say("the source under the cursor has no address")
        return found

    @work(group="copy", exit_on_error=False)
    async def _copy(self, text: str, what: str, whole: bool = False, otherwise: str = "") -> None:
        """Put a text on the clipboard, and say what: `what` as the whole sentence, or as what was copied."""
        from hrdash.report.escaping import clipboard as clipboard_text  # for who takes something along
        from hrdash.tui import clipboard

        text = clipboard_text(text)
        said = what if whole else f"copied {what} ({len(text):,} characters)"
        if words := await clipboard.put(text, said, self.app.copy_to_clipboard, otherwise):
            self.say(words)

    async def action_quit(self) -> None:
        """End, a moment later where something is on its way to the clipboard; and say what did not come there."""
        message = None
        try:
            async with timeout(SECONDS_TO_COPY):
                for worker in [worker for worker in self.workers if worker.group == "copy"]:
                    await worker.wait()
        except (TimeoutError, WorkerError):
            message = "hrdash: not copied: what keeps the clipboard did not take it in time"
        self.app.exit(return_code=0, message=message)
