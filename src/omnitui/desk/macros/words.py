"""What a macro's steps do, in sentences: before they are done, and after."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from omnitui.desk import notices, retired, thread
from omnitui.desk.call import Call
from omnitui.desk.cases.consequences import Verb
from omnitui.desk.cases.consequences import consequences as of_case
from omnitui.desk.lifecycle import consequences as of_conversation
from omnitui.desk.registry import Command
from omnitui.desk.undo import quoted
from omnitui.model import ids
from omnitui.model.macro import ConsoleStep
from omnitui.model.notice import Occasion
from omnitui.rules.macro_words import does
from omnitui.rules.macros import written
from omnitui.store import agents, cases, customers, knowledge

_CASE_VERBS = {
    "case.cancel": Verb.CANCEL,
    "case.reopen": Verb.REOPEN,
    "case.resolve": Verb.RESOLVE,
    "case.update": Verb.UPDATE,
}
_ENDS = ("close", "end", "finish")
_NOT_KNOWN = {
    "case.create": "Its number is another one if somebody creates a case first.",
    "conversation.consult": "Whether they accept is not known yet.",
    "conversation.reply": "Whether it arrives is known when it has left.",
    "conversation.transfer": "Who accepts it is not known yet.",
}
"""What cannot be foreseen, by command."""
_LONGEST = 50


def sentence(
    call: Call,
    command: Command,
    arguments: Mapping[str, Any],
    conversation: int,
    spoken: Mapping[str, str],
) -> str:
    """What a command does, in its own words and with its parameters.

    `arguments` are converted, `spoken` those that are said otherwise; the conversation of the macro
    goes without saying.
    """
    told = [
        (one.name, spoken.get(one.name) or _named(call, one.annotation, arguments[one.name]))
        for one in command.parameters
        if arguments.get(one.name) not in (None, "")
        and (one.name, arguments[one.name]) != ("conversation", conversation)
    ]
    return does(command.summary, told, changes=command.changes)


def not_known(command: Command) -> str:
    """What cannot be foreseen of a command, as a sentence; empty where all can."""
    return _NOT_KNOWN.get(command.name, "")


def follows(call: Call, command: Command, arguments: Mapping[str, Any]) -> Iterator[str]:
    """The consequences of a command before it is run, a sentence each."""
    if command.name in _CASE_VERBS and arguments.get("case") is not None:
        verb = _CASE_VERBS[command.name]
        takes = {Verb.RESOLVE: ("minutes",), Verb.UPDATE: ("origin", "entitlement", "reason")}
        given = {name: arguments.get(name) for name in takes.get(verb, ())}
        yield from of_case(call, arguments["case"], verb, **given).says
    area, _, verb_ = command.name.partition(".")
    key = arguments.get("conversation")
    if area != "conversation" or key is None:
        return
    if verb_ in _ENDS:
        found = of_conversation(call, key)
        yield found[verb_]
        if verb_ != "close":
            yield from _told(found["told"])
    elif verb_ == "transfer":
        yield from _told(notices.preview(call, [key], Occasion.TRANSFERRED))
    elif verb_ == "reply":
        yield f"It leaves after {call.settings.undo_seconds} seconds, and can be undone until then."


def _told(heard: Sequence[str]) -> Iterator[str]:
    for text in heard:
        yield f"The customer is told {quoted(text)}."


def _named(call: Call, annotation: Any, value: Any) -> str:
    """A parameter's value in words; records by their names."""
    for kind, find in _NAMES.items():
        if annotation in (kind, kind | None) and isinstance(value, int):
            return find(call, value)
    if isinstance(value, str):
        return quoted(str(value), _LONGEST) if " " in value or len(value) > _LONGEST else value
    return written(getattr(value, "value", value))[:_LONGEST]


def _of(find: Callable[[Any, int], Any], name: str) -> Callable[[Call, int], str]:
    return lambda call, key: str(getattr(find(call.store, key), name, f"#{key}"))


_NAMES: dict[Any, Callable[[Call, int], str]] = {
    ids.AgentId: _of(agents.get, "name"),
    ids.ArticleId: _of(knowledge.article, "title"),
    ids.CaseId: _of(cases.get, "number"),
    ids.ConversationId: lambda call, key: thread.get(call, key).name,
    ids.CustomerId: _of(customers.get, "name"),
    ids.QueueId: lambda call, key: retired.called(call, "queue", key)[1].strip('"'),
    ids.ReplyId: _of(knowledge.reply, "key"),
}


def in_console(step: str, given: Mapping[str, Any]) -> str:
    """What a step does in the console."""
    if step == ConsoleStep.OPEN_TAB:
        return f"Opens {given['title']} in a tab."
    if step == ConsoleStep.INSERT_TEXT:
        return f"Writes {quoted(given['text'])} in the composer; nothing is sent."
    return f"Searches the knowledge for {quoted(given['phrase'])}."
