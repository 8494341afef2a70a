"""Each rule of `hrdash.audit.verify`, with a statement that it lets pass and one that it finds."""

from __future__ import annotations

from hrdash.audit.texts import SourceText
from hrdash.audit.verify import verify
from hrdash.corpus.read import read_registers
from hrdash.model import SECTIONS, Citation, Difference, Figure, LeftOpen, Place, Position, Problem, Statement
from tests.audit.make import brief_of, registers_of, said, source_of, text_of, texts_of
from tests.make import REGISTER_TEXTS

PARAGRAPH = (
    "In 2023, the Ombudsman made more than 700 visits. Complaints fell by 30% in 2024, after a 50% reduction the "
    "previous year. Last year, some 40 per cent of judges were women. There were reports of beatings in Zenda."
)


def findings(
    *statements: Statement, paragraphs: tuple[str, ...] = (PARAGRAPH,), level: str = "error", **brief: object
) -> str:
    registers = registers_of(source_of("doc", len(paragraphs)))
    return texts_of(verify([brief_of(*statements, **brief)], registers, {"doc": text_of("doc", *paragraphs)}), level)


def figure_findings(figure: Figure, sentence: str, note: str = "", level: str = "error", **more: object) -> str:
    return findings(said("It was so.", figure, note=note, **more), paragraphs=(sentence,), level=level)


def test_a_statement_that_keeps_to_its_paragraph_has_no_finding() -> None:
    figure = Figure("visits", 700, qualifier="more-than", period="2023")
    assert findings(said("Over 700 visits were made by the Ombudsman in 2023.", figure, period="2023")) == ""


def test_findings_have_file_line_column_brief_and_cure() -> None:
    found = findings(said("There were 90 visits."))
    assert found == (
        "themes/torture.yaml:7:9: torture-visits c-one: the number '90' does not stand in doc ¶1; "
        "cite the paragraph that has it, or mend the number"
    )


def test_findings_are_sorted_by_place() -> None:
    registers = registers_of(source_of("doc", 1))
    late, early = said("It made 91 visits.", place=Place(9, 9)), said("It made 92 visits.", place=Place(8, 9))
    found = verify([brief_of(late, early)], registers, {"doc": text_of("doc", PARAGRAPH)})
    assert [problem.line for problem in found] == [8, 9]


# paragraphs


def test_a_paragraph_that_is_not_there_is_found() -> None:
    assert "the text of doc has no paragraph 2" in findings(said("It was so.", para="2"))
    assert "no paragraph 2" in findings(said("It was so.", para="1-3"))


def test_a_missing_text_is_said_once_and_fails() -> None:
    registers = registers_of(source_of("doc", 1), source_of("absent", 1))
    statements = [said("It was so.", source="absent"), said("It was so, again.", source="absent", id="c-two")]
    found = verify([brief_of(*statements)], registers, {"doc": text_of("doc", PARAGRAPH)})
    assert [problem.level for problem in found] == ["error"]
    assert found[0].text.startswith("sources.yaml:3:1: there is no text of absent")


def test_what_is_wrong_with_a_source_is_said_of_the_file_that_registers_it() -> None:
    line = (
        '{"id": "grey", "type": "report", "title": "Grey", "issued": "2025", "kind": "report", "capacity": "official", '
        '"title-short": "GREY"}'
    )
    files = {"sources/a.yaml": REGISTER_TEXTS["sources.yaml"].encode(), "sources/b.jsonl": iter([line.encode()])}
    registers = read_registers(files).registers
    places = [(one.file, one.line, one.column) for one in verify([], registers, {})]
    assert places == [
        ("sources/a.yaml", 1, 3),
        ("sources/a.yaml", 3, 3),
        ("sources/a.yaml", 5, 3),
        ("sources/b.jsonl", 1, 1),
    ]


def test_what_may_stand_in_a_text_that_is_missing_is_not_called_absent() -> None:
    registers = registers_of(source_of("doc", 1), source_of("absent", 1))
    cites = (Citation("doc", "1"), Citation("absent", "1"))
    both = said("Seven visits were made.")._replace(cites=cites)
    brief = brief_of(both, differences=(Difference("fact", ("c-one",), "One says 700, the other 9.", cites),))
    assert "does not stand" not in texts_of(verify([brief], registers, {"doc": text_of("doc", PARAGRAPH)}))
    there = {"doc": text_of("doc", PARAGRAPH), "absent": text_of("absent", "Nothing.")}
    assert texts_of(verify([brief], registers, there)).count("does not stand") == 2


def test_a_text_with_another_number_of_paragraphs_is_found() -> None:
    found = verify([], registers_of(source_of("doc", 2)), {"doc": text_of("doc", PARAGRAPH)})
    assert "ends with paragraph 2 here and with 1 in its text" in texts_of(found)


def test_a_paragraph_declared_empty_and_cited_is_worth_a_look() -> None:
    registers = registers_of(source_of("doc", 2, declared="1-2"))
    found = verify([brief_of(said("It was so."))], registers, {"doc": text_of("doc", PARAGRAPH, "More.")})
    assert "doc ¶1 is cited, and sources.yaml says" in texts_of(found, "warning")


def test_a_pinpoint_beside_the_paragraph_that_says_it_is_worth_a_look() -> None:
    paragraphs = ("Schools lack books and teachers.", "Officers suspected of torture stay on duty.")
    statement = said("An officer under suspicion of torture remains on duty.", para="2")
    assert findings(statement, paragraphs=paragraphs, level="warning") == ""
    moved = findings(said(statement.text, para="1"), paragraphs=paragraphs, level="warning")
    assert "the pinpoint doc ¶1 has hardly a word of it, and doc ¶2 has more" in moved


# numbers and years in the text


def test_a_number_may_be_written_another_way() -> None:
    for text in (
        "It made more than 700 visits.",
        "It made over seven hundred visits.",
        "Complaints halved in 2023.",
    ):
        assert findings(said(text)) == "", text


def test_a_number_that_does_not_stand_there_is_found() -> None:
    for number in (
        "701",
        "7,000",
        "seventy",
        "30 visits",
        "300 %",
    ):
        assert "does not stand in doc ¶1" in findings(said(f"Complaints, and {number}.")), number


def test_a_number_of_another_paragraph_is_found() -> None:
    paragraphs = ("It made 12 visits.", "It made 13 visits.")
    assert findings(said("It made 13 visits.", para="2"), paragraphs=paragraphs) == ""
    assert "'13'" in findings(said("It made 13 visits.", para="1"), paragraphs=paragraphs)


def test_a_year_worked_out_from_last_year_counts_against_the_sources_date() -> None:
    assert findings(said("In 2024 women were some 40 % of judges.")) == ""
    assert "the year '2022'" in findings(said("In 2022 women were some 40 % of judges."))


def test_a_year_worked_out_in_a_sentence_about_something_else_does_not_count() -> None:
    paragraphs = ("This year, 12 trade unions were registered. A law reduced the members of an association.",)
    assert "'2025'" in findings(said("A law of 2025 reduced the members of an association."), paragraphs=paragraphs)


def test_a_number_that_the_note_names_is_explained() -> None:
    assert "'2021'" in findings(said("In 2021 it was so."))
    assert findings(said("In 2021 it was so.", note="The year 2021 is that of the law's own title.")) == ""
    assert "'2021'" in findings(said("In 2021 it was so.", note="The year is that of the law's own title."))


def test_a_title_has_its_numbers_from_what_the_brief_cites() -> None:
    assert findings(said("It was so."), title="The 700 visits of 2025") == ""
    assert "title: the number '800'" in findings(said("It was so."), title="The 800 visits")


# qualifiers in the text


def test_a_qualifier_dropped_changed_or_added_in_the_text_is_found() -> None:
    for text, what in (
        ("It made 700 visits.", "'700' is given without a qualifier, and is 'more than' in doc ¶1"),
        ("It made around 700 visits.", "'700' is given 'around', and is 'more than' in doc ¶1"),
        ("Complaints fell by nearly 30 %.", "'30 %' is given 'nearly', and is without one in doc ¶1"),
    ):
        assert what in findings(said(text)), text


def test_a_qualifier_may_be_written_another_way() -> None:
    for text in (
        "About 40 % of judges were women.",
        "Above 700 visits were made.",
    ):
        assert findings(said(text)) == "", text


def test_over_so_many_years_may_mean_during() -> None:
    paragraphs = ("Over the past eight years there were visits.",)
    assert findings(said("Over eight years there were visits."), paragraphs=paragraphs) == ""


# figures


def test_a_figure_has_its_value_period_and_qualifier_in_one_sentence() -> None:
    sentence = "Visits went from around 800 in 2019 to some 100 in 2024."
    assert figure_findings(Figure("visits", 800, qualifier="around", period="2019"), sentence) == ""
    assert figure_findings(Figure("visits", 100, qualifier="around", period="2024"), sentence) == ""


def test_a_figures_value_that_stands_nowhere_is_found() -> None:
    assert "the figure 800 (visits) stands in no sentence" in figure_findings(
        Figure("visits", 800), "It made 80 visits."
    )


def test_a_count_is_not_a_percentage() -> None:
    assert "stands in no sentence" in figure_findings(Figure("visits", 30), "It rose by 30 %.")
    assert "stands in no sentence" in figure_findings(Figure("share", 30), "There were 30 women.")


def test_a_factor_is_not_worked_out_into_per_cent() -> None:
    assert figure_findings(Figure("factor", 2.5), "It rose 2.5 times.") == ""
    assert "stands in no sentence" in figure_findings(Figure("change", 250, direction="up"), "It rose 2.5 times.")


def test_a_value_reads_by_its_indicators_unit() -> None:
    assert figure_findings(Figure("money", 4, qualifier="more-than"), "More than $4 billion came back.") == ""
    assert "stands in no sentence" in figure_findings(Figure("money", 4), "More than $4 million came back.")


def test_per_cent_is_of_every_kind_of_indicator_whose_unit_says_so() -> None:
    assert figure_findings(Figure("quota", 30, qualifier="at-least"), "At least 30 per cent must be women.") == ""
    assert "the figure 30 % (quota) stands in no sentence" in figure_findings(Figure("quota", 30), "It has 30 women.")
    assert "stands in no sentence" in figure_findings(Figure("share", 30), "It rose by 30 percentage points.")


def test_a_figures_unit_base_population_and_time_have_to_stand_there() -> None:
    sentences = "Of the 528 we met, 190 were struck. Of 200 women 170 waited 60 days, on 9 crowns a day in the north."
    for figure, what in (
        (Figure("visits", 170, base="200 women", population="women", per="day"), ""),
        (Figure("visits", 170, base="190 women"), "has the base '190 women', and doc ¶1 has no 190 for it"),
        (Figure("visits", 170, base="the visitors"), "has the base 'the visitors', and doc ¶1 does not say so"),
        (Figure("visits", 170, population="men"), "has the population 'men', and doc ¶1 does not say so"),
        (Figure("visits", 9, per="week"), "has the per 'week', and doc ¶1 does not say so"),
        (Figure("limit", 60), "the figure 60 (limit) has the unit year, and day in doc ¶1"),
    ):
        found = figure_findings(figure, sentences)
        assert what in found if what else not found, (figure, found)
    partly = Figure("visits", 170, population="women in the south")
    assert "'women in the south'" in figure_findings(partly, sentences, level="warning")
    assert figure_findings(Figure("visits", 170, population="men"), sentences, note="The men are those of ¶2.") == ""


def test_a_figure_has_the_period_that_stands_beside_it() -> None:
    sentence = "It made 62 visits in 2020 and 85 in 2021, three times as many as in 2019."
    assert figure_findings(Figure("visits", 85, period="2020/2021"), sentence) == ""
    assert "the period 2020, and doc ¶1 has it in 2021" in figure_findings(
        Figure("visits", 85, period="2020"), sentence
    )
    assert figure_findings(Figure("factor", 3, period="2021", direction="up"), sentence) == ""


def test_the_ends_of_a_range_have_no_other_number_between_them() -> None:
    sentence = "It is punished with 5 to 12 years, or 20 where somebody dies."
    assert figure_findings(Figure("limit", low=5, high=12), sentence) == ""
    assert "5–20 (limit) does not stand in one sentence" in figure_findings(Figure("limit", low=5, high=20), sentence)


def test_a_figure_of_nothing_stands_where_the_sentence_says_none() -> None:
    assert figure_findings(Figure("visits", 0), "No visits were made.") == ""
    assert "stands in no sentence" in figure_findings(Figure("visits", 0), "Visits were made.")


def test_both_ends_of_a_range_stand_in_one_sentence() -> None:
    figure = Figure("visits", low=20, high=30)
    assert figure_findings(figure, "Between 20 and 30 visits were made.") == ""
    assert "20–30 (visits) does not stand in one sentence" in figure_findings(figure, "It made 20. Then it made 30.")


def test_a_figures_period_has_to_stand_in_the_sentence_of_its_value() -> None:
    apart = "The plan is of 2023. It made 700 visits."
    assert "has no 2023 in a sentence with it" in figure_findings(Figure("visits", 700, period="2023"), apart)
    assert figure_findings(Figure("visits", 700), apart) == ""


def test_a_figures_period_may_follow_from_the_sources_date() -> None:
    assert figure_findings(Figure("visits", 250, period="2024"), "Last year there were 250.") == ""
    assert "2023" in figure_findings(Figure("visits", 250, period="2023"), "Last year there were 250.")


def test_the_documents_own_year_needs_no_print_where_the_figure_has_no_period() -> None:
    now = "There are 46 centres."
    assert figure_findings(Figure("visits", 46), now) == ""
    assert "no 2025 in a sentence" in figure_findings(Figure("visits", 46, period="2025"), now)
    assert figure_findings(Figure("visits", 46, period="2025"), now, note="2025 is the document's own year.") == ""


def test_a_figures_qualifier_dropped_changed_or_added_is_found() -> None:
    for figure, what in (
        (Figure("visits", 700), "is given without a qualifier, and is 'more than' in doc ¶1"),
        (Figure("visits", 700, qualifier="around"), "is given 'around', and is 'more than' in doc ¶1"),
        (Figure("visits", 46, qualifier="around"), "is given 'around', and is without one in doc ¶1"),
    ):
        assert what in figure_findings(figure, "It made more than 700 visits to 46 places."), figure


def test_a_qualifier_is_explained_by_a_note_that_names_the_number() -> None:
    figure = Figure("visits", 46, qualifier="around")
    sentence = "Around 55 came to 46 places."
    assert figure_findings(figure, sentence, note="'Around' may go with 46 too.") == ""
    assert "is without one" in figure_findings(figure, sentence, note="'Around' may go with it too.")


def test_the_bound_of_a_limit_is_in_its_label() -> None:
    sentence = "Torture is punished with up to 12 years."
    assert figure_findings(Figure("limit", 12), sentence) == ""
    assert "without a qualifier" in figure_findings(Figure("visits", 12), sentence)
    assert "without a qualifier" in figure_findings(Figure("limit", 12), "Torture is punished with around 12 years.")


def test_a_direction_against_the_sentence_is_found() -> None:
    sentence = "Complaints decreased by 30%."
    assert "the direction of the figure 30 % (change) is up, and down in doc ¶1" in figure_findings(
        Figure("change", 30, direction="up"), sentence
    )
    assert figure_findings(Figure("change", 30, direction="down"), sentence) == ""
    both = "Trust increased and complaints decreased by 30%."
    assert figure_findings(Figure("change", 30, direction="up"), both) == ""


def test_an_intended_figure_that_is_not_planned_is_worth_a_look() -> None:
    sentence = "The State intended to raise compensation ten-fold."
    assert "add status: planned" in figure_findings(Figure("factor", 10), sentence, level="warning")
    planned = Figure("factor", 10, status="planned")
    assert "status" not in figure_findings(planned, sentence, level="warning", put_as="plan")


def test_the_sentence_that_bears_a_figure_out_best_counts() -> None:
    sentences = "In 2023 it made more than 700 visits. The 700 visits were long."
    figure = Figure("visits", 700, qualifier="more-than", period="2023")
    assert figure_findings(figure, sentences) == ""


def test_minimum_and_maximum_are_qualifiers_too() -> None:
    sentence = "The minimum age had been raised to 21."
    assert findings(said("One had to be at least 21."), paragraphs=(sentence,)) == ""
    assert "'at least'" in findings(said("One had to be at least 21."), paragraphs=("The age was 21.",))
    assert figure_findings(Figure("visits", 21, qualifier="at-least"), sentence) == ""
    assert "given 'up to'" in figure_findings(Figure("visits", 21, qualifier="up-to"), sentence)


# periods


def test_a_statements_period_has_to_stand_in_its_paragraphs() -> None:
    assert findings(said("Visits were made by the Ombudsman.", period="2023")) == ""
    assert "does not name 2019" in findings(said("Visits were made.", period="2019/2023"))
    assert findings(said("Visits were made.", period="2019/2023", note="The law is of 2019.")) == ""


def test_a_day_of_a_period_has_to_stand_there() -> None:
    for text, day, stands in (
        ("on 6 May 2023", "2023-05-06", True),
        ("on May 6, 2023", "2023-05-06", True),
        ("from 3 to 6 May 2023", "2023-05-03/2023-05-06", True),
        ("on 16 May 2023", "2023-05-06", False),
    ):
        found = findings(said("It was so.", period=day), paragraphs=(f"It was {text} so.",))
        assert ("does not name 2023-05-06" in found) != stands, text


def test_an_inferred_period_may_be_the_sources_own_year() -> None:
    assert findings(said("Visits go on.", period="2025~")) == ""
    assert "does not name 2025" in findings(said("Visits go on.", period="2025"))
    assert "does not name 2020" in findings(said("Visits go on.", period="2020~"))


# names


def test_a_name_that_does_not_stand_there_is_found() -> None:
    assert findings(said("The visits of the Ombudsman.")) == ""
    assert "the name 'Geneva' does not stand in doc ¶1" in findings(said("The visits were in Geneva."))


def test_a_name_that_opens_the_sentence_is_found_where_the_texts_know_it_as_a_name() -> None:
    paragraphs = ("It was so.", "They came to Zenda.")
    assert "'Zenda'" in findings(said("Zenda was visited."), paragraphs=paragraphs)
    assert findings(said("Penalties were raised."), paragraphs=paragraphs) == ""


def test_names_of_the_speaker_the_source_and_the_note_are_let_pass() -> None:
    assert findings(said("It is the Ministry of Justice, in Ruritania.")) == ""
    registers = registers_of(source_of("doc", 1, title="On Streslau"))
    texts = {"doc": text_of("doc", PARAGRAPH)}
    assert verify([brief_of(said("It was in Streslau."))], registers, texts) == ()
    assert findings(said("It was in Streslau.", note="Streslau is meant.")) == ""


def test_a_name_of_another_script_may_have_another_ending() -> None:
    paragraph = ("Москва отказала, сообщает Łódź.",)
    assert findings(said("Отказано в Москве."), paragraphs=paragraph) == ""
    assert "the name 'Kraków' does not stand" in findings(said("Отказано, Kraków."), paragraphs=paragraph)


def test_what_three_texts_all_name_is_what_the_corpus_is_about() -> None:
    sources = [source_of(name, 2) for name in ("doc", "two", "three")]
    texts = {source.id: text_of(source.id, "It was so.", "It is in Streslaustan.") for source in sources}
    brief = [brief_of(said("The people of Streslaustan and the Streslau law."))]
    assert verify(brief, registers_of(*sources), texts) == ()
    only_two = {name: texts[name] for name in ("doc", "two")}
    assert "Streslaustan" in texts_of(verify(brief, registers_of(*sources[:2]), only_two))


# words copied

COPIED = "the office went to see every closed institution in the whole land"


def test_eight_words_in_a_row_are_copied_and_seven_are_not() -> None:
    paragraphs = (f"Then {COPIED}.",)
    words = COPIED.split()
    assert "8 words in a row stand in doc ¶1" in findings(said(" ".join(words[:8]) + "."), paragraphs=paragraphs)
    assert findings(said(" ".join(words[:7]) + "."), paragraphs=paragraphs) == ""


def test_words_are_copied_from_any_text_and_into_notes_asides_and_titles() -> None:
    paragraphs = ("It was so.", f"Then {COPIED}.")
    cites = (Citation("doc", "1"),)
    left, differs = (
        LeftOpen(("q",), COPIED, cites, Place(30, 1)),
        Difference("fact", ("c",), COPIED, cites, Place(40, 1)),
    )
    statement = said("It was so.", note=COPIED)
    found = findings(statement, paragraphs=paragraphs, left_open=(left,), differences=(differs,), title=COPIED)
    assert [line.split(":")[1] for line in found.splitlines()] == ["5", "7", "30", "40"]
    assert found.count("12 words in a row stand in doc ¶2") == 4


def test_words_in_quotation_marks_and_numbers_are_not_copied() -> None:
    assert findings(said(f"They say: “{COPIED}”."), paragraphs=(f"Then {COPIED}.",)) == ""
    numbers = "from 2,940 in 2019 to 1,865 in 2022"
    assert findings(said(f"They fell {numbers}."), paragraphs=(f"It went down {numbers}.",)) == ""


def test_names_of_laws_and_bodies_are_not_copied() -> None:
    name = "the Priority Action Plan for Human Rights (2021) and the Rule of Law"
    assert findings(said(f"They adopted {name}."), paragraphs=(f"In sequence came {name}.",)) == ""
    small = name.lower()
    assert "in a row" in findings(said(f"They adopted {small}."), paragraphs=(f"In sequence came {small}.",))


def test_the_year_at_the_end_of_a_name_belongs_to_it() -> None:
    text = "the Concept of Inclusive Policy through 2030 promotes"
    assert findings(said(f"So {text} access."), paragraphs=(f"Now {text} more.",)) == ""
    small = text.replace("Inclusive Policy", "inclusive policy")
    assert "in a row" in findings(said(f"So {small} access."), paragraphs=(f"Now {small} more.",))


def test_a_name_inside_copied_words_does_not_excuse_them() -> None:
    text = "went on to strengthen the Constitutional Court in every region of it"
    assert "in a row" in findings(said(text), paragraphs=(f"They {text}.",))


def test_a_sources_title_is_not_copied() -> None:
    title = "how experts of the land commend what was done there"
    registers = registers_of(source_of("doc", 1, title=title))
    assert verify([brief_of(said(f"It is: {title}."))], registers, {"doc": text_of("doc", f"We read {title}.")}) == ()


# words that have to be the source's own


RECOMMENDED = "140.7 (a) Ratify the Second Optional Protocol, and the State’s “Zenda plan” of 2025 (France) (Portugal);"


def test_a_verbatim_statement_stands_word_for_word() -> None:
    for text, at in (
        ("Ratify the Second Optional Protocol", ""),
        ("ratify the second optional protocol, and the State's 'Zenda plan' of 2025.", ""),
        ("Ratify … the State’s “Zenda plan”", ""),
        ("[Kazakhstan should] [r]atify the Second Optional Protocol […] of 2025", ""),
        ("Ratify [, as soon as 2027,] the Second Optional Protocol", ""),
        ("Ratify the Optional Protocol", "ratify the optional protocol"),
        ("Ratify the Second Optional Protocol … and 30 % of 2025", "and 30 % of"),
        ("Ratify the plan", "ratify the plan"),
        ("Of 2025 … ratify", "ratify"),
        ("Ratify [the] Optional Protocol", "ratify optional protocol"),
    ):
        found = findings(recommendations=(said(text, verbatim=True, id=""),), paragraphs=(RECOMMENDED,))
        if at:
            assert f"recommendation: it is verbatim, and departs from the words of doc ¶1 at '{at}'" in found, text
        assert found.count("\n") + bool(found) == bool(at), (text, found)


def test_where_words_have_no_spaces_letters_stand_in_a_row() -> None:
    paragraph = ("缔约国应当停止酷刑并调查指控，2023年共有120起案件。",)
    for words in ("停止酷刑", "应当停止酷刑 … 2023年", "共有120起"):
        assert findings(said(words, verbatim=True), paragraphs=paragraph) == "", words
        assert findings(said(f"它说“{words}”。"), paragraphs=paragraph) == "", words
    assert "departs from the words of doc ¶1 at '停止死刑'" in findings(
        said("停止死刑", verbatim=True), paragraphs=paragraph
    )
    assert findings(said("2023年共有120起。"), paragraphs=paragraph) == ""
    assert "the year '2024' does not stand" in findings(said("在，2024年。"), paragraphs=paragraph)


def test_a_verbatim_statement_is_no_copy_and_its_note_is() -> None:
    text = said(COPIED, verbatim=True)
    paragraphs = (f"Then {COPIED}.",)
    assert findings(text, paragraphs=paragraphs) == ""
    assert "in a row" in findings(text._replace(note=COPIED), paragraphs=paragraphs)
    assert "in a row" in findings(text._replace(verbatim=False), paragraphs=paragraphs)


def test_brackets_of_the_source_itself_may_be_quoted() -> None:
    assert findings(said("See [2] there", verbatim=True), paragraphs=("See [2] there.",)) == ""


def test_a_verbatim_statement_may_go_from_one_paragraph_to_the_next() -> None:
    registers = registers_of(source_of("doc", 24))
    texts = {"doc": text_of("doc", "The State should:", "End it.", "Take steps.", numbers="24; 24 (a); 24 (b)")}
    for text, place, stands in (
        ("The State should: (a) End it. (b) Take steps.", "24", True),
        ("The State should … take steps.", "24", True),
        ("The State should take steps.", "24", False),
        ("The State should: end it.", "24 (a)", False),
    ):
        found = verify([brief_of(said(text, para=place, verbatim=True))], registers, texts)
        assert (found == ()) == stands, text


def test_words_under_another_number_do_not_count() -> None:
    registers = registers_of(source_of("doc", 140))
    texts = {"doc": text_of("doc", "Thus:", "End torture.", "End hunger.", numbers="140; 140.1; 140.2")}
    for place, number in (("140", "140"), ("140.1", "140.1"), ("140.2", "")):
        found = texts_of(verify([brief_of(said("End hunger.", para=place, verbatim=True))], registers, texts))
        assert ("departs" in found) == bool(number), place


def test_quoted_phrases_stand_in_what_is_cited_or_in_the_note() -> None:
    for text, wrong in (
        ("It calls them “reports of beatings”.", False),
        ("It calls them 'reports of beatings'.", False),
        ('It calls them "reports of … in Zenda".', False),
        ("It calls them “reports of torture”.", True),
        ("It calls them ‘reports of torture’.", True),
        ("It calls them «reports of torture».", True),
        ("It calls them „reports of torture“.", True),
        ("The State’s visits and the judges’ visits.", False),
    ):
        assert ("the quoted phrase 'reports of torture' does not stand in doc ¶1" in findings(said(text))) == wrong, (
            text
        )
    assert findings(said("They are “reports of torture”.", note="“Reports of torture” is the wording of ¶2.")) == ""
    assert "differences: the quoted phrase 'no one'" in asides("The one has “some 40 per cent”, the other “no one”.")
    assert "title: the quoted phrase 'no one'" in findings(said("It was so."), title="“No one” and “no one”".lower())


def test_a_period_in_words_stands_in_what_is_cited() -> None:
    assert findings(said("Women were judges.", period_text="Last year")) == ""
    assert "the period_text 'in recent years' does not stand in doc ¶1" in findings(
        said("Women were judges.", period_text="in recent years")
    )


def test_paragraphs_of_positions_have_to_be_there() -> None:
    positions = (Position("pending", (Citation("doc", "1"),)), Position("noted", (Citation("doc", "3"),)))
    found = findings(recommendations=(said("It was so.", positions=positions),))
    assert found.count("\n") == 0
    assert "has no paragraph 3" in found


def test_a_source_without_paragraphs_is_held_as_a_whole() -> None:
    registers = registers_of(source_of("doc", 0))
    texts = {"doc": SourceText("doc", {"": PARAGRAPH})}
    assert verify([brief_of(said("It made more than 700 visits.", para=""))], registers, texts) == ()
    found = texts_of(verify([brief_of(said("It made 99 visits.", para=""))], registers, texts))
    assert "'99' does not stand in doc;" in found


def test_joint_speakers_names_are_let_pass() -> None:
    assert "Committee" in findings(said("It is the Committee of Ruritania."))
    assert findings(said("It is the Committee of Ruritania.", by=("ministry", "expert"))) == ""


# how it is put


def warnings(text: str, sentence: str, **more: object) -> str:
    return findings(said(text, **more), paragraphs=(sentence,), level="warning")


def test_a_hardened_question_is_worth_a_look() -> None:
    question = "Would the State allow foreigners to join assemblies?"
    hardened = said("The State would allow foreigners to join assemblies.")
    registers, texts = registers_of(source_of("doc", 1)), {"doc": text_of("doc", question)}
    for section in SECTIONS:
        brief = brief_of()._replace(**{section: (hardened,)})
        found = texts_of(verify([brief], registers, texts), "warning")
        wanted = "does not ask" if section == "questions" else "is a question; put it under questions"
        assert wanted in found, section
    asked = said("Asks whether foreigners would join assemblies.")
    assert findings(paragraphs=(question,), level="warning", questions=(asked,)) == ""


def test_a_dropped_reportedly_is_worth_a_look() -> None:
    reported = "Police were reportedly reluctant to act on cases."
    assert "put_as: report" in warnings("Police were reluctant to act on cases.", reported)
    assert warnings("Police were reluctant to act, by reports.", reported, put_as="report") == ""


def test_whatever_passes_on_what_others_say_is_a_report() -> None:
    for sentence in (
        "Would the State respond to reports that police were slow to act on cases?",
        "It cited information that police were slow to act on cases.",
        "It had been said that police were slow to act on cases.",
        "There were allegations that police were slow to act on cases.",
        "According to lawyers, police were slow to act on cases.",
        "It was told by lawyers that police were slow to act on cases.",
        "Police are said to be slow to act on cases.",
    ):
        found = warnings("Police were slow to act on cases.", sentence)
        assert "passes on a report; put_as: report" in found or "is a question" in found, sentence
        assert warnings("Police were slow to act on cases.", sentence, put_as="report") == "", sentence
    assert warnings("By the lawyers' count police were slow.", "According to lawyers, police were slow.") == ""
    assert warnings("Police act on reports of crime.", "Police responded to reports of crime in time.") == ""


def test_what_is_stated_plainly_is_no_report() -> None:
    for sentence, plain in (
        ("Mr. Brandt said that two people had died.", True),
        ("Two people died.", True),
        ("Two people are said to have died.", False),
        ("Lawyers complained that two people had died.", False),
    ):
        found = warnings("Two people died.", sentence, put_as="report")
        assert ("it is put as a report, and doc ¶1 states it plainly" in found) == plain, sentence


def test_reportedly_in_another_clause_does_not_count() -> None:
    sentence = "The mechanism depended on the Commission and reportedly needed to announce visits."
    assert warnings("The mechanism depended on the Commission.", sentence) == ""


def test_a_plan_put_as_done_is_worth_a_look() -> None:
    sentence = "The State intended to raise the amount of compensation."
    assert "put_as: plan" in warnings("The amount of compensation is raised.", sentence)
    assert warnings("The amount of compensation is to be raised.", sentence, put_as="plan") == ""


# what is left open, and differences


def asides(text: str) -> str:
    differs = Difference("fact", ("c-one",), text, (Citation("doc", "1"),), Place(40, 1))
    return findings(said("It was so."), differences=(differs,))


def test_numbers_of_a_difference_stand_in_the_paragraphs_that_it_cites() -> None:
    assert asides("One speaks of 700 visits, the other of 50 %.") == ""
    assert "differences: the number '800'" in asides("One speaks of 700 visits, the other of 800.")


def test_a_number_in_words_may_count_texts_in_a_difference() -> None:
    assert asides("The two texts give three different figures; the article of 2025 says whether they overlap.") == ""
    assert "'six'" in asides("It lists six victims.")


def test_numbers_of_what_is_left_open_stand_in_the_paragraphs_that_it_cites() -> None:
    left = LeftOpen(("q",), "The 13 officials are not named.", (Citation("doc", "1"),), Place(30, 1))
    assert "left_open: the number '13'" in findings(said("It was so."), left_open=(left,))


def test_findings_are_problems_of_the_corpus() -> None:
    registers = registers_of(source_of("doc", 1))
    (problem,) = verify([brief_of(said("It made 99 visits."))], registers, {"doc": text_of("doc", PARAGRAPH)})
    assert isinstance(problem, Problem)
    assert (problem.file, problem.line, problem.column, problem.level) == ("themes/torture.yaml", 7, 9, "error")
