"""Which notice a customer gets, by channel and language; and when a text cannot be one."""

from collections.abc import Iterable

from omnitui.model.notice import Notice
from omnitui.rules.slots import problems, slots_of

FALLBACK = "en"
LONGEST = 1_000
"""The longest notice (characters)."""


def choose(notices: Iterable[Notice], channel: str, language: str) -> Notice | None:
    """The notice for a channel and a language (`nb`, `nb-NO`), None if there is none.

    One for the channel comes before one for all; then the customer's language before English. A
    third language is never used.
    """
    spoken = language.casefold().split("-")[0] or FALLBACK
    fitting = [
        notice
        for notice in notices
        if (not notice.channels or channel in notice.channels)
        and notice.language.casefold() in (spoken, FALLBACK)
    ]
    return min(
        fitting,
        key=lambda notice: (notice.language.casefold() != spoken, not notice.channels),
        default=None,
    )


def unfit(text: str) -> list[str]:
    """Why a text cannot be a notice, in sentences without their full stops."""
    found = list(problems(text))
    if not text.strip():
        found.append("it is empty")
    if len(text) > LONGEST:
        found.append(f"it has {len(text)} characters; {LONGEST} are the most")
    asked = [slot for slot in slots_of(text) if slot.startswith("?")]
    return found + [f"nobody can fill in {{{slot}}}" for slot in asked]
