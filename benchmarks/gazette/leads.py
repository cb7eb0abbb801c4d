"""Counts in how many leads of recorded mornings each word of the house stands: ``newsroom/measuring/leads.txt``.

    python -m benchmarks.gazette.leads > newsroom/measuring/leads.txt

The measure of the thesis weighs words by it. Count anew when the phrases of the lead have changed.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence

from benchmarks.gazette.living import FIRST, LAST, ROOT_OF_RECORDINGS, lived_with_facts
from domain.issue import Issue
from morningpost.logs import configure_logs
from newsroom.checking.wording import standard_wording
from newsroom.measuring.thesis import thesis, words


def counted(issues: Sequence[Issue]) -> Iterator[str]:
    """The lines of the file. Names are left out, or a name that led often would tell nothing when it leads again."""
    law = standard_wording()
    ours = law.vocabulary | law.vocabulary_of_views | {word.lower().removesuffix("'s") for word in law.capitals}
    leads = Counter(word for issue in issues for word in set(words(thesis(issue))) if word in ours)
    by_count: defaultdict[int, list[str]] = defaultdict(list)
    for word, count in leads.items():
        by_count[count].append(word)
    span = f"{issues[0].date} to {issues[-1].date}"
    yield f"# In how many of {len(issues)} leads of ours ({span}) a word of the house stands."
    yield "# A line is a count and the words that have it; what is not here stands in none."
    yield from (f"{count} {' '.join(sorted(by_count[count]))}" for count in sorted(by_count, reverse=True))


def main() -> None:
    """Live through the mornings of the gazette, and print."""
    configure_logs("error", "console", ())
    issues = [issue for issue, _ in lived_with_facts(ROOT_OF_RECORDINGS, FIRST, LAST)]
    print("\n".join(counted(issues)))


if __name__ == "__main__":
    main()
