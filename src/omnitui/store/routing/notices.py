"""Notices in the store, and which of them a conversation's customer has had."""

import json
from collections.abc import Sequence

from omnitui.model.ids import NoticeId
from omnitui.model.notice import Notice, Occasion
from omnitui.store.engine import Store
from omnitui.store.reading import each, json_of, maker, parts

_notice = maker(Notice, occasion=Occasion, channels=parts)


def every(store: Store, occasion: Occasion | None = None) -> list[Notice]:
    """All notices, or those of one occasion, in the order in which they were written."""
    return each(
        _notice,
        store.rows(
            "SELECT * FROM notices WHERE :occasion IS NULL OR occasion = :occasion"
            " ORDER BY id LIMIT 1000",
            {"occasion": occasion},
        ),
    )


def add(
    store: Store, occasion: Occasion, language: str, text: str, channels: Sequence[str]
) -> NoticeId:
    """Keep a notice in the place of one for the same occasion, language and channels."""
    same = {"occasion": occasion, "language": language, "channels": json.dumps(channels)}
    store.execute(
        "DELETE FROM notices WHERE occasion = :occasion AND language = :language"
        " AND channels = :channels",
        same,
    )
    return NoticeId(store.insert("notices", {**same, "text": text}))


def delete(store: Store, notice: int) -> bool:
    """Delete a notice; False if none of that key exists."""
    return store.execute("DELETE FROM notices WHERE id = ?", (notice,)).rowcount > 0


def told(store: Store, conversation: int) -> list[str]:
    """The occasions of notices that were sent since an agent last had the conversation."""
    text = store.value("SELECT told FROM conversations WHERE id = ?", (conversation,))
    found: list[str] = json_of(text, [])
    return found


def set_told(store: Store, conversation: int, occasions: Sequence[str]) -> None:
    """Save the occasions of sent notices."""
    store.update("conversations", conversation, {"told": json.dumps(occasions)})
