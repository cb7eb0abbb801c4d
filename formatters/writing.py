"""What a language model did for an issue, in lines for the admins."""

from __future__ import annotations

from domain.issue import Issue, Writer


def writing_lines(issue: Issue) -> list[str]:
    """Who wrote, how much of it stands, what it used, and why sections fell back; nothing without a model."""
    written = issue.writing
    if written is None:
        return []
    cost = "cost not known" if written.cost is None else f"cost {written.cost:.4f}"
    tokens = f"{written.prompt_tokens:,} + {written.completion_tokens:,} tokens"
    by_model = [section.name.value for section in issue.sections if section.writer is Writer.MODEL]
    return [
        f"{written.model or 'The model'}: {written.printed} of {written.offered} sentences printed, {tokens}, {cost}",
        f"Written by it: {', '.join(by_model) or 'no section'}",
        *(f"Not {section.name.value}: {section.fallback}" for section in issue.sections if section.fallback),
    ]
