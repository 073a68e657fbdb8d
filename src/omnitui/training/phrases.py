"""What simulated customers say where a scenario's author has written nothing for it.

By language, then by what happened, then for calm and for sharp tempers. `{fact}` is filled in.
"""

from random import Random

from omnitui.training.scenario import Temper

_CALM, _SHARP = 0, 1

_ENGLISH: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "waiting": (
        ("Are you still there?", "Hello, is anybody there?", "Just checking you got my message.",
         "No rush, but is somebody looking at this?"),
        ("Hello??", "Is anyone going to answer?", "Still waiting.", "Anyone?"),
    ),
    "ignored": (
        ("I have been waiting for quite a while now.", "I really do need an answer today, please.",
         "Sorry to push, but it has been a long time."),
        ("This is ridiculous. I have been waiting forever.",
         "Do you even read these messages?", "I pay every month for this and get silence."),
    ),
    "left": (
        ("I will try again another time.", "I have to go now, I will write again later."),
        ("Forget it.", "Terrible service. I give up."),
    ),
    "wrong": (
        ("Thanks, but that does not fit my problem, I think.",
         "I had a look and it is about something else.", "I have done all of that already, sadly.",
         "Hmm, that did not change anything here."),
        ("That is not what I asked.", "I already tried that. Twice.",
         "That has nothing to do with my problem!", "No. Same problem as before."),
    ),
    "thanks": (
        ("That did it, thank you so much!", "Great, that works now. Thanks for your help!",
         "Perfect, thank you, that was exactly it.", "Wonderful, thanks a lot!"),
        ("OK, that works. Thanks.", "Finally. Thank you.", "Right, that solved it. Thanks."),
    ),
    "settle": (
        ("OK, I will try that and write again if it comes back. Thanks.",
         "All right, I will give that a go tonight."),
        ("Fine. I will try, but I expect it to be fixed.", "OK. If it comes back I am leaving."),
    ),
    "no_more": (
        ("No, that is all. Have a nice day!", "Nothing else, thank you!", "That was all, bye!"),
        ("No.", "That is all.", "No thanks."),
    ),
    "still": (
        ("It is not solved yet, though.", "Wait, it still does not work here."),
        ("We are not done. It still does not work!", "Do not close this, nothing is solved."),
    ),
    "okay": (
        ("OK, thank you.", "Sure, I will wait.", "Thanks, take your time."),
        ("OK, but please hurry.", "Fine.", "OK."),
    ),
    "yes": (
        ("Yes, I think so.", "Yes, that is right.", "I believe so, yes."),
        ("Yes.", "Yes, obviously.", "I said so, yes."),
    ),
    "unknown": (
        ("Sorry, I do not know. Where would I find that?", "I am not sure, to be honest."),
        ("No idea. Is that not in your system?", "How should I know that?"),
    ),
    "again": (
        ("As I wrote: {fact}", "I think I said it before: {fact}"),
        ("I already told you: {fact}", "Again?! {fact}"),
    ),
}  # fmt: skip

_NORWEGIAN: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "waiting": (
        ("Er du der fortsatt?", "Hallo, er det noen der?", "Fikk dere meldingen min?"),
        ("Hallo??", "Kommer det noe svar?", "Jeg venter fortsatt."),
    ),
    "ignored": (
        ("Nå har jeg ventet ganske lenge.", "Beklager maset, men jeg trenger et svar i dag."),
        ("Dette er helt håpløst.", "Leser dere i det hele tatt det vi skriver?"),
    ),
    "left": (
        ("Jeg prøver igjen en annen gang.", "Jeg må gå nå, skriver senere."),
        ("Glem det.", "Elendig service. Jeg gir opp."),
    ),
    "wrong": (
        ("Takk, men det passer ikke helt, tror jeg.", "Det har jeg dessverre gjort allerede.",
         "Hm, det endret ingenting her."),
        ("Det var ikke det jeg spurte om.", "Det har jeg prøvd. To ganger.", "Nei. Akkurat likt."),
    ),
    "thanks": (
        ("Nå virker det, tusen takk!", "Supert, takk for hjelpen!", "Perfekt, det var det."),
        ("OK, det virker. Takk.", "Endelig. Takk."),
    ),
    "settle": (
        ("OK, jeg prøver det i kveld. Takk.", "Greit, da prøver jeg det."),
        ("Greit. Men da regner jeg med at det er fikset.",),
    ),
    "no_more": (
        ("Nei, det var alt. Ha en fin dag!", "Ingenting mer, takk!"),
        ("Nei.", "Det var alt."),
    ),
    "still": (
        ("Det er ikke løst ennå, altså.", "Vent, det virker fortsatt ikke."),
        ("Vi er ikke ferdige. Det virker fortsatt ikke!",),
    ),
    "okay": (("OK, takk.", "Jada, jeg venter."), ("OK, men skynd deg.", "Greit.")),
    "yes": (("Ja, det stemmer.", "Ja, jeg tror det."), ("Ja.", "Ja, det sa jeg jo.")),
    "unknown": (
        ("Beklager, det vet jeg ikke. Hvor finner jeg det?", "Jeg er ikke helt sikker."),
        ("Aner ikke. Ligger ikke det i systemet deres?",),
    ),
    "again": (
        ("Som jeg skrev: {fact}", "Jeg tror jeg sa det: {fact}"),
        ("Det har jeg sagt: {fact}",),
    ),
}  # fmt: skip

_BY_LANGUAGE = {"en": _ENGLISH, "nb": _NORWEGIAN}


def phrase(what: str, language: str, temper: Temper, random: Random, fact: str = "") -> str:
    """One of the phrases for what happened; languages without phrases speak English."""
    table = _BY_LANGUAGE.get(language, _ENGLISH)
    calm, sharp = table[what]
    chosen = random.choice(sharp if temper in (Temper.HASTY, Temper.CROSS) else calm)
    return chosen.replace("{fact}", fact)
