"""A shift as it happens: customers arrive and react, colleagues answer, the network carries.

A `Feed` stands on a desk of its own (its own connection, one thread). `step()` does everything
that is due by the desk's clock and says when the next thing is; whoever drives it decides how time
passes: a thread beside the console (`runner.py`), or a clock jumped from event to event
(`run.py`). Everything it does goes through desk commands; everything it knows of others it reads
in the journal.
"""

from collections.abc import Mapping, Sequence
from functools import partial
from random import Random
from typing import Any

from omnitui.channels.base import Courier
from omnitui.channels.courier import ANY, COURIER, carry, pump
from omnitui.channels.simulated import SimulatedNetwork
from omnitui.desk.desk import Desk
from omnitui.model.actor import SYSTEM
from omnitui.model.conversation import Conversation, Delivery
from omnitui.model.errors import Fault
from omnitui.training.agenda import Agenda
from omnitui.training.arrivals import Arriving, schedule, transcript_times, visitor
from omnitui.training.autopilot import Autopilot
from omnitui.training.crowd import Crowd, Guest
from omnitui.training.customer import Customer, facts_of, filled
from omnitui.training.reader import Reader
from omnitui.training.scenario import Outcome, Persona, Scenario, Talk
from omnitui.training.tally import Tally
from omnitui.training.transcripts import Transcript

_PAGE = 500
_WITH_FORM = ("chat", "web")
"""Where customers fill in a form first, and where the page knows what they have looked at."""


_ELSEWHERE = ("conversation.closed", "conversation.escalated", "conversation.undone")
"""After these a conversation is over, or may be on another channel."""


class Feed:
    """One shift. `agents` are the logins on autopilot; with `transcripts` those are what is said.

    `couriers` replace the simulated network, by channel (`*` for all others). A feed that is
    `alone` on its store does not look for what others have done when it has done nothing itself.
    """

    def __init__(
        self,
        desk: Desk,
        scenario: Scenario,
        random: Random,
        *,
        agents: Sequence[str] = (),
        transcripts: Sequence[Transcript] = (),
        couriers: Mapping[str, Courier] | None = None,
        alone: bool = False,
    ) -> None:
        self.scenario = scenario
        self.agenda = Agenda()
        self.tally = Tally()
        self._desk = desk
        self._random = Random(random.getrandbits(64))
        self.crowd = Crowd(desk, self.agenda)
        self.network = SimulatedNetwork(Random(random.getrandbits(64)), scenario.network)
        self._couriers = dict(couriers) if couriers is not None else {ANY: self.network}
        own = Random(random.getrandbits(64))
        self.autopilot = Autopilot(desk, self.agenda, own, list(agents), self.crowd.prompt)
        self._alone = alone
        self._due: int | None = 0
        self._rows: dict[int, Conversation] = {}
        self._seq = desk.last_seq()
        self.starts_at = desk.clock.now()
        self.expected = 0
        self._plan(scenario, transcripts)
        self.deliver_left_over()
        self.autopilot.begin()

    def _plan(self, scenario: Scenario, transcripts: Sequence[Transcript]) -> None:
        if transcripts:
            self._plan_transcripts(scenario, transcripts)
            return
        for arriving in schedule(scenario, self._random):
            self._expect(arriving, self.starts_at + arriving.after_ms)

    def _expect(self, arriving: Arriving, at: int) -> None:
        self._check_channel(arriving.channel)
        self.expected += 1
        self.agenda.add(at, partial(self._arrive, arriving))

    def _check_channel(self, key: str) -> None:
        if key not in self._desk.channels:
            raise Fault(
                f"The scenario {self.scenario.name} uses the channel {key!r}, which this store "
                f"does not have. It has {', '.join(self._desk.channels) or 'none'}."
            )

    def _arrive(self, arriving: Arriving) -> None:
        persona, talk, channel = arriving.persona, arriving.talk, arriving.channel
        live = self._desk.channels[channel].live
        self.crowd.arrive(
            Guest(
                number=arriving.number,
                name=persona.name,
                mind=Customer(persona, talk, live, self.scenario.slots),
                random=Random(arriving.seed),
                channel=channel,
                address=address(persona, talk, channel),
                live=live,
                context=context(persona, talk, channel),
                after=partial(self._after, arriving),
            )
        )

    def _after(self, arriving: Arriving, outcome: Outcome) -> None:
        """The same customer may come back with what follows from how this one was left."""
        for then in arriving.talk.then:
            if then.follows(outcome):
                talk = self.scenario.talk(then.conversation)
                channel = then.channel or talk.channels[0]
                self._come(talk, arriving.persona, channel, then.after_ms)
                return

    def _come(self, talk: Talk, persona: Persona, channel: str, after_ms: int) -> None:
        number, seed = self.expected + 1, self._random.getrandbits(64)
        at = self._desk.clock.now() + after_ms
        arriving = Arriving(number, at - self.starts_at, channel, talk, persona, seed)
        self._expect(arriving, at)

    def inject(self, conversation: str, persona: str = "", channel: str = "") -> None:
        """Let somebody arrive now with one of the scenario's conversations."""
        talk = self.scenario.talk(conversation)
        who = (
            self.scenario.who(persona)
            if persona
            else visitor(self.expected + 1, talk.language, self._random)
        )
        self._come(talk, who, channel or talk.channels[0], 0)

    def _plan_transcripts(self, scenario: Scenario, transcripts: Sequence[Transcript]) -> None:
        times = transcript_times(scenario, len(transcripts), self._random)
        queues = [str(queue["name"]) for queue in self._desk.call("queue.list", SYSTEM)]
        topics = list(dict.fromkeys(transcript.topic for transcript in transcripts))
        for number, (transcript, (after, channel)) in enumerate(
            zip(transcripts, times, strict=True), start=1
        ):
            self._check_channel(channel)
            queue = queues[topics.index(transcript.topic) % len(queues)] if queues else ""
            deed = partial(self._arrive_reading, number, transcript, channel, queue)
            self.expected += 1
            self.agenda.add(self.starts_at + after, deed)

    def _arrive_reading(
        self, number: int, transcript: Transcript, channel: str, queue: str
    ) -> None:
        live = self._desk.channels[channel].live
        told = {"asked": transcript.topic, "source": transcript.source, "queue": queue}
        self.crowd.arrive(
            Guest(
                number=number,
                name="",
                mind=Reader(transcript, live),
                random=Random(self._random.getrandbits(64)),
                channel=channel,
                address=_numbered_address(number, channel),
                live=live,
                context={key: value for key, value in told.items() if value},
                external_id=transcript.external_id,
            )
        )

    def deliver_left_over(self) -> None:
        """Carry what left while nobody carried; otherwise the journal tells of each reply."""
        while pump(self._desk, self._couriers):
            pass

    def step(self) -> int | None:
        """Do everything that is due by now; returns when the next thing is (epoch ms), if any."""
        stale = not self._alone
        while True:
            now = self._desk.clock.now()
            if stale or (self._due is not None and self._due <= now):
                self._catch_up(now)
            if not self.agenda.run_next(now):
                break
            stale = True
        return min((at for at in (self.agenda.next_at, self._due) if at is not None), default=None)

    def _catch_up(self, now: int) -> None:
        """Let the desk's timers happen, and take note of everything that has."""
        due = self._desk.next_due()
        if due is not None and due <= now:
            self._desk.run_due()
        self._follow()
        self._due = self._desk.next_due()

    def _follow(self) -> None:
        """Read on in the journal until there is nothing new, and deliver what has left."""
        more = True
        while more:
            entries = self._desk.follow(self._seq, _PAGE)
            more = len(entries) == _PAGE
            for entry in entries:
                self._seq = entry.seq
                self.tally.hear(entry)
                self.crowd.hear(entry)
                self.autopilot.hear(entry)
                if entry.kind == "message.queued" and entry.conversation_id is not None:
                    self._carry(entry.conversation_id, entry.payload["message"])
                    more = True
                elif entry.kind in _ELSEWHERE:
                    self._rows.pop(entry.conversation_id or 0, None)

    def _carry(self, conversation: int, key: int) -> None:
        """Give one reply to its courier; the row is kept while its channel stays the same."""
        row = self._rows.get(conversation)
        if row is None:
            row = self._desk.call("conversation.get", COURIER, conversation=conversation)
            self._rows[conversation] = row
        message = self._desk.call(
            "conversation.messages", COURIER, conversation=conversation, since=key - 1, limit=1
        )[0]
        if message.delivery is Delivery.QUEUED:
            self.crowd.on_the_way(message)
            carry(self._desk, self._couriers, message, row)

    @property
    def over(self) -> bool:
        """Whether everybody has come and gone and nobody plans anything any more."""
        return not self.agenda and self.crowd.finished >= self.expected


def address(persona: Persona, talk: Talk, channel: str) -> str:
    """Where somebody writes from on a channel."""
    if channel in persona.addresses:
        return persona.addresses[channel]
    facts = facts_of(persona, talk)
    if channel == "email":
        return facts["email"]
    if channel in ("phone", "sms"):
        return facts["phone"]
    return persona.handle or persona.key


def _numbered_address(number: int, channel: str) -> str:
    if channel == "email":
        return f"writer{number}@example.net"
    if channel in ("phone", "sms"):
        return f"+47 555 {number:07d}"
    return f"writer-{number}"


def context(persona: Persona, talk: Talk, channel: str) -> dict[str, Any]:
    """What the channel knows of somebody who arrives: what they filled in, device, pages."""
    form = channel in _WITH_FORM
    told: dict[str, Any] = {
        "asked": talk.topic,
        "queue": talk.queue,
        "subject": filled(talk.subject, facts_of(persona, talk)),
        "language": talk.language,
        "email": persona.email if form else "",
        "phone": persona.phone if form else "",
        "device": persona.device if form else "",
        "pages": [*persona.pages, *talk.pages] if form else [],
        **talk.context,
    }
    return {key: value for key, value in told.items() if value}
