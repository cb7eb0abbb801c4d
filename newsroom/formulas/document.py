"""The registry written out for an auditor: run as a module, it prints the tables of docs/formulas.md."""

from __future__ import annotations

from collections.abc import Iterator

from newsroom.formulas.definition import Definition
from newsroom.formulas.registry import REGISTRY


def registry_markdown() -> str:
    """Every named formula in the order of the registry, as Markdown."""
    return "\n".join(line for entry in REGISTRY.values() for line in _entry(entry)).rstrip() + "\n"


def _entry(entry: Definition) -> Iterator[str]:
    yield f"### `{entry.name}`, version {entry.version}"
    yield ""
    yield f"{entry.meaning[0].upper()}{entry.meaning[1:]}. It measures: {entry.measure}."
    yield ""
    for title, described in (("Evidence", entry.operands), ("Arguments", entry.args)):
        if described:
            yield f"- {title}: {'; '.join(_coded(each) for each in described)}."
    if entry.licences:
        yield f"- Its value proves words of the kinds: {', '.join(sorted(entry.licences))}."
    yield ""


def _coded(described: str) -> str:
    """``a: the earlier reading`` with its names in code type."""
    names, _, meaning = described.partition(": ")
    return f"{', '.join(f'`{name}`' for name in names.split(', '))} – {meaning}"


if __name__ == "__main__":
    print(registry_markdown(), end="")  # noqa: T201 - it is run to be read
