"""The seeded schedule of arrivals. Pure.

Fixed arrivals come when the file says. The others come as a Poisson process with the file's rate
for each hour; the conversation used least comes next, and a customer does not return at once.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import count
from random import Random

from msgspec import Struct, field

from omnitui.training.scenario import (
    Arrival,
    Persona,
    Rate,
    Scenario,
    Talk,
    Temper,
    To,
    openings,
)

HOUR_MS = 3_600_000
BUSY_MS = 40 * 60_000
"""The time after arrival in which a customer is not sent again."""
DEFAULT_PER_HOUR = 60.0
"""How many transcripts arrive in an hour if a scenario has no rates."""


class Arriving(Struct, frozen=True):
    """One customer about to arrive, `after_ms` the start. `seed` is their own randomness.

    `key` is theirs in every run of the same scenario and seed. With `to_you` they ask for the
    person at the console.
    """

    number: int
    after_ms: int
    channel: str
    talk: Talk
    persona: Persona
    seed: int
    key: str = ""
    to_you: bool = False


def schedule(scenario: Scenario, random: Random) -> list[Arriving]:
    """Everybody who arrives in a scenario, in order of arrival."""
    due: list[tuple[int, Arrival | Rate]] = [(one.after_ms, one) for one in scenario.arrival]
    for rate in scenario.rate:
        due += [(at, rate) for at in drawn(rate.per_hour, scenario.lasts_ms, random)]
    due.sort(key=lambda one: one[0])
    dealer = Dealer(scenario, random)
    return [dealer.deal(number, at, cause) for number, (at, cause) in enumerate(due, start=1)]


def drawn(per_hour: Sequence[float], until_ms: int, random: Random) -> Iterator[int]:
    """Times of arrival (ms from the start) of a Poisson process; after the last hour, silence."""
    for hour, rate in enumerate(per_hour):
        at = float(hour * HOUR_MS)
        end = min((hour + 1) * HOUR_MS, until_ms)
        while rate > 0:
            at += random.expovariate(rate / HOUR_MS)
            if at >= end:
                break
            yield int(at)


class Dealer(Struct):
    """Deals conversations and personas so that a shift does not repeat itself."""

    scenario: Scenario
    random: Random
    told: Counter[str] = field(default_factory=Counter)
    busy_until: dict[str, int] = field(default_factory=dict)
    visitors: Iterator[int] = field(default_factory=lambda: count(1))

    def deal(self, number: int, at: int, cause: Arrival | Rate) -> Arriving:
        """Say who arrives with what because of a fixed arrival or a rate."""
        if isinstance(cause, Arrival):
            talk = self.scenario.talk(cause.conversation)
            channel = cause.channel or talk.channels[0]
            named = self.scenario.who(cause.persona) if cause.persona else None
            to = cause.to
        else:
            talk, channel, named = self.talk(cause), cause.channel, None
            to = To.ANYBODY
        persona = named or self.persona(talk, at)
        self.told[talk.key] += 1
        self.told[persona.key] += 1
        self.busy_until[persona.key] = at + BUSY_MS
        seed, to_you = self.random.getrandbits(64), To.YOU in (to, persona.to)
        return Arriving(number, at, channel, talk, persona, seed, str(number), to_you)

    def talk(self, rate: Rate) -> Talk:
        """A conversation for a channel, one of the least used."""
        scenario = self.scenario
        pool = [scenario.talk(key) for key in rate.conversations] or openings(
            scenario, rate.channel
        )
        least = min(self.told[talk.key] for talk in pool)
        return self.random.choice([talk for talk in pool if self.told[talk.key] == least])

    def persona(self, talk: Talk, at: int) -> Persona:
        """Somebody who could come with it and is not here already, else an unknown visitor."""
        own = [p for p in self.scenario.persona if talk.key in p.conversations]
        free = [
            p
            for p in own or [p for p in self.scenario.persona if not p.conversations]
            if p.language == talk.language and self._free(p.key, at)
        ]
        if not free:
            return visitor(next(self.visitors), talk.language, self.random)
        least = min(self.told[p.key] for p in free)
        return self.random.choice([p for p in free if self.told[p.key] == least])

    def _free(self, key: str, at: int) -> bool:
        """Whether a customer was not just here and has no fixed arrival soon."""
        expected = (one.after_ms for one in self.scenario.arrival if one.persona == key)
        return self.busy_until.get(key, 0) <= at and not any(
            at < time < at + BUSY_MS for time in expected
        )


_FIRST = {
    "en": "Alice Ben Carol Dylan Emma Finn Gwen Harry Isla Jack Kate Liam Mia Noah Olivia Paul "
    "Rosa Sam Tess Umar Vera Will Yara Zoe",
    "nb": "Anne Bjørn Camilla Eirik Frida Geir Hanne Ivar Janne Kåre Liv Magnus Nina Ola Pernille "
    "Ragnhild Sigurd Tuva Vidar Åse",
}
_LAST = {
    "en": "Archer Brook Carter Dunn Ellis Fraser Grant Hughes Irving Kerr Lowe Marsh Nolan Osborne "
    "Price Quinn Reid Stone Turner Walsh",
    "nb": "Andersen Berg Dahl Eide Foss Grøtting Haugen Iversen Johnsen Krogh Lien Moen Nygård "
    "Olsen Rønning Strand Sæther Vik",
}


def visitor(number: int, language: str, random: Random) -> Persona:
    """Somebody nobody knows."""
    tongue = language if language in _FIRST else "en"
    first = random.choice(_FIRST[tongue].split())
    last = random.choice(_LAST[tongue].split())
    return Persona(
        key=f"visitor-{number}",
        name=f"{first} {last}",
        temper=random.choice(list(Temper)),
        patience=float(random.randrange(70, 240, 10)),
        language=language,
        handle=f"{first}.{last}{number}".lower(),
    )


def transcript_times(scenario: Scenario, many: int, random: Random) -> list[tuple[int, str]]:
    """When (ms from the start) and on which channel `many` transcripts arrive.

    The scenario's hours are repeated until all have arrived.
    """
    rates = [rate for rate in scenario.rate if any(rate.per_hour)] or [
        Rate(channel=channel, per_hour=[DEFAULT_PER_HOUR]) for channel in scenario.channels[:1]
    ]
    hours = max(len(rate.per_hour) for rate in rates)
    result: list[tuple[int, str]] = []
    for turn in count():
        if len(result) >= many:
            break
        start = turn * hours * HOUR_MS
        result += sorted(
            (start + at, rate.channel)
            for rate in rates
            for at in drawn(rate.per_hour, hours * HOUR_MS, random)
        )
    return result[:many]
