"""How deeds are kept and undone that are not about a conversation's row: a kind of them each.

An area says with `deeds` how a kind is undone, and keeps each with `remember_deed`.
"""

from collections.abc import Callable, Mapping
from typing import Any

from msgspec import Struct

from omnitui.desk.call import Call
from omnitui.desk.registry import COMMANDS
from omnitui.store import undo as kept

_FINAL = "final"


class Deeds(Struct, frozen=True):
    """How deeds of a kind are undone: what is in the way as a clause, and the undoing.

    `left` names the conversations of those that were changed that stay as they are, with why;
    `stays` is a sentence about what else is not undone with it.
    """

    in_the_way: Callable[[Call, Mapping[str, Any]], str]
    take_back: Callable[[Call, Mapping[str, Any]], None]
    left: Callable[[Call, Mapping[str, Any]], Mapping[int, str]] = lambda _call, _keep: {}
    stays: Callable[[Call, Mapping[str, Any]], str] = lambda _call, _keep: ""


_DEEDS: dict[str, Deeds] = {}


def of_kind(kind: str) -> Deeds:
    """How deeds of a kind are undone; whichever area it is that knows."""
    if kind not in _DEEDS:
        COMMANDS.load()
    return _DEEDS[kind]


def deeds(
    kind: str,
    in_the_way: Callable[[Call, Mapping[str, Any]], str],
    take_back: Callable[[Call, Mapping[str, Any]], None],
    left: Callable[[Call, Mapping[str, Any]], Mapping[int, str]] = lambda _call, _keep: {},
    stays: Callable[[Call, Mapping[str, Any]], str] = lambda _call, _keep: "",
) -> None:
    """Say how deeds of a kind are undone by what was kept, and what of them stays as it is."""
    _DEEDS[kind] = Deeds(in_the_way, take_back, left, stays)


def remember_deed(call: Call, what: str, kind: str, keep: dict[str, Any]) -> None:
    """Keep what the calling agent has done to a case or customer; `what` follows "Undone: "."""
    agent = call.agent_or_none
    if agent is not None:
        kept.add_deed(call.store, agent, call.now, what, kept.Deed(kind, keep))


def remember_final(call: Call, what: str, why: str) -> None:
    """Keep that the calling agent has done what cannot be undone, and why, as a clause."""
    remember_deed(call, what, _FINAL, {"why": why})


deeds(_FINAL, lambda _call, keep: str(keep["why"]), lambda _call, _keep: None)


def forget_deed(call: Call, kind: str, name: str, value: int) -> None:
    """What was done has been undone in another way; `name` and `value` are what was kept."""
    kept.mark_deeds(call.store, kind, name, value, call.now)
