"""The sample issue in every edition, compared with what lies in ``sample/``: to be read as prose in each change.

``REWRITE_GOLDENS=1 pytest tests/golden`` writes the files anew; then read the difference before it is committed.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from domain.editions import FRONT, Edition, Message, Style
from domain.issue import Issue
from formatters import phrases
from formatters.classic.measure import visible_text
from formatters.editions import render
from formatters.rich.grammar import flat
from formatters.rich.limits import TEXT_LIMIT, problems
from formatters.rich.measure import measure
from tests.golden.sample_issue import AS_OF, PAPER, sample_issue
from tests.tdlib import judge

FOLDER = Path(__file__).parent / "sample"
ISSUE = sample_issue()
EDITIONS = {style: render(ISSUE, style, PAPER) for style in Style}

#: Which pages of an edition are kept, and in files of which kind.
KEPT = {
    Style.CLASSIC: (EDITIONS[Style.CLASSIC].pages, "html"),
    Style.RICH: (EDITIONS[Style.RICH].pages, "json"),
    Style.PLAIN: ((FRONT,), "txt"),
    Style.JSON: ((FRONT,), "json"),
}
GOLDENS = [(style, page, f"{style}-{page}.{kind}") for style, (pages, kind) in KEPT.items() for page in pages]


def _as_kept(message: Message) -> str:
    """A page as it lies in its file: a rich one a block a line, and the buttons below."""
    body = message.body
    if message.style is Style.RICH:
        blocks = [json.dumps(block, ensure_ascii=False) for block in json.loads(body)]
        body = "[\n" + ",\n".join(blocks) + "\n]"
    rows = (
        " ".join(f"[{button.text} → {button.callback or button.url}]" for button in row) for row in message.keyboard
    )
    return "\n".join((body.rstrip("\n"), *rows)) + "\n"


@pytest.mark.parametrize(("style", "page", "name"), GOLDENS, ids=[name for _, _, name in GOLDENS])
def test_the_sample_issue_reads_as_it_was_approved(style: Style, page: str, name: str) -> None:
    golden = FOLDER / name
    found = _as_kept(EDITIONS[style].pages[page])
    if os.environ.get("REWRITE_GOLDENS"):
        golden.parent.mkdir(exist_ok=True)
        golden.write_text(found)
    assert found == golden.read_text(), "read the difference; REWRITE_GOLDENS=1 accepts it"


def test_no_golden_lies_about_that_is_not_rendered() -> None:
    assert sorted(path.name for path in FOLDER.iterdir()) == sorted(name for _, _, name in GOLDENS)


@pytest.mark.parametrize("page", EDITIONS[Style.CLASSIC].pages)
def test_telegram_takes_each_classic_page_of_the_sample_without_a_loss(page: str) -> None:
    verdict = judge(EDITIONS[Style.CLASSIC].pages[page].body)
    assert (verdict.error, verdict.losses) == ("", ())
    assert {kind for kind, _, _ in verdict.linked_unasked} <= {"BotCommand"}


@pytest.mark.parametrize("page", EDITIONS[Style.RICH].pages)
def test_each_rich_page_of_the_sample_keeps_the_rules(page: str) -> None:
    blocks = json.loads(EDITIONS[Style.RICH].pages[page].body)
    assert problems(blocks, AS_OF) == []
    assert measure(blocks).text <= TEXT_LIMIT


def test_the_rich_front_page_holds_the_whole_sample() -> None:
    text = "\n".join(_texts(json.loads(EDITIONS[Style.RICH].front.body)))
    assert phrases.BEHIND not in text
    assert [one.text for part in ISSUE.sections[:-1] for one in part.claims() if one.text not in text] == []


def test_the_sample_is_marked_on_every_page() -> None:
    for style in (Style.CLASSIC, Style.RICH, Style.PLAIN):
        assert all(phrases.SAMPLE in page.body for page in EDITIONS[style].pages.values())
    assert json.loads(EDITIONS[Style.JSON].front.body)["sample"] is True


@pytest.mark.parametrize("style", [Style.CLASSIC, Style.RICH, Style.PLAIN])
def test_every_word_that_a_reader_sees_stands_in_a_claim_or_is_fixed_text_of_the_paper(style: Style) -> None:
    licensed = set(_words(" ".join(_fixed_texts(ISSUE)))) | {
        word for one in ISSUE.claims() for word in _words(one.text)
    }
    assert sorted({*_words(_visible(EDITIONS[style]))} - licensed) == []


def _visible(edition: Edition) -> str:
    match edition.style:
        case Style.CLASSIC:
            return "\n".join(visible_text(page.body) for page in edition.pages.values())
        case Style.RICH:
            return "\n".join(text for page in edition.pages.values() for text in _texts(json.loads(page.body)))
        case _:
            without_links = re.sub(r"^ *\[\d+\] .*|https://\S+|\[\d+\]", "", edition.front.body, flags=re.MULTILINE)
            return re.sub(r"[█▀▄═─]", "", without_links)


def _texts(found: Any) -> list[str]:
    if isinstance(found, list):
        return [text for one in found for text in _texts(one)]
    texts = [flat(found[key]) for key in ("text", "summary", "caption", "credit") if key in found]
    return texts + [text for key in ("blocks", "items", "cells") if key in found for text in _texts(found[key])]


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", text.casefold())


def _fixed_texts(issue: Issue) -> Iterator[str]:
    """The paper's own words: phrases, titles, labels, columns, the masthead, and the coverage's names and counts."""
    for value in vars(phrases).values():
        yield from [value] if isinstance(value, str) else map(str, value.values()) if isinstance(value, dict) else []
    yield from (told for _, told in phrases.REASONS)
    yield from (issue.title, issue.motto, "Saturday 4 July 2026 20 05 31 UTC", PAPER.channel or "", PAPER.bot or "")
    for part in issue.sections:
        yield part.title
        for story in part.stories:
            yield from (story.label, *story.columns)
    for source in issue.coverage.sources:
        yield f"{source.error} {source.lists} of lists {source.lists - len(source.failed_lists)}"
