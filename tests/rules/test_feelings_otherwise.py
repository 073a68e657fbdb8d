"""What is said otherwise than it is meant, and words that belong to names and machines."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from omnitui.datafiles.sentiment import shipped
from omnitui.rules.sentiment import level, score


def sign(text: str) -> int:
    """-1, 0 or 1, as the levels have it."""
    heard = score(text, shipped())
    assert heard.scored, text
    found = int(level(heard.compound))
    return (found > 0) - (found < 0)


@pytest.mark.parametrize(
    "text",
    [
        "So helpful. Not.",
        "very friendly, NOT",
        "That was quick... as if.",
        "Love being on hold for an hour",
        "Enjoying waiting for a call that never comes",
        "Nice work losing my parcel",
        "Great job sending the bill to my old flat",
        "Thanks a lot for the 55 minutes of hold music",
        "Just what I wanted, another broken router",
        "How lovely to be told the same thing a fifth time",
        "Perfect timing as always",
        "Fast delivery indeed. Only took five weeks.",
        "Congratulations, you broke it again",
        "Oh joy, it crashed",
        "Nice of you to finally answer",
        "I'd give it 1/10",
        "Amazing how you charge for something that never works",
        "Impressive, a third outage in one day",
        "Wow. Nobody even said sorry.",
        "Took you long enough",
        "anything but helpful",
        "far from perfect",
        "Keep up the good work breaking things",
        "10/10 would not recommend",
        "Tusen takk for ingenting",
        "Bra jobba med å miste pakken",
        "Så hyggelig. Ikke.",
        "Gratulerer, nettet er nede igjen",
    ],
)
def test_mockery_is_no_praise(text: str) -> None:
    assert sign(text) == -1


@pytest.mark.parametrize(
    "text",
    [
        "Just what I wanted, thank you",
        "Great job, thanks!",
        "Congratulations on the new app, it is great",
        "Love how quickly you answered",
        "What a great service",
        "Perfect timing, thank you",
        "fixed in 3 minutes, wow",
        "I am happy, not angry",
        "10/10",
        "damn good support",
        "not half bad",
        "hardly any problems since",
        "I was worried but all is fine now",
        "Keep up the good work!",
    ],
)
def test_praise_that_looks_like_mockery_is_praise(text: str) -> None:
    assert sign(text) == 1


@pytest.mark.parametrize(
    "text",
    [
        "I'm cancelling",
        "We are cancelling everything",
        "I'll take my business elsewhere",
        "taking our custom somewhere else, business elsewhere",
        "done with you people",
        "switching to Telenor",
        "close my account",
        "I want my money back",
        "Goodbye then",
        "my bill went up without notice",
        "the price has doubled",
        "you raised it without telling me",
        "5 more than last month, why",
        "was promised 25 and pay 45",
        "new customers pay less, how is that fair",
        "Da bytter jeg til Telia",
        "Prisen er satt opp uten varsel",
    ],
)
def test_who_leaves_or_pays_more_is_not_content(text: str) -> None:
    assert sign(text) == -1


@pytest.mark.parametrize(
    "text",
    [
        "I'm cancelling my appointment on Friday",
        "how do I close my account",
        "we're switching to electronic invoices",
        "I'm moving to another city next month",
        "is there a money back guarantee",
        "What does the orange light mean?",
        "I forgot where the panic button is",
        "The certificate is a death certificate",
        "Is the fire alarm included?",
        "is it best before May",
        "I would love a callback",
        "I'd like to end my contract",
        "I am leaving for a holiday on Monday",
        "when is the increase",
        "Hi Ada, hope you had a nice weekend. My number changed to 4471.",
    ],
)
def test_facts_with_strong_words_are_facts(text: str) -> None:
    assert sign(text) == 0


@pytest.mark.parametrize(
    "text",
    [
        "My name is Grace Hope",
        "Joy Best",
        "Joy Best, 14 Paradise Lane",
        "Please ask Hope to call me",
        "Mrs. Love called yesterday",
        "the parcel is for Mr Savage at Trouble House",
        "We are Perfect Pools Ltd",
        "Flat 4, Strong Street",
        "does the Super Happy plan include calls",
        "Navnet er Kari Glad",
        "see happy.png and sad_face.jpg",
        "it is in /srv/love/terrible.log",
        "attached: great-news.pdf, awful.docx.",
        "look at amazing-deals.com/best",
        "LOVE99HATE1",
        "my tracking number is BAD-4410-HELL",
        "error500fatal is the code",
        "2026-11-02 ERROR worker failed: fatal exception",
        "12:03:22 FATAL disk failure",
        "if (failed) { throw new TerribleError(); }",
        "kill(process); // terrible hack",
        "SELECT * FROM hate WHERE love = 1",
        "ok",
        "...",
        "!!!!",
    ],
)
def test_names_and_what_machines_read_feel_nothing(text: str) -> None:
    assert sign(text) == 0


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("I Love It", 1),
        ("I Am So Happy With This", 1),
        ("Great Service", 1),
        ("it broke.please help", -1),
        ("great.thanks", 1),
        ("waited 30mins", -1),
        ("DELETE MY ACCOUNT FROM YOUR SYSTEM, I AM FURIOUS", -1),
        ("I waited 37 days.", -1),
    ],
)
def test_what_looks_like_a_name_or_a_machine_s_is_still_felt(text: str, meant: int) -> None:
    assert sign(text) == meant


WORDS = st.sampled_from(["love", "hate", "happy", "terrible", "great", "fail", "best", "sad"])


@given(WORDS, st.integers(10, 99_999), st.sampled_from(["{}{}", "{}-{}", "{}{}X"]))
def test_no_number_of_a_parcel_is_felt(word: str, number: int, form: str) -> None:
    assert sign(f"the number is {form.format(word.upper(), number)}") == 0


@given(WORDS, st.sampled_from(["png", "jpg", "pdf", "docx", "log", "txt", "zip", "com", "org"]))
def test_no_name_of_a_file_is_felt(word: str, ending: str) -> None:
    assert sign(f"it is called {word}.{ending}") == 0


@pytest.mark.parametrize(
    ("text", "right"),
    [
        ("No, that's it. Thanks!", 0),
        ("Hope you're having a great day! How do I pair the thermostat?", 0),
        ("Please be so kind as to send me the invoice for March", 0),
        ("with friendly greetings", 0),
        ("the kill switch of my vpn", 0),
        ("I'd like to pay my debt", 0),
        ("I'm afraid I don't have the number at hand", 0),
        ("Sorry, wrong chat", 0),
        ("Any help appreciated", 0),
        ("Your message: 'we're sorry for the terrible outage' - which area is that?", 0),
        ("The page says 'fatal error', is that mine?", 0),
        ("'Tis terrible what you did to my friends' line", -1),
        ("It's terrible, the kids' films aren't there", -1),
        ("I'm afraid I'll lose my number", -1),
        ("I've been transferred between five people", -1),
        ("It reboots every ten minutes", -1),
        ("You took the money out two times", -1),
        ("so much for your round-the-clock support", -1),
        ("It's been a month", -1),
        ("Nå går jeg til en annen", -1),
        ("That did it, thanks!", 1),
    ],
)
def test_what_is_polite_says_nothing_and_what_goes_round_in_circles_does(
    text: str, right: int
) -> None:
    assert sign(text) == right
