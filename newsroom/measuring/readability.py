"""How much there is to read, and how easily: words, the lengths of sentences, the Flesch reading ease."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from statistics import median

from domain.claims import Name, Words
from domain.issue import Issue
from domain.measures import Measure
from newsroom.checking.sentences import Sentence
from newsroom.measuring.found import Found
from newsroom.measuring.prose import is_row, running, words_in

_VOWELS = re.compile(r"[aeiouy]+")
_LETTERS = re.compile(r"[^\W\d_]+")
_SILENT = re.compile(r"(?:[^laeiouy]es|[^dtaeiouy]ed|[^laeiouy]e)$")


def measured(issue: Issue) -> Iterator[Found]:
    """The words of the whole issue; the ease and the lengths of its running text."""
    told = tuple(running(issue))
    lengths = [length(sentence) for sentence in told]
    longest = max(told, key=length, default=None)
    yield Found(Measure.WORDS, printed_words(issue))
    yield Found(Measure.FLESCH, flesch(told))
    yield Found(Measure.MEDIAN_SENTENCE, median(lengths) if lengths else None)
    yield Found(
        Measure.LONGEST_SENTENCE,
        max(lengths, default=None),
        f"{longest.section}: {longest.claim.text}" if longest else "",
    )


def length(sentence: Sentence) -> int:
    """The words of a sentence as printed; a name or a title is one word, a quotation its words."""
    return sum(1 if isinstance(run, Name) else words_in(run.text) for run in sentence.claim.runs)


def flesch(told: Sequence[Sentence]) -> float | None:
    """The Flesch reading ease, 206.835 - 1.015 words/sentences - 84.6 syllables/words (Flesch 1948).

    Of our own words: a figure, a name and a quotation stand for one word of one syllable each.
    """
    counts = [_count(sentence) for sentence in told]
    words, syllables = sum(words for words, _ in counts), sum(syllables for _, syllables in counts)
    if not words:
        return None
    return 206.835 - 1.015 * words / len(counts) - 84.6 * syllables / words


def _count(sentence: Sentence) -> tuple[int, int]:
    """The words and the syllables of one sentence."""
    words = syllables = 0
    for run in sentence.claim.runs:
        spoken = [syllables_in(word) for word in run.text.split()] if isinstance(run, Words) else [1]
        spoken = [count for count in spoken if count]
        words += len(spoken)
        syllables += sum(spoken)
    return words, syllables


def syllables_in(word: str) -> int:
    """The syllables of an English word, by its groups of vowels; 0 for a mark, at least 1 for a word."""
    return sum(_spoken(part) for part in _LETTERS.findall(word.lower().replace("'s", "").replace("’s", "")))


def _spoken(letters: str) -> int:
    groups = len(_VOWELS.findall(letters))
    return max(groups - bool(_SILENT.search(letters)), 1)


def printed_words(issue: Issue) -> int:
    """The words of the issue from its first section to its last, folded ones and rows included.

    Titles of sections, labels and heads of columns count once each; masthead, coverage and addresses do not.
    """
    return sum(words_in(text) for text in _printed(issue))


def _printed(issue: Issue) -> Iterator[str]:
    for section in issue.sections:
        yield section.title
        yield from (claim.text for claim in section.claims())
        heads = {(story.group, story.label, story.columns): None for story in section.stories if is_row(story)}
        yield from (f"{label} {' '.join(columns)}" for _, label, columns in heads)
        yield from (story.label for story in section.stories if not is_row(story))
