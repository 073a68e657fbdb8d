"""Which notice a customer gets: of those for the channel, the one in their language; and what
keeps a text from being one."""

from collections.abc import Iterable

from omnitui.model.notice import Notice
from omnitui.rules.slots import problems, slots_of

FALLBACK = "en"
LONGEST = 1_000
"""The longest notice (characters)."""


def choose(notices: Iterable[Notice], channel: str, language: str) -> Notice | None:
    """The notice for a channel and a language (`nb`, `nb-NO`), None where nothing is said.

    What was written for the channel goes before what is for all; then the customer's language
    before English. Of a third language nothing is said: it would be as good as noise.
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
    """What keeps a text from being sent as a notice, in sentences without their full stops."""
    found = list(problems(text))
    if not text.strip():
        found.append("it is empty")
    if len(text) > LONGEST:
        found.append(f"it has {len(text)} characters; {LONGEST} are the most")
    asked = [slot for slot in slots_of(text) if slot.startswith("?")]
    return found + ["nobody can fill in {{slot}}" for slot in asked]
