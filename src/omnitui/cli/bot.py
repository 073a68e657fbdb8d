"""`bot`: talks to a virtual agent in the shell, and puts its topics into a store."""

import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from omnitui.cli.failures import Unusable
from omnitui.cli.output import say
from omnitui.cli.parameters import THERE, json_option, store_option
from omnitui.model.errors import Refused

if TYPE_CHECKING:
    from omnitui.desk.desk import Desk

_ADDRESS = "somebody@bot.try"


@click.group()
def bot() -> None:
    """Virtual agents: try one, or put its topics into a store."""


@bot.command("try")
@click.option("--topics", type=THERE, metavar="FILE", help="The topics. Default: the shipped ones.")
@click.option(
    "--store",
    type=THERE,
    metavar="FILE",
    help="Take customers, cases and set-up from this store; it does not change.",
)
@click.option(
    "--channel", metavar="KEY", help="The channel that you write on. Default: a live one."
)
@click.option("--customer", metavar="NAME", help="Write as this customer.")
@click.option(
    "--set",
    "facts",
    multiple=True,
    metavar="KEY=VALUE",
    help="What the channel knows, such as pre-chat answers; may be given several times.",
)
@json_option
def try_(
    topics: Path | None,
    store: Path | None,
    channel: str | None,
    customer: str | None,
    facts: tuple[str, ...],
    as_json: bool,
) -> None:
    """Talk to a virtual agent, line by line, with the reason for each turn.

    Every line of the input is a message of the customer; the end of the input ends it, and so does
    a hand-over. Nothing is sent, and no store changes: it works on a copy. --json prints an object
    for each turn.
    """
    context = dict(_pair(one) for one in facts)
    with _copy(store) as desk:
        talk = _Talk(desk, channel, customer, context, topics)
        if not as_json:
            say(f"{talk.name} answers. Write a line; Ctrl-D ends.")
        for line in _lines(as_json):
            try:
                told = talk.write(line)
            except Refused as refused:  # it says why; what comes next may be better
                say(refused.refusal.message, err=True)
                continue
            _print_line(told) if as_json else _show(told)
            if told["status"] != "talking":
                break


def _pair(text: str) -> tuple[str, str]:
    key, equals, value = text.partition("=")
    if not equals or not key.strip():
        raise click.UsageError(f"{text!r} is not KEY=VALUE.")
    return key.strip(), value


def _lines(as_json: bool) -> Iterator[str]:
    """The customer's messages; a prompt only for somebody who types."""
    typed = sys.stdin.isatty() and not as_json
    while True:
        if typed:
            sys.stdout.write("> ")
            sys.stdout.flush()
        line = sys.stdin.readline()
        if not line:
            return
        if line.strip():
            yield line.strip()


@contextmanager
def _copy(store: Path | None) -> "Iterator[Desk]":
    """A desk on a copy of a store, or of the company that ships."""
    from tempfile import TemporaryDirectory

    from omnitui.clock import ManualClock, SystemClock
    from omnitui.desk.desk import Desk
    from omnitui.desk.filling.company import fill
    from omnitui.store.engine import Store

    with TemporaryDirectory() as folder:
        copy = Path(folder) / "copy.db"
        if store is not None:
            original = Store(store)
            try:
                original.backup(copy)
            finally:
                original.close()
        opened = Store(copy)
        try:
            desk = Desk(opened, ManualClock(SystemClock().now()))
            if store is None:
                fill(desk)
            yield desk
        finally:
            opened.close()


class _Talk:
    """One conversation with a virtual agent, on a desk that is there for it alone."""

    def __init__(
        self,
        desk: "Desk",
        channel: str | None,
        customer: str | None,
        context: dict[str, Any],
        topics: Path | None,
    ) -> None:
        from omnitui.model.actor import ADMINISTRATOR

        self._desk, self._actor = desk, ADMINISTRATOR
        live = (key for key, one in desk.channels.items() if one.live)
        self._channel, self._context = channel or next(live), context
        self._address, self._from = self._who(customer)
        self.name = self._answers_here(topics)
        self._key: int | None = None
        self._seen = 0
        self._seq = 0

    def _who(self, customer: str | None) -> tuple[str, str]:
        """The address and channel of a customer, or of a stranger."""
        if customer is None:
            return _ADDRESS, ""
        found = self._desk.call("customer.get", self._actor, customer=customer)
        own = [one.value for one in found.addresses if one.channel == self._channel]
        if own:
            return own[0], found.name
        made = f"try-{found.id}"
        self._desk.call(
            "customer.add_address",
            self._actor,
            customer=found.id,
            channel=self._channel,
            address=made,
        )
        return made, found.name

    def _answers_here(self, topics: Path | None) -> str:
        """Let the topics answer on the channel; returns the virtual agent's name."""
        from omnitui.textfiles import read_text

        known = self._desk.call("bot.list", self._actor)
        if topics is not None:
            made = self._desk.call(
                "bot.set", self._actor, bot="tried", topics=_checked(topics, read_text(topics))
            )
            key, name = "tried", str(made["name"])
        elif known:
            key, name = str(known[0]["bot"]), str(known[0]["name"])
        else:
            raise Unusable("There is no virtual agent in this store; give --topics FILE.")
        self._desk.call(
            "workstream.create", self._actor, name="Tried", channels=[self._channel], bot=key
        )
        return name

    def write(self, text: str) -> dict[str, Any]:
        """What the virtual agent says to a message, and why."""
        desk = self._desk
        # What it says is later than what was said before, as it is for real.
        desk.clock.advance(1_000)  # type: ignore[attr-defined]
        self._seq = desk.last_seq()
        message = desk.call(
            "conversation.receive",
            self._actor,
            channel=self._channel,
            address=self._address,
            text=text,
            context=self._context,
        )
        self._key = int(message.conversation_id)
        desk.run_due()
        lines = desk.call(
            "conversation.messages", self._actor, conversation=self._key, since=int(message.id)
        )
        state = desk.call("bot.state", self._actor, conversation=self._key)
        item = desk.call("conversation.get", self._actor, conversation=self._key)
        return {
            "customer": text,
            "bot": [line.text for line in lines if line.speaker == "bot"],
            "reason": self._reason(),
            **{key: state[key] for key in ("status", "topics", "answers", "asking")},
            **({"handed_over": state["reason"]} if state["status"] == "handed_over" else {}),
            **({"queue": item.queue, "skills": item.skills} if item.state != "bot" else {}),
        }

    def _reason(self) -> str:
        turned = [
            entry.payload["reason"]
            for entry in self._desk.follow(self._seq)
            if entry.kind == "bot.turned" and entry.payload["reason"]
        ]
        return "; ".join(turned)


def _print_line(told: dict[str, Any]) -> None:
    """One turn as one line of JSON."""
    say(json.dumps(told))


def _checked(path: Path, text: str) -> str:
    """The text of topics; what is wrong with it is said with the file's own name."""
    from omnitui.datafiles.topics import topics_of

    topics_of(text, path)
    return text


def _show(told: dict[str, Any]) -> None:
    for text in told["bot"]:
        for number, line in enumerate(str(text).splitlines() or [""]):
            say(f"{'bot: ' if number == 0 else '     '}{line}")
    say(f"     because: {told['reason']}")
    if told["status"] == "handed_over":
        where = told.get("queue") or "a person"
        skills = ", ".join(f"{skill} {level}" for skill, level in told["skills"].items())
        knows = ", ".join(f"{key} {value}" for key, value in told["answers"].items())
        say(f"-- handed over to {where}: {told['handed_over']}")
        if skills:
            say(f"     needs {skills}")
        if knows:
            say(f"     knows {knows}")
    elif told["status"] == "ended":
        say("-- ended")


@bot.command("load")
@click.argument("file", type=THERE)
@click.option(
    "--as", "key", metavar="KEY", help="The virtual agent's key. Default: the file's name."
)
@store_option
def load(file: Path, key: str | None, store: Path | None) -> None:
    """Put topics into a store, as a new virtual agent or instead of its topics until now."""
    from omnitui.clock import SystemClock
    from omnitui.desk.bot import hearing
    from omnitui.desk.opening import open_desk
    from omnitui.model.actor import ADMINISTRATOR
    from omnitui.paths import store_path
    from omnitui.textfiles import read_text

    text = _checked(file, read_text(file))
    hearing.prepare(text)
    desk = open_desk(store_path(store), SystemClock())
    try:
        made = desk.call("bot.set", ADMINISTRATOR, bot=key or file.stem, topics=text)
    finally:
        desk.close()
    say(f"{made['name']} ({made['bot']}) knows {len(made['topics'])} topics.")
