"""What is done on Home to what is marked, or to what is under the cursor.

Each verb says first what it will do to how many, is one transaction with one undo, and says under
the list what was done and what was not.
"""

from collections import Counter
from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any

from omnitui.console.command import Need, Where, command
from omnitui.console.commands import needs
from omnitui.console.commands.stage import Stage, call_anyway
from omnitui.console.commands.transfers import targets_of
from omnitui.console.dialogs import bulk as dialogs
from omnitui.console.dialogs import closing as closing_dialogs
from omnitui.console.dialogs import snooze as snoozing
from omnitui.console.dialogs import transfer as transferring
from omnitui.console.keys import key_for
from omnitui.console.present.home import triage
from omnitui.console.present.transfers import told_before
from omnitui.model.actor import Permission
from omnitui.model.conversation import Conversation
from omnitui.model.errors import Refused
from omnitui.model.notice import Occasion
from omnitui.rules import lifecycle

if TYPE_CHECKING:
    from omnitui.desk.bulk import Bulk

Happens = Callable[[Conversation], lifecycle.Happening]

_BEYOND_CAPACITY = ("bulk.assign", "bulk.pick")
"""What can go beyond somebody's capacity, which is asked before anything is done."""
_SENTENCES = 5
_CUSTOMERS = 20
"""Of how many customers of what is marked the cases are listed."""
_READ = 500
"""Of how many it is read what becomes of them; of more, it is said of the first of them."""


_marked = partial(command, where=Where.HOME, group="Marked conversations", needs=[needs.marked])


class Verb:
    """One verb on what is marked in a list on a stage."""

    def __init__(self, stage: Stage) -> None:
        self.stage = stage
        self._link = stage.link
        self._list = stage.home.list
        self.keys = self._list.subject
        self.rows: list[Conversation] = []

    async def subject(
        self, happens: Happens | None = None, *, says: bool = True
    ) -> "dialogs.Subject":
        """What it acts on; with `happens`, what becomes of each, as far as dialogs do not say it.

        `says` is False when the dialog tells what it does: then only what stays is told.
        """
        self.rows = await self._link.call("home.rows", keys=list(self.keys[:_READ]))
        elsewhere = self._list.state.marked_elsewhere
        names = [row.name for row in self.rows]
        whom = triage.about_whom(names, len(self.keys), elsewhere)
        return dialogs.Subject(
            len(self.keys), whom, self._becomes(happens, says) if happens else ()
        )

    def _becomes(self, happens: Happens, says: bool) -> list[str]:
        told = [self._sentence(row, happens(row)) for row in self.rows]
        said = Counter(words for words, stays in told if says or stays).most_common()
        lines = [
            sentence if len(self.keys) == 1 else f"{count:,}: {sentence}"
            for sentence, count in said[:_SENTENCES]
        ]
        if others := sum(count for _, count in said[_SENTENCES:]):
            lines.append(f"{others:,} more have other consequences.")
        if len(self.keys) > _READ:
            lines.append(f"These are the consequences for the first {_READ:,}.")
        return lines

    def _sentence(self, row: Conversation, happening: lifecycle.Happening) -> tuple[str, bool]:
        """What becomes of one, and whether it stays as it is."""
        me = self._link.actor
        theirs = next((who for who in (row.offered_to, row.agent_id) if who is not None), me.id)
        if theirs != me.id and not me.may(Permission.SUPERVISE):
            return "Does not change: it belongs to another agent.", True
        mode, ringing = self._link.channels[row.channel].mode, row.offered_to is not None
        after = lifecycle.after(row.state, happening, mode, ringing)
        if isinstance(after, lifecycle.Forbidden):
            return after.sentence, True
        return lifecycle.consequence(row.state, happening, mode, ringing), False

    async def told(self, happens: lifecycle.Happening, occasion: Occasion) -> str:
        """What the desk would tell their customers, as a sentence; nothing of those that stay."""
        moved = [row for row in self.rows if not self._sentence(row, happens)[1]]
        keys = [int(row.id) for row in moved]
        given = {"conversations": keys, "occasion": occasion}
        texts = await self._link.call("notice.preview", **given)
        return told_before(texts, moved[0].name if len(moved) == 1 else "1 customer")

    async def do(self, verb: str, name: str, how: str = "", /, **params: Any) -> None:
        """Do it to all of them, and say what was done and `how`; what was refused stays marked.

        What was typed for it is forgotten once it is done to all of them: for those that refused,
        it may be wanted again.
        """
        done = await self._carry_out(name, params)
        if done is None:
            return
        if done.done and not done.refused:
            self.stage.home_typed.forget(name)
        marked = self._list.state.marks
        if marked:
            self._list.set_marks(marked.intersection(one.conversation for one in done.refused))
        undo = key_for("session.take_back")
        reasons = [(one.name, one.message) for one in done.refused]
        said = triage.what_was_done(verb, len(done.done), reasons, undo, how)
        self.stage.home.say(said, warned=bool(done.refused))
        if done.done:
            fact = triage.what_was_done(verb, len(done.done), reasons, "", how)
            await self.stage.messages.look_after_undo(said, fact)

    async def _carry_out(self, name: str, params: dict[str, Any]) -> "Bulk | None":
        """Do it; of what goes beyond the capacity it is asked first. None when nothing was done."""
        stage = self.stage
        if name in _BEYOND_CAPACITY:
            params = {**params, "all_or_none": True}
        try:
            done: Bulk | None = await call_anyway(
                stage, name, conversations=list(self.keys), **params
            )
        except Refused as refused:
            stage.home.say(str(refused.refusal), warned=True)
            return None
        return done


@_marked("bulk.transfer", "t", "Transfer", footer=14)
async def transfer(stage: Stage) -> None:
    """Transfer the marked conversations to an agent or a queue, with a note."""
    await _move(stage, asks=True)


_ASSIGNS: list[Need] = [needs.supervisor, needs.marked]


@_marked("bulk.assign", "a", "Assign", needs=_ASSIGNS)
async def assign(stage: Stage) -> None:
    """Assign the marked conversations to an agent, without an offer (supervisors)."""
    await _move(stage, asks=False)


async def _move(stage: Stage, *, asks: bool) -> None:
    verb, link = Verb(stage), stage.link
    moved = lifecycle.Happening.TRANSFERRED_TO_AGENT if asks else lifecycle.Happening.ASSIGNED
    subject = await verb.subject(lambda _row: moved, says=False)
    told = await verb.told(moved, Occasion.TRANSFERRED) if asks else ""
    if asks and subject.count == 1:
        await _transfer_one(verb, subject, told)
        return
    agents = await link.call("agent.list")
    others = [one for one in agents if not asks or one.id != link.actor.id]
    queues = await link.call("queue.list") if asks else []
    typed = stage.home_typed.into("bulk.transfer" if asks else "bulk.assign")
    glyphs = stage.glyphs
    if asks:
        dialog = transferring.to_whom_dialog(subject, others, queues, glyphs, typed, told)
    else:
        dialog = transferring.assign_dialog(subject, others, glyphs, typed)
    to = await stage.ask(dialog)
    if to is None:
        return
    names: dict[Any, str] = {one.id: one.name for one in others}
    if to.queue is not None:
        names = {one["id"]: one["name"] for one in queues}
    how = f"to {names[to.agent if to.queue is None else to.queue]}"
    if asks:
        given = {"to_agent": to.agent, "to_queue": to.queue, "note": to.note}
        await verb.do("Transferred", "bulk.transfer", how, **given)
    else:
        await verb.do("Assigned", "bulk.assign", how, agent=to.agent)


async def _transfer_one(verb: Verb, subject: "dialogs.Subject", told: str) -> None:
    """Of one it can be told who fits it, as in its session."""
    stage = verb.stage
    targets = await targets_of(stage, verb.keys[0])
    typed = stage.home_typed.into("bulk.transfer")
    wants = (f"{skill} {level}" for row in verb.rows for skill, level in row.skills.items())
    dialog = transferring.transfer_dialog(
        subject.named, targets, stage.glyphs, typed, ", ".join(wants), told
    )
    to = await stage.ask(dialog)
    if to is not None:
        whom = {"to_agent": to.agent, "to_queue": to.queue, "note": to.note}
        await verb.do(
            "Transferred", "bulk.transfer", f"to {transferring.named(targets, to)}", **whom
        )


@_marked("bulk.take", "T", "Take")
async def take(stage: Stage) -> None:
    """Take the marked conversations without opening them; asks if they exceed your capacity."""
    await Verb(stage).do("Took", "bulk.pick")


@_marked("bulk.snooze", "z", "Snooze")
async def snooze(stage: Stage) -> None:
    """Snooze the marked conversations until a time: 2h, tomorrow, fri 9am."""
    verb = Verb(stage)
    subject = await verb.subject(lambda _row: lifecycle.Happening.SNOOZED)
    typed = stage.home_typed.into("bulk.snooze")
    said, glyphs = subject.about, stage.glyphs
    dialog = snoozing.BulkSnoozeDialog(subject.named, said, stage.link, stage.tz, glyphs, typed)
    off = await stage.ask(dialog)
    if off is not None:
        await verb.do("Snoozed", "bulk.snooze", f"until {off.said}", until=off.until, note=off.note)


@_marked("bulk.priority", "P", "Priority")
async def priority(stage: Stage) -> None:
    """Set the priority of the marked conversations."""
    verb = Verb(stage)
    typed = stage.home_typed.into("bulk.set_priority")
    dialog = dialogs.priority_dialog(await verb.subject(), stage.glyphs, typed)
    number = await stage.ask(dialog)
    if number is not None:
        how = f"to {number}"
        await verb.do("Set the priority of", "bulk.set_priority", how, priority=number)


@_marked("bulk.label", "b", "Label")
async def label(stage: Stage) -> None:
    """Add labels to the marked conversations, or remove some."""
    verb = Verb(stage)
    subject = await verb.subject()
    known = await stage.link.call("home.vocabulary")
    there = list(dict.fromkeys(name for row in verb.rows for name in row.labels))
    typed = stage.home_typed.into("bulk.label")
    dialog = dialogs.label_dialog(subject, there, known.labels, stage.glyphs, typed)
    labels = await stage.ask(dialog)
    if labels is not None:
        given = {"add": list(labels.add), "remove": list(labels.remove)}
        await verb.do("Labelled", "bulk.label", **given)


@_marked("bulk.reply", "r", "Reply to all")
async def reply(stage: Stage) -> None:
    """Send one text to the marked conversations, slots filled for each; shows first who gets it."""
    verb = Verb(stage)
    subject = await verb.subject()
    typed = stage.home_typed.into("bulk.reply")
    dialog = dialogs.BulkReplyDialog(subject, verb.keys, stage.link, stage.glyphs, typed)
    said = await stage.ask(dialog)
    if said is not None:
        await verb.do("Replied to", "bulk.reply", text=said)


@_marked("bulk.link_case", "l", "Link case")
async def link_case(stage: Stage) -> None:
    """Link one case to the marked conversations of its customer."""
    verb = Verb(stage)
    subject = await verb.subject()
    fits = Counter(row.customer_id for row in verb.rows if row.customer_id is not None)
    cases: list[Any] = []
    for customer, _ in fits.most_common(_CUSTOMERS):
        found = await stage.link.call("case.list", customer=customer, limit=100)
        cases += [case for case in found if case.merged_into is None]
    if not cases:
        stage.home.say(
            "No customer of the marked conversations has a case. Create one in a session.",
            warned=True,
        )
        return
    names = {row.customer_id: row.name for row in verb.rows if row.customer_id is not None}
    now, tz = stage.link.now(), stage.tz
    case = await stage.ask(
        dialogs.link_marked_dialog(subject, cases, names, fits, now, tz, stage.glyphs)
    )
    if case is not None:
        number = next(one.number for one in cases if one.id == case)
        await verb.do(f"Linked {number} to", "bulk.link_case", case=case)


@_marked("bulk.close", "w", "Close", footer=15)
async def close(stage: Stage) -> None:
    """Close the marked conversations; shows the consequences first."""
    from omnitui.desk.lifecycle import closing

    verb = Verb(stage)
    subject = await verb.subject(closing)
    typed = stage.home_typed.into("bulk.close")
    how = await stage.ask(
        closing_dialogs.bulk_close_dialog(
            f"Close {subject.named}", subject.about, stage.glyphs, typed
        )
    )
    if how is not None:
        await verb.do("Closed", "bulk.close", disposition=how)
