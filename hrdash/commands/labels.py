"""Print the labels of the UN's index (UHRI) that a corpus may use.

One a line, behind the key that it stands under: uhri_themes or persons. With
words, those that have them, by another name too: hrdash labels prisoners.
"""

from argparse import Namespace

from hrdash.commands import NOTHING, Answer, ForPrograms, as_lines
from hrdash.commands.printing import FORMAT
from hrdash.corpus.labels import KEYS, labels_with
from hrdash.report.document import csv_rows, json_text
from hrdash.text import number_of

TAKES = "[WORDS ...]"
OPTIONS = (FORMAT._replace(choices=("text", "csv", "json", "markdown")),)


def run(options: Namespace) -> Answer:
    """The labels, in the index's order."""
    words = " ".join(options.words)
    found = [(KEYS[facet], label, others) for facet, label, others in labels_with(words)]
    if options.format == "json":
        rows = [{"key": key, "label": label, "also": list(others)} for key, label, others in found]
        return Answer(ForPrograms(iter((json_text(rows) + "\n",))), code=0 if found else NOTHING)
    if not found:
        return Answer(notes=[f"no label has {words!r}; hrdash labels lists them all"], code=NOTHING)
    summary = number_of(len(found), "label")
    if options.format == "csv":
        table = ({"key": key, "label": label, "also": "; ".join(others)} for key, label, others in found)
        return Answer(ForPrograms(csv_rows(("key", "label", "also"), table)), summary=summary)
    begin = "- " if options.format == "markdown" else ""
    return Answer(as_lines(f"{begin}{key:<11}  {label}" for key, label, _ in found), summary=summary)
