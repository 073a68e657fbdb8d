"""The SLA status: met, running, paused, late; with a sentence for people."""

from omnitui.desk import hours, thread
from omnitui.desk.call import Call
from omnitui.desk.registry import query
from omnitui.model.errors import Refused
from omnitui.model.ids import CaseId, ConversationId
from omnitui.model.sla import GivenTarget, Hold, Standing, Subject
from omnitui.rules import sla
from omnitui.rules.sla import Clock, SlaStatus
from omnitui.store.routing import sla_targets


def clock_of(given: GivenTarget) -> Clock:
    """The clock of a target on a conversation or case."""
    return Clock(
        given.name,
        given.started_at,
        given.warn_at,
        given.fail_at,
        given.paused_at,
        given.kept_at,
        given.cancelled_at,
        given.holds,
    )


def running(call: Call, case: int) -> list[tuple[GivenTarget, tuple[Hold, ...]]]:
    """The targets of a case that are neither met nor cancelled, with what pauses each."""
    pauses = {target.id: target.pauses for target in sla_targets.targets(call.store)}
    return [
        (given, () if given.target_id is None else pauses.get(given.target_id, ()))
        for given in sla_targets.of_case(call.store, case)
        if given.kept_at is None and given.cancelled_at is None
    ]


@query("sla.of")
def of(
    call: Call, conversation: ConversationId | None = None, case: CaseId | None = None
) -> list[Standing]:
    """The SLA status of a conversation and its case, or of a case.

    Empty without targets. The next due comes first.
    """
    if (conversation is None) == (case is None):
        raise Refused(
            "sla.which", "Targets belong to one conversation or one case.", "Give one of them."
        )
    if conversation is not None:
        case = thread.get(call, conversation).case_id
    return on(call, conversation, case)


def on(call: Call, conversation: int | None, case: int | None) -> list[Standing]:
    """The SLA status of a conversation and of a case."""
    given = sla_targets.of_either(call.store, conversation, case)
    return sorted((_standing(call, one) for one in given), key=_pressing)


def _pressing(standing: Standing) -> tuple[bool, bool, int]:
    over = standing.kept_at is not None or standing.cancelled_at is not None
    return over, standing.status == SlaStatus.PAUSED, standing.fail_at


def _standing(call: Call, given: GivenTarget) -> Standing:
    clock = clock_of(given)
    calendar = hours.calendar(call.store, given.calendar_id)
    return Standing(
        name=given.name,
        kpi=given.kpi,
        subject=Subject.CASE if given.conversation_id is None else Subject.CONVERSATION,
        status=sla.status(clock, call.now).value,
        remaining_ms=sla.remaining(clock, call.now, calendar),
        sentence=sla.explain(clock, call.now, calendar),
        started_at=given.started_at,
        warn_at=given.warn_at,
        fail_at=given.fail_at,
        paused_at=given.paused_at,
        kept_at=given.kept_at,
        cancelled_at=given.cancelled_at,
    )
