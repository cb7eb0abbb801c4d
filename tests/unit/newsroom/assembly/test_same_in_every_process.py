"""The order of a set is another in each process; no word of an issue may hang on it."""

from __future__ import annotations

import os
import subprocess
import sys
from hashlib import sha256
from pathlib import Path

from domain.issue import Paper
from newsroom.assembly import assemble
from newsroom.sections.deepdive import QUESTIONS
from storage.issue_json import issue_to_json
from tests.unit.newsroom.sections.building import desk_of
from tests.unit.newsroom.worlds import full_world, on, press_time

DAY = 19


def fingerprint() -> str:
    """Of an issue, and of every sentence that could have stood in its deep dive."""
    world = full_world(DAY + 1)
    issue = assemble(on(DAY), world.record(), (), Paper(), 1, press_time(on(DAY)))
    inquiries = (each for ask in QUESTIONS for each in ask(desk_of(world, DAY)))
    lines = [(line.key, dict(line.slots)) for inquiry in inquiries for line in inquiry.lines()]
    return sha256(f"{issue_to_json(issue)} {lines}".encode()).hexdigest()


def in_a_process(seed: int) -> str:
    code = f"from {__name__} import fingerprint; print(fingerprint())"
    environ = {**os.environ, "PYTHONHASHSEED": str(seed), "PYTHONPATH": str(Path(__file__).resolve().parents[4])}
    answer = subprocess.run([sys.executable, "-c", code], check=True, env=environ, stdout=subprocess.PIPE, text=True)
    return answer.stdout.strip()


def test_an_issue_is_byte_for_byte_the_same_in_every_process() -> None:
    assert {in_a_process(seed) for seed in (1, 3)} == {fingerprint()}
