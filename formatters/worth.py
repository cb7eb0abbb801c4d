"""Why each story stands in the paper, for its admins: plain text, not yet escaped."""

from __future__ import annotations

from collections.abc import Iterator

from domain.issue import SECTION_TITLES, Issue, Story, Worth
from domain.text import plain_line

#: So much of a story's first words is shown, and of the reasons in a chat.
LONGEST_TITLE = 80
LONGEST_REASON = 240

#: What is said of an issue without any.
NO_REASONS = "No story of this issue says why it was chosen: it is from before they did."


def worth_lines(issue: Issue, longest: int | None = None) -> list[str]:
    """For each story that was chosen by newsworthiness its factors and the reason in words, cut to ``longest``."""
    return [line for title, worth in _weighed(issue) for line in (title, _sum(worth), _reason(worth, longest))]


def _weighed(issue: Issue) -> Iterator[tuple[str, Worth]]:
    for section in issue.sections:
        for story in section.stories:
            if story.worth is not None:
                yield f"{SECTION_TITLES[section.name]}: {_title(story)}", story.worth


def _title(story: Story) -> str:
    """Its headline, else its first sentence."""
    first = next(story.claims(), None)
    return plain_line(first.text, LONGEST_TITLE) if first is not None else ""


def _sum(worth: Worth) -> str:
    factors = (
        f"surprise {worth.surprise:g}, magnitude {worth.magnitude:g}, breadth {worth.breadth:g},"
        f" recency {worth.recency:g}, novelty {worth.novelty:g}"
        + (f", approval {worth.approval:g}" if worth.approval != 1.0 else "")
    )
    return f"  worth {worth.score:.2f}: {factors}"


def _reason(worth: Worth, longest: int | None) -> str:
    return f"  {plain_line(worth.why, longest) if longest else plain_line(worth.why)}"
