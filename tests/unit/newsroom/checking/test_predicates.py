"""Claims whose figures, names and quotations are all correct stand or fall with the words around them."""

from __future__ import annotations

from datetime import date

import pytest

from domain.issue import SectionName, Story
from newsroom.checking.dossier import Dossier
from newsroom.checking.judging import judge
from newsroom.checking.sentences import Place, Sentence
from newsroom.checking.wording import standard_wording
from tests.unit.newsroom.checking.phrasing import desk, phrased
from tests.unit.newsroom.checking.world import ALPHA, BETA, DELTA, GAMMA, KIT, LOOM, TALK

#: A story about everything, so that only the words can be what is wrong.
STORY = Story((ALPHA, BETA, GAMMA, DELTA, KIT, LOOM, TALK))


def faults(text: str) -> str:
    """What the court says of a line with slots, in a story that is about everything."""
    world = desk().world
    claim = phrased(text)
    sentence = Sentence(claim, SectionName.LEAD, Place.PARAGRAPH, date(2026, 8, 22), STORY)
    return judge(sentence, Dossier(world.evidence, world), standard_wording()).reason


TRUE = (
    "{alpha} has {likes} likes.",
    "{alpha} counts {likes} likes now.",
    "{alpha} stands at {rank} on Hugging Face's trending list of models.",
    "{alpha} gained {gain} likes from {week_ago} to {today}.",
    "{alpha} went from {likes_before} to {likes} likes.",
    "{alpha} gained {gain} likes since {week_ago} and stands at {likes}.",
    "From {rank_before} on {week_ago}, {alpha} climbed to {rank}.",
    "{kit} has {stars} stars, {stars_day} of them that day by GitHub's count.",
    "{kit} is written in {python} and has {stars} stars.",
    "The licence of {kit} is {mit}.",
    "{kit} says of itself: {quote}",
    "The description of {kit} begins: {quote}",
    "{talk}, from {site}, has {points} points and {comments} comments on Hacker News.",
    "{talk} has more comments than points: {comments} against {points}.",
    "{alpha} has held first place for {streak} lists in a row.",
    "{delta} is new at {rank_delta}; the {earlier} earlier lists that we hold do not have it.",
    "{alpha} has {likes} likes, and {beta} {likes_beta}.",
    "{alpha} has {likes} likes; {beta} has {likes_beta}.",
    "{likes_before} likes for {alpha} on {week_ago}, {likes} now.",
    "A Hacker News story, {talk}, has {points} points.",
    "The repository {kit} has {stars} stars.",
    "On Hacker News, {points} points went to {talk}.",
    "{points} points and {comments} comments on Hacker News: {site}.",
    "{alpha} stands at {rank}; {gamma} lost {fall} places and fell to {rank_gamma}.",
)

FALSE = (
    # one item for another, and relations that no reading knows
    "{site} has {likes} likes.",
    "{kit}: {talk}, {points} points on Hacker News.",
    "On GitHub {stars} projects name {kit} as their language.",
    "A story about {kit}: {talk}, {points} points on Hacker News.",
    "{likes} likes on Hugging Face's list of models: {site}.",
    "{python}: {likes} likes, and listed on {listed_days} days.",
    "A GitHub story, {talk}, has {points} points.",
    "A story, {kit}, has {stars} stars.",
    "The model {talk} has {points} points.",
    "{likes} likes for {alpha} on {week_ago}, {likes_before} now.",
    "{likes_before} likes now for {alpha}, {likes} then.",
    "{comments} comments, fewer than points ({points}), on Hacker News: {talk}.",
    "{delta} is at {rank_delta}; one of {size} models.",
    "{alpha} has overtaken {beta} with {likes} likes.",
    "{alpha} passed {beta} and has {likes} likes.",
    "{alpha} is made by {beta}.",
    "{alpha} is a version of {beta} with {likes} likes.",
    "{alpha} is {beta}.",
    "{alpha} stands ahead of {beta} at {rank}.",
    "{alpha} fell behind {beta}, to {rank}.",
    "{alpha} has {likes} likes, more than {beta}.",
    "{alpha} gained {gain} likes on {beta}.",
    "{alpha} took {rank} from {beta}.",
    "{alpha} belongs to {beta}.",
    "{alpha} contains {beta} and has {likes} likes.",
    "{alpha} follows {beta} with {likes} likes.",
    "{alpha} is part of {beta}.",
    "{alpha} and {beta} are the same model.",
    "{alpha} led {beta} to {rank_beta}.",
    "{kit} is written by {loom}.",
    "{kit} is the code of {alpha}.",
    "{alpha}, by {beta}, has {likes} likes.",
    "{alpha} with {beta} has {likes} likes.",
    "{talk} is about {kit}.",
    "{alpha} holds {beta} at {rank_beta}.",
    # what an item is said to be
    "{alpha} is written in Python and has {likes} likes.",
    "{loom} is written in {python}.",
    "{alpha} is new at {rank}.",
    "{alpha} is a young model with {likes} likes.",
    "{alpha} is a tool with {likes} likes.",
    "{kit} is a model with {stars} stars.",
    "{alpha} is a paper with {likes} likes.",
    "{alpha} is free and has {likes} likes.",
    "{alpha} is good at {rank}.",
    "{alpha} is the best model, with {likes} likes.",
    "{alpha} is the only model with {likes} likes.",
    "{alpha} is a record of {likes} likes.",
    "{kit} is {python}.",
    "{kit} is {mit}.",
    "The language of {kit} is {mit}.",
    "{kit} is written in {mit}.",
    "The licence of {kit} is {python}.",
    "The task of {kit} is {python}.",
    "{alpha} is used by {likes} people.",
    "{alpha} has {likes} users.",
    "{alpha} works with {likes} likes.",
    # whose words, whose count
    "The authors of {alpha} say that it has {likes} likes.",
    "The authors of {talk} write: {quote}",
    "Readers of {kit} say: {quote}",
    "{alpha} says of itself: {quote}",
    "The description of {kit} begins: {later_quote}",
    "Its title reads: {quote}",
    "Developers of {kit} say: {quote}",
    "The licence of {kit} says: {quote}",
    "{site} is written in {python}.",
    "{kit} drew {stars_day} stars that day.",
    "By Hugging Face's count {kit} drew {stars_day} stars that day.",
    "{kit} has {stars_day} stars in all by GitHub's count.",
    "{kit} has {stars} stars, all of them that day by GitHub's count.",
    "{stars} of the {stars_day} stars of {kit} came that day by GitHub's count.",
    # lists and sites
    "{alpha} stands at {rank} on GitHub.",
    "{alpha} stands at {rank} on GitHub's daily page.",
    "{alpha} stands at {rank} on Hugging Face's trending list of datasets.",
    "{alpha} stands at {rank} on Hugging Face's page of daily papers.",
    "{kit} has {stars} stars on Hugging Face.",
    "{talk} has {points} points on arXiv.",
    "{talk} has {points} points on our Hacker News search for AI.",
    "{alpha} has {likes} likes on Hacker News.",
    "{kit} has {stars} stars on GitHub's weekly page.",
    "{alpha} stands at {rank} on every list.",
    "{alpha} stands at {rank} on both lists.",
    # what is counted
    "{alpha} has {likes} downloads.",
    "{alpha} has {downloads} likes.",
    "{likes} people like {alpha}.",
    "{likes} readers of Hugging Face gave a star to {alpha}.",
    "{talk} has {points} comments.",
    "{talk} has {points} readers.",
    "{kit} has {stars} forks.",
    "{kit} has {stars} projects.",
    "{size} readers stand behind the models on the list.",
    "{size} accounts publish the models on the list.",
    "{alpha} has held first place for {streak} days in a row.",
    "{beta} has held first place for {listed_days} days.",
    "{beta} stands first on {listed_days} days.",
    "{talk} has fewer comments than points: {comments} against {points}.",
    "{talk} has as many comments as points: {comments} and {points}.",
    # which way, from what to what
    "{alpha} lost {gain} likes since {week_ago}.",
    "{alpha} went from {likes} to {likes_before} likes.",
    "{alpha} went to {likes_before} likes, from {likes}.",
    "{alpha} climbed to {rank_before}, from {rank}.",
    "{alpha} fell to {rank}.",
    "{gamma} climbed {fall} places, to {rank_gamma}.",
    "{alpha} gained {gain} likes from {today} to {week_ago}.",
    "{alpha} is down to {likes} likes.",
    "{alpha} is back at {rank}.",
    "{gamma} gained {loss} likes since {week_ago}.",
    # denials
    "{alpha} did not gain {gain} likes since {week_ago}.",
    "{alpha} no longer has {likes} likes.",
    "{alpha} never had {likes} likes.",
    "{alpha} does not stand at {rank}.",
    "{alpha} has no likes; {beta} has {likes_beta}.",
    "{alpha} gained {gain} likes without {beta}.",
    "Neither {alpha} nor {beta} gained {gain} likes.",
    "{kit} is not written in {python}.",
    "{delta} is not new at {rank_delta}; the {earlier} earlier lists do not have it.",
    "{alpha} hardly has {likes} likes.",
    "{alpha} cannot gain {gain} likes since {week_ago}.",
    # all, each, half, both
    "All models have {likes} likes, as {alpha} does.",
    "Every model on the list is about AI, and {alpha} has {likes} likes.",
    "Both {alpha} and {beta} have {likes_beta} likes.",
    "{alpha} and {beta} gained {gain} likes each since {week_ago}.",
    "Half of the list has {likes} likes, as {alpha} does.",
    "Each of the {size} models has {likes} likes, as {alpha} does.",
    "Many readers of Hugging Face gave {alpha} its {likes} likes.",
    "Several models have {likes} likes, and {alpha} is one of them.",
    "Few models have {likes} likes, and {alpha} is one of them.",
    "No other model has {likes} likes; that is {alpha}.",
    "{alpha} has all the likes of the list, {likes}.",
    "Some of the {likes} likes of {alpha} came from {beta}.",
    # when
    "{alpha} has {likes_before} likes now.",
    "{alpha} has {likes_before} likes today.",
    "{alpha} has {likes_before} likes.",
    "{alpha} stands at {rank_before}.",
    "{alpha} now stands at {rank_before}, with {likes} likes.",
    "{alpha} gained {gain} likes on Friday.",
    "{alpha} gained {gain} likes in a day.",
    "{alpha} gained {gain} likes since yesterday.",
    "{alpha} gained {gain} likes today.",
    "{alpha} had {likes} likes on {week_ago}.",
    "{alpha} had {likes_before} likes on {today}.",
    "{alpha} has {likes} likes this month.",
    "{alpha} gained {gain} likes on {today}.",
    "Yesterday {alpha} stood at {rank}.",
    "Last week {alpha} had {likes} likes.",
    "In July {alpha} had {likes} likes.",
    "{alpha} has {likes} likes again.",
    "{alpha} has {likes} likes for the first time.",
    "{alpha} had {likes} likes.",
    "{alpha} has always stood at {rank}.",
    # more than the readings say
    "{alpha} is liked for its code and has {likes} likes.",
    "{alpha} has {likes} likes for its words.",
    "{alpha} tells readers of {likes} likes.",
    "{alpha} was published with {likes} likes.",
    "{alpha} came from a lab and has {likes} likes.",
    "{alpha} left the list with {likes} likes.",
    "{alpha} opens at {rank}.",
    "{alpha} closed with {likes} likes.",
    "{talk} was argued about on {comments} pages.",
    "{alpha} has {likes} likes, and readers read it.",
    "{alpha} draws readers to {rank}.",
)


@pytest.mark.parametrize("text", TRUE)
def test_true_words_around_correct_runs_stand(text: str) -> None:
    assert faults(text) == ""


@pytest.mark.parametrize("text", FALSE)
def test_false_words_around_correct_runs_fall(text: str) -> None:
    assert faults(text) != ""
