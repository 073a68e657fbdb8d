"""The settings of a desk, with their defaults.

Saved in the `settings` table as text; `settings.list` shows them, `settings.set` changes one.
"""

import re
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
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
"""Settings with a fixed set of words."""
TOGETHER = ("assistant_url", "assistant_model", "assistant_key_env", "assistant_plain_http")
"""Settings that hold together: one command sets them at once (`desk/assistant/setting.py`)."""
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
    "bot_confidence": (1, 100),
    "bot_sentiment": (-4, -1),
    "bot_idle_minutes": (1, 7 * 24 * 60),
    "suggestion_percent": (0, 100),
    "console_seconds": (5, 3_600),
    "console_back_seconds": (0, 86_400),
    "attachment_mb": (1, 128),
    "attachments_mb": (1, 512),
    "attachments_most": (1, 100),
    "assistant_seconds": (1, 600),
    "assistant_max_chars": (2_000, 100_000),
}
"""The lowest and highest value of each number setting: beyond them the desk would stop, or the
setting would never act."""


class DeskSettings(Struct, frozen=True):
    """Every number has its unit in its name."""

    offer_seconds: int = 120
    """How long an offer stays before it counts as missed."""
    most_offers: int = 3
    """The most offers of one conversation to the same agent."""
    offer_again_seconds: int = 60
    """The pause before a declined or missed conversation is offered to the same agent again."""
    hold_room_after: int = 15
    """The wait after which a call keeps an agent's free capacity."""
    call_minutes: int = 6
    """The average length of a call, with wrap-up; decides how many agents stay free for calls."""
    undo_seconds: int = 8
    """How long sending a reply can be undone."""
    grace_seconds: int = 180
    """How long a live conversation stays with its agent after the agent or the customer is gone."""
    open_minutes: int = 20
    """After how long an unassigned live conversation without new messages is closed as abandoned; 0
    for never."""
    wrap_up_minutes: int = 15
    """After how long in wrap-up a conversation is closed."""
    wrap_up_blocks: bool = True
    """Whether wrap-up still takes the agent's capacity."""
    waiting_days: int = 28
    """After how long without a message a waiting conversation is closed."""
    session_cap: int = 9
    """How many sessions an agent can have open before presence becomes Do not disturb."""
    delivery_attempts: int = 5
    """How often a courier tries to deliver a reply before it counts as failed."""
    retry_seconds: int = 15
    """The wait before the second attempt; it doubles with every further one."""
    lease_seconds: int = 120
    """How long a courier may claim a reply. Without a report by then the reply may have arrived;
    set it higher than the longest delivery."""
    sentiment_alert: int = -2
    """The sentiment at or below which the agent and supervisors are alerted, once per conversation:
    -1 slightly negative, -2 negative, -3 very negative; -4 for never."""
    bot_confidence: int = 60
    """How sure a virtual agent has to be that a topic is meant before it answers, in percent."""
    bot_sentiment: int = -2
    """The sentiment at or below which a virtual agent hands over: -1 slightly negative,
    -2 negative, -3 very negative; -4 for never."""
    bot_idle_minutes: int = 30
    """After how long without a message of the customer a virtual agent closes a conversation."""
    missed_makes_inactive: bool = True
    """Whether an agent who misses an offer becomes Inactive."""
    declined_makes_do_not_disturb: bool = False
    """Whether an agent who declines an offer becomes Do not disturb."""
    console_seconds: int = 45
    """After how long without a heartbeat a console counts as lost."""
    console_back_seconds: int = 150
    """How long an agent with a lost console can come back to their previous presence."""
    suggestion_percent: int = 65
    """The confidence (per cent) below which nothing is suggested."""
    agents_change_entitlements: bool = False
    """Whether agents may create and change entitlements; administrators always may."""
    agents_write_articles: bool = False
    """Whether agents may write articles and close gaps; administrators always may."""
    help_site: str = "https://help.example.com"
    """Where customers read public articles, an article's slug behind it; empty for nowhere."""
    knowledge_folder: str = ""
    """A folder of Markdown files that articles are read from whenever they change; empty for none.
    """
    country: str = ""
    """The country of phone numbers without a country code: two letters such as `NO` (ISO 3166);
    empty for none."""
    attachment_mb: int = 5
    """The largest file that can be attached or is kept when it arrives."""
    attachments_mb: int = 20
    """The most MB that the files of one message can have together."""
    attachments_most: int = 10
    """The most files of one message."""
    attachments_blocked: str = (
        "apk app bat cmd com cpl dll exe hta iso jar js jse lnk msi msp pif ps1 reg scr sh vb vbe"
        " vbs wsf"
    )
    """The endings of files that cannot be attached, separated by spaces."""
    case_closing: str = Closing.INDEPENDENT.value
    """How a case with children ends: `independent` of them, they `with_parent`, or
    `children_first`."""
    assistant_url: str = ""
    """The address of a language model (OpenAI-compatible, up to `/v1`); empty for none. Set it with
    `assistant.set`."""
    assistant_model: str = ""
    """The name of the language model."""
    assistant_key_env: str = ""
    """The environment variable with the key of the language model; empty for none."""
    assistant_seconds: int = 30
    """The longest wait for the next word of the language model."""
    assistant_max_chars: int = 12_000
    """The most characters that are sent to the language model, and taken of its answer."""
    assistant_plain_http: bool = False
    """Whether words may leave this machine unencrypted, by http://."""


def load(store: Store) -> DeskSettings:
    """The settings of a store: saved values over the defaults.

    A saved value that is not valid (from another version) is ignored: nobody is locked out.
    """
    stored = settings.stored(store)
    values: dict[str, Any] = {}
    for name in DeskSettings.__struct_fields__:
        if name == "country":  # one of `_WRITTEN`, too
            # Whether there is such a country was asked when it was set; to ask again takes time.
            code = stored.get(name, "")
            values[name] = code if re.fullmatch("[A-Z]{2}", code) else ""
        elif name in TOGETHER and name != "assistant_plain_http":
            # Whether they are valid is asked where they are used: most desks have none.
            values[name] = stored.get(name, "")
        elif name in _WRITTEN:
            values[name] = stored.get(name, getattr(DeskSettings(), name))
        elif name in stored:
            with suppress(Refused):
                values[name] = _parse(name, stored[name])
    return replace(DeskSettings(), **values)


def save(store: Store, key: str, text: str) -> DeskSettings:
    """Change one setting; refuses unknown names and values that are not valid."""
    if key in TOGETHER:
        raise Refused(
            "settings.assistant",
            f"{key} is set together with the others of the language model.",
            "Give them to `assistant.set`.",
        )
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
    if key in _WRITTEN:
        return _WRITTEN[key](text)
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
        raise Refused("settings.invalid", f"{key} must be {kind}, not {text!r}.") from None
    lowest, highest = BOUNDS[key]
    if not lowest <= number <= highest:
        raise Refused(
            "settings.invalid", f"{key} must be a number from {lowest} to {highest}, not {number}."
        )
    return number


def _country(text: str) -> str:
    code = text.strip().upper()
    if code and not is_country(code):
        raise Refused(
            "settings.invalid",
            f"There is no country {text.strip()!r}.",
            "Give two letters such as NO or DE (ISO 3166), or leave it empty.",
        )
    return code


def _endings(text: str) -> str:
    found = {word.lstrip(".") for word in re.split(r"[\s,;]+", text.casefold()) if word.strip(".")}
    wrong = next((word for word in sorted(found) if not re.fullmatch(r"\w{1,10}", word)), None)
    if wrong is not None:
        raise Refused(
            "settings.invalid",
            f"{wrong!r} is not the ending of a file.",
            "Give endings such as exe js, separated by spaces.",
        )
    return " ".join(sorted(found))


def _site(text: str) -> str:
    site = text.strip().rstrip("/")
    if site and not re.fullmatch(r"https?://[^\s/?#@]+(/[^\s?#]*)?", site):
        raise Refused(
            "settings.invalid",
            f"{text.strip()!r} is not the address of a site.",
            "Give one such as https://help.example.com, or leave it empty.",
        )
    return site


def _folder(text: str) -> str:
    if not text.strip():
        return ""
    folder = Path(text.strip()).expanduser()
    if not folder.is_dir():
        raise Refused(
            "settings.invalid",
            f"There is no folder {str(folder)!r}.",
            "Give a folder that is there and that OmniTUI may read, or leave it empty.",
        )
    return str(folder.resolve())


_WRITTEN: dict[str, Callable[[str], str]] = {
    "attachments_blocked": _endings,
    "country": _country,
    "help_site": _site,
    "knowledge_folder": _folder,
}
"""Settings that are text, and what checks them as they are set."""


def _word(key: str, text: str) -> str:
    word = text.strip().lower()
    if word not in WORDS[key]:
        raise Refused("settings.invalid", f"{key} must be one of {', '.join(WORDS[key])}.")
    return word
