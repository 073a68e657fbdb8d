"""Undo: what a command did, undone in one go, or the reason why it cannot be.

A command that can be undone calls `remember` before it changes conversations, or `remember_deed`
for what it has done to cases, customers and the like. One that cannot be calls `remember_final`
with the reason, or is named in `undo_commands`. The desk seals the entry when the command is done.
Commands within a command belong to its entry.
"""

from collections.abc import Mapping, Sequence

from msgspec import Struct
from msgspec.structs import replace

from omnitui.desk import thread, undo_conversations
from omnitui.desk.call import Call
from omnitui.desk.registry import command, query
from omnitui.desk.undo_commands import FINAL, NO_DEED, UNDOABLE
from omnitui.desk.undo_deeds import deeds as deeds
from omnitui.desk.undo_deeds import forget_deed as forget_deed
from omnitui.desk.undo_deeds import of_kind
from omnitui.desk.undo_deeds import remember_deed as remember_deed
from omnitui.desk.undo_deeds import remember_final as remember_final
from omnitui.model.conversation import Conversation, MessageKind, Speaker
from omnitui.model.errors import Refused
from omnitui.model.ids import AgentId, ConversationId, MessageId
from omnitui.rules.conflicts import told
from omnitui.store import conversations, journal, messages
from omnitui.store import undo as kept
from omnitui.store.engine import Clash


class Undoable(Struct, frozen=True):
    """What would be undone: in words, when it was done (epoch ms), and why it may not be possible.

    `why_not` is empty while any of it can be undone. Of several conversations, those in `left` do
    not change, because something has followed from them; `why_left` is a sentence about them, and
    about what else stays. `before` is the previous action, empty if none is kept; with `passing`
    the `key` of one that cannot be undone, `undo.last` undoes that instead. `reply` is a held
    reply, whose text goes back into the draft; `replies` are unsent with all else. `told` is a
    sentence about notices that customers got, which undo does not change; empty if they got none.
    """

    what: str
    at: int
    conversations: tuple[ConversationId, ...]
    why_not: str = ""
    left: tuple[ConversationId, ...] = ()
    why_left: str = ""
    key: int = 0
    before: str = ""
    reply: MessageId | None = None
    told: str = ""
    replies: tuple[MessageId, ...] = ()


def remember(call: Call, what: str, conversations: Sequence[int]) -> None:
    """Keep how conversations are, before the calling agent changes them.

    `what` goes on from "Undone: ". Within a command that has remembered something, only
    conversations that are new to it are added. Callers who are not agents have nothing to undo.
    """
    agent = call.agent_or_none
    if agent is None:
        return
    if call.remembered.issuperset(conversations):
        return
    entry = kept.unsealed(call.store, agent)
    known = {step.conversation for step in entry.steps} if entry else set()
    steps = [kept.step(call.store, key) for key in dict.fromkeys(conversations) if key not in known]
    if entry is None:
        kept.add(call.store, agent, call.now, what, steps)
    elif steps:
        kept.write(call.store, entry, [*entry.steps, *steps], 0)
    call.remembered.update(conversations)


def reword(call: Call, what: str) -> None:
    """Say in other words what the command that is under way does, now that it is known."""
    agent = call.agent_or_none
    entry = None if agent is None else kept.unsealed(call.store, agent)
    if entry is not None:
        kept.reword(call.store, entry.id, what)


class Mark(Struct, frozen=True):
    """Where undo and the journal stood when a command began."""

    undo: int
    journal: int


def mark(call: Call) -> Mark | None:
    """Where things stand before a command of an agent; None for callers who undo nothing."""
    if call.agent_or_none is None:
        return None
    return Mark(call.store.next_key("undo"), journal.last(call.store))


def seal(call: Call, name: str, begun: Mark | None) -> None:
    """A command is done: keep of what it remembered only what it has changed.

    One that has changed something and remembered nothing is kept as what cannot be undone.
    """
    agent = call.agent_or_none
    if begun is not None and name in NO_DEED:
        kept.drop_from(call.store, begun.undo)
        return
    entry = None if agent is None else kept.unsealed(call.store, agent)
    if entry is not None:
        found = (kept.sealed(call.store, step, call.now) for step in entry.steps)
        steps = [step for step in found if step is not None]
        if steps:
            kept.write(call.store, entry, steps, journal.last(call.store))
        else:
            kept.drop(call.store, entry.id)
    if begun is None:
        return
    seq = journal.last(call.store)
    remembered = call.store.next_key("undo") > begun.undo
    if not remembered and name not in UNDOABLE and seq > begun.journal:
        _keep_final(call, name)
    kept.bound(call.store, begun.undo, begun.journal, seq)


def _keep_final(call: Call, name: str) -> None:
    what, why = FINAL.get(name, (f"called {name}", "the previous state is not saved"))
    conversation = next((key for kind, key in call.touched if kind == "conversation"), None)
    found = None if conversation is None else conversations.get(call.store, conversation)
    whom = "" if found is None else found.name
    remember_final(call, f"{what} ({whom})" if whom else what, why)


@query("undo.what")
def what(call: Call, passing: int | None = None) -> Undoable | None:
    """What `undo.last` would undo now, None when there is nothing.

    `passing` is as in `undo.last`.
    """
    agent = _whose(call)
    entry = kept.newest(call.store, agent, passing)
    return None if entry is None else _foreseen(call, agent, entry)


def _foreseen(call: Call, agent: AgentId, entry: kept.Undo) -> Undoable:
    if entry.deed is not None:
        why_not = _deed_in_the_way(call, entry.deed)
        left = {} if why_not else of_kind(entry.deed.kind).left(call, entry.deed.kept)
        return _told(call, agent, entry, left, why_not)
    ways = undo_conversations.in_the_way(call, entry)
    if len(ways) < len(entry.steps):
        return _told(call, agent, entry, ways)
    return _told(call, agent, entry, {}, told([*ways.values()]))


def _deed_in_the_way(call: Call, deed: kept.Deed) -> str:
    for table, name in (("cases", "case"), ("customers", "customer")):
        key = deed.kept.get(name)
        if isinstance(key, int) and not call.store.holds(table, key):
            return f"the {name} was deleted"
    return of_kind(deed.kind).in_the_way(call, deed.kept)


def _whose(call: Call) -> AgentId:
    """Whose last deed is meant; refuses callers whose deeds are not kept."""
    agent = call.agent_or_none
    if agent is None:
        raise Refused(
            "actor.not_an_agent",
            "Only what agents do can be undone.",
            "Give your login with --as LOGIN; `case.unmerge` and `customer.unmerge` undo merges"
            " of any agent.",
        )
    return agent


def _told(
    call: Call, agent: AgentId, entry: kept.Undo, ways: Mapping[int, str], why_not: str = ""
) -> Undoable:
    keep = {} if entry.deed is None else entry.deed.kept
    keys = [ConversationId(step.conversation) for step in entry.steps]
    if isinstance(keep.get("conversation"), int):
        keys.append(ConversationId(keep["conversation"]))
    keys += [ConversationId(key) for key in keep.get("conversations", ())]
    stays = "" if entry.deed is None or why_not else of_kind(entry.deed.kind).stays(call, keep)
    held = entry.deed is not None and entry.deed.kind == "conversation.reply" and not why_not
    stay = "does not change" if len(ways) == 1 else "do not change"
    older = kept.newest(call.store, agent, entry.id)
    undone = tuple(key for key in keys if key not in ways)
    return Undoable(
        entry.what,
        entry.at,
        undone,
        why_not,
        tuple(key for key in keys if key in ways),
        f"{len(ways)} of {len(keys)} {stay}: {told([*ways.values()])}." if ways else stays,
        entry.id,
        "" if older is None else older.what,
        MessageId(keep["message"]) if held else None,
        told_since(call, undone, entry.begun, entry.seq),
        tuple(MessageId(key) for key in keep.get("messages", ())),
    )


@command("undo.last")
def last(call: Call, passing: int | None = None) -> Undoable:
    """Undo your last action, or say why it cannot be undone.

    An earlier action is not undone instead: the refusal names it, and `passing` with the key of the
    last action undoes it. Of a bulk action, conversations from which something has followed do not
    change; `left` and `why_left` say which and why.
    """
    agent = _whose(call)
    passed = [] if passing is None else _check_passing(call, agent, passing)
    entry = kept.newest(call.store, agent, passing)
    if entry is None:
        raise Refused(
            "undo.nothing",
            "There is nothing to undo.",
            "What you create, change, close, transfer, snooze, link, mark or merge can be undone.",
        )
    done = _undo(call, agent, entry)
    for one in passed:
        kept.pass_over(call.store, one.id)
    return done


def _undo(call: Call, agent: AgentId, entry: kept.Undo) -> Undoable:
    """Undo one entry; refused with nothing changed where it cannot be."""
    found = _foreseen(call, agent, entry)
    if found.why_not:
        raise _cannot(found)
    try:
        with call.store.transaction():
            if entry.deed is not None:
                of_kind(entry.deed.kind).take_back(call, entry.deed.kept)
            else:
                left = set(found.left)
                steps = [step for step in entry.steps if step.conversation not in left]
                undo_conversations.put_back(call, entry, steps)
            kept.mark(call.store, entry, call.now, found.left)
    except Clash:
        found = replace(found, why_not="something else has replaced it since")
        raise _cannot(found) from None
    except Refused as refused:
        found = replace(found, why_not=refused.refusal.message.rstrip("."))
        raise _cannot(found) from None
    return found


def _cannot(found: Undoable) -> Refused:
    before = (
        f" Before that you {found.before}: `undo.last passing={found.key}` undoes that instead."
        if found.before
        else ""
    )
    return Refused(
        "undo.changed",
        f"“{found.what}” cannot be undone: {found.why_not}.",
        f"Nothing was changed.{before}",
    )


def _check_passing(call: Call, agent: AgentId, passing: int) -> list[kept.Undo]:
    """What is passed over, which is what cannot be undone, down to an entry and with it."""
    entries = kept.from_on(call.store, agent, passing)
    if not entries or entries[-1].id != passing:
        raise Refused(
            "undo.passing",
            f"You have no undo entry {passing}.",
            "`undo.what` shows the last one and its key.",
        )
    for entry in entries:
        if _can_be_undone(call, agent, entry):
            raise Refused(
                "undo.passing",
                f"“{entry.what}” can be undone itself.",
                "Undo that first.",
            )
    return entries


def _can_be_undone(call: Call, agent: AgentId, entry: kept.Undo) -> bool:
    """Whether an entry can be undone, by trying it: some reasons only come up on the way."""
    try:
        with call.store.transaction():
            _undo(call, agent, entry)
            raise _TriedError
    except _TriedError:
        return True
    except Refused:
        return False


class _TriedError(Exception):
    """Lets go of what was only tried."""


_LONGEST = 70
"""How much of what was said is repeated (characters), if no other length is asked for."""


def told_since(call: Call, conversations: Sequence[int], begun: int, seq: int) -> str:
    """A sentence about what the desk told customers between two ends of the journal.

    Empty when nobody was told anything.
    """
    heard: list[tuple[Conversation, str]] = []
    for key in conversations:
        for entry in journal.within(call.store, key, "message.queued", begun, seq):
            said = messages.get(call.store, int(entry.payload["message"]))
            if said is not None and (said.speaker, said.kind) == (
                Speaker.SYSTEM,
                MessageKind.MESSAGE,
            ):
                heard.append((thread.get(call, key), said.text))
    return sentence([(item.name, text) for item, text in heard])


def sentence(heard: Sequence[tuple[str, str]]) -> str:
    """Who was told what, each a name and the words, and that undoing does not change it."""
    if not heard:
        return ""
    names = list(dict.fromkeys(name for name, _ in heard))
    whom = f"{names[0]} has" if len(names) == 1 else f"{len(names)} customers have"
    text = quoted(heard[0][1])
    return f"{whom} been told {text}. That cannot be undone."


def quoted(text: str, longest: int = _LONGEST) -> str:
    """The beginning of what is said, in quotation marks, cut at a word."""
    line = " ".join(text.split())
    if len(line) > longest:
        line = line[:longest].rsplit(" ", 1)[0].rstrip(".,;:") + " …"
    return f"“{line}”"
