"""Small answers in the wire formats of all sources, with words and figures of our own."""

from __future__ import annotations

import json
from typing import Any

FEED = """<?xml version="1.0"?><rss version="2.0"><channel><title>Lab</title><item><title>A quiet model</title>
<link>https://lab.example/quiet</link><guid>1</guid><pubDate>Fri, 03 Jul 2026 08:00:00 GMT</pubDate></item>
</channel></rss>"""
LISTING = """<rss version="2.0"><channel><title>cs.AI</title><item><title>Rivers</title>
<guid>oai:arXiv.org:2607.00002v1</guid></item></channel></rss>"""
ATOM = """<feed xmlns="http://www.w3.org/2005/Atom"><entry><id>http://arxiv.org/abs/2607.00001v1</id><title>Hills</title>
</entry></feed>"""


def repository(name: str, **changes: Any) -> dict[str, Any]:
    """A model, dataset or Space of Hugging Face."""
    return {"id": name, "likes": 5, "trendingScore": 3, **changes}


def trending(gain: str) -> bytes:
    """A trending page of one repository."""
    return f"""<article class="Box-row"><h2><a href="/quiet-lab/lantern">x</a></h2><p>Quiet</p>
    <a href="/quiet-lab/lantern/stargazers">1,204</a><span class="float-sm-right">{gain}</span></article>""".encode()


def encoded(value: object) -> bytes:
    """A value as JSON."""
    return json.dumps(value).encode()


def found(*names: str) -> bytes:
    """An answer of GitHub's search."""
    return encoded({"items": [{"full_name": name, "stargazers_count": 9} for name in names]})


def hits(*ids: int) -> bytes:
    """An answer of Algolia."""
    return encoded({"hits": [{"objectID": str(number), "title": f"Story {number}", "points": 50} for number in ids]})


def rows(*names: str, code: int = 200) -> bytes:
    """An answer of OSS Insight."""
    listed = [{"repo_name": name, "stars": "12"} for name in names]
    return encoded({"data": {"rows": listed, "result": {"code": code}}})


def daily_paper(arxiv_id: str) -> dict[str, Any]:
    """A daily paper of Hugging Face."""
    return {"paper": {"id": arxiv_id, "title": "Rivers", "upvotes": 2}}
