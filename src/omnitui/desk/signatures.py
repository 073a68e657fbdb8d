"""Signatures below letters, and the words that an agent's spelling knows."""

from omnitui.desk.call import Call
from omnitui.desk.registry import command, query
from omnitui.model.actor import ActorKind, Permission
from omnitui.model.envelope import Signature
from omnitui.model.errors import Refused
from omnitui.rules.slots import problems
from omnitui.rules.spelling import LONGEST_WORD, compared, is_word
from omnitui.safetext import clean, clean_line
from omnitui.store import composing

SLOTS = ("agent.name", "agent.first_name", "conversation.channel")
LONGEST = 1_000
MOST_WORDS = 5_000


@command("signature.set")
def set_(call: Call, text: str, channel: str = "", default: bool = False) -> list[Signature]:
    """Set your signature on a channel, or on all of them; an empty text removes it.

    With `default` it is that of all agents without their own (administrators only). It is added to
    replies on channels of letters, such as mail. Slots: `{agent.name}`, `{agent.first_name}`,
    `{conversation.channel}`.
    """
    owner = 0 if default or call.actor.kind is ActorKind.ADMINISTRATOR else int(call.agent)
    if owner == 0 and not call.actor.may(Permission.ADMINISTER):
        raise Refused(
            "permission.denied", "Only an administrator can set the signature of everybody."
        )
    said = clean(text).strip("\n ")
    if len(said) > LONGEST:
        raise Refused("signature.long", f"A signature has at most {LONGEST:,} characters.")
    wrong = problems(said, SLOTS)
    if wrong or "{?" in said or "{context." in said:
        known = ", ".join(f"{{{slot}}}" for slot in SLOTS)
        why = "; ".join(wrong) or "it cannot ask for anything"
        raise Refused("signature.slots", f"The signature cannot be filled: {why}.", f"Use {known}.")
    place = call.channel(channel) if channel else None
    if place is not None and not place.letters:
        raise Refused(
            "signature.channel",
            f"{place.label} has no signatures.",
            "Only channels with the trait `letters` have.",
        )
    composing.set_signature(call.store, owner, "" if place is None else place.key, said)
    call.journal("signature.set", owner=owner, channel="" if place is None else place.key)
    return composing.signatures(call.store, owner)


@query("signature.list")
def list_(call: Call) -> list[Signature]:
    """Your signatures, and those of everybody (agent 0)."""
    return composing.signatures(call.store, call.agent_or_none or 0)


@command("spelling.add")
def add(call: Call, word: str) -> None:
    """Add a word to those that your spelling knows."""
    said = clean_line(word).strip()
    if not is_word(said):
        raise Refused(
            "spelling.word",
            f"{said[:40]!r} is not one word.",
            f"Give one word of letters, at most {LONGEST_WORD} characters.",
        )
    if len(composing.words(call.store, call.agent)) >= MOST_WORDS:
        raise Refused("spelling.many", f"You have {MOST_WORDS:,} words already.", "Remove some.")
    composing.add_word(call.store, call.agent, compared(said))


@command("spelling.remove")
def remove(call: Call, word: str) -> None:
    """Remove a word from those that your spelling knows."""
    said = compared(clean_line(word).strip())
    if not composing.remove_word(call.store, call.agent, said):
        raise Refused("spelling.unknown", f"{said[:40]!r} is not one of your words.")


@query("spelling.words")
def words(call: Call) -> list[str]:
    """The words that you have added to your spelling."""
    return composing.words(call.store, call.agent)
