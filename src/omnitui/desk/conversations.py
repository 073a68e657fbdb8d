"""Reading and changing conversations: customer, case, priority, labels, skills."""

import json

from omnitui.desk import thread
from omnitui.desk.call import Call, page_size
from omnitui.desk.customers import linking
from omnitui.desk.customers.identity import given_fields, near
from omnitui.desk.registry import command, query
from omnitui.desk.routing import assign
from omnitui.desk.undo import remember
from omnitui.model.conversation import Conversation, ConversationState, Message
from omnitui.model.engagement import Engagement
from omnitui.model.errors import Refused, refuse
from omnitui.model.ids import CaseId, ConversationId, CustomerId, MessageId
from omnitui.rules.cases import merged
from omnitui.rules.engagement import engagement
from omnitui.rules.identify import Suggestion, suggest
from omnitui.rules.labels import LabelError, relabelled
from omnitui.store import cases, conversations, customers, journal, messages

MOST_SUGGESTED = 8


@query("conversation.get")
def get(call: Call, conversation: ConversationId) -> Conversation:
    """One conversation."""
    return thread.get(call, conversation)


@query("conversation.list")
def list_(
    call: Call,
    state: ConversationState | None = None,
    channel: str | None = None,
    limit: int = 50,
) -> list[Conversation]:
    """Conversations, newest first, of one state or channel if given."""
    return conversations.listed(call.store, state, channel, page_size(limit, 1_000))


@query("conversation.messages")
def lines(
    call: Call,
    conversation: ConversationId,
    before: MessageId | None = None,
    after: MessageId | None = None,
    since: int | None = None,
    limit: int = 100,
) -> list[Message]:
    """A window of the transcript: the last lines, or those before or after one of them.

    In the order in which they were written. `since` gives the lines that arrived after the line of
    that key, in order of arrival.
    """
    if since is not None:
        return messages.since(call.store, conversation, since, page_size(limit, 1_000))
    if after is not None:
        return messages.after(call.store, conversation, after, page_size(limit, 1_000))
    return messages.before(call.store, conversation, before, page_size(limit, 1_000))


@query("conversation.question")
def question(call: Call, conversation: ConversationId) -> list[Message]:
    """The customer's first messages, until an agent or the bot replied."""
    return messages.question(call.store, conversation)


@query("conversation.history")
def history(call: Call, conversation: ConversationId, limit: int = 200) -> list[dict[str, object]]:
    """The history of a conversation, from the journal, oldest first."""
    return [
        {"seq": e.seq, "at": e.at, "kind": e.kind, "by": e.actor_name, **e.payload}
        for e in journal.of_conversation(call.store, conversation, page_size(limit, 10_000))
    ]


@query("conversation.about")
def about(call: Call, conversation: ConversationId) -> Engagement:
    """The start of a conversation: pre-chat answers, device, visits, variables, hand-over from a
    bot."""
    return engagement(thread.get(call, conversation).context)


@query("conversation.suggest_customers")
def suggest_customers(call: Call, conversation: ConversationId) -> list[Suggestion]:
    """Suggested customers for an unknown visitor, best first, each with the reason: eight at most.

    Misspelled names, other ways to write numbers, and colleagues' mail addresses count too.
    """
    item = thread.get(call, conversation)
    key = conversations.address_key(call.store, conversation)
    given = given_fields(call, key, "", item.context)
    return suggest(given, near(call, given))[:MOST_SUGGESTED]


@command("conversation.link_customer")
def link_customer(call: Call, conversation: ConversationId, customer: CustomerId) -> Conversation:
    """Link a customer to a conversation. The customer gets the address and is identified by it next
    time.

    The name of the sender does not matter then. A customer who got the address from an earlier link
    loses it, also in other open conversations from there; one who got it from your records keeps
    it.
    """
    item = thread.get(call, conversation)
    person = customers.get(call.store, customer)
    assert person is not None
    key = conversations.address_key(call.store, conversation)
    others = linking.also_from_there(call, item, key)
    remember(call, f"linked {person.name}", [conversation, *(other.id for other in others)])
    linking.keep_addresses(call, item, person.id)
    linking.becomes(call, item, person)
    if customers.by_address(call.store, key) == person.id:
        for other in others:
            linking.becomes(call, other, person, by_hand=False)
    return thread.get(call, conversation)


@command("conversation.unlink_customer")
def unlink_customer(call: Call, conversation: ConversationId) -> Conversation:
    """Unlink the customer and the case.

    The customer loses the address if it came from a link, and other open conversations from there
    are unlinked too.
    """
    item = thread.get(call, conversation)
    person = None if item.customer_id is None else customers.get(call.store, item.customer_id)
    if person is None:
        raise Refused(
            "conversation.no_customer", f"Nobody is linked to {item.name}'s conversation."
        )
    key = conversations.address_key(call.store, conversation)
    others = linking.also_from_there(call, item, key)
    remember(call, f"unlinked {person.name}", [conversation, *(other.id for other in others)])
    kept = linking.take_addresses_off(call, item, person.id)
    linking.ceases(call, item, person, kept=kept)
    if customers.by_address(call.store, key) is None:
        for other in others:
            linking.ceases(call, other, person)
    return thread.get(call, conversation)


@command("conversation.link_case")
def link_case(call: Call, conversation: ConversationId, case: CaseId) -> Conversation:
    """Link a case of the conversation's customer; it replaces another one."""
    item = thread.get(call, conversation)
    found = cases.get(call.store, case)
    assert found is not None
    if found.merged_into is not None:
        refuse(merged(found))
    if item.customer_id is None:
        raise Refused(
            "conversation.no_customer",
            f"{item.name} has no linked customer, so {found.number} cannot be linked.",
            "Link the customer first.",
        )
    if found.customer_id != item.customer_id:
        raise Refused(
            "case.other_customer",
            f"{found.number} belongs to another customer than {item.name}.",
            "Link one of this customer's cases.",
        )
    remember(call, f"linked {found.number} to {item.name}", [conversation])
    call.store.update("conversations", conversation, {"case_id": case})
    thread.event(call, item, f"{call.actor.name} linked {found.number}")
    call.journal(
        "conversation.case_linked",
        conversation=conversation,
        customer=item.customer_id,
        case=case,
    )
    return thread.get(call, conversation)


@command("conversation.unlink_case")
def unlink_case(call: Call, conversation: ConversationId) -> Conversation:
    """Unlink the case from a conversation; the case does not change."""
    item = thread.get(call, conversation)
    if item.case_id is None:
        raise Refused("conversation.no_case", f"No case is linked to {item.name}'s conversation.")
    remember(call, f"unlinked the case from {item.name}", [conversation])
    call.store.update("conversations", conversation, {"case_id": None})
    call.journal(
        "conversation.case_unlinked",
        conversation=conversation,
        customer=item.customer_id,
        case=item.case_id,
    )
    return thread.get(call, conversation)


@command("conversation.set_priority")
def set_priority(call: Call, conversation: ConversationId, priority: int) -> Conversation:
    """Set the priority of a conversation: 0 is normal, higher comes first."""
    if not -10 <= priority <= 10:
        raise Refused("priority.range", f"{priority} is not a priority.", "Give -10 to 10.")
    item = thread.get(call, conversation)
    remember(call, f"set the priority of {item.name} to {priority}", [conversation])
    call.store.update("conversations", conversation, {"priority": priority})
    call.journal("conversation.priority_set", conversation=conversation, priority=priority)
    return thread.get(call, conversation)


@command("conversation.label")
def label(
    call: Call,
    conversation: ConversationId,
    add: list[str] | None = None,
    remove: list[str] | None = None,
) -> Conversation:
    """Add and remove labels of a conversation."""
    item = thread.get(call, conversation)
    try:
        labels = relabelled(item.labels, add or (), remove or (), item.name)
    except LabelError as error:
        raise Refused(error.code, error.sentence, error.hint) from None
    if labels == item.labels:
        return item
    remember(call, f"labelled {item.name}", [conversation])
    call.store.update(
        "conversations", conversation, {"labels": json.dumps(labels, ensure_ascii=False)}
    )
    call.journal(
        "conversation.labelled",
        conversation=conversation,
        customer=item.customer_id,
        added=[one for one in labels if one not in item.labels],
        removed=[one for one in item.labels if one not in labels],
    )
    return thread.get(call, conversation)


@command("conversation.set_skills")
def set_skills(call: Call, conversation: ConversationId, skills: dict[str, int]) -> Conversation:
    """Set the required skills of a conversation, with levels (1 to 10)."""
    wrong = [f"{skill} {level}" for skill, level in skills.items() if not 1 <= level <= 10]
    if wrong:
        raise Refused("skill.range", f"Not a valid level: {', '.join(wrong)}.", "Give 1 to 10.")
    item = thread.get(call, conversation)
    remember(call, f"set the required skills of {item.name}", [conversation])
    call.store.update("conversations", conversation, {"skills": json.dumps(skills, sort_keys=True)})
    call.journal("conversation.skills_set", conversation=conversation, skills=skills)
    assign.route(call, thread.get(call, conversation))
    return thread.get(call, conversation)
