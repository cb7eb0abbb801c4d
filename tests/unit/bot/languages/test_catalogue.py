"""A catalogue says what it says truly; the rest is said in English, and told."""

from __future__ import annotations

from gettext import c2py
from io import BytesIO
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.pofile import write_po
from hypothesis import given
from hypothesis import strategies as st
from structlog.testing import capture_logs

from bot.languages.catalogue import Entry, fault_of, parse, read_catalogue
from bot.languages.lookup import ENGLISH, LANGUAGES, names, spoken, words_of
from tests.catalogues import catalogue

HEAD = 'msgid ""\nmsgstr ""\n"Plural-Forms: nplurals=3; plural=(n==1 ? 0 : n>=2 && n<=4 ? 1 : 2);\\n"\n'


def written(folder: Path, body: str, head: str = HEAD) -> Path:
    path = folder / "xx.po"
    path.write_text(f"{head}\n{body}\n", encoding="utf-8")
    return path


def test_a_text_that_is_missing_or_not_translated_is_said_in_english(tmp_path: Path) -> None:
    found = read_catalogue(written(tmp_path, 'msgid "Back"\nmsgstr ""'))
    assert found.text("Back") == "Back"
    assert found.text("Never heard of") == "Never heard of"
    assert [found.counted("{count} reader", "{count} readers", n) for n in (1, 2)] == [
        "{count} reader",
        "{count} readers",
    ]


def test_a_translation_with_another_place_is_left_out_and_told(tmp_path: Path) -> None:
    path = written(tmp_path, 'msgid "At {hour}"\nmsgstr "Um {stunde}"\n\nmsgid "Back"\nmsgstr "Zurück"')
    with capture_logs() as logs:
        found = read_catalogue(path)
    assert (found.text("At {hour}"), found.text("Back")) == ("At {hour}", "Zurück")
    assert [(line["text"], line["why"]) for line in logs] == [("At {hour}", "other places than the English text")]


@pytest.mark.parametrize(
    ("forms", "why"),
    [
        (["{count} čtenář", "{count} čtenáři"], "2 forms of the plural instead of 3"),
        (["{count} čtenář", "", "{count} čtenářů"], "2 forms of the plural instead of 3"),
        (["{count} čtenář", "čtenáři", "{count} čtenářů"], "form 1 has other places than the English text"),
        (["{number} čtenář", "{count} čtenáři", "{count} čtenářů"], "form 0 has other places than the English text"),
        (["jeden čtenář", "{count} čtenáři", "{count} čtenářů"], ""),
    ],
)
def test_a_counted_text_needs_every_form_and_its_number(forms: list[str], why: str) -> None:
    rule = c2py("n==1 ? 0 : n>=2 && n<=4 ? 1 : 2")
    assert fault_of(Entry("{count} reader", "{count} readers", tuple(forms)), 3, rule) == why


@pytest.mark.parametrize("head", ["", 'msgid ""\nmsgstr ""\n"Language: xx\\n"\n'])
def test_a_catalogue_without_a_rule_of_plurals_is_refused(tmp_path: Path, head: str) -> None:
    with pytest.raises(ValueError, match="Plural-Forms"):
        read_catalogue(written(tmp_path, 'msgid "Back"\nmsgstr "Zurück"', head))


@pytest.mark.parametrize("line", ["msgctxt", 'msgid "one', 'msgstr[x] "y"', "nonsense", r'msgid "\x"'])
def test_a_line_that_is_no_catalogue_is_told_with_its_number(line: str) -> None:
    with pytest.raises(ValueError, match="line 2 of the catalogue"):
        list(parse(["# a comment", line]))


@pytest.mark.parametrize("language", [code for code in LANGUAGES if code != ENGLISH])
def test_every_catalogue_is_read_as_babel_reads_it(language: str) -> None:
    theirs = catalogue(language)
    ours = words_of(language).catalogue
    assert ours.nplurals == theirs.num_plurals
    rule = c2py(theirs.plural_expr)
    assert [ours.which(n) for n in range(1000)] == [rule(n) for n in range(1000)]
    translated = [message for message in theirs if message.id and any(message.string or ())]
    assert {message.id: message.string for message in translated if isinstance(message.id, str)} == ours.texts
    counted = {message.id[0]: message.string for message in translated if isinstance(message.id, tuple)}
    assert counted == ours.plurals


printable = st.text(st.characters(exclude_categories=["Cs", "Cc"]) | st.sampled_from('"\\\n\t'), min_size=1)


@given(st.dictionaries(printable, printable, max_size=5))
def test_whatever_babel_writes_is_read_back(texts: dict[str, str]) -> None:
    theirs = Catalog(locale="de", fuzzy=False)
    for text, translation in texts.items():
        theirs.add(text, translation)
    file = BytesIO()
    write_po(file, theirs)
    entries = parse(file.getvalue().decode().split("\n"))
    assert {entry.text: entry.forms[0] for entry in entries if entry.text} == texts


@pytest.mark.parametrize(
    ("tag", "language"),
    [("pt-BR", "pt"), ("zh-hans", "zh"), ("RU", "ru"), ("de_AT", "de"), ("tlh", None), ("", None), (None, None)],
)
def test_telegrams_tag_of_a_language_names_one_of_ours_or_none(tag: str | None, language: str | None) -> None:
    assert spoken(tag) == language


def test_an_unknown_language_is_answered_in_the_next_that_is_known_and_in_english_at_last() -> None:
    assert words_of("tlh", "uk", "ar").language == "ar"
    assert words_of("tlh", None).language == ENGLISH
    assert words_of("").say("Subscribe") == "Subscribe"


def test_each_language_is_offered_under_its_own_name() -> None:
    assert list(names()) == list(LANGUAGES)
    assert (names()["ru"], names()["ar"], names()["zh"]) == ("Русский", "العربية", "中文")
