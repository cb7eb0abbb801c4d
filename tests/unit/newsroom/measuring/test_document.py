from __future__ import annotations

from pathlib import Path

from domain.measures import DEFINITIONS, goal_written
from newsroom.measuring.goals import GOALS

DOCUMENT = Path(__file__).resolve().parents[4] / "docs" / "measures.md"


def test_every_measure_stands_in_the_document_with_its_goal() -> None:
    lines = DOCUMENT.read_text(encoding="utf-8").splitlines()
    rows = [line.split(" | ")[:2] for line in lines if line.startswith("| ") and not line.startswith("| measure")]
    told = [(title.removeprefix("| "), goal) for title, goal in rows]
    assert told == [(DEFINITIONS[measure].title, goal_written(measure, goal)) for measure, goal in GOALS.items()]
