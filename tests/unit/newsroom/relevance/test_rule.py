"""The rule of relevance on descriptions of our own: what it takes, what it leaves, and the reasons it gives."""

from __future__ import annotations

from datetime import UTC, datetime
from hashlib import sha256
from importlib import resources

import pytest

from domain.items import Item, ItemKey, Kind, Source
from newsroom.relevance import EDITIONS, is_about_ai, why

#: Each edition of the rule's words as it was when a count by it was first printed.
CHECKSUMS = {1: "2071a7d2b8f763152866d13fc9624d4529dd97abf27ed99a25cc246c47d02f59"}

SEEN = datetime(2026, 8, 22, tzinfo=UTC)


def _repository(name: str, description: str, *topics: str) -> Item:
    key = ItemKey(Source.GITHUB, Kind.REPOSITORY, name)
    return Item(key, f"https://github.com/{name}", name, SEEN, summary=description, tags=("language:Python", *topics))


def _story(title: str, url: str = "https://example.org/") -> Item:
    return Item(ItemKey(Source.HACKERNEWS, Kind.STORY, "1"), url, title, SEEN)


def _post(title: str, summary: str, *categories: str, feed: str = "daily-example") -> Item:
    key = ItemKey(Source.FEEDS, Kind.POST, f"{feed}/1")
    return Item(key, "https://example.org/post", title, SEEN, "Daily Example", summary, categories)


ABOUT_AI = [
    _repository("ann/brook", "Run large language models on a laptop"),
    _repository("ann/brook", "A gateway for every LLM you rent"),
    _repository("ann/brook", "Teach a robot arm with reinforcement learning"),
    _repository("ann/brook", "AI-powered notes for your desk"),
    _repository("ann/brook", "用AI视频生成短片"),
    _repository("ann/brook", "大模型课程笔记"),
    _repository("ann/brook", "Memory for your coding agent"),
    _repository("ann/brook", "Sandboxes in which agents work"),
    _repository("ann/brook", "An agent with a long memory"),
    _repository("ann/brook", "Fast inference on one GPU"),
    _repository("ann/brook", "Fine-tune with LoRA in an afternoon"),
    _repository("ann/brook", "A plugin for Claude Code"),
    _repository("ann/brook", "Talk to Gemini from the shell"),
    _repository("ann/brook", "Serve GGUF files over HTTP"),
    _repository("ann/brook", "Speech recognition that works offline"),
    _repository("ann/brook", "Deepfakes and how to spot them"),
    _repository("ann/brook", "An MCP server for calendars"),
    _repository("ann/brook", "Notes of a reader", "llm", "ai-agents"),
    _repository("ann/brook", "", "llm"),
    _repository("ann/letters-to-skill", "Turn letters into something of use"),
    _repository("ann/llm-kettle", ""),
    _repository("BrookAI/water", "Generate code from the shell"),
    _story("Why your AI agents should read less"),
    _story("Qwen on an old phone"),
    _story("Tokens per second on a small board"),
    _story("Notes from a talk", "https://www.anthropic.com/research/notes"),
    _story("A quiet release", "https://example.org/2026/openai-ships-a-model"),
    _story("The shapes of agent memory"),
    _story("Human-in-the-loop, again"),
    _story("Opus 5 writes my changelog"),
    _post("A new chip", "It was made for machine learning."),
    _post("A new chip", "It is fast.", "Generative AI"),
    _post("A visit", "We saw a humanoid walk."),
    _post("Anything at all", "No word of it.", feed="the-gradient"),
    Item(ItemKey(Source.ARXIV, Kind.PAPER, "2608.00001"), "https://arxiv.org/abs/2608.00001", "On sums", SEEN),
    Item(ItemKey(Source.HUGGINGFACE, Kind.MODEL, "ann/x"), "https://huggingface.co/ann/x", "ann/x", SEEN),
]

NOT_ABOUT_AI = [
    _repository("ann/brook", "A fast build tool for the web"),
    _repository("ann/brook", "Send email from the shell"),
    _repository("ann/brook", "Parse user agents of browsers"),
    _repository("ann/brook", "Policies for an open policy agent"),
    _repository("ann/brook", "Agent for collecting metrics and logs"),
    _repository("ann/brook", "An ssh agent that asks first"),
    _repository("ann/home-assistant-taps", "Water taps for Home Assistant"),
    _repository("ann/brook", "Crypto mining on old phones, with training wheels"),
    _repository("ann/brook", "Plans for strength training"),
    _repository("ann/brook", "Refresh tokens and access tokens done right"),
    _repository("ann/brook", "A LoRa radio in the garden"),
    _repository("ann/brook", "Track ships by AIS"),
    _repository("ann/brook", "Chess by minimax"),
    _repository("ann/brook", "Awesome list of fonts", "awesome-list"),
    _repository("ann/brook", "Awesome things for data models"),
    _repository("ann/brook", "Write letters", "mcp"),
    _repository("ann/brook", "Browse the Gemini protocol"),
    _repository("ann/brook", "Generative art with a plotter"),
    _repository("ann/hawaii", "Maps of the islands"),
    _repository("ann/brook", ""),
    _story("Federal agents search a warehouse"),
    _story("Claude Monet painted ice"),
    _story("A llama farm in winter: llamas and snow"),
    _story("How maize was tamed"),
    _story("A wind called mistral"),
    _story("The windsurf champions of the lake"),
    _story("They whisper in the archive"),
    _story("The business model of lighthouses"),
    _story("Power transformers are scarce"),
    _story("J’ai mangé une pomme"),
    _story("A guided tour of email", "https://example.ai/tour"),
    _post("A phone sale", "Cheap for three days.", "AI", "Deals"),
    _post("A laptop with half the memory", "Two new models are cheaper."),
    _post("Trains stop", "The radio of the railway failed."),
]


@pytest.mark.parametrize("item", ABOUT_AI, ids=lambda item: f"{item.title}: {item.summary}")
def test_an_item_that_tells_of_ai_is_taken(item: Item) -> None:
    assert is_about_ai(item), why(item)


@pytest.mark.parametrize("item", NOT_ABOUT_AI, ids=lambda item: f"{item.title}: {item.summary}")
def test_an_item_that_only_looks_like_it_is_left(item: Item) -> None:
    assert not is_about_ai(item), why(item)


@pytest.mark.parametrize(
    ("item", "reason"),
    [
        (_repository("ann/brook", "A gateway for every LLM"), "its words say 'LLM'"),
        (_repository("ann/agent-kit", "Parts"), "its name says 'agent'"),
        (_repository("ann/brook", "An agent with a long memory"), "its words say 'agent' and 'memory'"),
        (_repository("ann/brook", "Notes", "llm", "rag", "llmops"), "its topics say 'llm' and 'llmops'"),
        (_story("Notes", "https://openai.com/notes"), "it leads to openai.com"),
        (_post("News", "Of the day.", feed="import-ai"), "Daily Example writes of nothing else"),
        (ABOUT_AI[-1], "everything that we read on huggingface is about AI"),
        (_story("Bread"), "no word of its name, title, description, topics or address tells of AI"),
    ],
)
def test_the_reason_is_told_in_words(item: Item, reason: str) -> None:
    assert why(item) == reason


def test_hostile_text_is_judged_in_a_blink() -> None:
    assert not is_about_ai(_repository("ann/brook", "a-" * 50_000 + "generat" * 10_000))


def test_an_edition_by_which_the_paper_counted_is_never_changed() -> None:
    editions = resources.files("newsroom.relevance") / "editions"
    for number, checksum in CHECKSUMS.items():
        assert sha256((editions / f"{number}.toml").read_bytes()).hexdigest() == checksum
    assert set(CHECKSUMS) == EDITIONS


def test_an_unknown_edition_of_the_rule_decides_nothing() -> None:
    with pytest.raises(LookupError, match="edition 99"):
        is_about_ai(_repository("owner/name", "A tool."), 99)
