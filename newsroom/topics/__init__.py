"""What readers may follow: topics from a bundled taxonomy, found in what an item says of itself."""

from newsroom.topics.matching import said_by, topics_of
from newsroom.topics.taxonomy import Topic, standard_topics

__all__ = ["Topic", "said_by", "standard_topics", "topics_of"]
