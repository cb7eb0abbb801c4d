"""An issue in another language: every figure, name and link as in English, or the section stays English."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from starlette.responses import Response

from domain.claims import Figure, Name, Quote
from domain.editions import FRONT, Style
from domain.issue import Issue, Paper
from formatters.editions import render
from morningpost.desk.writing import translation_desk
from morningpost.settings import Settings
from newsroom.writing import Translation
from tests.integration.writers.endpoint import KEY, MODEL, completion, error, sentences, serving
from tests.integration.writers.paper import Draft

_PIECE = re.compile(r"\{[a-z]{1,2}\}|[A-Za-z'’-]+")


def foreign(text: str) -> str:
    """Another language, in which every word of more than three letters is said backwards."""
    return _PIECE.sub(
        lambda found: found[0] if found[0][0] == "{" or len(found[0]) < 4 else found[0][::-1].lower(), text
    )


def translating(say: Callable[[str], str]) -> Callable[[dict[str, Any], int], Response]:
    """A model that says every sentence so."""

    def reply(body: dict[str, Any], _count: int) -> Response:
        asked = json.loads(body["messages"][1]["content"])["sentences"]
        return completion(sentences(*[(say(each["t"]), [each["id"]]) for each in asked]))

    return reply


def translated(draft: Draft, folder: Path, url: str, language: str = "German") -> Translation:
    environ = {"DATA_DIR": str(folder), "LLM_URL": url, "LLM_MODEL": MODEL, "LLM_API_KEY": KEY}
    desk = translation_desk(Settings.from_env(environ, folder))
    assert desk is not None
    return desk.translated(draft.issue, language)


def facts(issue: Issue) -> Counter[object]:
    """Everything printed that is not a word of ours."""
    found: Counter[object] = Counter()
    for claim in issue.claims():
        found.update((run.value, run.unit) for run in claim.runs if isinstance(run, Figure))
        found.update((run.text, run.item) for run in claim.runs if isinstance(run, Name | Quote))
    return found


def test_a_translation_has_the_figures_names_and_links_of_the_issue_and_is_asked_for_once(
    draft: Draft, tmp_path: Path
) -> None:
    with serving(translating(foreign)) as asked:
        found = translated(draft, tmp_path, f"{asked.url}/v1")
        questions = len(asked.bodies)
        again = translated(draft, tmp_path, f"{asked.url}/v1")
        assert len(asked.bodies) == questions > 0
        sent = json.dumps(asked.bodies, ensure_ascii=False)
    assert found.kept == {}
    assert again == found
    assert facts(found.issue) == facts(draft.issue)
    links = [claim.links for claim in draft.issue.claims()]
    assert [claim.links for claim in found.issue.claims()][1:] == links
    assert foreign("Trending") in {section.title for section in found.issue.sections}
    page = render(found.issue, Style.PLAIN, Paper()).pages[FRONT].body
    assert "A language model translated this edition" in page
    assert re.search(r"\b\d{4}-\d\d-\d\d\b", page)
    names = {run.text for claim in draft.issue.claims() for run in claim.runs if isinstance(run, Name | Quote)}
    assert [name for name in names if len(name) > 8 and name in sent] == []


BAD: dict[str, Callable[[str], str]] = {
    "a slot is left out": lambda text: re.sub(r"\{[a-z]+\}", "das", foreign(text), count=1),
    "a slot is doubled": lambda text: re.sub(r"(\{[a-z]+\})", r"\1 \1", foreign(text), count=1),
    "a digit is typed": lambda text: (
        foreign(text).replace("{a}", "{a} 7", 1) if "{a}" in text else f"{foreign(text)} 7"
    ),
    "a name is typed": lambda text: f"OpenAI: {foreign(text)}",
    "a link is typed": lambda text: f"www.evil.example {foreign(text)}",
    "markup is typed": lambda text: f"<b>{foreign(text)}</b>",
    "it is endless": lambda text: f"{'wort ' * 100}{foreign(text)}",
    "it is empty": lambda _text: "",
    "it hides text": lambda text: f"\u202e{foreign(text)}",
}


@pytest.mark.parametrize("name", BAD)
def test_a_section_stays_english_when(name: str, draft: Draft, tmp_path: Path) -> None:
    with serving(translating(BAD[name])) as asked:
        found = translated(draft, tmp_path, f"{asked.url}/v1")
    lead = draft.issue.sections[0]
    assert lead.name.value in found.kept
    assert found.issue.sections[0] == lead
    assert facts(found.issue) == facts(draft.issue)


def test_a_translation_in_other_letters_than_its_language_s_is_not_printed(draft: Draft, tmp_path: Path) -> None:
    with serving(translating(foreign)) as asked:
        found = translated(draft, tmp_path, f"{asked.url}/v1", "Russian")
    assert found.issue == draft.issue
    assert len(found.kept) == len(draft.issue.sections)


def test_without_an_answer_the_issue_stays_english(draft: Draft, tmp_path: Path) -> None:
    with serving(lambda _body, _count: error(401, "no")) as asked:
        found = translated(draft, tmp_path, f"{asked.url}/v1")
    assert found.issue == draft.issue


def test_what_fails_is_asked_for_once_more(draft: Draft, tmp_path: Path) -> None:
    def at_second_sight(body: dict[str, Any], count: int) -> Response:
        say = foreign if count % 2 else BAD["a digit is typed"]
        return translating(say)(body, count)

    with serving(at_second_sight) as asked:
        found = translated(draft, tmp_path, f"{asked.url}/v1")
    assert found.kept == {}
    assert facts(found.issue) == facts(draft.issue)
