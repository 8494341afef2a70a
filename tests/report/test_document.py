"""What is written for programs: the document and its schema, and statements as rows."""

from __future__ import annotations

import csv
import io
import json
import os
import subprocess
import sys
from typing import Any

import pytest
from jsonschema import Draft202012Validator, ValidationError

from hrdash.filter import EVERYTHING, Filter, Years
from hrdash.index.query import StatementRow
from hrdash.model import Brief, Citation, Difference, Figure, LeftOpen, Position
from hrdash.report.document import csv_rows, document, head, json_rows, row_texts
from hrdash.report.json_schema import COLUMNS, json_schema
from hrdash.report.wording import Batch
from tests.report.make import CONTEXT, brief, context_of, said

AT = (Citation("report", "14"),)
FULL = brief(
    persons=("Children",), claims=(said("c", "minister", figures=(Figure("visits", 5, period="2024"),)),),
    concerns=(said("n"),), questions=(said("q", premise=("n",)), said("", text="Why?")),
    recommendations=(said("m", ("france", "portugal"), positions=(Position("noted", (Citation("reply", "3"),)),)),),
    responses=(said("r", "minister", answers=("q",)),), assessments=(said("j", assesses=("m",), grade="C"),),
    left_open=(LeftOpen(("q",), "Open.", AT),), differences=(Difference("scope", ("c", "q"), "They differ.", AT),),
)  # fmt: skip
SCHEMA = json_schema()
CHECK = Draft202012Validator(SCHEMA)


def written(*briefs: Brief, asked: Filter = EVERYTHING, at_once: int = 1) -> dict[str, Any]:
    """The document of some briefs, written some at a time, as a reader of JSON has it."""
    groups = [briefs[start : start + at_once] for start in range(0, len(briefs), at_once)]
    batches = [Batch(group, context_of(group[0], *briefs), {one.id: frozenset("cq") for one in group})
               for group in groups]  # fmt: skip
    pieces = list(document(CONTEXT, asked, (9, len(briefs)), batches))
    assert len(pieces) > 2 * len(briefs)
    text = "".join(pieces)
    assert text.endswith("}\n")
    found: dict[str, Any] = json.loads(text)
    assert text == json.dumps(found, ensure_ascii=False, indent=2) + "\n"
    CHECK.validate(found)
    return found


def test_the_schema_is_one_and_is_as_strict_as_the_document() -> None:
    Draft202012Validator.check_schema(SCHEMA)
    for where, key, value in (
        ((), "more", 1), ((), "total", None), (("themes", 0, "briefs", 0, "claims", 0), "text", 7),
        (("themes", 0, "briefs", 0, "questions", 0), "answer", "answered"),
        (("themes", 0, "briefs", 0, "differences", 0), "kind", "other"), (("sources", 0), "paragraphs", {}),
    ):  # fmt: skip
        found: Any = written(FULL)
        inside = found
        for step in where:
            inside = inside[step]
        inside[key] = value
        with pytest.raises(ValidationError):
            CHECK.validate(found)


def test_a_document_has_every_key_and_says_of_each_statement_its_answer_and_whether_it_matches() -> None:
    found = written(FULL, asked=Filter(themes=("prisons",), years=(Years(2019, None),)))
    assert found["schema"] == "hrdash/2"
    assert found["filter"]["years"] == ["2019.."]
    assert found["total"] == {"statements": 9, "briefs": 1}
    ((one,),) = [theme["briefs"] for theme in found["themes"]]
    assert [(item["key"][:1], item["answer"], item["matches"]) for item in one["questions"]] == [
        ("q", "left-open", True), ("-", "none", False),
    ]  # fmt: skip
    assert one["concerns"][0]["answer"] is None
    assert one["recommendations"][0]["positions"] == [
        {"position": "noted", "cites": [{"source": "reply", "pinpoint": "3"}]}
    ]
    assert [source["id"] for source in found["sources"]] == ["report", "reply"]
    assert [speaker["id"] for speaker in found["speakers"]] == ["minister", "expert", "france", "portugal"]
    assert [indicator["id"] for indicator in found["indicators"]] == ["visits"]


def test_a_document_is_the_same_however_many_briefs_are_read_at_once() -> None:
    briefs = [brief(name, claims=(said("c", "minister"),)) for name in "abc"]
    briefs.insert(2, briefs[0]._replace(id="d", theme="words"))
    whole = written(*briefs, at_once=4)
    assert whole == written(*briefs, at_once=1)
    assert [len(theme["briefs"]) for theme in whole["themes"]] == [2, 1, 1]
    assert list(document(CONTEXT, EVERYTHING, (0, 0), ()))[-1].endswith("}\n")
    CHECK.validate(json.loads("".join(document(CONTEXT, EVERYTHING, (0, 0), ()))))


def row(**more: str) -> dict[str, str]:
    return {**dict.fromkeys(COLUMNS, ""), **more}


def test_statements_as_json_keep_to_the_schema() -> None:
    begin = head(CONTEXT, EVERYTHING, (2, 1))
    for rows in ([], [row(kind="question", text="Қ?"), row(kind="claim")]):
        found = json.loads("".join(json_rows(begin, COLUMNS, rows)))
        CHECK.validate(found)
        assert len(found["statements"]) == len(rows)
    assert found["statements"][0]["answer"] is None


def test_csv_keeps_every_text_and_nothing_of_it_is_a_formula() -> None:
    texts = ["=1+1", "+1", "-1", "@x", "\tx", "\rx", "＝1", 'a "b", c', "two\nlines", "Құқық", " =1", "a=1", "", "'x"]
    written_rows = list(csv_rows(("kind", "text"), [row(kind="claim", text=text) for text in texts]))
    assert all(piece.endswith("\r\n") for piece in written_rows)
    assert len(written_rows) == len(texts) + 1
    found = list(csv.reader(io.StringIO("".join(written_rows), newline="")))
    assert found[0] == ["kind", "text"]
    for text, (_, shown) in zip(texts, found[1:], strict=True):
        assert shown in (text, f"'{text}"), text
        assert not shown.startswith(("=", "+", "-", "@", "\t", "\r", "＝")), text
    assert list(csv_rows(("kind",), [])) == ["kind\r\n"]


def test_speakers_of_one_row_are_told_apart_where_a_name_holds_a_comma() -> None:
    speakers = {name: CONTEXT.registers.speakers["expert"]._replace(short=short)
                for name, short in (("korea", "Korea, Republic of"), ("france", "France"))}  # fmt: skip
    given = StatementRow(0, "b", "t", "B", "", "recommendation", said("m", ("korea", "france")), "m", "none", "")
    texts = row_texts(given, CONTEXT.registers._replace(speakers=speakers))
    assert texts["speaker"] == "Korea, Republic of; France"


def test_what_is_written_for_programs_is_utf_8_in_every_locale() -> None:
    code = "from hrdash.streams import write_for_programs as w; w('Құқық 人権,\"\\n\"\\r\\n'); w('é')"
    for encoding in ("ascii", "latin-1", "utf-8", "utf-16"):
        run = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True,
                             env={**os.environ, "PYTHONIOENCODING": encoding})  # fmt: skip
        assert run.stdout == 'Құқық 人権,"\n"\r\né'.encode(), encoding
