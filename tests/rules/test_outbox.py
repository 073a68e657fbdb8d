"""What becomes of a reply after an attempt to deliver it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from omnitui.model.conversation import Delivery
from omnitui.rules.outbox import Outcome, Settled, may_be_taken_back, may_carry, settle

D, O = Delivery, Outcome  # noqa: E741 - the table is read by its columns

# outcome, doubtful before, repeatable, last -> where it stands, doubtful, tried again
TABLE = [
    (O.ARRIVED, False, False, False, Settled(D.SENT, False, False)),
    (O.ARRIVED, True, True, True, Settled(D.SENT, False, False)),
    (O.FAILED, False, False, False, Settled(D.FAILED, False, True)),
    (O.FAILED, False, True, False, Settled(D.FAILED, False, True)),
    (O.FAILED, False, False, True, Settled(D.FAILED, False, False)),
    (O.FAILED, True, True, False, Settled(D.FAILED, True, True)),
    (O.FAILED, True, True, True, Settled(D.UNCERTAIN, True, False)),
    (O.FAILED, True, False, False, Settled(D.UNCERTAIN, True, False)),
    (O.UNKNOWN, False, False, False, Settled(D.UNCERTAIN, True, False)),
    (O.UNKNOWN, False, True, False, Settled(D.FAILED, True, True)),
    (O.UNKNOWN, False, True, True, Settled(D.UNCERTAIN, True, False)),
    (O.UNKNOWN, True, True, False, Settled(D.FAILED, True, True)),
]


@pytest.mark.parametrize(("outcome", "doubtful", "repeatable", "last", "wanted"), TABLE)
def test_an_attempt_makes_of_a_reply(
    outcome: Outcome, doubtful: bool, repeatable: bool, last: bool, wanted: Settled
) -> None:
    assert settle(outcome, doubtful=doubtful, repeatable=repeatable, last=last) == wanted


ATTEMPTS = st.lists(st.tuples(st.sampled_from(list(Outcome)), st.booleans()), max_size=9)


@given(ATTEMPTS)
def test_what_may_have_arrived_is_never_carried_by_who_cannot_tell(
    attempts: list[tuple[Outcome, bool]],
) -> None:
    """Attempts follow each other until it is settled; `maybe` is what a customer could have."""
    maybe, doubtful = 0, False
    for number, (outcome, repeatable) in enumerate(attempts, 1):
        if not may_carry(doubtful=doubtful, repeatable=repeatable):
            assert maybe
            break
        if maybe:
            assert repeatable
        maybe += outcome is not Outcome.FAILED
        stands = settle(outcome, doubtful=doubtful, repeatable=repeatable, last=number == 5)
        doubtful = stands.doubtful
        if stands.delivery is Delivery.SENT:
            assert outcome is Outcome.ARRIVED
        elif stands.delivery is Delivery.FAILED and not stands.again:
            assert not maybe
        if not stands.again:
            break
        assert number < 5
        assert doubtful == bool(maybe)


@pytest.mark.parametrize("delivery", list(Delivery))
@pytest.mark.parametrize("doubtful", [False, True])
def test_only_what_has_certainly_not_left_is_taken_back(delivery: Delivery, doubtful: bool) -> None:
    waits = delivery in (D.HELD, D.QUEUED, D.FAILED)
    assert may_be_taken_back(delivery, doubtful=doubtful) == (waits and not doubtful)
