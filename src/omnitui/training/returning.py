"""A shift that goes on: what a customer had in mind, found again from what was said.

Nothing of a mind is kept in the store. Its conversation is: the mind is made anew and told it
again, and what it was about to do and has not done is left over.
"""

from collections.abc import Iterable
from random import Random

from msgspec import Struct

from omnitui.model.conversation import Delivery, Message, MessageKind, Speaker
from omnitui.training.mood import Act, Finish, Heard, Mood, Say
from omnitui.training.scenario import Outcome


class Told(Struct, frozen=True):
    """A mind after a conversation, what it is still about to do, and how often they wrote.

    `outcome` is set when it is over for them.
    """

    mind: Mood
    acts: tuple[Act, ...]
    wrote: int
    outcome: Outcome | None = None


def told_again(
    mind: Mood,
    lines: Iterable[Message],
    articles: dict[int, tuple[str, ...]],
    random: Random,
    *,
    later_ms: int = 0,
    ended_at: int | None = None,
) -> Told:
    """What a mind makes of its conversation so far.

    `articles` has the slugs of what was given with a message, by its id. Everything counts as said
    `later_ms` later than it was, for the shift stood still; `ended_at` is when the other side ended
    the conversation (epoch ms).
    """
    mind, acts = mind.begin(random)
    wrote = 0
    for line in lines:
        if line.kind is not MessageKind.MESSAGE:
            continue
        at = line.at + later_ms
        if line.speaker is Speaker.CUSTOMER:
            wrote += 1
            mind, acts = _wrote(mind, acts, at, random)
        elif line.speaker is not Speaker.SYSTEM and line.delivery is Delivery.SENT:
            heard = Heard(line.text, at, articles.get(line.id, ()))
            # What they were about to do before they heard it they do all the same.
            mind, more = mind.hears(heard, random)
            acts = (*acts, *more)
    if ended_at is not None:
        mind, acts = mind.ended(ended_at + later_ms, random)
        finish = next((act for act in acts if isinstance(act, Finish)), None)
        if finish is not None:
            return Told(mind, (), wrote, finish.outcome)
    return Told(mind, acts, wrote)


def _wrote(
    mind: Mood, acts: tuple[Act, ...], at: int, random: Random
) -> tuple[Mood, tuple[Act, ...]]:
    """They have written what came next in their mind, or pressed because nobody answered."""
    says = next((n for n, act in enumerate(acts) if isinstance(act, Say)), None)
    if says is None:
        due = mind.impatient_at
        if due is not None:
            mind, acts = mind.waited(max(at, due), random)
            says = next((n for n, act in enumerate(acts) if isinstance(act, Say)), None)
    left = acts if says is None else (*acts[:says], *acts[says + 1 :])
    mind, more = mind.said(at, random)
    return mind, (*left, *more)
