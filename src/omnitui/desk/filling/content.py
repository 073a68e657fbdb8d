"""Putting articles, replies and people into the store.

Not commands: `omnitui` fills a store with these, in one transaction.
"""

import json
from collections.abc import Sequence

from omnitui.desk.call import Call
from omnitui.model.errors import Refused
from omnitui.rules.slots import problems
from omnitui.safetext import clean, clean_line
from omnitui.store import knowledge


def put_reply(
    call: Call,
    key: str,
    title: str,
    text: str,
    language: str,
    tags: list[str],
    owner: int | None,
    queue: int | None = None,
    workstreams: Sequence[int] = (),
) -> int:
    """Add a quick reply, or update the one of the same key, language and owner or team."""
    name = clean_line(key).strip()
    body = clean(text).strip()
    if not name or not body:
        raise Refused("reply.empty", "A quick reply needs a key and a text.")
    wrong = problems(body)
    if wrong:
        raise Refused("reply.slots", f"Quick reply {name}: {'; '.join(wrong)}.")
    return knowledge.put_reply(
        call.store,
        {
            "key": name,
            "title": clean_line(title).strip() or name,
            "text": body,
            "language": clean_line(language),
            "tags": json.dumps([clean_line(tag).casefold() for tag in tags], ensure_ascii=False),
            "owner_id": owner,
            "queue_id": queue,
            "workstreams": json.dumps([*workstreams]),
        },
    )
