"""Mentions: a note that mentions an agent is on their list until they have seen it."""

from omnitui.desk.call import Call, page_size
from omnitui.desk.registry import command, query
from omnitui.desk.retired import those
from omnitui.model.conversation import Conversation, Message
from omnitui.model.errors import Refused
from omnitui.model.ids import MentionId
from omnitui.model.mention import Mention
from omnitui.rules.mentions import Colleague, mentioned
from omnitui.store import agents, mentions

_LONGEST = 160


def tell(call: Call, item: Conversation, note: Message) -> None:
    """Notify the agents whom a new note mentions, except its author."""
    if "@" not in note.text:
        return
    there = those(call, "agent", agents.every(call.store))
    known = [Colleague(one.id, one.login, one.name) for one in there]
    for agent in mentioned(note.text, known):
        if agent == call.agent_or_none:
            continue
        mention = mentions.add(call.store, call.now, agent, item.id, note.id)
        call.journal(
            "agent.mentioned",
            conversation=item.id,
            customer=item.customer_id,
            agent=agent,
            name=item.name,
            mention=mention,
            message=note.id,
            text=note.text[:_LONGEST],
        )


def withdraw(call: Call, note: Message) -> None:
    """Remove the mentions of an undone note."""
    for agent in mentions.of_message(call.store, note.id):
        call.journal(
            "agent.mention_withdrawn",
            conversation=note.conversation_id,
            agent=agent,
            message=note.id,
        )
    mentions.forget(call.store, note.id)


@query("mention.mine")
def mine(call: Call, limit: int = 50) -> list[Mention]:
    """The notes that mention you: unseen ones first, then the newest."""
    return mentions.of_agent(call.store, call.agent, page_size(limit, 1_000))


@command("mention.seen")
def seen(call: Call, mention: MentionId) -> Mention:
    """Mark a mention as seen."""
    if mentions.whose(call.store, mention) != call.agent_or_none:
        raise Refused(
            "mention.not_yours",
            f"Mention {mention} does not mention you.",
            "`mention.mine` lists your mentions.",
        )
    found = mentions.get(call.store, mention)
    assert found is not None
    if found.seen_at is None:
        mentions.see(call.store, mention, call.now)
        call.journal(
            "agent.mention_seen",
            conversation=found.conversation_id,
            agent=call.agent,
            mention=mention,
        )
    return mentions.get(call.store, mention) or found
