"""What a model is told: the rules, the plan as JSON, and, once, why sentences were refused."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from domain.plans import PlannedFact, PlannedSlot, Refusal, SectionPlan

#: Part of the name under which answers are kept: raise it with every change of what is sent.
VERSION = "1"

RULES = """You write one section of a newspaper from a plan of facts. Answer with one JSON object and nothing else:
{"sentences":[{"t":"…","f":["…"]}]}
"t" is one sentence, "f" the ids of the facts that it tells (one, or two joined by ", and", ";" or "while").
Rules, all of them checked by a program; a sentence that breaks one is thrown away:
- Every figure, name, quotation, list and unit is a slot in braces, as in the plan. Our code fills it.
- Never type a digit, a number in words, a name, a link or a quotation mark.
- Tell each fact once, and join only facts of one subject.
- Put the slots of a fact only between such words as its "ways" have between the same slots.
- Begin sentences in different ways, other than those of "worn". Vary the order of subject, figure and date.
- Name the subject ({a.name}) first; later {a.short}, or "it" if the sentence before is about the same.
- Plain words. No opinion, no reason, no forecast, no praise. 6 to 30 words a sentence, a full stop at its end."""

TRANSLATION_RULES = """You translate sentences of a newspaper. Answer with one JSON object and nothing else:
{"sentences":[{"t":"…","f":["…"]}]}
"f" holds the id of the sentence that you translate, "t" its translation. Rules, all of them checked by a program:
- Translate every sentence, one by one. Add nothing, leave nothing out.
- Words in braces such as {a} are slots. Keep each exactly as it is and as often; move it where the language wants it.
- Never type a digit, a link, or a name that is not a slot."""


def schema() -> dict[str, Any]:
    """The form of an answer as a JSON schema, in what all strict endpoints know: everything required, nothing else."""
    sentence = {
        "type": "object",
        "properties": {"t": {"type": "string"}, "f": {"type": "array", "items": {"type": "string"}}},
        "required": ["t", "f"],
        "additionalProperties": False,
    }
    return {
        "type": "object",
        "properties": {"sentences": {"type": "array", "items": sentence}},
        "required": ["sentences"],
        "additionalProperties": False,
    }


def plan_text(plan: SectionPlan) -> str:
    """The plan as the model sees it."""
    return _json(
        {
            "section": plan.section.value,
            "job": plan.job,
            "most_sentences": plan.most,
            "subjects": [_slot(slot) for slot in plan.subjects],
            "facts": [_fact(fact) for fact in plan.facts],
            "worn": list(plan.openings),
        }
    )


def _fact(fact: PlannedFact) -> dict[str, Any]:
    return {
        "id": fact.id,
        "kind": fact.kind,
        "subject": fact.subject,
        "slots": [_slot(slot) for slot in fact.slots],
        "ways": list(fact.ways),
    }


def _slot(slot: PlannedSlot) -> dict[str, str]:
    told = {"slot": f"{{{slot.id}}}", "is": slot.meaning}
    more = {"prints": slot.shown, "unit": slot.unit, "over": slot.period or ""}
    return told | {name: text for name, text in more.items() if text}


def repair_text(refused: Sequence[Refusal]) -> str:
    """Why sentences were refused, for the second and last attempt."""
    told = [
        {"refused": each.sentence, "why": each.reason} if each.sentence else {"missing": list(each.facts)}
        for each in refused
    ]
    ask = "Some sentences were refused. Write only for the facts that are missing, mending what was wrong. Same JSON."
    return f"{ask}\n{_json(told)}"


def answer_text(sentences: Sequence[tuple[str, Sequence[str]]]) -> str:
    """Sentences as the model wrote them."""
    return _json({"sentences": [{"t": text, "f": list(facts)} for text, facts in sentences]})


def translation_text(language: str, sentences: Sequence[tuple[str, str]]) -> str:
    """Sentences with slots, by id, to be translated into a language."""
    return _json({"into": language, "sentences": [{"id": name, "t": text} for name, text in sentences]})


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
