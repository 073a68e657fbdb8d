"""Dialogues with the shipped virtual agent as text: what customers and agents do, and what comes.

A line that begins with `>` is a customer's message, with `@` something that an agent, the clock or
the customer does. Everything else below the first empty line is what must come of it.
"""

import re
from collections.abc import Iterator
from pathlib import Path
from random import Random
from typing import Any

from omnitui.clock import ManualClock, parse_duration
from omnitui.desk.desk import Desk
from omnitui.model.actor import ADMINISTRATOR, Actor, ActorKind
from omnitui.model.conversation import MessageKind, Speaker
from omnitui.store.engine import Store

START = 1_772_442_000_000
_SURE = re.compile(r" \(\d\.\d\d(?:: [^)]*)?\)")
_LONG = 3


class Dialogue:
    """One dialogue on a desk of its own."""

    def __init__(self, store: Path, script: str) -> None:
        self.desk = Desk(Store(store), ManualClock(START), Random(1))
        self.setting, _, self.body = script.partition("\n\n")
        self.given: dict[str, Any] = {"channel": "chat", "address": "window-1"}
        self.context: dict[str, Any] = {}
        self.talk = 0
        self.seen = 0
        self.desk.call(
            "workstream.create",
            ADMINISTRATOR,
            name="Bot first",
            channels=["chat", "sms", "email", "facebook"],
            bot="support",
        )

    def transcript(self) -> str:
        """The whole script with what really comes of each line."""
        try:
            return "\n".join([self.setting, "", *self._lines()]).rstrip() + "\n"
        finally:
            self.desk.close()

    def _lines(self) -> Iterator[str]:
        for line in self.setting.splitlines():
            self._set(line)
        for line in self.body.splitlines():
            if line.startswith("> "):
                yield line
                yield from self._writes(line[2:])
                yield ""
            elif line.startswith("@ "):
                yield line
                yield from self._happens(line[2:])
                yield ""

    def _set(self, line: str) -> None:
        word, _, rest = line.partition(" ")
        if word == "channel":
            self.given["channel"] = rest
        elif word == "address":
            self.given["address"] = rest
        elif word == "answer":
            question, _, answer = rest.partition(" = ")
            self.context.setdefault("answers", {})[question] = answer
        elif word == "context":
            name, _, value = rest.partition(" = ")
            self.context[name] = value
        elif word == "setting":
            name, _, value = rest.partition(" = ")
            self.desk.call("settings.set", ADMINISTRATOR, key=name, value=value)
        elif word == "customer":
            found = self.desk.call("customer.get", ADMINISTRATOR, customer=rest)
            address = f"own-{found.id}"
            self.desk.call(
                "customer.add_address",
                ADMINISTRATOR,
                customer=found.id,
                channel=self.given["channel"],
                address=address,
            )
            self.given["address"] = address
        else:
            assert line.startswith("#"), line

    def _writes(self, text: str) -> Iterator[str]:
        self.desk.clock.advance(5_000)  # type: ignore[attr-defined]
        before = self.desk.last_seq()
        message = self.desk.call(
            "conversation.receive",
            ADMINISTRATOR,
            text=text,
            context=self.context,
            **self.given,
        )
        self.talk, self.seen = message.conversation_id, message.id
        self.desk.run_due()
        yield from self._told(before)

    def _happens(self, what: str) -> Iterator[str]:
        before = self.desk.last_seq()
        word, _, rest = what.partition(" ")
        if word == "wait":
            self.desk.clock.advance(parse_duration(rest))  # type: ignore[attr-defined]
            self.desk.run_due()
        elif word == "leaves":
            self.desk.call("conversation.customer_left", ADMINISTRATOR, conversation=self.talk)
        else:
            found = self.desk.call("agent.get", ADMINISTRATOR, agent=word)
            actor = Actor(ActorKind.AGENT, found.id, found.name)
            verb, _, text = rest.partition(": ")
            more = {"text": text} if text else {}
            self.desk.call(verb, actor, conversation=self.talk, **more)
            self.desk.run_due()
        yield from self._told(before)

    def _told(self, before: int) -> Iterator[str]:
        lines = self.desk.call(
            "conversation.messages", ADMINISTRATOR, conversation=self.talk, since=self.seen
        )
        for line in lines:
            self.seen = max(self.seen, line.id)
            if line.speaker is Speaker.BOT:
                yield from _said(line.text)
            elif line.kind is MessageKind.EVENT and "bot" in line.text:
                yield f"  -- {line.text}"
        for entry in self.desk.follow(before, 1_000):
            if entry.kind == "bot.turned" and entry.payload["reason"]:
                yield f"  because {_SURE.sub('', entry.payload['reason'])}"
            if entry.kind == "case.created":
                yield "  a case was created"
            if entry.kind == "activity.added":
                yield "  a task was added"
        item = self.desk.call("conversation.get", ADMINISTRATOR, conversation=self.talk)
        if item.state != "bot":
            queue = f" in {item.queue}" if item.state == "open" or item.offered_to else ""
            yield f"  = {item.state.label}{queue}{_needs(item.skills)}"
            known = self.desk.call("bot.state", ADMINISTRATOR, conversation=self.talk)
            answers = ", ".join(f"{k} {v}" for k, v in known["answers"].items())
            yield f"  = {known['status']}{f', knows {answers}' if answers else ''}"


def _needs(skills: dict[str, int]) -> str:
    return "".join(f", {skill} {level}" for skill, level in sorted(skills.items()))


def _said(text: str) -> Iterator[str]:
    lines = text.splitlines()
    if len(lines) > _LONG and not lines[1].startswith("1. "):
        yield f"< {lines[0]} (and {len(lines) - 1} lines)"
        return
    for number, line in enumerate(lines):
        yield f"{'<' if number == 0 else ' '} {line}"
