"""Rules for outside names, links and quotations: the stored words, the item's own address, no orders to readers."""

from __future__ import annotations

from collections.abc import Iterator

from domain.claims import Name, Quote, Role
from domain.evidence import Evidence, HarvestEvidence, QuoteEvidence, ReadingEvidence
from domain.items import ItemKey
from newsroom.checking.dossier import Dossier
from newsroom.checking.sentences import Sentence
from newsroom.hostile import unfit_to_print, unfit_to_quote

#: WRITING §2.7: the longest span that is quoted.
LONGEST_QUOTE = 160


def names(sentence: Sentence, dossier: Dossier) -> Iterator[str]:
    """Every fault of the names, links and quotations of a sentence."""
    for name in sentence.claim.names:
        yield from _name(name, sentence, dossier)
    for quote in sentence.claim.quotes:
        yield from _quote(quote, sentence, dossier)


def _name(name: Name, sentence: Sentence, dossier: Dossier) -> Iterator[str]:
    evidence = dossier.get(name.evidence)
    if evidence is None:
        return  # told where the evidence is looked up
    if isinstance(evidence, HarvestEvidence) or evidence.item != name.item:
        yield f"the name {name.text!r} rests on evidence of something else"
        return
    if name.text not in _spellings(evidence):
        yield f"the name {name.text!r} is not spelt as its evidence has it"
    for what in unfit_to_print(name.text):
        yield f"the name holds {what}"
    if name.url is not None and not _own_address(name.url, name.item, dossier):
        yield f"the link {name.url!r} is not the stored address of {name.item}"
    if sentence.items and name.item not in sentence.items:
        yield f"{name.item} is named, and the story is not about it"


def _spellings(evidence: ReadingEvidence | QuoteEvidence) -> frozenset[str]:
    """How an item may be named: as quoted, or the part of its id after the slash; a tag also without its hyphens."""
    if isinstance(evidence, ReadingEvidence):
        return frozenset({evidence.item.external_id, _after_slash(evidence.item.external_id)})
    if evidence.field == "external_id":
        return frozenset({evidence.text, _after_slash(evidence.text)})
    if evidence.field == "tags":
        return frozenset({evidence.text, evidence.text.replace("-", " ")})
    return frozenset({evidence.text})


def _after_slash(text: str) -> str:
    return text.rpartition("/")[2] or text


def _own_address(url: str, item: ItemKey, dossier: Dossier) -> bool:
    return url.startswith(("https://", "http://")) and url in dossier.addresses(item)


def _quote(quote: Quote, sentence: Sentence, dossier: Dossier) -> Iterator[str]:
    evidence = dossier.get(quote.evidence)
    if evidence is None:
        return
    if not _is_of(evidence, quote.item) or not isinstance(evidence, QuoteEvidence) or evidence.text != quote.text:
        yield f"“{quote.text}” is not the span that its evidence quotes"
    if len(quote.text) > LONGEST_QUOTE:
        yield f"a quotation of {len(quote.text)} characters is longer than {LONGEST_QUOTE}"
    for what in unfit_to_quote(quote.text):
        yield f"the quotation holds {what}"
    if not _attributed(quote, sentence):
        yield "the quotation is of an item that is neither named nor the story's"


def _is_of(evidence: Evidence, item: ItemKey) -> bool:
    return not isinstance(evidence, HarvestEvidence) and evidence.item == item


def _attributed(quote: Quote, sentence: Sentence) -> bool:
    named = {name.item for name in sentence.claim.names} or set(sentence.items)
    return sentence.claim.role is Role.CLAIM and quote.item in named
