"""What is done on Home to what is marked, or to what is under the cursor.

Each verb says first what it will do to how many, is one transaction with one undo, and says under
the list what was done and what was not.
"""

from collections import Counter
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from omnitui.console.dialogs.base import Dialog, ask
from omnitui.console.dialogs.bulk import (
    BulkReplyDialog,
    Subject,
    label_dialog,
    link_marked_dialog,
    priority_dialog,
)
from omnitui.console.dialogs.closing import bulk_close_dialog
from omnitui.console.dialogs.snooze import BulkSnoozeDialog
from omnitui.console.dialogs.transfer import (
    assign_dialog,
    named,
    to_whom_dialog,
    transfer_dialog,
)
from omnitui.console.keys import key_for
from omnitui.console.present.home import triage
from omnitui.console.present.transfers import told_before
from omnitui.console.session import anyway
from omnitui.desk.bulk import Bulk
from omnitui.desk.lifecycle import closing
from omnitui.desk.transfers.transfer import Targets
from omnitui.model.actor import Permission
from omnitui.model.conversation import Conversation
from omnitui.model.errors import Refusal
from omnitui.model.notice import Occasion
from omnitui.rules import lifecycle

if TYPE_CHECKING:
    from omnitui.console.main.screen import MainScreen

Happens = Callable[[Conversation], lifecycle.Happening]

_BEYOND_CAPACITY = ("bulk.assign", "bulk.pick")
"""What can go beyond somebody's capacity, which is asked before anything is done."""
_SENTENCES = 5
_CUSTOMERS = 20
"""Of how many customers of what is marked the cases are listed."""
_READ = 500
"""Of how many it is read what becomes of them; of more, it is said of the first of them."""


class Verb:
    """One verb on what is marked in a list on `screen`."""

    def __init__(self, screen: "MainScreen") -> None:
        self.screen = screen
        self._link = screen.link
        self._list = screen.home.list
        self.keys = self._list.subject
        self.rows: list[Conversation] = []

    async def subject(self, happens: Happens | None = None, *, says: bool = True) -> Subject:
        """What it acts on; with `happens`, what becomes of each, as far as dialogs do not say it.

        `says` is False when the dialog tells what it does: then only what stays is told.
        """
        self.rows = await self._link.call("home.rows", keys=list(self.keys[:_READ]))
        elsewhere = self._list.state.marked_elsewhere
        names = [row.name for row in self.rows]
        whom = triage.about_whom(names, len(self.keys), elsewhere)
        return Subject(len(self.keys), whom, self._becomes(happens, says) if happens else ())

    def _becomes(self, happens: Happens, says: bool) -> list[str]:
        told = [self._sentence(row, happens(row)) for row in self.rows]
        said = Counter(words for words, stays in told if says or stays).most_common()
        lines = [
            sentence if len(self.keys) == 1 else f"{count:,}: {sentence}"
            for sentence, count in said[:_SENTENCES]
        ]
        if others := sum(count for _, count in said[_SENTENCES:]):
            lines.append(f"And something else of {others:,} more.")
        if len(self.keys) > _READ:
            lines.append(f"That is what becomes of the first {_READ:,}.")
        return lines

    def _sentence(self, row: Conversation, happening: lifecycle.Happening) -> tuple[str, bool]:
        """What becomes of one, and whether it stays as it is."""
        me = self._link.actor
        theirs = next((who for who in (row.offered_to, row.agent_id) if who is not None), me.id)
        if theirs != me.id and not me.may(Permission.SUPERVISE):
            return "Stays as it is: it is with somebody else.", True
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

    async def ask(self, dialog: Dialog[Any]) -> Any:
        """Show a dialog and wait for its answer."""
        return await ask(self.screen.app, dialog)

    async def do(self, verb: str, name: str, how: str = "", /, **params: Any) -> None:
        """Do it to all of them, and say what was done and `how`; what was refused stays marked.

        What was typed for it is forgotten once it is done to all of them: for those that refused,
        it may be wanted again.
        """
        done = await self._carry_out(name, params)
        if done is None:
            return
        if done.done and not done.refused:
            self.screen.typed.forget(name)
        marked = self._list.state.marks
        if marked:
            self._list.set_marks(marked.intersection(one.conversation for one in done.refused))
        undo = key_for("session.take_back")
        reasons = [(one.name, one.message) for one in done.refused]
        said = triage.what_was_done(verb, len(done.done), reasons, undo, how)
        self.screen.home.say(said, warned=bool(done.refused))
        if done.done:
            fact = triage.what_was_done(verb, len(done.done), reasons, "", how)
            await self.screen.passing.look_after_undo(said, fact)

    async def _carry_out(self, name: str, params: dict[str, Any]) -> Bulk | None:
        """Do it; of what goes beyond the capacity it is asked first. None when nothing was done."""
        screen = self.screen
        if name in _BEYOND_CAPACITY:
            params = {**params, "all_or_none": True}
        done: Bulk | Refusal | None = await anyway.attempt(
            screen.app, self._link, screen.glyphs, name, conversations=list(self.keys), **params
        )
        if isinstance(done, Refusal):
            screen.home.say(str(done), warned=True)
            return None
        return done


async def transfer(screen: "MainScreen", *, asks: bool = True) -> None:
    """Hand them on to an agent or a queue; or, as a supervisor, assign them."""
    verb, link = Verb(screen), screen.link
    moved = lifecycle.Happening.TRANSFERRED_TO_AGENT if asks else lifecycle.Happening.ASSIGNED
    subject = await verb.subject(lambda _row: moved, says=False)
    told = await verb.told(moved, Occasion.TRANSFERRED) if asks else ""
    if asks and subject.count == 1:
        await _hand_on_one(verb, subject, told)
        return
    agents = await link.call("agent.list")
    others = [one for one in agents if not asks or one.id != link.actor.id]
    queues = await link.call("queue.list") if asks else []
    typed = screen.typed.into("bulk.transfer" if asks else "bulk.assign")
    dialog = assign_dialog(subject, others, screen.glyphs, typed)
    if asks:
        dialog = to_whom_dialog(subject, others, queues, screen.glyphs, typed, told)
    to = await verb.ask(dialog)
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


async def _hand_on_one(verb: Verb, subject: Subject, told: str) -> None:
    """Of one it can be told who fits it, as in its session."""
    screen, link = verb.screen, verb.screen.link
    given = {"conversation": verb.keys[0]}
    targets: Targets = await link.call("conversation.transfer_targets", **given)
    typed = screen.typed.into("bulk.transfer")
    wants = (f"{skill} {level}" for row in verb.rows for skill, level in row.skills.items())
    dialog = transfer_dialog(subject.named, targets, screen.glyphs, typed, ", ".join(wants), told)
    to = await verb.ask(dialog)
    if to is not None:
        whom = {"to_agent": to.agent, "to_queue": to.queue, "note": to.note}
        await verb.do("Transferred", "bulk.transfer", f"to {named(targets, to)}", **whom)


async def snooze(screen: "MainScreen") -> None:
    """Put them off until a time in words."""
    verb = Verb(screen)
    subject = await verb.subject(lambda _row: lifecycle.Happening.SNOOZED)
    typed = screen.typed.into("bulk.snooze")
    said, glyphs = subject.about, screen.glyphs
    dialog = BulkSnoozeDialog(subject.named, said, screen.link, screen.tz, glyphs, typed)
    off = await verb.ask(dialog)
    if off is not None:
        await verb.do("Snoozed", "bulk.snooze", f"until {off.said}", until=off.until, note=off.note)


async def close(screen: "MainScreen") -> None:
    """Close them, with a word about how they ended."""
    verb = Verb(screen)
    subject = await verb.subject(closing)
    typed = screen.typed.into("bulk.close")
    how = await verb.ask(
        bulk_close_dialog(f"Close {subject.named}", subject.about, screen.glyphs, typed)
    )
    if how is not None:
        await verb.do("Closed", "bulk.close", disposition=how)


async def priority(screen: "MainScreen") -> None:
    """Set how pressing they are."""
    verb = Verb(screen)
    typed = screen.typed.into("bulk.set_priority")
    dialog = priority_dialog(await verb.subject(), screen.glyphs, typed)
    number = await verb.ask(dialog)
    if number is not None:
        how = f"to {number}"
        await verb.do("Set the priority of", "bulk.set_priority", how, priority=number)


async def label(screen: "MainScreen") -> None:
    """Put labels on them, or take some off."""
    verb = Verb(screen)
    subject = await verb.subject()
    known = await screen.link.call("home.vocabulary")
    there = list(dict.fromkeys(name for row in verb.rows for name in row.labels))
    typed = screen.typed.into("bulk.label")
    dialog = label_dialog(subject, there, known.labels, screen.glyphs, typed)
    labels = await verb.ask(dialog)
    if labels is not None:
        given = {"add": list(labels.add), "remove": list(labels.remove)}
        await verb.do("Labelled", "bulk.label", **given)


async def reply(screen: "MainScreen") -> None:
    """Send one text to all of them, filled for each; who gets it is said before."""
    verb = Verb(screen)
    subject = await verb.subject()
    typed = screen.typed.into("bulk.reply")
    dialog = BulkReplyDialog(subject, verb.keys, screen.link, screen.glyphs, typed)
    said = await verb.ask(dialog)
    if said is not None:
        await verb.do("Replied to", "bulk.reply", text=said)


async def link_case(screen: "MainScreen") -> None:
    """Link one case to all of its customer's."""
    verb = Verb(screen)
    subject = await verb.subject()
    fits = Counter(row.customer_id for row in verb.rows if row.customer_id is not None)
    cases: list[Any] = []
    for customer, _ in fits.most_common(_CUSTOMERS):
        found = await screen.link.call("case.list", customer=customer, limit=100)
        cases += [case for case in found if case.merged_into is None]
    if not cases:
        screen.home.say(
            "No customer of what is marked has a case: create one in a session.", warned=True
        )
        return
    names = {row.customer_id: row.name for row in verb.rows if row.customer_id is not None}
    now, tz = screen.link.now(), screen.tz
    case = await verb.ask(link_marked_dialog(subject, cases, names, fits, now, tz, screen.glyphs))
    if case is not None:
        number = next(one.number for one in cases if one.id == case)
        await verb.do(f"Linked {number} to", "bulk.link_case", case=case)


async def take(screen: "MainScreen") -> None:
    """Take them all, without going to any."""
    await Verb(screen).do("Took", "bulk.pick")
