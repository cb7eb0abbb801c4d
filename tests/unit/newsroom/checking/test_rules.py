"""Single rules of the checks, each on a sentence that keeps it and on one that does not."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest

from domain.claims import Claim, Figure, Name, Quote, Run, Words
from domain.evidence import EvidenceId, NamedFormula
from domain.issue import SectionName, Story
from domain.items import ItemKey
from domain.readings import Metric
from newsroom.checking.dossier import Dossier
from newsroom.checking.judging import judge
from newsroom.checking.sentences import Place, Sentence
from newsroom.checking.wording import standard_wording
from tests.unit.newsroom.checking.claims import Desk
from tests.unit.newsroom.checking.world import ALPHA, BETA, DELTA, GAMMA, KIT, LOOM, OTHERS, TALK, figure, morning

DESK = Desk(morning())
WORLD = DESK.world
TODAY, YESTERDAY = WORLD.cite_list(DESK.today), WORLD.cite_list(DESK.yesterday)
WHOLE = tuple(WORLD.cite_list(harvest) for harvest in DESK.paper.models)
RANK = WORLD.cite(DESK.today, ALPHA, "rank")

Build = Callable[[], Claim]


def say(*runs: Run | str, also: tuple[EvidenceId, ...] = ()) -> Claim:
    return Claim(tuple(Words(run) if isinstance(run, str) else run for run in runs), also=also)


def faults(claim: Claim, *items: ItemKey, place: Place = Place.PARAGRAPH) -> str:
    story = Story(items) if items else None
    sentence = Sentence(claim, SectionName.LEAD, place, date(2026, 8, 22), story)
    return judge(sentence, Dossier(WORLD.evidence, WORLD), standard_wording()).reason


def named(key: ItemKey) -> Name:
    return WORLD.name(key)


def likes(key: ItemKey) -> Figure:
    return DESK.value(key, Metric.LIKES)


def count(value: int, text: str, *of: EvidenceId, unit: str = "models") -> Figure:
    return figure(text, value, unit, NamedFormula("distinct_items", 1), {"of": of})


# --- words that need a proof ------------------------------------------------------------------------------------------

PROVED: dict[str, Build] = {
    "the top by place one": lambda: say(named(ALPHA), " tops the list at ", DESK.rank(ALPHA), "."),
    "first place": lambda: say(named(ALPHA), " holds first place, ", DESK.rank(ALPHA), "."),
    "the most by an expression": lambda: say(
        "The most likes are ", figure("17,116", 17116, "likes", "max(x)", {"x": _likes_of(ALPHA, BETA, GAMMA)}), "."
    ),
    "the least by a formula": lambda: say(named(OTHERS[0]), " has ", _lowest(), " likes, the fewest on the list."),
    "only one": lambda: say("Only ", _only(), " model of ", named(DELTA), " is left."),
    "a majority": lambda: say(_share(75), " of the list, a majority, is of a kind."),
    "absent": lambda: say(
        named(DELTA), " is absent from the list of ", DESK.date(DESK.yesterday), ".", also=(YESTERDAY,)
    ),
    "still": lambda: say(named(ALPHA), " is still on the list.", also=(TODAY, YESTERDAY)),
    "unchanged": lambda: say(named(ALPHA), " is unchanged, ", _moved(ALPHA), " places away.", also=(TODAY,)),
    "half of a median": lambda: say("Half of them have no more than ", _median(), " likes."),
    "none of a count of nought": lambda: say("None of them, ", _nothing(), " models, has the name."),
    "a day by a site's own count": lambda: say(
        "GitHub counts ",
        figure("151", 151, "stars", "a", {"a": _page(KIT, Metric.STARS_TODAY)}),
        " stars in a day for ",
        named(KIT),
        ".",
    ),
    "more comments than points": lambda: say(
        named(TALK),
        " has more comments than points: ",
        DESK.value(TALK, Metric.COMMENTS, DESK.paper.stories),
        ", against ",
        DESK.value(TALK, Metric.POINTS, DESK.paper.stories),
        ".",
    ),
    "more than its own": lambda: say(
        DESK.value(TALK, Metric.COMMENTS, DESK.paper.stories),
        " comments for ",
        named(TALK),
        ", more than its ",
        DESK.value(TALK, Metric.POINTS, DESK.paper.stories),
        " points.",
    ),
    "what falls to somebody": lambda: say(_share(75), " of the places falls to ", named(ALPHA), "."),
    "an idle word": lambda: say("The first places of ", figure("24", 24, "models", "a", {"a": TODAY}), " models."),
    "the first so many": lambda: say(
        "The first ", figure("24", 24, "models", "a", {"a": TODAY}), " models of the list."
    ),
}


def _likes_of(*keys: ItemKey) -> tuple[EvidenceId, ...]:
    return tuple(WORLD.cite(DESK.today, key, Metric.LIKES) for key in keys)


def _lowest() -> Figure:
    return DESK.named("{}", "likes", NamedFormula("lowest_listed", 1), item=_likes_of(OTHERS[0])[0], list=TODAY)


def _only() -> Figure:
    formula = NamedFormula("only_match", 1, {"pattern": "delta"})
    return DESK.named("one", "models", formula, item=_likes_of(DELTA)[0], list=TODAY)


def _share(expected: int) -> Figure:
    made = DESK.named("{}%", "%", NamedFormula("share", 1, {"pattern": "maker", "field": "owner"}), list=TODAY)
    assert int(made.value) >= expected
    return made


def _moved(key: ItemKey) -> Figure:
    return DESK.places(key, DESK.yesterday, DESK.today, "P1D")


def _median() -> Figure:
    made = DESK.named("{}", "likes", NamedFormula("median_listed", 1, {"metric": "likes"}), list=TODAY)
    from newsroom import rounding

    return replace(made, text=rounding.fraction(made.value))


def _nothing() -> Figure:
    return DESK.named("{}", "models", NamedFormula("pattern_count", 1, {"pattern": "zebra"}), list=TODAY)


def _page(key: ItemKey, metric: Metric) -> EvidenceId:
    return WORLD.cite(DESK.paper.pages[-1], key, metric)


@pytest.mark.parametrize("build", PROVED.values(), ids=list(PROVED))
def test_a_word_stands_where_its_proof_stands(build: Build) -> None:
    assert faults(build(), ALPHA, DELTA, KIT, TALK, OTHERS[0]) == ""


UNPROVED: dict[str, tuple[Build, str]] = {
    "the top at place four": (
        lambda: say(named(BETA), " tops the list at ", DESK.rank(BETA), "."),
        "'tops' is proved by no",
    ),
    "the most of a plain value": (
        lambda: say(named(ALPHA), " has the most likes, ", likes(ALPHA), "."),
        "'most' is proved",
    ),
    "the fewest of a largest": (
        lambda: say(
            "The fewest likes are ", figure("17,116", 17116, "likes", "max(x)", {"x": _likes_of(ALPHA, BETA)}), "."
        ),
        "'fewest' is proved",
    ),
    "no other has fewer": (
        lambda: say("No other model has fewer likes than ", named(ALPHA), ": ", _highest(), "."),
        "'no other' is proved",
    ),
    "a record without many lists": (
        lambda: say(named(ALPHA), " has a record ", likes(ALPHA), " likes."),
        "'record' is proved",
    ),
    "new, and there yesterday": (
        lambda: say(named(ALPHA), " is new at ", DESK.rank(ALPHA), ".", also=(TODAY, YESTERDAY)),
        "'new' is proved",
    ),
    "new, without an earlier list": (
        lambda: say(named(DELTA), " is new at ", DESK.rank(DELTA), "."),
        "'new' is proved",
    ),
    "new by a later list": (
        lambda: say(named(DELTA), " is new.", also=(WORLD.cite(DESK.today, DELTA, "rank"), _later())),
        "'new' is proved",
    ),
    "back, and never away": (
        lambda: say(named(ALPHA), " is back on the list.", also=(TODAY, YESTERDAY)),
        "'back' is proved",
    ),
    "absent, and there": (lambda: say(named(ALPHA), " is absent.", also=(TODAY,)), "'absent' is proved"),
    "the only one of two": (
        lambda: say("Only ", count(2, "two", *_likes_of(ALPHA, BETA)), " models are left."),
        "'only' is proved",
    ),
    "in a row, uncounted": (lambda: say(named(ALPHA), " stood there in a row.", also=WHOLE), "'in a row' is proved"),
    "passed, by a plain value": (lambda: say(named(ALPHA), " passed ", likes(ALPHA), " likes."), "'passed' is proved"),
    "agree, without a coefficient": (lambda: say("Place and likes agree.", also=(TODAY,)), "'agree' is proved"),
    "hardly agree at a half": (lambda: say("Place and likes hardly agree: ", _order(), "."), "'agree' is proved"),
    "closely agree at a half": (lambda: say("Place and likes agree closely: ", _order(), "."), "'agree' is proved"),
    "most of, below half": (lambda: say("Most of the list, ", _small_share(), ", is by acme."), "'most of' is proved"),
    "half without a median": (lambda: say("Half of them are new.", also=(TODAY,)), "'half' is proved"),
    "none without a count": (lambda: say("None of them has the name.", also=(TODAY,)), "'none' is proved"),
    "still, after one reading": (
        lambda: say(named(DELTA), " is still there.", also=(TODAY, YESTERDAY)),
        "'still' is proved",
    ),
    "fewer comments than points": (
        lambda: say(
            named(TALK), " has fewer comments than points: ", DESK.value(TALK, Metric.COMMENTS, DESK.paper.stories), "."
        ),
        "does not hold",
    ),
    "fewer than its own": (
        lambda: say(
            DESK.value(TALK, Metric.COMMENTS, DESK.paper.stories),
            " comments for ",
            named(TALK),
            ", fewer than its ",
            DESK.value(TALK, Metric.POINTS, DESK.paper.stories),
            " points.",
        ),
        "does not hold for '530'",
    ),
    "falls to a higher place": (
        lambda: say(
            "Up from ", DESK.rank(ALPHA, DESK.week_ago), ": ", named(ALPHA), " falls to ", DESK.rank(ALPHA), "."
        ),
        "'falls' is wrong",
    ),
    "a comparison without its readings": (
        lambda: say(named(ALPHA), " has more stars than forks.", also=(RANK,)),
        "does not hold",
    ),
    "in a week, a day apart": (
        lambda: say(named(ALPHA), " gained ", _gain("P1D"), " likes this week."),
        "'this week' does not fit",
    ),
}


def _highest() -> Figure:
    return DESK.named("{}", "likes", NamedFormula("highest_listed", 1), item=_likes_of(ALPHA)[0], list=TODAY)


def _later() -> EvidenceId:
    """A list of the same name, read later and without the item."""
    later = WORLD.store(
        DESK.today.source, DESK.today.list, DESK.today.observed_at.replace(hour=9), [(BETA, {Metric.LIKES: 1})]
    )
    return WORLD.cite_list(later)


def _order() -> Figure:
    made = DESK.named("x", "", NamedFormula("spearman", 1, {"metric": "likes"}), list=TODAY)
    assert 0.2 <= abs(made.value) <= 0.7
    return replace(made, text=f"−{abs(made.value):.2f}")


def _small_share() -> Figure:
    return DESK.named("{}%", "%", NamedFormula("share", 1, {"pattern": "acme"}), list=TODAY)


def _gain(period: str) -> Figure:
    return DESK.gain(ALPHA, Metric.LIKES, DESK.yesterday, DESK.today, period)


@pytest.mark.parametrize(("build", "why"), UNPROVED.values(), ids=list(UNPROVED))
def test_a_word_without_its_proof_is_caught(build: Build, why: str) -> None:
    assert why in faults(build(), ALPHA, BETA, DELTA, TALK)


# --- figures ----------------------------------------------------------------------------------------------------------

BAD_FIGURES: dict[str, tuple[Build, str]] = {
    "a hedge that is not true": (
        lambda: say(named(ALPHA), " has more than ", likes(ALPHA), " likes."),
        "no right rounding",
    ),
    "a loose word": (lambda: say(named(ALPHA), " has at least ", likes(ALPHA), " likes."), "'at least' makes"),
    "a difference of two items": (
        lambda: say("A gap of ", _gap(), " likes."),
        "subtracts readings that cannot be compared",
    ),
    "a change without its period": (
        lambda: say(named(ALPHA), " gained ", replace(_gain("P1D"), period=None), " likes."),
        "a change needs its period",
    ),
    "a period that is none": (
        lambda: say(named(ALPHA), " gained ", replace(_gain("P1D"), period="daily"), " likes."),
        "'daily' is no period",
    ),
    "a period of one reading": (
        lambda: say(named(ALPHA), " has ", replace(likes(ALPHA), period="P7D"), " likes."),
        "one reading of likes has no period",
    ),
    "the size of a list as a finding": (
        lambda: say(figure("24", 24, "models", "a", {"a": TODAY}), " models carry the name."),
        "gives it as a finding",
    ),
    "a site's count as ours": (
        lambda: say(
            named(KIT), " drew ", figure("151", 151, "stars", "a", {"a": _page(KIT, Metric.STARS_TODAY)}), " stars."
        ),
        "does not say whose",
    ),
    "a count under the noun of another kind": (
        lambda: say(count(2, "two", *_likes_of(ALPHA, BETA), unit="datasets"), " datasets are left."),
        "does not fit what is counted: model",
    ),
    "a count that the noun contradicts": (
        lambda: say(count(2, "two", *_likes_of(ALPHA, BETA)), " papers are left."),
        "counts models, not papers",
    ),
    "likes plus stars": (
        lambda: say(
            "In all ",
            figure("19,315", 19315, "likes", "a + b", {"a": _likes_of(ALPHA)[0], "b": _page(KIT, Metric.STARS)}),
        ),
        "the formula gives mixed",
    ),
    "a formula that has no value": (
        lambda: say("It is ", figure("3", 3, "times", "a / (a - a)", {"a": RANK}), " times."),
        "cannot be recomputed",
    ),
    "a date that rests on words": (
        lambda: say(named(ALPHA), " was seen on ", _date_of_words(), "."),
        "rests on words",
    ),
    "a weekday of another week": (
        lambda: say(
            named(ALPHA), " had ", DESK.value(ALPHA, Metric.LIKES, DESK.week_ago), " likes on ", _weekday(), "."
        ),
        "alone names a day of the last seven only",
    ),
    "a fall that is not told": (
        lambda: say(named(GAMMA), " moved ", _moved(GAMMA), " places."),
        "the sentence does not say so",
    ),
    "a wrong sign": (lambda: say(replace(_moved(GAMMA), text="▲9")), "bears the wrong sign"),
    "a direction with one reading": (
        lambda: say(named(ALPHA), " rose to ", DESK.rank(ALPHA), "."),
        "proved by no two readings",
    ),
    "from one metric to another": (
        lambda: say(named(ALPHA), " went from ", likes(ALPHA), " to ", DESK.rank(ALPHA), "."),
        "not of one item and metric",
    ),
    "another word than the one counted": (
        lambda: say("The name ", _part(DELTA, "Delta"), " stands in ", _acme(), " of the names."),
        "not the word that is printed",
    ),
}


def _gap() -> Figure:
    ends = {"a": _likes_of(BETA)[0], "b": _likes_of(ALPHA)[0]}
    value = likes(ALPHA).value - likes(BETA).value
    return figure(f"{int(value):,}", value, "likes", "b - a", ends)


def _date_of_words() -> Figure:
    cited = WORLD.cite_words(ALPHA, "external_id", "acme/Alpha-27B")
    return figure("22 August", 20260822, "date", NamedFormula("date", 1), {"at": cited})


def _weekday() -> Figure:
    return replace(DESK.date(DESK.week_ago), text="Saturday")


def _part(key: ItemKey, text: str) -> Name:
    return Name(text, key, WORLD.cite_words(key, "external_id", text))


def _acme() -> Figure:
    return DESK.named("two", "names", NamedFormula("pattern_count", 1, {"pattern": "acme"}), list=TODAY)


@pytest.mark.parametrize(("build", "why"), BAD_FIGURES.values(), ids=list(BAD_FIGURES))
def test_a_figure_that_breaks_a_rule_is_caught(build: Build, why: str) -> None:
    assert why in faults(build(), ALPHA, BETA, DELTA, GAMMA, KIT, place=Place.STANDFIRST)


def test_a_figure_of_many_items_stands_without_a_name() -> None:
    claim = say("The sum is ", figure("17,824", 17824, "likes", "sum(x)", {"x": _likes_of(ALPHA, DELTA)}), " likes.")
    assert faults(claim, ALPHA) == ""


def test_the_places_of_a_list_are_what_it_holds() -> None:
    claim = say(_acme_models(), " of ", figure("24", 24, "models", "a", {"a": TODAY}), " places are held by acme.")
    assert faults(claim) == "'acme' is not a word of the house"


def _acme_models() -> Figure:
    return replace(_acme(), unit="models")


# --- names ------------------------------------------------------------------------------------------------------------

BAD_NAMES: dict[str, tuple[Build, str]] = {
    "evidence of another item": (
        lambda: say(replace(named(ALPHA), item=BETA), " stands at ", DESK.rank(BETA), "."),
        "rests on evidence of something else",
    ),
    "a list as evidence of a name": (
        lambda: say(Name("acme/Alpha-27B", ALPHA, TODAY), " stands at ", DESK.rank(ALPHA), "."),
        "rests on evidence of something else",
    ),
    "another spelling": (
        lambda: say(replace(named(ALPHA), text="Acme/Alpha-27b"), " stands at ", DESK.rank(ALPHA), "."),
        "not spelt as its evidence has it",
    ),
    "an item that the story is not about": (
        lambda: say(
            named(LOOM), " has ", figure("10,015", 10015, "stars", "a", {"a": _page(LOOM, Metric.STARS)}), " stars."
        ),
        "the story is not about it",
    ),
    "a span that is not quoted": (
        lambda: say(named(KIT), " says ", Quote("Build agents", KIT, WORLD.cite_words(KIT, "summary", "Build"))),
        "not the span that its evidence quotes",
    ),
    "a quotation of another item": (
        lambda: say(named(KIT), " says ", WORLD.quote(LOOM, "summary", "Weave prompts into programs.")),
        "neither named nor the story's",
    ),
    "a tag beside another item": (
        lambda: say(named(ALPHA), " bears the licence ", Name("mit", KIT, WORLD.cite_words(KIT, "tags", "mit")), "."),
        "stands beside another name",
    ),
}


@pytest.mark.parametrize(("build", "why"), BAD_NAMES.values(), ids=list(BAD_NAMES))
def test_a_name_or_a_quotation_that_breaks_a_rule_is_caught(build: Build, why: str) -> None:
    assert why in faults(build(), ALPHA, BETA, KIT)


def test_a_name_may_rest_on_a_reading_but_its_link_needs_stored_words() -> None:
    plain = Name("Model-C", OTHERS[2], WORLD.cite(DESK.today, OTHERS[2], "rank"))
    claim = say(plain, " stands at ", DESK.rank(OTHERS[2]), ".")
    assert faults(claim, OTHERS[2]) == ""
    linked = say(replace(plain, url="https://huggingface.co/maker-c/Model-C"), " stands at ", DESK.rank(OTHERS[2]), ".")
    assert "is not the stored address" in faults(linked, OTHERS[2])


def test_a_tag_may_be_printed_without_its_hyphens() -> None:
    licence = Name("apache 2.0", ALPHA, WORLD.cite_words(ALPHA, "tags", "apache-2.0"))
    assert faults(say("The licence of ", named(ALPHA), " is ", licence, "."), ALPHA) == ""


def test_a_clause_of_its_own_is_of_the_storys_subject() -> None:
    claim = say(named(BETA), " stands at ", DESK.rank(BETA), "; the list holds the other at ", DESK.rank(ALPHA), ".")
    assert faults(claim, ALPHA, BETA) == ""
    assert "stands beside another name" in faults(claim, BETA)


def test_figures_and_names_keep_one_order() -> None:
    pair = (named(ALPHA), " and ", named(BETA), " stand at ")
    assert faults(say(*pair, DESK.rank(ALPHA), " and ", DESK.rank(BETA), "."), ALPHA, BETA) == ""
    assert "another order" in faults(say(*pair, DESK.rank(BETA), " and ", DESK.rank(ALPHA), "."), ALPHA, BETA)
