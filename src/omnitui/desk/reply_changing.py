"""Writing quick replies: create, update, retire, and made of a message that was sent.

An agent writes their own; those of a team and everybody's are for supervisors and administrators.
"""

from collections.abc import Sequence
from contextlib import AbstractContextManager

from msgspec import Struct

from omnitui.desk import knowledge as articles
from omnitui.desk import retired, thread, undo_rows
from omnitui.desk.call import Call
from omnitui.desk.convert import Exact
from omnitui.desk.filling.content import put_reply
from omnitui.desk.named import own_name
from omnitui.desk.registry import command, query
from omnitui.desk.replies import usable, values
from omnitui.letters import folded
from omnitui.model.actor import Permission
from omnitui.model.conversation import MessageKind, Speaker
from omnitui.model.errors import Refused
from omnitui.model.ids import MessageId, QueueId, ReplyId, WorkStreamId
from omnitui.model.knowledge import QuickReply, Scope
from omnitui.rules.keys import Use
from omnitui.rules.markdown import shortened
from omnitui.rules.replies import FALLBACK
from omnitui.rules.slots import unfill
from omnitui.safetext import clean_line
from omnitui.stems import common
from omnitui.store import knowledge, messages
from omnitui.store.images import Watched

_TITLE = 60
_KEY_WORDS = 3
_NOT_TURNED_BACK = ("conversation.", "context.", "case.title")
"""Slots whose values are everyday words: a message that has such a word does not mean them."""


class Proposal(Struct, frozen=True):
    """A quick reply as it could be made of a message: personal details are slots again."""

    key: str
    title: str
    text: str
    language: str
    tags: tuple[str, ...] = ()


@command("reply.create")
def create(
    call: Call,
    key: Exact,
    title: str,
    text: str,
    language: str = "en",
    tags: list[str] | None = None,
    personal: bool = True,
    queue: QueueId | None = None,
    workstreams: list[WorkStreamId] | None = None,
    replace: bool = True,
) -> QuickReply:
    """Create a quick reply: your own, or as a supervisor one of a team (those who work a `queue`)
    or one for everybody (`personal=no`).

    One of the same key, language and owner is replaced, or with `replace=no` refused. It is offered
    in `workstreams` only, in all of them by default.
    """
    owner = call.agent if personal and queue is None and call.agent_or_none is not None else None
    _check_may_share(call, owner)
    key = _own_key(call, key)
    _check_in_use(call, key, language, owner, queue, replace=replace)
    articles.check_public(call, text)
    what, named = f"saved the quick reply {key}", f"the quick reply {key}"
    watched = _watched(owner, queue, key)
    with undo_rows.rows(call, "reply", what, named, watched):
        made = put_reply(
            call, key, title, text, language, tags or [], owner, queue, _streams(workstreams)
        )
        call.journal("reply.created", reply=made, key=key)
    return _found(call, made)


def _watched(owner: int | None, queue: int | None, key: str) -> Watched:
    if owner is not None:
        return Watched("replies", "owner_id", owner)
    return Watched("replies", "queue_id", queue) if queue else Watched("replies", "key", key)


def _streams(given: Sequence[int] | None) -> list[int]:
    return sorted(set(given or ()))


def _check_may_share(call: Call, owner: int | None) -> None:
    if owner is None and not call.actor.may(Permission.SUPERVISE):
        raise Refused(
            "permission.denied",
            "Only supervisors and administrators write quick replies for a team or for everybody.",
            "Save it for yourself (personal).",
        )


def _own_key(call: Call, given: str) -> str:
    """The key of a reply; an existing one is kept, with its languages."""
    every = call.agent_or_none is None
    known = knowledge.replies(call.store, call.agent_or_none or 0, every=every)
    there = {one.key: one.id for one in known}
    key = clean_line(given)
    if key in there or not key:
        return key
    return own_name(call, "reply", "a quick reply", given, there, use=Use.KEY)


def _check_in_use(
    call: Call, key: str, language: str, owner: int | None, queue: int | None, *, replace: bool
) -> None:
    """Refuse to overwrite a retired reply, because nobody would see the new one."""
    for one in knowledge.replies_of_key(call.store, clean_line(key), owner or 0, every=not owner):
        same = (one.language, one.owner_id, one.queue_id) == (clean_line(language), owner, queue)
        if same and (not replace or not retired.in_use(call, "reply", one.id)):
            said = f"A quick reply {one.key} exists already."
            raise retired.taken(call, "reply", one.id, said, "Choose another key.")


@command("reply.update")
def update(
    call: Call,
    reply: ReplyId,
    title: str | None = None,
    text: str | None = None,
    tags: list[str] | None = None,
    workstreams: list[WorkStreamId] | None = None,
    scope: Scope | None = None,
    queue: QueueId | None = None,
) -> QuickReply:
    """Change a quick reply of your own, or as a supervisor one of a team or everybody's.

    `scope` makes it personal, a team's (with its `queue`) or everybody's.
    """
    before = _own(call, reply)
    owner, team = _whose(call, before, scope, queue)
    if (owner, team) != (before.owner_id, before.queue_id):
        _check_may_share(call, owner)
        _check_free(call, before, owner, team)
    body = before.text if text is None else text
    articles.check_public(call, body)
    tagged = list(before.tags) if tags is None else tags
    streams = [*before.workstreams] if workstreams is None else _streams(workstreams)
    said = before.title if title is None else title
    with _kept(call, f"changed the quick reply {before.key}", before):
        call.store.update("replies", reply, {"owner_id": owner, "queue_id": team})
        put_reply(call, before.key, said, body, before.language, tagged, owner, team, streams)
        call.journal("reply.updated", reply=reply, key=before.key)
    return _found(call, reply)


def _whose(
    call: Call, before: QuickReply, scope: Scope | None, queue: int | None
) -> tuple[int | None, int | None]:
    """The owner and the team that a reply is to have."""
    wanted = scope or (Scope.TEAM if queue is not None else before.scope)
    if wanted is Scope.PERSONAL:
        return before.owner_id or call.agent, None
    if wanted is Scope.SHARED:
        return None, None
    team = queue or before.queue_id
    if team is None:
        raise Refused("reply.no_team", "A team's quick reply needs its queue.", "Give queue=NAME.")
    return None, team


def _check_free(call: Call, reply: QuickReply, owner: int | None, team: int | None) -> None:
    for one in knowledge.replies_of_key(call.store, reply.key, owner or 0, every=not owner):
        mine = (one.key, one.language, one.owner_id, one.queue_id)
        if one.id != reply.id and mine == (reply.key, reply.language, owner, team):
            said = f"A quick reply {reply.key} exists there already."
            raise retired.taken(call, "reply", one.id, said, "Retire one of them first.")


@command("reply.retire")
def retire(call: Call, reply: ReplyId) -> QuickReply:
    """Retire a quick reply of your own, or as a supervisor one of a team or everybody's."""
    found = _own(call, reply)
    with _kept(call, f"retired the quick reply {found.key}", found):
        retired.retire(call, "reply", reply, f"The quick reply {found.key}")
        call.journal("reply.retired", reply=reply, name=found.key)
    return found


@command("reply.restore")
def restore(call: Call, reply: ReplyId) -> QuickReply:
    """Restore a retired quick reply."""
    found = _own(call, reply)
    with _kept(call, f"restored the quick reply {found.key}", found):
        retired.restore(call, "reply", reply, f"The quick reply {found.key}")
        call.journal("reply.restored", reply=reply, name=found.key)
    return found


@query("reply.propose")
def propose(call: Call, message: MessageId) -> Proposal:
    """A quick reply made of a message that was sent: names, account and case number of the
    customer, and the agent's name, are slots again. Nothing is saved.
    """
    line = messages.get(call.store, message)
    assert line is not None
    ours = line.speaker in (Speaker.AGENT, Speaker.BOT)
    if not ours or line.kind is not MessageKind.MESSAGE:
        raise Refused(
            "reply.not_sent",
            "A quick reply is made of a reply to a customer, and this is none.",
            "Choose a reply of an agent.",
        )
    item = thread.get(call, line.conversation_id)
    known = {
        slot: value
        for slot, value in values(call, item.id).items()
        if not slot.startswith(_NOT_TURNED_BACK)
    }
    text = unfill(line.text.strip(), known)
    title = shortened(" ".join(line.text.split()), _TITLE)
    there = {folded(one.key) for one in usable(call)}
    return Proposal(
        _key_for(line.text, known, there), title, text, thread.language(call, item) or FALLBACK
    )


def _key_for(text: str, known: dict[str, str | None], there: set[str]) -> str:
    """A free key of the first words that say something, without names."""
    names = {word for value in known.values() if value for word in _words(value)}
    told = [word for word in _words(text) if not common(word) and word not in names]
    kept = [word for word in told if not word.isdecimal()][:_KEY_WORDS]
    plain = "-".join(kept)[:40] or "reply"
    key, number = plain, 2
    while key in there:
        key, number = f"{plain}-{number}", number + 1
    return key


def _words(text: str) -> list[str]:
    words = ("".join(sign for sign in word if sign.isalnum()) for word in folded(text).split())
    return [word for word in words if word]


def _found(call: Call, reply: int) -> QuickReply:
    found = knowledge.reply(call.store, reply)
    assert found is not None
    return found


def _own(call: Call, reply: int) -> QuickReply:
    """A quick reply that the caller may change."""
    found = _found(call, reply)
    mine = found.owner_id is not None and found.owner_id == call.agent_or_none
    if not mine and not call.actor.may(Permission.SUPERVISE):
        whose = {
            Scope.SHARED: "everybody's",
            Scope.TEAM: "a team's",
            Scope.PERSONAL: "another agent's",
        }[found.scope]
        raise Refused(
            "permission.denied",
            f"The quick reply {found.key} is {whose}; only supervisors and administrators can"
            " change it.",
            "Create your own instead.",
        )
    return found


def _kept(call: Call, what: str, reply: QuickReply) -> AbstractContextManager[None]:
    watched = (
        Watched("replies", "id", reply.id),
        Watched("retired", "item", str(reply.id)),
    )
    return undo_rows.rows(call, "reply", what, f"the quick reply {reply.key}", *watched)


undo_rows.declare("reply")
