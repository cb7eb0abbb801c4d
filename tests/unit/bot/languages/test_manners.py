"""How the languages are written: their own marks and quotes, one way to address the reader, one word for one thing."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Final

import pytest

from bot.languages.lookup import ENGLISH, LANGUAGES, words_of
from bot.languages.templates import END, ISOLATE, MARK, fill, places
from bot.texts.sections import SHORT
from bot.texts.topics import TITLES
from tests.catalogues import Said, texts

TRANSLATED: Final = [code for code in LANGUAGES if code != ENGLISH]

SAID: Final = texts()

#: What ends a sentence, by the English mark.
ENDS: Final[Mapping[str, Mapping[str, str]]] = {
    "ar": {".": ".", "?": "؟", ":": ":"},
    "hi": {".": "।", "?": "?", ":": ":"},
    "zh": {".": "。", "?": "？", ":": "："},
}

#: The quotation marks of each language, opening and closing.
QUOTES: Final[Mapping[str, str]] = {
    **dict.fromkeys(("ru", "es", "ar", "fr"), "«»"),
    **dict.fromkeys(("hi", "zh", "pt"), "“”"),
    "de": "„“",
}
ALL_QUOTES: Final = frozenset("«»“”„‚‘\"'「」")

#: Words of an address that the language does not use here (docs/languages.md).
UNSAID: Final[Mapping[str, str]] = {
    "ru": r"\b(ты|тебя|тебе|тобой|тво(й|я|ё|и|его|ей|им|их|ему|ём))\b",
    "es": r"\b(usted(es)?|vos|vosotr[oa]s|vuestr[oa]s?)\b",
    "pt": r"\b(tu|te|ti|teus?|tuas?|contigo|vós|vosso|o senhor|a senhora)\b",
    "fr": r"\b(tu|te|toi|ton|ta|tes)\b",
    "de": r"\b(du|dich|dir|dein(e[mnrs]?)?|ihr|euch|euer|eure[mnrs]?)\b",
    "hi": r"(?<!\w)(तू|तुम|तुम्हें|तुम्हारा|तुम्हारी|तुम्हारे|तेरा|तेरी|तेरे)(?!\w)",
    "zh": r"你",
}

#: One word for one thing: what a text says where the English says the word (docs/languages.md).
GLOSSARY: Final[Mapping[str, Mapping[str, str]]] = {
    r"\bissues?\b": {
        "ru": "выпуск|газет",
        "es": "número|periódico",
        "ar": "عدد|أعداد|الصحيفة",
        "hi": "अंक|अख़बार",
        "zh": "期|报纸",
        "pt": "ediç|ediçõ|assinatura",
        "de": "[Aa]usgabe|Zeitung",
        "fr": "numéro|journal",
    },
    r"\bsections?\b": {
        "ru": "раздел",
        "es": "sección|secciones",
        "ar": "قسم|أقسام|الأقسام",
        "hi": "खंड",
        "zh": "栏目",
        "pt": "seção|seções",
        "de": "Rubrik",
        "fr": "rubrique",
    },
    r"\btopics\b": {
        "ru": "тем",
        "es": "tema",
        "ar": "مواضيع",
        "hi": "विषय|टॉपिक",
        "zh": "话题",
        "pt": "tema|tópico",
        "de": "Them",
        "fr": "sujet",
    },
    r"\breadings\b|\bstored reading\b": {
        "ru": "замер|данны",
        "es": "lectura",
        "ar": "قراء",
        "hi": "रीडिंग",
        "zh": "记录",
        "pt": "leitura",
        "de": "Messung",
        "fr": "relevé",
    },
    r"\btime zones?\b": {
        "ru": "пояс",
        "es": "zona horaria",
        "ar": "منطقت|المنطقة الزمنية",
        "hi": "समय क्षेत्र",
        "zh": "时区",
        "pt": "fuso",
        "de": "Zeitzone",
        "fr": "fuseau",
    },
}

#: What would bend a name that is filled in, or melt into it: "в Москва", "de Oslo", "de o Rio".
BENDING: Final[Mapping[str, str]] = {
    "ru": r"\b(в|на|до|от|с|из|о|для|по|к|за|у|при|без|между) \{(day|zone|city|topics?|what|layout|section|kind)\}",
    "fr": r"\b(de|le|la|que) \{(zone|city|topics?|section|kind)\}",
    "pt": r"\b(de|em|a|por) \{(zone|city|topics?|section|kind)\}",
    "de": r"\b(der|die|das|dem|den|des) \{(zone|city|topics?|section|kind|layout)\}",
}

#: Buttons that stand under what they are about, and may leave its name out to be short.
UNDER_IT: Final = frozenset(
    {"Bring the issue to General", "Bring the issue to this topic", "Send issues again", "Stop the issues"}
)

#: What is written as in English: names, and words that both languages have.
SAME: Final[Mapping[str, frozenset[str]]] = {
    "ru": frozenset({"Space"}),
    "es": frozenset({"Asia", "Australia", "Space", "Spaces"}),
    "pt": frozenset({"Space", "Spaces", "downloads", "forks"}),
    "de": frozenset({"Pause", "Space", "Spaces", "Tools"}),
    "fr": frozenset(
        {
            "Agents",
            "Europe",
            "Pause",
            "Sources",
            "Space",
            "Spaces",
            "descriptions",
            "forks",
            "place",
            "places",
            "points",
        }
    ),
}

#: Two of so many letters share a line on a phone, one of them with the mark of what is on.
HALF_A_LINE: Final = 25

DAY: Final = date(2026, 7, 4)

#: Places that are filled with a day; so is the example of a day to type, in the settings.
DAYS: Final = frozenset({"date", "since", "until"})


def forms(said: Said, language: str) -> Iterator[str]:
    """All that a language says for a text."""
    found = words_of(language).catalogue
    if said.many:
        yield from found.plurals.get(said.text, ())
    elif said.text in found.texts:
        yield found.texts[said.text]


def translations(language: str) -> Iterator[tuple[Said, str]]:
    for said in SAID:
        for form in forms(said, language):
            yield said, form


def bare(form: str) -> str:
    """A text without its tags, code, places and commands."""
    return re.sub(r"<code>.*?</code>|<[^>]*>|\{\w+\}|/[a-z]\w*", "", form)


@pytest.fixture(params=TRANSLATED)
def language(request: pytest.FixtureRequest) -> str:
    return str(request.param)


def test_nothing_is_left_in_english_but_what_both_languages_say(language: str) -> None:
    left = {form for said, form in translations(language) if form in {said.text, said.many}}
    assert {form for form in left if re.search("[a-z]{2}", bare(form))} <= SAME.get(language, frozenset())


@pytest.mark.parametrize("language", LANGUAGES)
def test_two_topics_and_two_sections_share_a_line_on_a_phone(language: str) -> None:
    words = words_of(language)
    told = [words.plain_of(text) for text in (*TITLES.values(), *SHORT.values())]
    assert [text for text in told if len(text) > HALF_A_LINE] == []


def test_a_sentence_ends_as_the_english_one_by_the_languages_own_mark(language: str) -> None:
    marks = ENDS.get(language, {".": ".", "?": "?", ":": ":"})
    for said, form in translations(language):
        expected = marks.get(said.text[-1], "")
        ended = next((mark for mark in marks.values() if form.endswith(mark)), "")
        if language == "ru" and re.search(r"\{(day|date|until|example)\}$", form):
            continue  # a Russian date ends with a full stop of its own
        assert ended == expected, form


def test_no_text_has_two_stops_where_a_day_ends_it() -> None:
    for language in LANGUAGES:
        words = words_of(language)
        days = dict.fromkeys(DAYS, words.date(DAY)) | {"day": words.full_date(DAY)}
        for said in SAID:
            example = {"example": words.date(DAY)} if said.where.startswith("bot/texts/settings") else {}
            for form in forms(said, language) if language != ENGLISH else (said.text,):
                shown = fill(form, dict.fromkeys(places(form), "5") | days | example, escaped=False, rtl=words.rtl)
                shown = shown.translate(dict.fromkeys(map(ord, (ISOLATE, END, MARK))))
                assert not re.search(r"(?<!\.)\.\.(?!\.)|\.[।。]|[।。]{2}", shown), shown


def test_quotes_are_the_languages_own_and_paired(language: str) -> None:
    opening, closing = tuple(QUOTES[language])
    for _, form in translations(language):
        text = re.sub(r"<[^>]*>", "", form)
        assert not set(text) & ALL_QUOTES - {opening, closing}, form
        assert text.count(opening) == text.count(closing), form


def test_french_keeps_its_high_marks_with_the_word_before_them() -> None:
    for _, form in translations("fr"):
        text = re.sub(r"<[^>]*>", "", form)
        assert not re.search("(?<![\u00a0\u202f])[:;?!»]|«(?![\u00a0\u202f])", text), form


def test_spanish_opens_its_questions() -> None:
    for _, form in translations("es"):
        assert form.count("?") == form.count("¿"), form
        assert form.count("!") == form.count("¡"), form


def test_arabic_writes_its_own_comma_semicolon_and_question_mark() -> None:
    for _, form in translations("ar"):
        assert not set(bare(form)) & set(",;?"), form


def test_chinese_writes_full_marks() -> None:
    for _, form in translations("zh"):
        text = re.sub(r"<[^>]*>|\{\w+\}", "", form)
        if re.search("[\u4e00-\u9fff]", text):
            assert not re.search(r"(?<![\w])[,;:?!]|[,;:?!](?!\w)", text), form


def test_hindi_ends_its_sentences_with_a_danda() -> None:
    for _, form in translations("hi"):
        assert not re.search(r"[\u0900-\u097f]\.(\s|$)", form), form


@pytest.mark.parametrize("language", UNSAID)
def test_the_reader_is_addressed_in_one_way(language: str) -> None:
    for _, form in translations(language):
        found = re.search(UNSAID[language], bare(form), re.IGNORECASE if language != "de" else 0)
        assert found is None, form


@pytest.mark.parametrize("word", GLOSSARY)
def test_one_thing_is_called_by_one_word(language: str, word: str) -> None:
    for said, form in translations(language):
        if said.text not in UNDER_IT and re.search(word, bare(said.many or said.text), re.IGNORECASE):
            assert re.search(GLOSSARY[word][language], bare(form), re.IGNORECASE), (said.text, form)


@pytest.mark.parametrize("language", BENDING)
def test_what_is_filled_in_stands_in_its_dictionary_form(language: str) -> None:
    for _, form in translations(language):
        assert not re.search(BENDING[language], form, re.IGNORECASE), form
