"""Whether somebody asks for a person: in many wordings, and not where they talk of others."""

import time

import pytest

from listing import each
from omnitui.rules.bot.person import asks_for_person

ASK = """human
Human please
a real person
agent
agent please
AGENT NOW
operator
representative!
talk to a human
I want to talk to a person
i wanna speak to someone
can i speak with somebody from support
could I please talk to a real human being?
let me chat with an agent
connect me to an agent
transfer me to a representative
please put me through to a person
give me a real human
get me a manager
I need a human
I want an agent
I would like an actual person
is there a real person there
are you a bot?
are you human
no bots please
I don't want a bot
stop this bot
speak to your supervisor
hand me over to a colleague
human help
someone real please
kan jeg snakke med noen
jeg vil snakke med et menneske
Kan jeg få prate med en ekte person?
kundebehandler
menneske takk
sett meg over til en kundebehandler
er du en robot?
ikke en bot
kan jag prata med någon
kan jeg tale med en medarbejder eller nogen
kann ich mit einem Mitarbeiter sprechen
Mitarbeiter bitte
je veux parler à quelqu'un
quiero hablar con una persona"""

DO_NOT = """my internet is down
somebody broke the router
my estate agent needs the invoice
I am a travel agent and move house
can someone tell me when it works again
the technician talked about a new box
a person on the phone said it would be fixed
I do not need to talk to a person
no need to talk to an agent
which network operator do you use
what is a human readable invoice
everybody in my house is offline
the neighbour has a new router
can you call me back
nobody answers my mails
jeg trenger ikke snakke med noen
noen har tatt ruteren min
hvem er eieren av avtalen"""


@each("text", ASK.splitlines())
def test_a_person_is_asked_for_in_any_wording(text: str) -> None:
    assert asks_for_person(text)


@each("text", DO_NOT.splitlines())
def test_talk_of_somebody_is_not_asking_for_them(text: str) -> None:
    assert not asks_for_person(text)


@pytest.mark.parametrize("text", ["talk " * 20_000, "to with a " * 20_000, "i want a " * 30_000])
def test_long_messages_take_no_time(text: str) -> None:
    begun = time.perf_counter()
    asks_for_person(text)
    assert time.perf_counter() - begun < 0.5
