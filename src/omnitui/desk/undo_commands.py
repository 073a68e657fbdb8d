"""Which commands can be undone, which cannot and why, and which are not a thing done at all.

A new command of agents goes into one of the three; until it does, what it has done counts as what
cannot be undone, unless it keeps an entry of its own.
"""

UNDOABLE = frozenset(
    (
        "agent.set_presence",
        "bot.take_over",
        "bulk.assign",
        "bulk.close",
        "bulk.label",
        "bulk.link_case",
        "bulk.pick",
        "bulk.reply",
        "bulk.set_priority",
        "bulk.snooze",
        "bulk.transfer",
        "case.cancel",
        "case.create",
        "case.merge",
        "case.reopen",
        "case.resolve",
        "case.set_parent",
        "case.set_reason",
        "case.update",
        "conversation.accept",
        "conversation.close",
        "conversation.end",
        "conversation.escalate",
        "conversation.finish",
        "conversation.label",
        "conversation.link_case",
        "conversation.link_customer",
        "conversation.note",
        "conversation.pick",
        "conversation.release",
        "conversation.reply",
        "conversation.set_priority",
        "conversation.set_skills",
        "conversation.snooze",
        "conversation.transfer",
        "conversation.unlink_case",
        "conversation.unlink_customer",
        "conversation.unsnooze",
        "customer.add_address",
        "customer.change_address",
        "customer.create",
        "customer.merge",
        "customer.remove_address",
        "customer.update",
        "draft.discard",
        "entitlement.activate",
        "entitlement.cancel",
        "entitlement.create",
        "entitlement.deactivate",
        "entitlement.from_template",
        "entitlement.only",
        "entitlement.renew",
        "entitlement.set_default",
        "entitlement.update",
        "knowledge.create",
        "knowledge.gap_close",
        "knowledge.restore",
        "knowledge.retire",
        "knowledge.send",
        "knowledge.update",
        "macro.run",
        "reply.create",
        "reply.restore",
        "reply.retire",
        "reply.update",
        "scheduled.cancel",
        "scheduled.create",
        "scheduled.send",
        "scheduled.update",
        "script.start",
        "script.step",
        "timeline.add",
        "timeline.done",
        "timeline.give",
        "timeline.postpone",
        "timeline.reopen",
        "view.delete",
        "view.save",
    )
)
"""Commands that keep what undoing them needs, where they have changed anything."""

FINAL: dict[str, tuple[str, str]] = {
    "case.unmerge": ("unmerged cases", "merge them again instead"),
    "conversation.add": ("added an agent", "the other agent has been told; end it with consult"),
    "conversation.consult": (
        "consulted an agent",
        "the other agent has been asked; end it with consult",
    ),
    "conversation.decline": ("declined an offer", "it was offered to others"),
    "conversation.end_consult": ("ended a consult", "ask them again instead"),
    "conversation.leave": (
        "left a consult",
        "the agent who has the conversation can ask you again",
    ),
    "customer.unmerge": ("unmerged customers", "merge them again instead"),
    "knowledge.rate": ("rated an article", "rate it again instead"),
    "message.confirm": ("marked whether a reply arrived", "send it again if it did not"),
    "signature.set": ("set a signature", "set it again instead"),
    "message.retry": ("sent a reply again", "it may be on its way to the customer"),
}
"""By command: what was done, after "you ...", and why it cannot be undone, as a clause."""

NO_DEED = frozenset(
    (
        # Signs of life, and what is looked at.
        "console.beat",
        "console.enter",
        "console.leave",
        "timeline.looked",
        # What others have written to you, and that you have read it.
        "mention.seen",
        # Tabs, drafts and layouts: nobody else sees them, and they are changed back as easily.
        "session.close",
        "session.draft",
        "session.focus",
        "session.layout",
        "session.move",
        "session.open",
        "draft.address",
        "draft.attach",
        "draft.detach",
        # An agent's own words, which are removed as easily as they are added.
        "spelling.add",
        "spelling.remove",
        # Counts of what was used, beside the use itself.
        "knowledge.searched",
        "knowledge.use",
        "reply.use",
        # What a language model was asked, and what became of its draft: nothing else changes.
        "assistant.decide",
        "assistant.prepare",
        "assistant.record",
        # What agents say of suggestions: it is taken back by saying something else.
        "suggestion.accept",
        "suggestion.dismiss",
        "suggestion.rate",
        # Undoing is not undone: do it again.
        "conversation.unsend",
        "undo.last",
        # What customers do and couriers tell, whoever hands it in.
        "conversation.customer_back",
        "conversation.customer_gone",
        "conversation.customer_left",
        "conversation.rate",
        "conversation.receive",
        "message.failed",
        "message.sent",
    )
)
"""Commands that leave nothing to be undone."""
