"""Single mistakes of the kinds that a hand makes, each on the sound corpus of the README.

Each is one problem, at the place that § marks, and its cure is the one that helps.
"""

from __future__ import annotations

import re
from pathlib import Path

from hrdash.check import check_corpus
from tests.make import readme_corpus

MISTAKES = (
    # the file, what stands there, what is written in its place, and what the message has to match
    ('prisons', '        text: Every prison has',
     '§<<<<<<< HEAD\n        text: Every prison has been open.\n=======\n        text: Every prison has', ''),
    ('prisons', 'value: 120,', 'value: 6,§443,', '6443'),
    ('prisons', '        cites: [12-13]', '        cites: §12, 13', '\\[12, 13\\]'),
    ('prisons', 'persons: ["Persons deprived of their liberty & detainees"]', 'persons: §Children', '\\[Children\\]'),
    ('sources', 'author: [{literal: Visiting Board}]', 'author: §A body', '\\[\\{literal: A body\\}\\]'),
    ('sources', 'author: [{literal: Visiting Board}]', 'author: [§Visiting Board]', '\\{literal: Visiting Board\\}'),
    ('sources', 'author: [{literal: Visiting Board}]', 'author: §{literal: Visiting Board}', '\\[.*\\]|dash'),
    ('sources', 'issued: 2024-11 ', 'issued: §2024-13 ', 'month'),
    ('sources', 'issued: 2024-11 ', 'issued: §November 2024 ', '2024-11'),
    ('sources', 'issued: 2024-11 ', 'issued: §11/2024 ', '2024-11'),
    ('sources', 'issued: 2025-01-20', 'issued: §20.01.2025', '2025-01-20'),
    ('sources', 'capacity: official         #', 'capacity: §offical         #', 'official'),
    ('sources', '- id: statement-2025', '- id: §Statement-2025', 'statement-2025'),
    ('sources', '- id: statement-2025', '- id: §statement_2025', 'statement-2025'),
    ('sources', '  title-short: Statement\n', '', ''),
    ('sources', '    last: 40', '    last: 10', 'last'),
    ('sources', '    last: 40', '    last: §forty', ''),
    ('sources', 'note: Read in translation.', 'note: §null', 'remove the key'),
    ('sources', '  title: Statement to Parliament', '  title: Statement§: to Parliament', 'quotes'),
    ('sources', 'paragraphs: {numbering: ours, last: 12}', 'paragraphs: {numbering: ours, last: 12', ''),
    ('corpus', 'country: ZZR ', 'country: §Ruritania ', 'three'),
    ('corpus', 'country: ZZR ', 'country: §zzr ', 'ZZR'),
    ('corpus', 'as_of: 2025-03 ', 'as_of: §2024-03 ', 'as_of'),
    ('corpus', 'as_of: 2025-03               #', '#', 'as_of'),
    ('speakers', 'kind: state}', 'kind: §State}', 'state'),
    ('speakers', 'kind: ngo}', 'kind: §NGO}', 'ngo'),
    ('speakers', 'kind: ngo}', 'kind: §civil society}', 'ngo'),
    ('speakers', '- {id: board, name: The Visiting Board, short',
     '- {id: board, name: The Visiting, Board, short', ''),
    ('indicators', 'kind: count, span: flow}\n- {id: visits-r',
     'kind: count, span: §during}\n- {id: visits-r', 'flow'),
    ('indicators', 'see: [visits]', 'see: [§visit]', 'visits'),
    ('prisons', 'theme: prisons  ', 'theme: §prison  ', 'prisons'),
    ('prisons', 'label: Prisons  ', 'label: §Conditions in prisons  ', '14'),
    ('prisons', 'uhri_themes: ["Conditions of detention"]', 'uhri_themes: [§"Torture"]', 'Prohibition of torture'),
    ('prisons', '  - id: prisons-visits', '  - §Id: prisons-visits', "'id'"),
    ('prisons', '    concerns:', '    §concern:', 'concerns'),
    ('prisons', '        cites: [12-13]', '        §cite: [12-13]', 'cites'),
    ('prisons', '        cites: [12-13]', '        cites: [§12:13]', ''),
    ('prisons', '        cites: [12-13]', '        cites: [§report-2042 12]', 'report-2024'),
    ('prisons', '        cites: [12-13]', '        cites: [§41]', 'last'),
    ('prisons', '        cites: [12-13]', '        cites: [§report-2024, 12]', 'report-2024 12'),
    ('prisons', '        cites: [12-13]\n', '', 'cites'),
    ('prisons', '        period: 2023/..', '        period: §2023-', '2023/\\.\\.'),
    ('prisons', '        period: 2023/..', '        period: §since 2023', '2023/\\.\\.'),
    ('prisons', '        by: board\n        put_as', '        by: §Board\n        put_as', 'board'),
    ('prisons', '        by: board\n        put_as', '        by: §bord\n        put_as', 'board'),
    ('prisons', '        by: board\n        put_as', '        by:board\n        put_as', 'space'),
    ('prisons', '        put_as: report ', '       put_as: report ', ''),
    ('prisons', '        put_as: report ', '        put_as: §reported ', 'report'),
    ('prisons', '{indicator: visits, value: 120,', '{indicator: visits, value: §"1,200",', '1200'),
    ('prisons', '{indicator: visits, value: 120,', '{indicator: visits, value: §120%,', '120'),
    ('prisons', '{indicator: visits, value: 120,', '{indicator: §visit, value: 120,', 'visits'),
    ('prisons', 'qualifier: more-than', 'qualifier: §more than', 'more-than'),
    ('prisons', 'qualifier: more-than', 'qualifier: §about', 'around'),
    ('prisons', '      - answers: [q-refused]', '      - answers: [§q-refsed]', 'q-refused'),
    ('prisons', '      - answers: [q-refused]', '      - answers: §q-refused', '\\[q-refused\\]'),
    ('prisons', '      - answers: [q-refused]\n        by: minister',
     '      - answers: [q-refused]\n        by: §board', 'State side'),
    ('prisons', '    left_open:\n      - of: [q-refused]', '    left_open:\n      - §asks: [q-refused]', 'of'),
    ('prisons', 'positions: [{position: supported,', 'positions: [{position: §accepted,', 'supported'),
    ('prisons', '        text: Why were visitors turned away?',
     '        text: Why§: were visitors turned away', 'quotes'),
    ('prisons', '        text: Let visitors in', '§\ttext: Let visitors in', 'spaces'),
    ('prisons', '        verbatim: true  ', '        verbatim: §yes  ', 'true'),
    ('prisons', '        text: An inquiry into refused visits is under way.',
     '        text: §*An inquiry* into refused visits.', 'quotes'),
    ('prisons', '        cites: [15 (a)]', '        cites: §[15 (a), 15 (b)', ''),
    ('prisons', '{indicator: visits, value: 120, period: 2024}',
     '{indicator: visits, value: 120, period: 2024, population: men, §women}', 'quotes'),
    ('prisons',
     '    questions:\n      - id: q-refused\n        premise: [n-refused]\n        by: board\n        text: Why were visitors turned away?\n        cites: [13]',
     '    questions: [{id: q-refused, premise: [n-refused], by: board, text: Why were visitors turned away§?, cites: [13]}]',
     'quotes'),
    ('prisons', 'value: 120,', 'value: §1 200,', '1200'),
    ('prisons', 'value: 120,', 'value: §about 120,', 'around'),
    ('prisons', 'value: 120,', 'value: §null,', 'remove'),
    ('prisons', '        cites: [12-13]', '        cites: §report-2024 12', '\\[report-2024 12\\]'),
    ('prisons', '        cites: [12-13]', '        cites: §report-2024 3, 5', '\\[report-2024 3, report-2024 5\\]'),
    ('prisons', '        cites: [12-13]', '        cites: [report-2024 3, §5]', 'report-2024 5'),
    ('prisons', '        cites: [12-13]', '        cites: §null', 'remove'),
    ('prisons', '        cites: [12-13]', '        cites: [§REP 12]', ''),
    ('prisons', '        period: 2023/..', '        period: §N/A', 'remove'),
    ('prisons', '        by: board\n        put_as', '        by: §None\n        put_as', 'remove'),
    ('prisons', '    persons: ["Persons deprived of their liberty & detainees"]',
     '    persons: §Judges, lawyers and prosecutors', '\\["Judges, lawyers and prosecutors"\\]'),
    ('prisons', '    persons: ["Persons deprived of their liberty & detainees"]',
     '    persons: [§Detainees]', 'Persons deprived of their liberty'),
    ('prisons', '    persons: ["Persons deprived of their liberty & detainees"]',
     '    persons: [§Journalists]', 'Media'),
    ('prisons', '    persons: ["Persons deprived of their liberty & detainees"]',
     '    persons: [§Children; Women]', ''),
    ('prisons', '    persons: ["Persons deprived of their liberty & detainees"]', '    persons: §~', 'remove'),
    ('prisons', '        text: Let visitors in', '        text: §@board let visitors in', 'quotes'),
    ('prisons', '        text: Let visitors in', '        text: §"Let" visitors in', 'quotes'),
    ('prisons', '        text: Let visitors in', '        text: §"Let visitors in', 'closed'),
    ('prisons', '        text: Let visitors in', '        text: §- Let visitors in', 'dash'),
    ('prisons', '        text: Let visitors in', '        text: §[sic] Let visitors in', 'quotes'),
    ('prisons', '        text: Let visitors in', '        text: Let visitors in\n        §text: Again', 'twice'),
    ('prisons', '    questions:', '    §question:', 'questions'),
    ('prisons', '    questions:\n', '    questions\n', ''),
    ('prisons', 'briefs:\n', '§brief:\n', 'briefs'),
    ('prisons', '      - id: q-refused', '      - id: §Q refused', 'q-refused'),
    ('prisons', '        by: minister\n        text: An', '        by: §Minister of Justice\n        text: An', ''),
    ('prisons', 'qualifier: more-than, ', '§qualifer: more-than, ', 'qualifier'),
    ('prisons', '{indicator: visits, value: 120, period: 2024}',
     '{indicator: visits, §value:120, period: 2024}', 'space'),
    ('prisons', '{indicator: visits, value: 120, period: 2024}', '{indicator: visits value: 120, period: 2024}', ''),
    ('prisons', '{indicator: visits, value: 120, period: 2024}',
     '{indicator: visits, value: 120, period: 2024, per: Case #3}', ''),
    ('sources', 'note: Read in translation.', '§notes: Read in translation.', 'note'),
    ('sources', 'kind: official-statement', 'kind: official-statement\n  §kind: speech', 'twice'),
    ('sources', 'type: speech', 'type: §None', 'remove'),
    ('sources', 'URL: https://example.org/report', 'URL: §www.example.org/report', 'http'),
    ('sources', 'URL: https://example.org/report', '§url: https://example.org/report', 'URL'),
    ('sources', 'put_to_state: true ', 'put_to_state: §Yes ', 'true'),
    ('sources', 'issued: 2025-01-20', 'issued: §2025/01/20', '2025-01-20'),
    ('sources', 'issued: 2025-01-20', 'issued: §20 January 2025', '2025-01-20'),
    ('sources', 'issued: 2025-01-20', 'issued: §2025-1-20', '2025-01-20'),
    ('sources', 'issued: 2025-01-20', 'issued: §January 20, 2025', '2025-01-20'),
    ('sources', 'issued: 2025-01-20', 'issued: §c. 2025', '2025~'),
    ('speakers', '- {id: board', '-{id: board', ''),
    ('corpus', 'title: Ruritania', '§Title: Ruritania', 'title'),
    ('corpus', 'title: Ruritania', 'title: §~', 'remove'),
    ('corpus', 'country: ZZR ', 'countries: §ZZR ', '\\[ZZR\\]'),
    ('prisons', 'value: 120,', 'value: 12,§5,', 'write 12\\.5$'),
    ('prisons', 'value: 120,', 'value: 1,§200,000,', 'write 1200000$'),
    ('prisons', '{indicator: visits, value: 120', '{indicator:§\u00a0visits, value: 120', 'no-break space'),
    ('prisons', '        cites: [12-13]', '        cites: [§12، 13]', 'holds a list'),
    ('prisons', '        cites: [13]', '        cites: §［13］', 'write \\[13\\]$'),
    ('prisons', '        cites: [13]', '        cites: §(13)', 'write \\[13\\]$'),
    ('prisons', '      - answers: [q-refused]', '      - answers: §none', 'a list, or remove'),
    ('prisons', '      - answers: [q-refused]', '      - answers: [q-re§\u00adfused]', 'soft hyphen'),
    ('prisons', '      - answers: [q-refused]', '      - answers: [q-r§\u0435fused]', 'write q-refused'),
    ('prisons', '        premise: [n-refused]', '        premise: [n-re§\u200bfused]', 'zero-width'),
    ('prisons', '      - id: q-refused', '      §-id: q-refused', 'write - and a space'),
    ('prisons', '      - id: q-refused', '      §– id: q-refused', 'write - and a space'),
    ('prisons', '    claims:', '    cl§αims:', 'Greek letter'),
    ('prisons', '        cites: [13]', '        cites: §13]', 'write \\[13\\]$'),
    ('prisons', '        cites: [12-13]', '        cites: [§13-12]', 'write 12-13$'),
    ('prisons', '        cites: [12-13]', '        cites: [§12-12]', 'write 12$'),
    ('prisons', '[statement-2025 4]', '[§statement-2025:4]', 'as statement-2025 4$'),
    ('prisons', '[statement-2025 4]', '[§statement-2025#4]', 'as statement-2025 4$'),
    ('prisons', '        period: 2023/..', '        period: §2023..', 'write 2023/\\.\\.$'),
    ('prisons', '        period: 2023/..', '        period: §2023/…', 'write 2023/\\.\\.$'),
    ('prisons', '        period: 2023/..', '        period: §..2023', 'write \\.\\./2023$'),
    ('prisons', '    persons: ["Persons deprived of their liberty & detainees"]', '    persons: §null', 'write a list'),
)  # fmt: skip


def test_every_mistake_is_one_problem_at_its_place_with_the_cure_that_helps_and_none_that_was_typed(
    tmp_path: Path,
) -> None:
    files = readme_corpus(tmp_path)
    for name, right, wrong, message in MISTAKES:
        file = "themes/prisons.yaml" if name == "prisons" else f"{name}.yaml"
        assert files[file].count(right) == 1, right
        made = files[file].replace(right, wrong)
        before = made.partition("§")[0]
        (tmp_path / file).write_text(made.replace("§", ""), encoding="utf-8")
        problems = check_corpus(str(tmp_path)).problems
        (tmp_path / file).write_text(files[file], encoding="utf-8")
        assert len(problems) == 1, (wrong, [problem.text for problem in problems])
        (problem,) = problems
        assert problem.file == file, problem.text
        if "§" in wrong:
            place = before.count("\n") + 1, len(before) - before.rfind("\n")
            assert (problem.line, problem.column) == place, (wrong, problem.text)
        assert re.search(message, problem.text), (wrong, problem.text)
        typed = re.match(r"'([^']+)' ", problem.what)
        assert not typed or problem.cure not in (f"write {typed[1]}", f"did you mean '{typed[1]}'?"), problem.text
