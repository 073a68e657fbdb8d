"""What is heard in service messages, kind by kind, and what nothing may change."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from omnitui.datafiles.sentiment import shipped
from omnitui.rules.sentiment import Scored, level
from omnitui.rules.sentiment import score as scored_with


def score(text: str, language: str = "") -> Scored:
    """A message heard with what is shipped."""
    return scored_with(text, shipped(), language)


def sign(text: str) -> str:
    """How a message sounds in a word."""
    scored = score(text)
    if not scored.scored:
        return "not scored"
    found = int(level(scored.compound))
    return "negative" if found < 0 else "positive" if found > 0 else "neutral"


LETTER = "Dear support team,\n\n{}\n\nKind regards,\nGrace Lovelace\nHappy Homes Ltd"

NEGATIVE = {
    "waiting": [
        "internet down three days and nobody answers",
        "Still waiting.",
        "waited in all day and no one came",
        "Been on hold 45 mins",
        "is anyone going to answer?",
        "Where is my refund?",
        "your engineer never came",
        "I have heard nothing back",
        "ingen svarer",
        "Jeg har ventet i to uker",
        "har ikke hørt noe fra dere",
        "Hvor blir det av pakken min?",
    ],
    "said before": [
        "this is the 5th time I'm contacting you about this",
        "I have called five times",
        "I already tried that. Twice.",
        "passed from department to department",
        "same issue again",
        "tredje gang jeg skriver til dere",
        "Det har jeg prøvd. To ganger.",
    ],
    "broken": [
        "wifi is not working",
        "the app logs me out every single time",
        "My phone won't turn on",
        "order arrived broken",
        "can't log in since the update",
        "my heating doesn't work and I have a newborn",
        "Det virker fortsatt ikke",
        "nettet er nede",
        "skjermen er svart",
    ],
    "money": [
        "I was charged twice",
        "you took money from my account twice",
        "why am I still being charged after cancelling?",
        "never got my refund",
        "Dere har trukket meg to ganger",
        "jeg vil ha pengene tilbake",
    ],
    "leaving": [
        "I'm thinking of switching to a competitor",
        "if this is not fixed by Friday I will go to the ombudsman",
        "you have lost a customer",
        "jeg bytter til en annen leverandør",
        "Glem det.",
    ],
    "demands": [
        "I NEED AN ANSWER NOW",
        "ANSWER ME",
        "hello?? anyone??",
        "I want to speak to a manager",
        "SVAR MEG NÅ",
    ],
    "hollow praise and thanks": [
        "great, another outage, just wonderful",
        "thanks for nothing",
        "Thank you for cutting me off in the middle of a call",
        "Great job breaking my internet",
        "awesome, 2 weeks without internet. love it.",
        "takk for ingenting",
        "kjempebra, nede igjen",
    ],
    "afraid": [
        "the light on his safety alarm is off and I am worried",
        "someone is using my account!!",
        "I'm getting desperate here",
        "er redd noen har tatt over kontoen min",
    ],
    "turned round": ["I am not satisfied", "it isn't great", "not exactly fast", "ikke bra"],
    "signs": [
        "still not working 😡😡",
        "I get nothing but errors 😡",
        "Never got it 😢",
        "nothing works :(",
        "not now 😤",
        "😡",
        ":((",
        "👎",
        "fortsatt ikke noe nett 😡",
    ],
    "in a letter": [
        LETTER.format("I have been waiting three weeks and nobody calls back."),
        "Dear all, the invoice is wrong again. Best wishes, Joy",
        "Hei,\n\nTeknikeren kom aldri.\n\nMed vennlig hilsen\nGlad Fornøyd",
    ],
    "beside a quotation": [
        "> We are happy to help, thank you for your patience!\n\nNobody helped. It is dead.",
        'On Monday you wrote: "Happy to help, your line is great again!" It is dead.',
        "Den 2. nov. 2026 skrev Kari:\n> Flott, alt er i orden!\n\nDet virker ikke.",
    ],
}

NEGATIVE |= {
    "what a not does not reach": [
        "I don't understand why nobody answers",
        "no idea what's wrong with it",
        "I don't know why the internet is down",
        "jeg skjønner ikke hvorfor ingen tar telefonen",
    ],
    "asked, and meant": [
        "Can you fix my internet, it is down",
        "is this a joke?",
        "do you even read what I write",
        "how many times do I have to explain this",
        "how is it possible that nobody answers",
    ],
}

NEUTRAL = {
    "only asked about": [
        "Is there a problem with my order?",
        "What happens if I lose my SIM card?",
        "What's the penalty for leaving early?",
        "how do I block unknown callers",
        "Where do I send a broken router?",
        "Does the alarm work during a power cut?",
        "How long does the repair take?",
        "I forgot my password",
        "I'm waiting for the technician, he said 3pm",
        "Hva gjør jeg hvis jeg mister SIM-kortet?",
        "Når kommer teknikeren?",
        "Jeg har glemt passordet",
    ],
    "politeness": [
        "please help",
        "Could you help me, please? I'd like to change my plan.",
        "I'd be grateful if you could send the form. Thanks",
        "I would love to know which plan includes roaming",
        "Thank you in advance for your kind help.",
        "Kan dere hjelpe meg? På forhånd tusen takk!",
        "I hope you are well",
    ],
    "no rush": [
        "no rush",
        "Not urgent, take your time",
        "Det haster ikke",
        "no problem, I can wait",
    ],
    "answers": ["No.", "No thanks.", "yes please", "OK", "Sure, one moment", "Nei.", "Greit."],
    "words of the trade": [
        "Can I get a free trial?",
        "Where is the security code?",
        "How do I report a fault?",
        "What is the best plan for a family?",
        "I would like to cancel my subscription from 1 May",
        "how do I set up a secure password?",
        "Hello, I'd like to order the Happy Family plan",
        "Kan jeg si opp abonnementet fra mai?",
        "Hva er det beste abonnementet?",
    ],
    "letters": [
        LETTER.format("Please find my account number below: 20417."),
        "Dear Mr. Good,\n\nattached is the plan.\n\nSincerely\nH. Love",
        "Good morning, my number is 4471. With best wishes, Hope",
        "Hei,\n\nKundenummeret er 20417.\n\nHa en fin dag!\nPer",
    ],
    "quotations": [
        "> I hate this terrible service\nWhich form do I need?",
        "On 3 Nov 2026 at 10:00 Jo <jo@example.org>\nwrote:\n> the worst\n\nthat is the ticket",
        "Which form?\n\nFrom: Jo\nSent: Monday\nTo: Support\nSubject: worst ever\n\nI hate you",
        "-----Original Message-----\nI am furious",
        'the text says "We love our customers and hope you have a wonderful time"',
    ],
    "machines": [
        '{"error": "fatal", "status": "failed"}',
        "2026-11-03T10:22:11Z ERROR auth failed: bad password",
        "Automatic reply: Out of office\n\nSorry, I have no access. In urgent cases call Jo.",
        "Delivery Status Notification (Failure)\n\nYour message could not be delivered.",
        "Your verification code is 449911. Do not share it.",
        "http://example.com/terrible-awful-hate",
        "Traceback (most recent call last):\nValueError: bad horrible failure",
    ],
}

POSITIVE = {
    "thanks for something": [
        "thank you so much",
        "Thanks a lot for your quick reply, all sorted",
        "really appreciate your help today",
        "takk for hjelpen",
        "Tusen takk for rask hjelp",
    ],
    "put right": [
        "works now",
        "it's finally working again 🎉",
        "OK, that works. Thanks.",
        "I was angry yesterday but you fixed it, thank you",
        "nå funker alt igjen",
        "it's fast again!",
        "The problem is gone",
        "My internet is back!",
        "Takk, det ordnet seg",
    ],
    "praise": [
        "Great service!",
        "you guys rock",
        "best customer service ever",
        "dere er best",
        "kjempefornøyd",
    ],
    "turned round": [
        "not bad at all",
        "no complaints",
        "I can't complain",
        "Never had any problems",
        "couldn't be happier",
        "ikke verst",
    ],
    "signs": ["👍", "no rush 😊", "not yet :)", "❤️", "nei takk 😍"],
    "in a letter": [LETTER.format("The new hub is up and running. Very pleased.")],
    "beside a quotation": ["> Sorry for the terrible outage.\n\nIt is back, that was quick!"],
}

NOT_SCORED = {
    "German": ["Guten Tag, wann kommt die neue Karte?", "Hallo, die Lieferung war gut, danke"],
    "Dutch": ["Mijn bestelling is nog niet binnen, die was van maandag", "dank je wel"],
    "Spanish": ["Hola, no puedo entrar, no funciona, no", "gracias"],
    "French": ["je suis très content", "Bonjour, ma connexion est mauvaise", "Merci"],
    "near Norwegian": ["Jag är mycket arg, det fungerar inte", "Jeg har ventet meget længe"],
    "others": [
        "nem működik az internet",
        "internet saya mati sejak kemarin",
        "cảm ơn bạn rất nhiều",
    ],
    "other scripts": ["非常生气", "Привет, всё плохо", "شكرا", "ありがとう"],
    "with a sign": ["Das Internet ist tot 😡"],
}


def cases(kinds: dict[str, list[str]]) -> list[object]:
    """Every message of some kinds, with its kind as its name."""
    return [
        pytest.param(text, id=f"{kind}-{n}") for kind in kinds for n, text in enumerate(kinds[kind])
    ]


@pytest.mark.parametrize("text", cases(NEGATIVE))
def test_what_goes_wrong_is_heard(text: str) -> None:
    assert sign(text) == "negative"


@pytest.mark.parametrize("text", cases(NEUTRAL))
def test_what_says_nothing_is_neutral(text: str) -> None:
    assert sign(text) == "neutral"


@pytest.mark.parametrize("text", cases(POSITIVE))
def test_what_went_right_is_heard(text: str) -> None:
    assert sign(text) == "positive"


@pytest.mark.parametrize("text", cases(NOT_SCORED))
def test_what_has_no_lexicon_is_not_scored(text: str) -> None:
    scored = score(text)
    assert (scored.scored, scored.compound, scored.words) == (False, 0.0, ())


@pytest.mark.parametrize("text", ["Nothing else, thank you!", "That is all, have a nice day!"])
def test_a_friendly_goodbye_is_never_negative(text: str) -> None:
    assert sign(text) in ("neutral", "positive")


SAID = st.sampled_from(
    [
        text
        for kinds in (NEGATIVE, NEUTRAL, POSITIVE)
        for kind, texts in kinds.items()
        if kind not in ("in a letter", "letters", "quotations", "machines")
        for text in texts
        if score(text).language == "en" and ">" not in text
    ]
)
POLITE = st.sampled_from(
    ["please", "Please.", "Kindly.", "I would appreciate it if you could help.",
     "Thanks in advance.", "Could you help me, please?", "Hope you are well.", "Take your time."]
)  # fmt: skip


@given(SAID, POLITE)
def test_politeness_never_raises(text: str, polite: str) -> None:
    bare = score(text).compound
    assert score(f"{text}\n{polite}").compound <= bare
    assert score(f"{polite}\n{text}").compound <= bare
    assert score(f"{text} . {polite}").compound <= bare


@given(SAID)
def test_thanks_never_make_good_what_is_wrong(text: str) -> None:
    before = sign(text)
    after = sign(f"{text}\nThank you")
    assert before == after or (before, after) == ("neutral", "positive")


GREETING = st.sampled_from(["Dear Ms Good,", "Hello,", "Hi Joy,", "Good morning,", "Dear all,"])
CLOSING = st.sampled_from(
    ["Kind regards,\nJo", "Best wishes\nGrace Love", "Sincerely,\nHappy Homes Ltd", "--\nLove & Co",
     "Yours faithfully,\nB. Osei\nHead of Joy", "Mvh\nFrøydis"]
)  # fmt: skip
QUOTED = st.sampled_from(
    ["> I hate this, it is terrible", "On 3 Nov 2026, Jo wrote:\n> wonderful, great, thank you!",
     "-----Original Message-----\nThis is the worst company ever. I am furious!"]
)  # fmt: skip


@given(SAID, GREETING, CLOSING)
def test_a_letter_says_what_stands_in_it(text: str, greeting: str, closing: str) -> None:
    bare = score(text)
    letter = score(f"{greeting}\n\n{text}\n\n{closing}")
    assert (letter.compound, letter.words) == (bare.compound, bare.words)


@given(SAID, QUOTED)
def test_what_is_quoted_changes_nothing(text: str, quoted: str) -> None:
    assert score(f"{text}\n\n{quoted}").compound == score(text).compound


@given(
    st.sampled_from(["not", "never", "no", "nothing but", "still not", "isn't", "don't", "very"]),
    st.sampled_from(
        [("😡", -1), ("😢", -1), (":(", -1), ("👎", -1), ("😊", 1), ("👍", 1), (":)", 1)]
    ),
)
@example("still not", ("😡", -1))
def test_a_sign_keeps_its_feeling_whatever_stands_before(word: str, drawn: tuple[str, int]) -> None:
    picture, feeling = drawn
    told = dict(score(f"{word} {picture}").words)
    assert told[picture] * feeling > 0


@given(SAID)
def test_the_case_of_letters_turns_nothing_round(text: str) -> None:
    loud, quiet = score(text.upper()).compound, score(text.lower()).compound
    assert not loud * quiet < -0.01
