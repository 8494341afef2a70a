"""A small corpus, the dashboard opened on it, and its screen as text."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
import textual._wait
import textual.screen
from textual.pilot import Pilot

from hrdash.library import Library
from hrdash.tui.app import HrdashApp
from tests.make import open_library

CORPUS = """
title: Ruritania
country: ZZZ
about: A country for tests.
as_of: 2026-01
licence: CC0-1.0
"""

SOURCES = """
- id: paper
  type: article
  title: A paper on reform
  title-short: PAPER
  author: [{literal: Office of Reform}]
  issued: 2024-03
  URL: https://example.org/paper
  kind: opinion
  capacity: official
  note: Read in a copy.
  paragraphs: {numbering: ours, last: 50, sections: [{from: 1, title: Opening}]}
- id: review
  type: report
  title: A review by experts
  title-short: REVIEW
  author: [{literal: United Experts}]
  issued: 2025
  kind: press-summary
  capacity: official
  put_to_state: true
  paragraphs: {numbering: ours, last: 90, sections: [{from: 1, title: Questions}]}
"""

SPEAKERS = """
- {id: minister, name: The Minister of Reform, short: Minister, kind: state}
- {id: expert, name: An expert of the Committee, short: Expert, kind: treaty-body}
- {id: other, name: Another expert of the Committee, short: Another, kind: treaty-body}
"""

INDICATORS = """
- {id: visits-made, label: Visits made, unit: visits, kind: count, span: flow}
"""

PRISONS = """
theme: prisons
label: Prisons
title: Conditions in prisons
briefs:
  - id: prison-visits
    title: Visits to prisons
    related: [press-closed]
    claims:
      - by: minister
        text: More than 200 visits to prisons were made in 2023.
        period: 2023
        cites: [paper 7]
        figures: [{indicator: visits-made, value: 200, qualifier: more-than, period: 2023}]
    questions:
      - id: q-visits
        by: expert
        text: Were the visits announced beforehand?
        cites: [review 12]
    responses:
      - by: minister
        answers: [q-visits]
        text: No visit was announced.
        period: 2024
        cites: [review 40]
  - id: prison-food
    title: Food in prisons
    concerns:
      - by: [expert, other]
        text: Food is said to be scarce.
        put_as: report
        cites: [review 13]
"""

PRESS = """
theme: press
label: Press
title: Freedom of the press
briefs:
  - id: press-closed
    title: Newspapers closed
    also_in: [prisons]
    claims:
      - by: minister
        text: Every newspaper that asked was licensed.
        period: 2020/2022
        cites: [paper 9]
    concerns:
      - by: expert
        verbatim: true
        text: Three newspapers were closed after visits by inspectors.
        period: 2025
        cites: [review 20]
  - id: press-law
    title: "[red]The law[/red] on the press [/foo]"
    claims:
      - by: minister
        text: "[@click=app.quit]A law[/] was passed; see [sic] and [/ref]."
        period: 2021
        cites: [paper 10]
"""


# Pilot waits by the clock: in steps of 20 ms until a step needs less than half of it. Nothing here takes so long.
textual._wait.SLEEP_GRANULARITY = 1 / 200
textual._wait.SLEEP_IDLE = 1 / 400
textual.screen.UPDATE_PERIOD = 1 / 250

first_frame = HrdashApp.run_test
"""Runs the dashboard, which is given before it has counted what its first frame does not show."""


@asynccontextmanager
async def _counted(app: HrdashApp, **how: Any) -> AsyncGenerator[Pilot[int], None]:
    """The same, given when it has."""
    async with first_frame(app, **how) as pilot:
        while app.is_running and not (app.dashboard.live.is_first or app.dashboard.result.is_counted):
            await pilot.pause()
        yield pilot


HrdashApp.run_test = _counted  # type: ignore[method-assign,assignment]


def write_corpus(folder: Path) -> Path:
    """Write the small corpus: two themes, four briefs."""
    (folder / "themes").mkdir(parents=True)
    for name, text in (
        ("corpus", CORPUS), ("sources", SOURCES), ("speakers", SPEAKERS), ("indicators", INDICATORS),
        ("themes/prisons", PRISONS), ("themes/press", PRESS),
    ):  # fmt: skip
        (folder / f"{name}.yaml").write_text(text.lstrip(), encoding="utf-8")
    return folder


def screen_text(app: HrdashApp) -> str:
    """The screen as text; the one use of what Textual keeps to itself."""
    strips = app.screen._compositor.render_strips()
    return "\n".join("".join(segment.text for segment in strip) for strip in strips)


@pytest.fixture(autouse=True)
def no_look_by_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    """Have no dashboard look at its files in the midst of a test that takes long; a test of that asks for it."""
    monkeypatch.setattr("hrdash.tui.screens.dashboard.SECONDS_BETWEEN_LOOKS", 3_600)


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    """The folder of the small corpus."""
    return write_corpus(tmp_path / "ruritania")


@pytest.fixture
def library(corpus: Path) -> Library:
    """The small corpus, opened."""
    return open_library(str(corpus))


@pytest.fixture
def dashboard(library: Library) -> Callable[..., HrdashApp]:
    """Makes the application on the small corpus."""
    return lambda **how: HrdashApp(library, **how)
