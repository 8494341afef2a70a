"""The labels of the UN's index: which one somebody meant who wrote another name."""

from __future__ import annotations

from hrdash.corpus import labels as module
from hrdash.corpus.labels import KEYS, _plain, labels_with, nearest_label, uhri_labels

TORTURE = "Prohibition of torture & ill-treatment (including cruel, inhuman or degrading treatment)"
EXPRESSION = "Freedom of opinion and expression & access to information"
DETAINEES = "Persons deprived of their liberty & detainees"


def test_what_anyone_types_first_leads_to_its_theme() -> None:
    for typed, label in {
        "Torture": TORTURE, "Fair trial": "Administration of justice & fair trial",
        "Corruption": "Good governance & corruption", "Freedom of expression": EXPRESSION,
        "Freedom of assembly": "Right to peaceful assembly", "Protests": "Right to peaceful assembly",
        "Freedom of religion or belief": "Freedom of thought, conscience & religion",
        "Domestic violence": "Violence against women", "Prison conditions": "Conditions of detention",
        "Arbitrary detention": "Arbitrary arrest & detention", "Privacy": "Private life & privacy",
        "Elections": "Right to participate in public affairs & right to vote", "Hate speech": "Equality & non-discrimination",
        "Counter-terrorism": "Human rights & counter-terrorism", "Trafficking in persons":
        "Human trafficking & contemporary forms of slavery", "Disability":
        "Persons with disabilities: definition, general principles", "Child labour": "Children: protection against exploitation",
        "NHRI": "National Human Rights Institution (NHRI)", "Ombudsman": "National Human Rights Institution (NHRI)",
        "Women's rights": "Advancement of women", "Women’s rights": "Advancement of women",
        "Independence of judges and lawyers": "Administration of justice & fair trial",
        "Impunity": "Rule of law & impunity", "Trade unions": "Trade union rights", "Press freedom": EXPRESSION,
        "Human rights defenders": "Cooperation & consultation with civil society", "Extrajudicial killings":
        "Extrajudicial, summary or arbitrary executions", "Use of force": TORTURE,
    }.items():  # fmt: skip
        assert nearest_label(typed, "Themes") == label, typed


def test_what_anyone_types_first_leads_to_its_group() -> None:
    for typed, label in {
        "Detainees": DETAINEES, "Prisoners": DETAINEES, "Persons deprived of liberty": DETAINEES, "Journalists": "Media",
        "Lawyers": "Judges, lawyers and prosecutors", "Women": "Women & girls", "NGOs": "Civil society",
        "Human rights defenders": "Civil society", "Police": "Law enforcement / police & prison officials",
        "LGBTI people": "Lesbian, gay, bisexual and transgender and intersex persons (LGBTI)",
        "Disabled": "Persons with disabilities", "Elderly people": "Older persons", "Asylum-seekers":
        "Refugees & asylum seekers", "Migrant workers": "Migrants", "Teachers": "Educational staff & students",
        "Doctors": "Medical staff / health professionals", "Religious minorities":
        "Minorities/ racial, ethnic, linguistic, religious or descent-based groups", "Roma": "Roma, Gypsies, Sinti & Travellers",
    }.items():  # fmt: skip
        assert nearest_label(typed, "Affected persons") == label, typed


def test_case_spaces_codes_and_slips_make_no_difference() -> None:
    for typed in ("PROHIBITION  OF TORTURE", "D25 Prohibition of torture and cruel, inhuman or degrading treatment",
                  "tortur", "- torture", "12. Torture & ill treatment"):  # fmt: skip
        assert nearest_label(typed, "Themes") == TORTURE, typed


def test_every_label_and_each_other_name_of_it_leads_to_itself_and_names_no_other() -> None:
    for facet, labels in uhri_labels().items():
        names = [(_plain(name), label) for label, others in labels.items() for name in (label, *others)]
        assert len({name for name, _ in names}) == len(dict(names)) == len({*names}), facet
        for name, label in names:
            assert nearest_label(name, facet) == label, name


def test_where_it_is_not_clear_what_is_meant_nothing_is_suggested() -> None:
    for typed in ("", "Freedom", "Rights", "Persons", "Xyzzy", "&", "Пытки", "Social workers", "Torture", "HIV"):
        assert nearest_label(typed, "Affected persons") == "", typed
    for typed in ("", "Freedom", "Rights", "Xyzzy", "&", "Пытки"):
        assert nearest_label(typed, "Themes") == "", typed


def test_labels_are_found_by_their_words_and_by_other_names() -> None:
    assert labels_with("") == [
        (facet, label, others) for facet, of in uhri_labels().items() for label, others in of.items()
    ]
    assert sum(map(len, uhri_labels().values())) == 124
    assert KEYS.keys() == uhri_labels().keys()
    for words, expected in {"prisoners": DETAINEES, "EXPRESS": EXPRESSION, "tortur": TORTURE}.items():
        assert expected in [label for _, label, _ in labels_with(words)], words
    assert labels_with("xyzzy") == []
    assert labels_with("!?") == labels_with("...") == []  # and not all of them


def test_of_what_stands_in_place_of_a_label_nothing_is_kept() -> None:
    kept = [one for one in vars(module).values() if hasattr(one, "cache_info")]
    for text in ("zq of parents", "zq of parents 1", "zq of parents 2"):
        assert not nearest_label(text, "Affected persons")
        assert len(kept) == 3 and all(one.cache_info().currsize <= len(KEYS) for one in kept), text
