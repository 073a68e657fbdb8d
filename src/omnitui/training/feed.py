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

from msgspec.structs import replace

from omnitui.channels.base import Courier
from omnitui.channels.courier import ANY, pump
from omnitui.channels.simulated import SimulatedNetwork
from omnitui.desk.desk import Desk
from omnitui.model.actor import SYSTEM
from omnitui.model.agent import Presence
from omnitui.model.channel import AddressKind, Channel
from omnitui.model.errors import Fault
from omnitui.model.shift import Shift
from omnitui.training.arrivals import Arriving, schedule, transcript_times, visitor
from omnitui.training.autopilot import Autopilot
from omnitui.training.bots import answer_first
from omnitui.training.customer import Customer, facts_of, filled
from omnitui.training.customers import Customers, Guest
from omnitui.training.reader import Reader
from omnitui.training.report import Tally
from omnitui.training.scenario import Outcome, Persona, Scenario, Talk, To
from omnitui.training.schedule import Schedule
from omnitui.training.transcripts import Transcript

_PAGE = 500
FIRST_MS = 2_000
"""When the first customer writes if a person is at the console: nobody waits for a demo."""
COLLEAGUES_MS = 7_000
"""When the colleagues come: the first customer is the person's."""
_LOOK_AGAIN_MS = 500
_PATIENCE_MS = 15_000
"""How long a customer waits for a person who is not present; `_ROOM_MS` for one without capacity.
"""
_ROOM_MS = 10 * 60_000

_FREES = (
    "message.queued",
    "message.unsent",
    "message.failed",
    "message.confirmed",
)
"""Journal kinds after which a reply may be ready to deliver."""


class Feed:
    """One shift. `agents` are the logins on autopilot; with `transcripts` those are what is said.

    `couriers` replace the simulated network, by channel (`*` for all others). A feed that is
    `alone` on its store does not look for what others have done when it has done nothing itself.
    With a `human`, the login of who sits at the console, the first customer comes to them, and a
    shift of the same scenario and `seed` goes on where it stood when it was interrupted.
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
        human: str | None = None,
        seed: int = 0,
    ) -> None:
        # From now on the store is theirs: nothing but a feed delivers on it.
        desk.call("courier.simulate", SYSTEM)
        answer_first(desk, scenario)
        self.scenario = scenario
        self.schedule = Schedule()
        self.tally = Tally()
        self._desk = desk
        self._random = Random(random.getrandbits(64))
        self.customers = Customers(desk, self.schedule)
        self.network = SimulatedNetwork(Random(random.getrandbits(64)), scenario.network)
        self._couriers = dict(couriers) if couriers is not None else {ANY: self.network}
        own = Random(random.getrandbits(64))
        self.autopilot = Autopilot(desk, self.schedule, own, list(agents), self.customers.prompt)
        self._alone = alone
        self._due: int | None = 0
        self._seq = desk.last_seq()
        self._human = human
        self._shift = self._begin(seed)
        self.expected = 0
        self._plan(scenario, transcripts)
        self.deliver_left_over()
        if human is None or self._again:
            self.autopilot.begin()
        else:
            self.schedule.add(self.starts_at + COLLEAGUES_MS, self.autopilot.begin)

    def _begin(self, seed: int) -> Shift | None:
        """The shift in the store, where a person takes part in it."""
        now = self._desk.clock.now()
        self.starts_at, self._later_ms, self._again = now, 0, False
        if self._human is None:
            return None
        shift: Shift = self._desk.call(
            "shift.begin", SYSTEM, scenario=self.scenario.name, seed=seed
        )
        self.starts_at, self._again = shift.starts_at, bool(shift.guests)
        self._later_ms = shift.stood_ms
        return shift

    def _plan(self, scenario: Scenario, transcripts: Sequence[Transcript]) -> None:
        if transcripts:
            self._plan_transcripts(scenario, transcripts)
            return
        for arriving in schedule(scenario, self._random):
            self._plan_one(arriving, self.starts_at + arriving.after_ms)

    def _plan_one(self, arriving: Arriving, at: int) -> None:
        """Schedule an arrival, or continue a customer from before the interruption."""
        there = None if self._shift is None else self._shift.guests.get(arriving.key)
        if there is not None:
            self._go_on(arriving, there)
        elif self._human is not None and not self._again and self.expected == 0:
            # However the scenario has it, whoever sits down to a demo is not kept waiting.
            self._expect(arriving, min(at, self.starts_at + FIRST_MS), first=True)
        else:
            self._expect(arriving, max(at, self._desk.clock.now()))

    def _arrive_at_you(self, arriving: Arriving, planned: int) -> bool:
        """Somebody who asks for the person at the console comes when it can ring at them.

        They wait a little for somebody who is not there yet, and longer for room; then they come
        all the same, and whoever is free takes them.
        """
        agent = self._desk.call("agent.get", SYSTEM, agent=self._human)
        reachable = self._desk.call("routing.reachable", SYSTEM, agent=self._human)
        now = self._desk.clock.now()
        away = agent.presence is Presence.OFFLINE or not arriving.to_you
        patience = _PATIENCE_MS if away else _ROOM_MS
        if arriving.channel not in reachable and now < planned + patience:
            again = partial(self._arrive_at_you, arriving, planned)
            self.schedule.add(now + _LOOK_AGAIN_MS, again)
            return False
        self.customers.arrive(replace(self._guest(arriving), asks_for=self._human))
        return True

    def _go_on(self, arriving: Arriving, conversation: int) -> None:
        """Somebody who was here when the shift was interrupted is here again, as they were."""
        self.expected += 1
        guest = self._guest(arriving)
        outcome = self.customers.go_on(guest, conversation, self._later_ms)
        if outcome is not None:
            self._after(arriving, outcome)

    def _expect(self, arriving: Arriving, at: int, *, first: bool = False) -> None:
        self._check_channel(arriving.channel)
        self.expected += 1
        if self._human is not None and (first or arriving.to_you):
            self.schedule.add(at, partial(self._arrive_at_you, arriving, at))
        else:
            self.schedule.add(at, partial(self._arrive, arriving))

    def _check_channel(self, key: str) -> None:
        if key not in self._desk.channels:
            raise Fault(
                f"The scenario {self.scenario.name} uses the channel {key!r}, which this store "
                f"does not have. It has {', '.join(self._desk.channels) or 'none'}."
            )

    def _arrive(self, arriving: Arriving) -> None:
        self.customers.arrive(self._guest(arriving))

    def _guest(self, arriving: Arriving) -> Guest:
        persona, talk, channel = arriving.persona, arriving.talk, arriving.channel
        live = self._desk.channels[channel].live
        return Guest(
            number=arriving.number,
            name=persona.name,
            mind=Customer(persona, talk, live, self.scenario.slots),
            random=Random(arriving.seed),
            channel=channel,
            address=address(persona, talk, self._desk.channels[channel]),
            live=live,
            context=context(persona, talk, self._desk.channels[channel]),
            after=partial(self._after, arriving),
            began=partial(self._began, arriving.key),
        )

    def _began(self, key: str, conversation: int) -> None:
        """Keep who has arrived, where the shift may have to go on."""
        if self._shift is not None and key:
            self._desk.call(
                "shift.arrived",
                SYSTEM,
                shift=self._shift.id,
                guest=key,
                conversation=conversation,
            )

    def _after(self, arriving: Arriving, outcome: Outcome) -> None:
        """The same customer may come back with what follows from how this one was left."""
        for then in arriving.talk.then:
            if then.follows(outcome):
                talk = self.scenario.talk(then.conversation)
                channel = then.channel or talk.channels[0]
                key = f"{arriving.key}.{talk.key}" if arriving.key else ""
                to_you = To.YOU in (then.to, arriving.persona.to)
                self._come(talk, arriving.persona, channel, then.after_ms, key, to_you)
                return

    def _come(
        self,
        talk: Talk,
        persona: Persona,
        channel: str,
        after_ms: int,
        key: str = "",
        to_you: bool = False,
    ) -> None:
        number, seed = self.expected + 1, self._random.getrandbits(64)
        at = self._desk.clock.now() + after_ms
        after = at - self.starts_at
        arriving = Arriving(number, after, channel, talk, persona, seed, key, to_you)
        self._plan_one(arriving, at)

    def inject(self, conversation: str, persona: str = "", channel: str = "") -> None:
        """Add a customer now with one of the scenario's conversations."""
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
            self.schedule.add(self.starts_at + after, deed)

    def _arrive_reading(
        self, number: int, transcript: Transcript, channel: str, queue: str
    ) -> None:
        live = self._desk.channels[channel].live
        told = {"asked": transcript.topic, "source": transcript.source, "queue": queue}
        self.customers.arrive(
            Guest(
                number=number,
                name="",
                mind=Reader(transcript, live),
                random=Random(self._random.getrandbits(64)),
                channel=channel,
                address=_numbered_address(number, self._desk.channels[channel]),
                live=live,
                context={key: value for key, value in told.items() if value},
                external_id=transcript.external_id,
            )
        )

    def deliver_left_over(self) -> None:
        """Carry what left while nobody carried; otherwise the journal tells of each reply."""
        while self._deliver():
            pass

    def _deliver(self) -> int:
        """Deliver here and now what can leave; how many replies were tried."""
        return pump(self._desk, self._couriers, "feed", taken=self.customers.on_the_way)

    def step(self) -> int | None:
        """Do everything that is due by now; returns when the next thing is (epoch ms), if any."""
        stale = not self._alone
        while True:
            now = self._desk.clock.now()
            if stale or (self._due is not None and self._due <= now):
                self._catch_up(now)
            if not self.schedule.run_next(now):
                break
            stale = True
        return min(
            (at for at in (self.schedule.next_at, self._due) if at is not None), default=None
        )

    def _catch_up(self, now: int) -> None:
        """Let the desk's timers happen, and take note of everything that has."""
        due = self._desk.next_due()
        if due is not None and due <= now:
            self._desk.run_due()
        self._follow()
        self._due = self._desk.next_due()

    def _follow(self) -> None:
        """Read the journal until there is nothing new, and deliver what has left."""
        more = True
        while more:
            entries = self._desk.follow(self._seq, _PAGE)
            more = len(entries) == _PAGE
            for entry in entries:
                self._seq = entry.seq
                self.tally.hear(entry)
                self.customers.hear(entry)
                self.autopilot.hear(entry)
                if entry.kind in _FREES and self._deliver():
                    more = True

    def end(self) -> None:
        """End the shift, if it is over: the next one starts from the beginning."""
        if self._shift is not None and self.over:
            self._desk.call("shift.end", SYSTEM, shift=self._shift.id)
            self._shift = None

    @property
    def over(self) -> bool:
        """Whether everybody has come and gone and nobody plans anything any more."""
        return not self.schedule and self.customers.finished >= self.expected


def address(persona: Persona, talk: Talk, channel: Channel) -> str:
    """The address of a persona on a channel."""
    if channel.key in persona.addresses:
        return persona.addresses[channel.key]
    facts = facts_of(persona, talk)
    if channel.address_kind.shared:
        return facts[channel.address_kind.value]
    return persona.handle or persona.key


def _numbered_address(number: int, channel: Channel) -> str:
    if channel.address_kind is AddressKind.EMAIL:
        return f"writer{number}@example.net"
    if channel.address_kind is AddressKind.PHONE:
        return f"+47 555 {number:07d}"
    return f"writer-{number}"


def context(persona: Persona, talk: Talk, channel: Channel) -> dict[str, Any]:
    """What the channel knows of somebody who arrives: what they filled in, device, pages.

    A window or a browser shows a form first, and knows what they have looked at.
    """
    form = channel.address_kind is AddressKind.DEVICE
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
