"""Whatever customers write and whenever a person speaks: what is always true of the bot."""

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule
from msgspec.structs import replace
from small_bot import SET, guess

from omnitui.model.topic import Status, StepKind
from omnitui.rules.bot.engine import hear, resume, taken_over
from omnitui.rules.bot.person import asks_for_person
from omnitui.rules.bot.state import Knows, Policy, Ran, State, Turn
from properties import share

WORDS = st.sampled_from(
    "fault fault? pick person weekdays round feil - yes no 20417 12 2 3 xyz agent hello".split()
)
MOST_TURNS = 6
ASKS = {
    step.text: step for topic in SET.topics for step in topic.steps if step.kind is StepKind.ASK
}


class Talk(RuleBasedStateMachine):
    """One conversation, with a person who may speak at any time."""

    def __init__(self) -> None:
        super().__init__()
        self.state = State()
        self.knows = Knows(facts={"channel": "chat"}, language="en")
        self.collected: dict[str, str] = {}
        self.person_spoke = False
        self.misses = 0

    def _turn(self, text: str) -> Turn:
        before = self.state
        turn = hear(SET, before, text, self.knows, Policy(), guess)
        deeds = 0
        said = list(turn.said)
        while turn.wants is not None:
            deeds += 1
            assert deeds < 20
            turn = resume(SET, turn.state, Ran("CAS-1"), self.knows)
            said += turn.said
        return replace(turn, said=tuple(said))

    @rule(words=st.lists(WORDS, min_size=1, max_size=3))
    def write(self, words: list[str]) -> None:
        text = " ".join(words)
        before = self.state
        turn = self._turn(text)
        if self.person_spoke or not before.talks:
            assert turn.said == (), "it speaks after a person, or after the end"
            assert turn.state == before
            return
        if asks_for_person(text):
            assert turn.state.status is Status.HANDED_OVER
        for one in turn.said:
            asked = ASKS.get(one.text)
            if asked is not None and asked.slot and not asked.anew:
                assert asked.slot not in before.answers, f"it asks again for {asked.slot}"
                assert f"context.{asked.slot}" not in self.knows.values
        lost = before.answers.keys() - turn.state.answers.keys()
        anew = {step.slot for step in ASKS.values() if step.anew}
        assert lost <= anew, f"it lost {lost}"
        answered = bool(turn.said) or not turn.state.talks
        assert answered, f"nothing comes of {text!r} ({turn.reason})"
        assert turn.reason
        assert turn.state.misses < 2 or turn.state.status is Status.HANDED_OVER
        self.state = turn.state

    @rule()
    def says_nothing_that_is_understood(self) -> None:
        """However it stands, three times nothing brings a person, or it was silent already."""
        state = self.state
        for _ in range(MOST_TURNS):
            state = hear(SET, state, "gibberish", self.knows, Policy(), guess).state
            if not state.talks:
                break
        assert not state.talks

    @rule(value=st.sampled_from(["20417", "31186"]))
    def records_know_the_account(self, value: str) -> None:
        self.knows = replace(self.knows, values={**self.knows.values, "context.account": value})

    @precondition(lambda self: self.state.talks)
    @rule()
    def a_person_speaks(self) -> None:
        kept = dict(self.state.answers)
        self.state = taken_over(self.state)
        self.person_spoke = True
        assert self.state.answers == kept

    @invariant()
    def it_is_somewhere(self) -> None:
        """It waits for an answer to a question that is there, or for a new message, or is done."""
        if self.state.asking:
            topic = SET.topic(self.state.topic)
            assert topic is not None
            assert topic.steps[self.state.step].kind is StepKind.ASK
            assert self.state.talks
        if self.state.status is Status.HANDED_OVER:
            assert self.state.reason


Talk.TestCase.settings = settings(max_examples=share(200), stateful_step_count=25)
TestTalk = Talk.TestCase
