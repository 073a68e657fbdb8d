"""Undoing a macro as a whole: its steps in reverse, but for what cannot be undone at all.

What has left (a reply that was sent) or is final by nature stays, and that is said before and
after. Where something else has happened since, nothing is undone and the reason is said.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from omnitui.desk import thread, undo, undo_conversations
from omnitui.desk.call import Call
from omnitui.desk.undo_deeds import of_kind
from omnitui.model.errors import Refused
from omnitui.model.macro import Macro
from omnitui.rules.conflicts import told
from omnitui.store import journal, sessions
from omnitui.store import undo as kept

_KIND = "macro.run"
_FINAL = "final"
_SENDS = ("bulk.reply", "conversation.reply", "scheduled.create")
"""Kinds of deeds that leave the house: too late to undo them is nobody's doing."""


def join(call: Call, macro: Macro, conversation: int, begun: undo.Mark) -> None:
    """Make one entry of all that a macro's steps have kept for undo since it began."""
    agent = call.agent_or_none
    entries = [] if agent is None else kept.from_on(call.store, agent, begun.undo)[::-1]
    if not entries:
        return
    for entry in entries:  # none of them is offered by itself any more
        kept.pass_over(call.store, entry.id)
    keep: dict[str, Any] = {
        "macro": macro.id,
        "conversation": conversation,
        "entries": [entry.id for entry in entries],
        "journal": [begun.journal, journal.last(call.store)],
        "messages": [key for entry in entries for key in _messages(entry)],
    }
    name = thread.get(call, conversation).name
    undo.remember_deed(call, f"ran “{macro.title}” for {name}", _KIND, keep)


def final(entry: kept.Undo) -> str:
    """Why a step can never be undone, as a clause; empty where it may be."""
    deed = entry.deed
    return str(deed.kept["why"]) if deed is not None and deed.kind == _FINAL else ""


def _messages(entry: kept.Undo) -> Sequence[int]:
    deed = entry.deed
    if deed is None or deed.kind not in _SENDS:
        return ()
    found: Sequence[int] = deed.kept.get("messages", ())
    return found or [value for name, value in deed.kept.items() if name == "message"]


def _parts(call: Call, keep: Mapping[str, Any]) -> list[kept.Undo]:
    """What is not undone yet, last first."""
    return kept.those(call.store, keep["entries"])[::-1]


def _stays(call: Call, entry: kept.Undo) -> str:
    """Why a part is not undone with the others, as a clause; empty where it is."""
    deed = entry.deed
    if deed is None:
        return ""
    if deed.kind == _FINAL:
        return final(entry)
    return of_kind(deed.kind).in_the_way(call, deed.kept) if deed.kind in _SENDS else ""


def _way(call: Call, entry: kept.Undo, keep: Mapping[str, Any]) -> str:
    """What is in the way of undoing a part now, as a clause."""
    if entry.deed is not None:
        return of_kind(entry.deed.kind).in_the_way(call, entry.deed.kept)
    begun, seq = keep["journal"]
    whole = kept.Undone(begun, seq, frozenset())
    return told([*undo_conversations.in_the_way(call, entry, [whole]).values()])


def _in_the_way(call: Call, keep: Mapping[str, Any]) -> str:
    """What keeps the whole from being undone, as far as its last part tells.

    Parts before it may depend on those after it, and are looked at when those are undone.
    """
    parts = _parts(call, keep)
    if not parts:
        return "it was undone already"
    undone = [entry for entry in parts if not _stays(call, entry)]
    if not undone:
        return told([_stays(call, entry) for entry in parts])
    return _way(call, undone[0], keep)


def _stay(call: Call, keep: Mapping[str, Any]) -> str:
    """What is not undone, in sentences."""
    found = ((entry.what, _stays(call, entry)) for entry in reversed(_parts(call, keep)))
    return " ".join(f"“{what}” stays: {why}." for what, why in found if why)


def _take_back(call: Call, keep: Mapping[str, Any]) -> None:
    """Undo the parts, last first. Refused, with nothing changed, where one cannot be."""
    stays: list[str] = []
    for entry in _parts(call, keep):
        if _stays(call, entry):
            stays.append(entry.what)
            continue
        why = _way(call, entry, keep)
        if why:
            raise Refused("undo.changed", f"{why}.")
        if entry.deed is None:
            undo_conversations.put_back(call, entry, entry.steps)
        elif entry.deed.kind in _SENDS:
            _unsend(call, entry.deed)
        else:
            of_kind(entry.deed.kind).take_back(call, entry.deed.kept)
        kept.mark(call.store, entry, call.now)
    about = {"conversation": keep["conversation"]} if keep["conversation"] else {}
    call.journal("macro.undone", macro=keep["macro"], stays=stays, **about)


def _unsend(call: Call, deed: kept.Deed) -> None:
    """Take a reply back: its words are the macro's, and go into nobody's draft."""
    agent, key = call.agent, deed.kept.get("conversation")
    typed = None if key is None else sessions.typed(call.store, agent, key)
    of_kind(deed.kind).take_back(call, deed.kept)
    if typed is not None and key is not None:
        sessions.put_typed_back(call.store, agent, key, typed)


undo.deeds(_KIND, _in_the_way, _take_back, stays=_stay)
