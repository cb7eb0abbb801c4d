from __future__ import annotations

import re
from pathlib import Path

REQUIREMENTS = Path(__file__).resolve().parents[3] / "requirements"


def pins(name: str) -> dict[str, str]:
    lines = (REQUIREMENTS / name).read_text(encoding="utf-8").splitlines()
    return dict(line.partition(" ;")[0].strip().split("==") for line in lines if "==" in line)


def test_what_the_paper_runs_on_is_what_it_is_tested_on() -> None:
    runtime, development = pins("runtime.txt"), pins("dev.txt")
    assert runtime.items() <= development.items()


def test_no_requirement_names_an_address() -> None:
    for file in REQUIREMENTS.iterdir():
        assert not re.search(r"://|--index|--find-links", file.read_text(encoding="utf-8")), file.name
