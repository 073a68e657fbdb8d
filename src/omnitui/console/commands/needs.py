"""What commands need, each with the sentence that says what is missing and which key helps.

A need says of a stage why a command cannot run on it now; empty when it can.
"""

from collections.abc import Callable
from typing import TYPE_CHECKING

from omnitui.console.apps import case as case_app
from omnitui.console.apps import customer as customer_app
from omnitui.console.apps import record
from omnitui.console.commands.stage import NO_SESSION, Stage, session_of
from omnitui.console.keys import key_for, no_case, nobody_linked
from omnitui.console.session import editing
from omnitui.model.actor import Permission
from omnitui.model.case import Case, CaseStatus
from omnitui.model.channel import ChannelMode
from omnitui.model.conversation import ConversationState
from omnitui.model.errors import Refused
from omnitui.model.triage import MOST_AT_ONCE

if TYPE_CHECKING:
    from omnitui.console.session.view import SessionView

_ENDED = (ConversationState.WRAP_UP, ConversationState.CLOSED)
_UNDER_WAY = (ConversationState.ACTIVE, ConversationState.WAITING)


def session(stage: Stage) -> str:
    """A session in front."""
    return "" if stage.session else NO_SESSION


def of_session(why_not: Callable[["SessionView"], str]) -> Callable[[Stage], str]:
    """Make what is needed of a session a need of the stage: there must be a session, too."""

    def need(stage: Stage) -> str:
        view = stage.session
        return NO_SESSION if view is None else why_not(view)

    return need


@of_session
def can_reply(view: "SessionView") -> str:
    """A conversation that a reply can be written in."""
    return view.state.why_no_reply()


@of_session
def can_write(view: "SessionView") -> str:
    """A composer that takes what is typed."""
    return view.state.why_no_reply() if view.conversation.composer.field.read_only else ""


@of_session
def something_written(view: "SessionView") -> str:
    """Words in the composer, or files."""
    composer = view.conversation.composer
    there = composer.text.strip() or (not composer.is_note and composer.enclosed.envelope.files)
    return "" if there else "Nothing is written yet."


@of_session
def composer_in_sight(view: "SessionView") -> str:
    """The composer on the screen: nobody sends what they do not see."""
    return (
        ""
        if view.shows_conversation
        else "Your words are in the conversation, out of sight. Go there to send."
    )


@of_session
def something_for_later(view: "SessionView") -> str:
    """A reply that can be sent, or one that is scheduled."""
    composer = view.conversation.composer
    if not composer.text.strip() and view.state.loaded.scheduled:
        return ""
    return view.state.why_no_reply() or ("" if composer.text.strip() else "Nothing is written yet.")


@of_session
def letters(view: "SessionView") -> str:
    """A channel of letters, with subject and copies, and a reply that can be written."""
    channel = view.state.channel
    if channel is None or not channel.letters:
        label = view.state.conversation.channel if channel is None else channel.label
        return f"{label} has no subject, copies, quotes or signature."
    return view.state.why_no_reply()


@of_session
def takes_files(view: "SessionView") -> str:
    """A channel that takes files, and a reply that can be written."""
    channel = view.state.channel
    if channel is None or not channel.attachments:
        label = view.state.conversation.channel if channel is None else channel.label
        return f"{label} takes no attachments."
    return view.state.why_no_reply()


def assistant(stage: Stage) -> str:
    """A language model that is set up."""
    found = stage.link.settings
    if found is not None and found.assistant_url:
        return ""
    return "No language model is set up. An administrator sets one with assistant.set."


@of_session
def customer(view: "SessionView") -> str:
    """A customer who is linked."""
    return "" if view.state.customer else nobody_linked()


@of_session
def customer_for_case(view: "SessionView") -> str:
    """A customer whose case it becomes."""
    links = key_for("session.link")
    return "" if view.state.customer else f"A case needs a customer: {links} links one."


@of_session
def linked_case(view: "SessionView") -> str:
    """A case that is linked."""
    return "" if view.state.case else no_case()


def _why_not_ended(view: "SessionView") -> str:
    item = view.state.conversation
    if item.state in _ENDED:
        closes = key_for("session.close")
        return f"It has already ended ({item.state.label}). {closes} closes it."
    if item.state is not ConversationState.ACTIVE or not view.state.mine:
        return f"Only your active conversations can be ended; this one is {item.state.label}."
    return ""


can_end = of_session(_why_not_ended)
"""An active conversation of the agent's."""


@of_session
def can_finish(view: "SessionView") -> str:
    """A conversation of the agent's that is active or has just ended."""
    if view.state.conversation.state is ConversationState.WRAP_UP and view.state.mine:
        return ""
    return _why_not_ended(view)


@of_session
def can_give_back(view: "SessionView") -> str:
    """An active conversation of the agent's."""
    active = view.state.conversation.state is ConversationState.ACTIVE
    return "" if active and view.state.mine else "Only your active conversations can be released."


def _why_not_transferred(view: "SessionView") -> str:
    item = view.state.conversation
    if item.state not in _UNDER_WAY:
        stands = "in wrap-up" if item.state is ConversationState.WRAP_UP else item.state.label
        return f"It is {stands}. Only open, active and waiting conversations can be transferred."
    if not view.state.mine:
        if not item.agent_name:
            return "It is unassigned. Take it on Home to transfer it."
        return f"It is assigned to {item.agent_name}; only they can transfer it."
    return ""


can_transfer = of_session(_why_not_transferred)
"""A conversation of the agent's that is under way."""


@of_session
def can_snooze(view: "SessionView") -> str:
    """Not on a live channel: somebody waits at the other end."""
    why, channel = _why_not_transferred(view), view.state.channel
    if not why and channel is not None and channel.mode is ChannelMode.LIVE:
        moves, ends = key_for("session.transfer"), key_for("session.end")
        return f"A live conversation cannot be snoozed: {moves} transfers it, {ends} ends it."
    return why


@of_session
def can_consult(view: "SessionView") -> str:
    """One that is under way; who was asked in may leave."""
    return "" if view.state.role is not None else _why_not_transferred(view)


@of_session
def can_escalate(view: "SessionView") -> str:
    """Only what the agent has in hand."""
    item = view.state.conversation
    if item.state is not ConversationState.ACTIVE:
        return f"Only active conversations can be escalated; this one is {item.state.label}."
    return _why_not_transferred(view)


def customer_in_front(stage: Stage) -> str:
    """A customer whose record is in front, or who is linked."""
    return "" if stage.beside.customer_in_front else nobody_linked()


def _why_no_case(case: Case | None) -> str:
    if case is None:
        return no_case()
    merged = case.merged_into is not None
    return f"{case.number} was merged into {case.merged_number}." if merged else ""


def active_case(stage: Stage) -> str:
    """An active case that is in front, or linked."""
    case = stage.beside.case_in_front
    why = _why_no_case(case)
    if case is None or why or case.status is CaseStatus.ACTIVE:
        return why
    return f"{case.number} is {case.status.value}: {key_for('case.reopen')} reopens it."


def case_that_is_over(stage: Stage) -> str:
    """A case in front, or linked, that is resolved or cancelled."""
    case = stage.beside.case_in_front
    why = _why_no_case(case)
    if case is None or why or case.status is not CaseStatus.ACTIVE:
        return why
    return f"{case.number} is active."


def case_of(stage: Stage) -> Case:
    """The case that keys mean: the one in front, else the linked one; refused if there is none."""
    case = stage.beside.case_in_front
    if case is None:
        raise Refused("case.none", no_case())
    return case


def body_in_front(stage: Stage, what: str) -> "record.RecordBody | None":
    """The tab in front whose fields are those of a `case` or `customer`; None for any other."""
    body = stage.beside.apps.body
    if body is None:
        return None
    kinds = {"case": case_app.CaseTab, "customer": customer_app.CustomerTab}
    return body if isinstance(body, kinds[what]) else None


def fields_of(what: str) -> Callable[[Stage], str]:
    """A `case` or `customer` that can be edited: in front in a tab, or linked to the session."""

    def need(stage: Stage) -> str:
        if body_in_front(stage, what) is not None:
            return ""
        if stage.session is not None:
            return editing.why_not(session_of(stage).state, what) or ""
        return f"No {what} is open: open one in a tab, or go to a session."

    return need


def tab(stage: Stage) -> str:
    """A record in a tab."""
    return "" if stage.beside.tabs.open else "No record is open in a tab: search finds one."


def tab_in_front(stage: Stage) -> str:
    """A record in front."""
    return "" if stage.beside.tabs.front else "No record is open."


def offer(stage: Stage) -> str:
    """An offer that rings."""
    return "There is no offer." if stage.offered is None else ""


def conversation_of(stage: Stage) -> int | None:
    """The conversation that rings, the one in front, or the one under the cursor."""
    return conversation_shown(stage) if stage.offered is None else stage.offered


def conversation_shown(stage: Stage) -> int | None:
    """The conversation in front, or the one under the cursor, whatever rings."""
    return stage.home.selected if stage.navigation.here is None else stage.navigation.here


def one_shown(stage: Stage) -> str:
    """A conversation in front, or under the cursor."""
    return "There is no conversation here." if conversation_shown(stage) is None else ""


def writes_articles(stage: Stage) -> str:
    """Being allowed to write articles."""
    settings, actor = stage.link.settings, stage.link.actor
    may = settings is None or settings.agents_write_articles or actor.may(Permission.ADMINISTER)
    return "" if may else "Agents may not write articles here: administrators do, or can allow it."


def bot_has_it(stage: Stage) -> bool:
    """Whether the session in front is with the bot."""
    view = stage.session
    return view is not None and view.state.conversation.state is ConversationState.BOT


def conversation(stage: Stage) -> str:
    """A conversation that keys mean."""
    return "There is no conversation here." if conversation_of(stage) is None else ""


def created(stage: Stage) -> str:
    """Something that was created."""
    nothing = f"You have created nothing yet: {key_for('create.any')} does."
    return "" if stage.created else nothing


def row(stage: Stage) -> str:
    """A row under the cursor."""
    return "" if stage.home.selected else "This list is empty."


def marked(stage: Stage) -> str:
    """Something marked, or under the cursor, and not too much."""
    marks = len(stage.home.list.state.marks)
    if marks > MOST_AT_ONCE:
        return f"{marks:,} are marked; the most at a time is {MOST_AT_ONCE:,}. Mark fewer."
    there = marks or stage.home.selected
    return "" if there else "Nothing is marked, and this list is empty."


def supervisor(stage: Stage) -> str:
    """Somebody who may assign to others."""
    if stage.link.actor.may(Permission.SUPERVISE):
        return ""
    moves, takes = key_for("bulk.transfer"), key_for("bulk.take")
    return f"Only supervisors can assign to others. {moves} transfers it, {takes} takes it."


def sorted_column(stage: Stage) -> str:
    """A list that is sorted by a column."""
    own = f"The list is in its default order; {key_for('home.sort')} sorts it."
    return "" if stage.home.asked.sort else own


def own_view(stage: Stage) -> str:
    """A saved view; a shared one needs a supervisor."""
    view = stage.home.lists.view
    if view is None:
        return f"Only a saved view can be deleted; {key_for('home.save_view')} saves one."
    if view.shared and not stage.link.actor.may(Permission.SUPERVISE):
        return "Only supervisors can delete shared views."
    return ""
