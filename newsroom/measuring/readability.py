"""How much there is to read, and how easily: words, the lengths of sentences, the Flesch reading ease."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from statistics import median

from domain.claims import Figure, Name, Run
from domain.issue import Issue
from domain.measures import Measure
from newsroom.checking.sentences import Sentence
from newsroom.measuring.found import Found
from newsroom.measuring.prose import is_row, running, words_in, words_of

_VOWELS = re.compile(r"[aeiouy]+")
_LETTERS = re.compile(r"[^\W\d_]+")

#: Endings that are not spoken: of "likes" but not "places", of "gained" but not "counted", of "files" but not "tables".
_SILENT = re.compile(r"(?:[^laeiouysxzcgh]es|[^dtaeiouy]ed|[^laeiouy]e|[aeiouy]les?)$")


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

    Of every word as it is printed, titles and quotations too; a figure and an id are one word of one syllable.
    """
    counts = [count for sentence in told for run in sentence.claim.runs for count in _syllables(run)]
    if not counts:
        return None
    return 206.835 - 1.015 * len(counts) / len(told) - 84.6 * sum(counts) / len(counts)


def _syllables(run: Run) -> Iterator[int]:
    """The syllables of each word of a run."""
    if isinstance(run, Figure) or (isinstance(run, Name) and " " not in run.text):
        yield 1
    else:
        yield from (max(syllables_in(word), 1) for word in words_of(run.text))


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
