"""A small virtual agent for the tests of this folder, and a guesser that does what it is told."""

from collections.abc import Sequence
from pathlib import Path

from msgspec import Struct

from omnitui.datafiles.topics import topics_of
from omnitui.model.topic import TopicSet

TOPICS = """
name = "Tester"
outside = ["something else"]

[text.en]
not_understood = "What?"
hand_over = "Wait for a person."
wrong = "Not an answer."

[text.nb]
not_understood = "Hva?"
hand_over = "Vent på en kollega."
wrong = "Ikke et svar."

[[person]]
name = "gold is answered by a person"
condition = [{ field = "tier", operator = "is", value = "gold" }]
skills = { gold = 3 }
queue = "Gold"

[[topic]]
key = "fault"
title = "A fault"
examples = ["fault"]

[[topic.step]]
say = "Sorry, {customer.first_name}."

[[topic.step]]
ask = "Account?"
answer = "account"
slot = "account"
retries = 1

[[topic.step]]
ask = "Red?"
answer = "yes_no"
slot = "red"
anew = true

[[topic.step]]
hand_over = "it is red"
when = [{ field = "context.red", operator = "is", value = "yes" }]
skills = { fibre = 2 }
queue = "Faults"

[[topic.step]]
run = "case.create"
given = { title = "Fault of {context.account}" }
slot = "case"
refused = "no_case"

[[topic.step]]
say = "It is {context.case}."

[[topic.step]]
go = "over"

[[topic.step]]
label = "no_case"
say = "No case."

[[topic.step]]
label = "over"
say = "Anything else?"

[[topic]]
key = "pick"
title = "Pick one"
examples = ["pick"]

[[topic.step]]
ask = "Which?"
answer = "choice"
choices = { "A fault" = "fault", "The end" = "end_it", "A person" = "person" }

[[topic.step]]
label = "end_it"
end = "Bye."

[[topic]]
key = "person"
title = "A person"
examples = ["person"]

[[topic.step]]
hand_over = "a person"

[[topic]]
key = "weekdays"
title = "Only on chat"
examples = ["weekdays"]
condition = [{ field = "channel", operator = "is", value = "chat" }]

[[topic.step]]
say = "Chat."

[[topic]]
key = "round"
title = "Round"
examples = ["round"]

[[topic.step]]
label = "again"
say = "Round."

[[topic.step]]
go = "again"
when = [{ field = "channel", operator = "known" }]

[[topic]]
key = "feil"
title = "En feil"
language = "nb"
examples = ["feil"]

[[topic.step]]
ask = "Kundenummer?"
answer = "account"
slot = "account"
"""


class Told(Struct, frozen=True):
    """A guess as a test tells it."""

    label: str
    confidence: float
    words: tuple[str, ...] = ()


def guess(text: str) -> Sequence[Told]:
    """The topic whose key the text has, sure; `label?` is half as sure; else nothing."""
    found = [
        Told(word.rstrip("?"), 0.45 if word.endswith("?") else 0.9, (word,))
        for word in text.split()
        if word.rstrip("?") in ("fault", "pick", "person", "weekdays", "round", "feil", "-")
    ]
    return sorted(found, key=lambda one: -one.confidence)


SET: TopicSet = topics_of(TOPICS, Path("topics.toml"))
