"""The numbers and words an administrator can turn, with the values the desk starts from.

Stored in the `settings` table as text; `settings.list` shows them, `settings.set` changes one.
"""

import re
from contextlib import suppress
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from omnitui.model.errors import Refused
from omnitui.rules.cases import Closing
from omnitui.rules.phones import is_country
from omnitui.store import settings
from omnitui.store.engine import Store

SECOND = 1_000
MINUTE = 60 * SECOND
WORDS = {"case_closing": tuple(choice.value for choice in Closing)}
"""The settings that take one of a few words."""
BOUNDS = {
    "offer_seconds": (5, 3_600),
    "offer_again_seconds": (1, 86_400),
    "hold_room_after": (0, 86_400),
    "call_minutes": (1, 240),
    "most_offers": (1, 100),
    "undo_seconds": (0, 600),
    "grace_seconds": (0, 86_400),
    "open_minutes": (0, 7 * 24 * 60),
    "wrap_up_minutes": (1, 7 * 24 * 60),
    "waiting_days": (1, 3_650),
    "session_cap": (1, 1_000),
    "delivery_attempts": (1, 100),
    "retry_seconds": (1, 86_400),
    "lease_seconds": (10, 3_600),
    "sentiment_alert": (-4, -1),
    "console_seconds": (5, 3_600),
    "console_back_seconds": (0, 86_400),
}
"""The lowest and highest value of each setting that is a number: beyond them a desk stands still,
or what is set never comes."""


class DeskSettings(Struct, frozen=True):
    """Every number has its unit in its name."""

    offer_seconds: int = 120
    """How long an offer rings before it counts as declined."""
    most_offers: int = 3
    """How often one agent is offered the same conversation."""
    offer_again_seconds: int = 60
    """How long somebody is left alone with what they have let pass, before it rings there again."""
    hold_room_after: int = 15
    """After how many seconds of waiting what needs a whole agent keeps the room that one frees."""
    call_minutes: int = 6
    """How long a call lasts, all in all: how many agents stay free for calls follows from it."""
    undo_seconds: int = 8
    """How long a sent reply can be taken back."""
    grace_seconds: int = 180
    """How long a live conversation stays with its agent after one of the two is gone."""
    open_minutes: int = 20
    """After how long with nobody, and without a word, an open conversation on a live channel closes
    itself as abandoned; 0 for never."""
    wrap_up_minutes: int = 15
    """After how long in wrap-up a conversation closes itself."""
    wrap_up_blocks: bool = True
    """Whether wrap-up still takes the agent's capacity."""
    waiting_days: int = 28
    """After how long without a word a waiting conversation closes itself."""
    session_cap: int = 9
    """How many sessions an agent may have open before presence becomes Do not disturb."""
    delivery_attempts: int = 5
    """How often a courier tries to deliver a reply before it counts as failed."""
    retry_seconds: int = 15
    """The wait before the second attempt; it doubles with every further one."""
    lease_seconds: int = 120
    """How long a courier has a reply to itself. When it has not said by then what became of it,
    the reply may have arrived; set it higher than a delivery can take."""
    sentiment_alert: int = -2
    """At which sentiment of a conversation, and below it, its agent and supervisors are told, once
    a conversation: -1 slightly negative, -2 negative, -3 very negative; -4 for never."""
    missed_makes_inactive: bool = True
    """Whether an agent who lets an offer run out becomes Inactive."""
    declined_makes_do_not_disturb: bool = False
    """Whether an agent who declines an offer becomes Do not disturb."""
    console_seconds: int = 45
    """After how long without a sign of it a console counts as lost."""
    console_back_seconds: int = 150
    """Within how long an agent whose console was lost gets back the presence they had."""
    agents_change_entitlements: bool = False
    """Whether agents may make and change what customers are owed; administrators always may."""
    country: str = ""
    """Where phone numbers without a country's code are from: two letters such as `NO` (ISO 3166);
    empty if they are not to be told."""
    case_closing: str = Closing.INDEPENDENT.value
    """How a case with children ends: `independent` of them, they `with_parent`, or
    `children_first`."""


def load(store: Store) -> DeskSettings:
    """The settings of a store: what is stored over what the desk starts from.

    A stored value that does not fit (another version's) counts as not set: nobody is locked out.
    """
    stored = settings.stored(store)
    values: dict[str, Any] = {}
    for name in DeskSettings.__struct_fields__:
        if name == "country":
            # Whether there is such a country was asked when it was set; to ask again takes time.
            code = stored.get(name, "")
            values[name] = code if re.fullmatch("[A-Z]{2}", code) else ""
        elif name in stored:
            with suppress(Refused):
                values[name] = _parse(name, stored[name])
    return replace(DeskSettings(), **values)


def save(store: Store, key: str, text: str) -> DeskSettings:
    """Change one setting; refuses names it does not know and values that do not fit."""
    if key not in DeskSettings.__struct_fields__:
        raise Refused(
            "settings.unknown", f"There is no setting {key}.", "`settings.list` shows them all."
        )
    value = _parse(key, text)
    settings.put(store, key, str(value))
    return load(store)


def _parse(key: str, text: str) -> int | bool | str:
    if key in WORDS:
        return _word(key, text)
    if key == "country":
        return _country(text)
    boolean = isinstance(getattr(DeskSettings(), key), bool)
    word = text.strip().lower()
    if boolean and word in ("true", "yes", "1", "on", "false", "no", "0", "off"):
        return word in ("true", "yes", "1", "on")
    try:
        if boolean:
            raise ValueError
        number = int(word)
    except ValueError:
        kind = "yes or no" if boolean else "a whole number"
        raise Refused("settings.invalid", f"{key} takes {kind}, not {text!r}.") from None
    lowest, highest = BOUNDS[key]
    if not lowest <= number <= highest:
        raise Refused(
            "settings.invalid", f"{key} is a number from {lowest} to {highest}, not {number}."
        )
    return number


def _country(text: str) -> str:
    code = text.strip().upper()
    if code and not is_country(code):
        raise Refused(
            "settings.invalid",
            f"There is no country {text.strip()!r}.",
            "Give two letters such as NO or DE (ISO 3166), or nothing.",
        )
    return code


def _word(key: str, text: str) -> str:
    word = text.strip().lower()
    if word not in WORDS[key]:
        raise Refused("settings.invalid", f"{key} is one of {', '.join(WORDS[key])}.")
    return word
