"""What several kinds of source say of one thing: names, words, posts that are talked of; and lists that stay quiet."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest

from domain.claims import Claim
from domain.issue import Paper, SectionName, Story
from domain.items import Item, Source
from domain.readings import Lists, Metric
from newsroom.across import joining, mentions_of
from newsroom.checking.dossier import Dossier
from newsroom.checking.judging import judge
from newsroom.checking.sentences import Place, Sentence
from newsroom.checking.wording import standard_wording
from newsroom.desk import Desk
from newsroom.identity import Voice
from newsroom.insights.gather import gather
from newsroom.insights.insight import Insight, Kind
from newsroom.phrases.book import standard_book
from tests.unit.newsroom.worlds import Row, World, model, moment, on, paper, post, press_time, repository, story

MODELS = (Source.HUGGINGFACE, Lists.MODELS)
PAPERS = (Source.HUGGINGFACE, Lists.DAILY_PAPERS)
DAILY = (Source.GITHUB, Lists.GITHUB_DAILY)
FRONT = (Source.HACKERNEWS, Lists.HN_FRONT_PAGE)

#: The day of the issue; the mornings before it are quiet.
TODAY = 10


def desk_of(world: World, day: int = TODAY) -> Desk:
    return Desk.open(on(day), world.record(), [], Paper(), press_time(on(day)))


def told(world: World, kind: Kind, day: int = TODAY) -> list[Insight]:
    return [each for each in gather(desk_of(world, day)) if each.kind is kind]


def shown(insight: Insight, slot: str) -> str:
    return "".join(run.text for run in insight.slots[slot])


def liked(*names: str) -> list[Row]:
    return [(model(name), {Metric.LIKES: 100}) for name in names]


def talked(*stories: Item, points: int = 50) -> list[Row]:
    return [(each, {Metric.POINTS: points - place, Metric.COMMENTS: 3}) for place, each in enumerate(stories)]


def starred(*repositories: Item) -> list[Row]:
    return [(each, {Metric.STARS: 900, Metric.STARS_TODAY: 9}) for each in repositories]


PLAIN = [repository(f"maker/tool-{letter}", "An AI agent for lamps.") for letter in "abcdefghij"]
CHAT = [
    story(number, f"An LLM in the lamp number {letter}", day=on(0)) for number, letter in enumerate("abcdefghij", 50)
]


def world_of(
    models: Sequence[Row] = (), stories: Sequence[Row] = (), pages: Sequence[Row] = (), posts: Sequence[Item] = ()
) -> World:
    """Ten mornings of the same lists, and on the last one what is given stands there too."""
    world = World()
    for number in range(TODAY + 1):
        last = number == TODAY
        at = moment(on(number))
        world.read(*MODELS, at, [*(models if last else ()), *liked("lab/lamp-7B", "lab/shade-7B")])
        world.read(*DAILY, at, [*(pages if last else ()), *starred(*PLAIN)])
        world.read(*FRONT, at, [*(stories if last else ()), *talked(*CHAT, points=30)])
        world.read(Source.FEEDS, "lab", at, [(each, {}) for each in (posts if last else ())], ranked=False)
    return world


def today(number: int, title: str, url: str | None = None) -> Item:
    return story(number, title, url, on(TODAY))


# --- who names it -----------------------------------------------------------------------------------------------------


def test_a_model_is_found_in_every_spelling_each_subject_once_and_no_relay() -> None:
    passed_on = post("hacker-news-rss", "1", "GPT 5.6 is here for all of us", on(TODAY))
    world = world_of(
        models=liked("lab/GPT-5.6-tiny"),
        stories=talked(today(1, "GPT 5.6 is here for all of us", "https://a.example/x"), today(2, "What gpt5.6 costs")),
        pages=starred(repository("ann/kit", "An agent on GPT-5.6.")),
        posts=[passed_on, post("lab", "x", "Introducing GPT-5.6", on(TODAY)), post("lab", "y", "GPT-5.5", on(TODAY))],
    )
    found = mentions_of(desk_of(world), "GPT-5.6")
    assert {voice: [each.text for each in mentions] for voice, mentions in found.items()} == {
        Voice.MODELS: ["GPT-5.6"],
        Voice.CODE: ["GPT-5.6"],
        Voice.TALK: ["GPT 5.6", "gpt5.6"],
        Voice.POSTS: ["GPT-5.6"],
    }


def test_old_posts_unheard_stories_and_what_is_not_about_ai_name_nothing() -> None:
    world = world_of(
        stories=talked(today(1, "Kimi K3 is loud"), points=50) + talked(today(2, "Kimi K3 is not heard"), points=9),
        posts=[post("lab", "x", "Kimi K3, a look back", on(TODAY - 4)), post("lab", "y", "Lamps for sheds", on(TODAY))],
    )
    found = mentions_of(desk_of(world), "kimi k3")
    assert [each.item.key.external_id for each in found[Voice.TALK]] == ["1"]
    assert Voice.POSTS not in found


def test_a_name_of_plain_words_is_only_itself_when_it_is_spelt_so() -> None:
    stories = talked(today(1, "Agent-Skills, an LLM kit"), today(2, "agent skills are a thing of LLMs"))
    desk = desk_of(world_of(stories=stories))
    assert [each.text for each in mentions_of(desk, "Agent-Skills")[Voice.TALK]] == ["Agent-Skills"]
    assert mentions_of(desk, "LLM") == {}  # shorter than a name
    assert Voice.TALK not in mentions_of(desk, "Agent-Skills", [stories[0][0].key])


# --- co-movement ------------------------------------------------------------------------------------------------------


def test_a_model_named_on_three_sites_is_told_with_every_count() -> None:
    world = world_of(
        models=liked("lab/Kimi-K3", "other/Kimi-K3-GGUF"),
        stories=talked(today(1, "Kimi K3 is out"), today(2, "Kimi K3, weighed")),
        pages=starred(repository("ann/kit", "An agent on Kimi K3.")),
    )
    (insight,) = told(world, Kind.CO_MOVEMENT)
    assert shown(insight, "name") in {"Kimi-K3", "Kimi K3"}
    assert (
        shown(insight, "where")
        == "two model names on Hugging Face, one repository on GitHub and two titles on Hacker News"
    )
    assert (shown(insight, "count"), shown(insight, "sites")) == ("five", "three")
    assert (shown(insight, "title"), shown(insight, "points")) == ("Kimi K3 is out", "50")
    assert insight.theme == "kimi k3"


@pytest.mark.parametrize(
    ("models", "stories", "pages"),
    [
        (("lab/Kimi-K3", "other/Kimi-K3-GGUF"), (), ()),  # one kind of source
        (("lab/Kimi-K3",), ("Kimi K3 is out",), ()),  # two things are too few
        (("lab/Kimi-K3",), ("Qwen 3.8 is out", "Qwen 3.9 is out"), ("An agent on Qwen 3.7.",)),  # versions differ
    ],
)
def test_what_is_named_in_one_place_or_once_does_not_move_together(
    models: Sequence[str], stories: Sequence[str], pages: Sequence[str]
) -> None:
    world = world_of(
        liked(*models),
        talked(*(today(number, title) for number, title in enumerate(stories, 1))),
        starred(*(repository(f"ann/kit-{number}", text) for number, text in enumerate(pages))),
    )
    assert told(world, Kind.CO_MOVEMENT) == []


def test_a_name_that_has_stood_there_for_days_does_not_move() -> None:
    world = World()
    for number in range(TODAY + 1):
        world.read(*MODELS, moment(on(number)), liked("lab/Kimi-K3", "other/Kimi-K3-GGUF", "third/Kimi-K3-MLX"))
        world.read(*DAILY, moment(on(number)), starred(repository("ann/kit", "An agent on Kimi K3."), *PLAIN))
    assert told(world, Kind.CO_MOVEMENT) == []


# --- themes -----------------------------------------------------------------------------------------------------------


def test_a_name_that_many_have_today_and_none_had_before_is_a_theme_with_both_counts() -> None:
    world = world_of(
        stories=talked(today(1, "Brightlamp, an LLM"), today(2, "I asked Brightlamp and another LLM")),
        pages=starred(repository("ann/kit", "Brightlamp for AI agents."), repository("bob/kit", "Brightlamp, an LLM.")),
    )
    (insight,) = told(world, Kind.THEME)
    assert shown(insight, "word") == "Brightlamp"
    assert shown(insight, "where") == "two repositories on GitHub and two titles on Hacker News"
    assert (shown(insight, "count"), shown(insight, "earlier"), shown(insight, "noun")) == ("two", "none", "name")


@pytest.mark.parametrize(
    "word",
    ["agents", "lamp", "brightly"],  # worn, as usual, and a word of the language in too few items
)
def test_a_worn_word_a_usual_one_or_a_rare_common_one_is_no_theme(word: str) -> None:
    world = world_of(
        stories=talked(today(1, f"The {word} of an LLM"), today(2, f"Some {word}, said an LLM")),
        pages=starred(repository("ann/kit", f"AI for {word}."), repository("bob/kit", f"An LLM with {word}.")),
    )
    assert told(world, Kind.THEME) == []


def test_with_fewer_than_seven_mornings_before_there_is_no_theme() -> None:
    world = World()
    for number in range(7):
        stories = talked(today(1, "Brightlamp, an LLM"), today(2, "Brightlamp and an LLM")) if number == 6 else ()
        world.read(*FRONT, moment(on(number)), [*stories, *talked(*CHAT)])
        pages = starred(repository("ann/kit", "Brightlamp for AI agents.")) if number == 6 else ()
        world.read(*DAILY, moment(on(number)), [*pages, *starred(*PLAIN)])
    assert told(world, Kind.THEME, 6) == []


# --- echoes -----------------------------------------------------------------------------------------------------------


def test_a_post_of_a_lab_that_is_talked_of_under_its_own_title_is_named_once() -> None:
    posted = post("lab", "gateway", "Announcing the LLM garden gateway for all of us", on(TODAY))
    world = world_of(stories=talked(today(1, "The LLM garden gateway for all of us", posted.url)), posts=[posted])
    (insight,) = told(world, Kind.ECHO)
    assert insight.variant == "same_title"
    assert (shown(insight, "publisher"), shown(insight, "points")) == ("Lab", "50")


def test_a_repository_and_the_paper_about_it_are_one_story_with_what_joins_them_cited() -> None:
    world = world_of(pages=starred(repository("a-lab/rows", "Rows for LLMs.")))
    written = paper("2606.01111", "Rows One and the Same", "", "github:a-lab/rows")
    world.read(*PAPERS, moment(on(TODAY)), [(written, {Metric.UPVOTES: 40})])
    (insight,) = told(world, Kind.ECHO)
    assert (insight.variant, shown(insight, "title")) == ("paper", "Rows One and the Same")
    desk = desk_of(world)
    assert len(joining(desk, insight.items[0], written.key)) == 2


def test_a_relay_alone_makes_no_echo() -> None:
    passed_on = replace(
        post("hacker-news-rss", "1", "Lamps of an LLM for all of us", on(TODAY)), url="https://a.example/x"
    )
    world = world_of(stories=talked(today(1, "Lamps of an LLM for us", "https://a.example/x")), posts=[passed_on])
    assert told(world, Kind.ECHO) == []


# --- quiet ------------------------------------------------------------------------------------------------------------


def test_a_list_whose_first_ten_stay_is_quiet_and_tells_who_stood_there_longest() -> None:
    world = World()
    for number in range(4):
        world.read(*MODELS, moment(on(number)), liked(*(f"lab/lamp-{letter}" for letter in "abcdefghijkl")))
    (insight,) = told(world, Kind.QUIET, 3)
    assert (shown(insight, "kept"), shown(insight, "lists"), shown(insight, "name")) == ("ten", "four", "lab/lamp-a")


def test_a_newcomer_among_the_first_ten_breaks_the_quiet() -> None:
    world = World()
    names = [f"lab/lamp-{letter}" for letter in "abcdefghijkl"]
    for number in range(4):
        world.read(*MODELS, moment(on(number)), liked(*(["lab/new", *names[:-1]] if number == 3 else names)))
    assert told(world, Kind.QUIET, 3) == []


# --- every way of saying it -------------------------------------------------------------------------------------------


def test_every_way_of_telling_these_kinds_passes_the_checks() -> None:
    world = world_of(
        models=liked("lab/Kimi-K3", "other/Kimi-K3-GGUF"),
        stories=talked(
            today(1, "Kimi K3 is out"),
            today(2, "Brightlamp, an LLM"),
            today(3, "I asked Brightlamp and another LLM"),
            today(4, "Kit, an agent for lamps at night", "https://github.com/ann-a/kit-a"),
        ),
        pages=starred(
            repository("ann-a/kit-a", "An agent on Kimi K3."),
            repository("bob/kit", "Brightlamp for AI agents."),
            repository("cid/kit", "Brightlamp, an LLM."),
        ),
    )
    desk = desk_of(world)
    insights = [each for each in gather(desk) if each.kind in {Kind.CO_MOVEMENT, Kind.THEME, Kind.ECHO}]
    assert {each.kind for each in insights} == {Kind.CO_MOVEMENT, Kind.THEME, Kind.ECHO}
    assert [fault for insight in insights for fault in _faults(desk, insight)] == []


def _faults(desk: Desk, insight: Insight) -> list[tuple[str, tuple[str, ...]]]:
    places = {
        "sentence": Place.PARAGRAPH,
        "follow": Place.PARAGRAPH,
        "number": Place.BULLET,
        "headline": Place.HEADLINE,
    }
    dossier = Dossier(desk.cite.evidence, desk.record)
    found = []
    for form, place in places.items():
        for way in standard_book().of(insight.phrase(form), frozenset(insight.slots)):
            claim = Claim(way.fill(insight.slots), also=insight.also)
            within = Story(headline=None, items=insight.items, paragraphs=((claim,),))
            verdict = judge(Sentence(claim, SectionName.NUMBERS, place, desk.day, within), dossier, standard_wording())
            if verdict.problems:
                found.append((claim.text, verdict.problems))
    return found
