"""True claims stand; each kind of alteration is caught."""

from __future__ import annotations

from datetime import date

import pytest

from benchmarks.altering import KINDS, Around
from domain.claims import Claim
from domain.issue import SectionName, Story
from domain.items import ItemKey
from newsroom.checking.dossier import Dossier
from newsroom.checking.judging import judge
from newsroom.checking.sentences import Sentence
from newsroom.checking.verdicts import Verdict
from newsroom.checking.wording import standard_wording
from tests.unit.newsroom.checking.claims import Case, true_claims
from tests.unit.newsroom.checking.world import BETA, KIT, OTHERS

PAPER, CASES = true_claims()
AROUND = Around(
    PAPER.world.evidence,
    PAPER.world,
    tuple(PAPER.world.name(key) for key in (BETA, KIT, OTHERS[0])),
    tuple(figure for case in CASES for figure in case.claim.figures if figure.unit == "date"),
)


def _judged(claim: Claim, case: Case, items: tuple[ItemKey, ...]) -> Verdict:
    dossier = Dossier(PAPER.world.evidence, PAPER.world)
    story = Story(items) if items else None
    sentence = Sentence(claim, SectionName.LEAD, case.place, date(2026, 8, 22), story)
    return judge(sentence, dossier, standard_wording())


@pytest.mark.parametrize("case", CASES, ids=[case.name for case in CASES])
def test_a_true_claim_is_supported_and_its_figures_recompute(case: Case) -> None:
    verdict = _judged(case.claim, case, case.items)
    assert verdict.problems == ()
    assert [figure.value for figure in verdict.figures] == pytest.approx(
        [figure.value for figure in case.claim.figures]
    )


def _widened(case: Case, claim: Claim) -> tuple[ItemKey, ...]:
    """The story's items and every item that the altered claim names: the story must not be what catches it."""
    return tuple(dict.fromkeys((*case.items, *(name.item for name in claim.names)))) if case.items else ()


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind != "same story"])
def test_every_alteration_of_a_kind_is_caught_whatever_the_story_is_about(kind: str) -> None:
    altered = [(case, claim) for case in CASES for claim in KINDS[kind](case.claim, AROUND)]
    passed = [
        claim.text
        for case, claim in altered
        for items in (case.items, _widened(case, claim))
        if _judged(claim, case, items).supported
    ]
    assert passed == []
    assert len(altered) >= 2


def test_a_reason_is_given_in_plain_words() -> None:
    case = next(case for case in CASES if case.name == "a gain")
    (altered, *_) = KINDS["direction"](case.claim, AROUND)
    assert _judged(altered, case, case.items).reason == (
        "'lost' is wrong: likes of huggingface:model:acme/Alpha-27B changed by 1428"
    )
