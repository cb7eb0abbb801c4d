"""One sentence before the court: every rule, in the order in which a reason is most telling."""

from __future__ import annotations

from collections.abc import Iterator

from domain.claims import Role
from newsroom.checking.dossier import Dossier
from newsroom.checking.predicates import standard_predicates
from newsroom.checking.rules_of_comparison import comparisons
from newsroom.checking.rules_of_counts import counts
from newsroom.checking.rules_of_dates import dates
from newsroom.checking.rules_of_direction import directions
from newsroom.checking.rules_of_figures import figures, recomputed
from newsroom.checking.rules_of_form import form
from newsroom.checking.rules_of_kinds import kinds
from newsroom.checking.rules_of_licence import licences
from newsroom.checking.rules_of_lists import lists_named
from newsroom.checking.rules_of_moments import moments
from newsroom.checking.rules_of_names import names
from newsroom.checking.rules_of_predicates import predicates
from newsroom.checking.rules_of_relations import relations
from newsroom.checking.rules_of_roles import roles
from newsroom.checking.rules_of_sameness import sameness
from newsroom.checking.rules_of_subjects import subjects
from newsroom.checking.rules_of_words import own_words
from newsroom.checking.sentences import Sentence
from newsroom.checking.verdicts import Verdict
from newsroom.checking.wording import Wording


def judge(sentence: Sentence, dossier: Dossier, wording: Wording) -> Verdict:
    """What is wrong with a sentence; what its evidence lacks is told before all else, and alone."""
    claim = sentence.claim
    faults = tuple(filter(None, (dossier.fault(cited) for cited in claim.evidence)))
    missing = any(dossier.get(cited) is None for cited in claim.evidence)
    problems = faults or tuple(_problems(sentence, dossier, wording))
    printed = () if missing else tuple(recomputed(sentence, dossier))
    return Verdict(sentence.section, sentence.place, claim.role, claim.text, tuple(dict.fromkeys(problems)), printed)


def _problems(sentence: Sentence, dossier: Dossier, wording: Wording) -> Iterator[str]:
    if sentence.claim.role is Role.CLAIM:
        yield from figures(sentence, dossier, wording)
        yield from dates(sentence, dossier)
        yield from moments(sentence, dossier)
        yield from roles(sentence, dossier)
        yield from counts(sentence, dossier)
        yield from names(sentence, dossier)
        yield from subjects(sentence, dossier)
        yield from kinds(sentence, dossier)
        yield from directions(sentence, dossier, wording)
        yield from comparisons(sentence, dossier)
        yield from licences(sentence, dossier, wording)
    yield from own_words(sentence, wording)
    if sentence.claim.role is Role.CLAIM and not sentence.claim.edited:  # these know only the words of the house
        law = standard_predicates()
        yield from predicates(sentence, dossier, law)
        yield from relations(sentence, dossier, law)
        yield from sameness(sentence, dossier)
        yield from lists_named(sentence, dossier, law)
    yield from form(sentence)
