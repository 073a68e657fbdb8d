"""Going where something is: an offer, a conversation, what was found, what was created."""

from functools import partial

from omnitui.console.apps import article, case, customer, entitlement, timeline
from omnitui.console.apps import search as search_app
from omnitui.console.apps.tabs import AppTab
from omnitui.console.command import Where, command
from omnitui.console.commands import needs
from omnitui.console.commands.stage import Stage, call_anyway
from omnitui.console.dialogs import listing, routing, search
from omnitui.console.keys import key_for
from omnitui.model.conversation import Conversation, ConversationState
from omnitui.model.errors import Refused
from omnitui.model.search import Hit, HitKind

_offer = partial(command, where=Where.ANYWHERE, group="Offers", needs=[needs.offer])
_go = partial(command, where=Where.ANYWHERE, group="Navigation")

_ACCEPT_NOW = "Accept the offer, even while you type."


@_offer("offer.accept_now", "ctrl+y", "Accept", priority=True, twin=True, help=_ACCEPT_NOW)
@_offer("offer.accept", "y", "Accept", footer=1, grab=True)
async def accept(stage: Stage) -> None:
    """Accept the offer under the tabs."""
    assert stage.offered is not None
    await accept_offer(stage, stage.offered)


@_offer("offer.decline", "N", "Decline", footer=2, grab=True)
async def decline(stage: Stage) -> None:
    """Decline the offer under the tabs."""
    await stage.link.call("conversation.decline", conversation=stage.offered)


@_offer(
    "bot.take_over",
    "K",
    "Take over",
    footer=9,
    needs=[needs.one_shown],
    offered=needs.bot_has_it,
)
async def take_over(stage: Stage) -> None:
    """Take the conversation over from the bot, which is silent from then on."""
    key = needs.conversation_shown(stage)
    assert key is not None
    if await call_anyway(stage, "bot.take_over", conversation=key) is not None:
        await stage.navigation.arrive(key)


@_offer("routing.why", "W", "Why this agent", needs=[needs.conversation])
async def explain(stage: Stage) -> None:
    """Explain the routing: who gets the conversation and why, and why not the others."""
    key = needs.conversation_of(stage)
    told = await stage.link.call("routing.explain", conversation=key)
    item = await stage.link.call("conversation.get", conversation=key)
    stage.app.push_screen(routing.why_dialog(item.name, told, stage.glyphs))


async def accept_offer(stage: Stage, key: int) -> None:
    """Take an offer; its session opens and is focused. What goes beyond the capacity is asked.

    Where another console of the agent was quicker, it is theirs all the same.
    """
    try:
        if await call_anyway(stage, "conversation.accept", conversation=key) is None:
            return
    except Refused:
        item = await stage.link.call("conversation.get", conversation=key)
        if item.agent_id != stage.link.actor.id or item.offered_to is not None:
            raise
    await stage.navigation.arrive(key)


async def open_conversation(stage: Stage, key: int, message: int | None = None) -> None:
    """Open a conversation as a session, one that nobody has becomes yours; at a message."""
    if key in stage.order:
        await stage.navigation.to(key)
    else:
        await _open(stage, await stage.link.call("conversation.get", conversation=key))
    if message is not None:
        _show_message(stage, key, message)


async def read_conversation(stage: Stage, key: int, message: int) -> None:
    """Open a conversation at a message to read it; it stays with whoever has it, or with nobody."""
    if key in stage.order:
        await stage.navigation.to(key)
    else:
        await stage.link.call("session.open", conversation=key)
        await stage.navigation.arrive(key)
    _show_message(stage, key, message)


def _show_message(stage: Stage, key: int, message: int) -> None:
    view = stage.session
    if view is not None and view.conversation_id == key:
        view.call_after_refresh(view.show_message, message)


async def open_found(stage: Stage, key: int, message: int | None = None) -> None:
    """Open a conversation that was found; that it becomes yours, where nobody had it, is said."""
    item = await stage.link.call("conversation.get", conversation=key)
    await open_conversation(stage, key, message)
    if item.state is ConversationState.OPEN and key in stage.order:
        fact = f"{item.name} was unassigned and is assigned to you now."

        async def goes_back() -> bool:
            view = stage.session
            if view is None or view.conversation_id != key:
                return False
            now = view.state.conversation.state
            return now is ConversationState.ACTIVE and view.state.mine

        said = f"{fact} {key_for('session.release')} releases it."
        stage.messages.say(said, fact=fact, holds=goes_back)


async def _open(stage: Stage, item: Conversation) -> None:
    me, key = stage.link.actor.id, int(item.id)
    if item.offered_to == me:
        await accept_offer(stage, key)
        return
    own = item.state is ConversationState.WAITING and item.agent_id == me
    if item.state is ConversationState.OPEN or own:
        if await call_anyway(stage, "conversation.pick", conversation=key) is None:
            return
    else:
        await stage.link.call("session.open", conversation=key)
    await stage.navigation.arrive(key)


async def open_hit(stage: Stage, hit: Hit) -> None:
    """Open what was found; a message opens its conversation at that message.

    Records open beside the session in front, or beside Home's lists where none is: nobody loses
    their place.
    """
    if hit.kind is HitKind.MESSAGE and hit.conversation_id is not None:
        await open_found(stage, hit.conversation_id, hit.ref)
    elif hit.kind is HitKind.CONVERSATION:
        await open_found(stage, hit.ref)
    else:
        stage.beside.open_record(await _tab_of(stage, hit))


async def _tab_of(stage: Stage, hit: Hit) -> AppTab:
    """The tab of a record that was found; an activity is shown on its customer's timeline."""
    link = stage.link
    if hit.kind is HitKind.ARTICLE:
        return article.article_tab(await link.call("knowledge.get", article=hit.ref))
    if hit.kind is HitKind.CASE:
        return case.case_tab(await link.call("case.get", case=hit.ref))
    if hit.kind is HitKind.ENTITLEMENT:
        return entitlement.entitlement_tab(await link.call("entitlement.get", entitlement=hit.ref))
    whose = await link.call("customer.get", customer=hit.customer_id)
    if hit.kind is HitKind.ACTIVITY:
        _kind, _, title = hit.title.partition(": ")
        return timeline.timeline_tab(whose, title)
    return customer.customer_tab(whose)


@_go("session.next_needing", "right_square_bracket", "Next", footer=40)
async def next_needing(stage: Stage) -> None:
    """Go to the conversation that needs you next: offers first, then the longest wait."""
    if not await stage.navigation.to_next():
        stage.messages.say("No other customer is waiting for you.")


@_go("session.back", "left_square_bracket", "Back")
async def back(stage: Stage) -> None:
    """Go back to where you were before."""
    await stage.navigation.back()


@_go("go.home", "g h", "Home")
async def go_home(stage: Stage) -> None:
    """Go to Home."""
    await stage.navigation.to(None)


@_go("go.search", "g slash", "Search")
async def go_search(stage: Stage) -> None:
    """Search everything: customers, conversations, cases, messages, articles, activities."""
    typed = stage.home_typed.into("search")
    found = await stage.ask(search.SearchDialog(stage.link, stage.glyphs, stage.tz, typed))
    if isinstance(found, search.Kept):
        stage.beside.open_record(search_app.search_tab(found.typed, found.kind))
    elif found is not None:
        await open_hit(stage, found)


@_go("go.created", "g n", "Last created", needs=[needs.created])
async def go_created(stage: Stage) -> None:
    """Open what you created last in a tab."""
    if stage.created is not None:
        stage.beside.open_record(stage.created)


@_go("go.follow_ups", "g f", "Follow-ups")
async def go_follow_ups(stage: Stage) -> None:
    """Show your follow-ups, overdue first."""
    opened = await stage.ask(listing.FollowUps(stage.link, stage.glyphs, stage.tz))
    if opened is None:
        return
    if opened.conversation is not None and stage.navigation.here != opened.conversation:
        await open_conversation(stage, opened.conversation)
    else:
        whose = await stage.link.call("customer.get", customer=opened.customer)
        stage.beside.open_record(timeline.timeline_tab(whose, opened.title))


@_go("go.mentions", "g at", "Mentions")
async def go_mentions(stage: Stage) -> None:
    """Show the notes in which colleagues mention you, those you have not seen first."""
    found = await stage.ask(listing.Mentions(stage.link, stage.glyphs, stage.tz))
    if found is not None:
        await read_conversation(stage, found.conversation_id, found.message_id)
        await stage.link.call("mention.seen", mention=found.id)


@_go("go.mine", "g m", "My work")
async def go_mine(stage: Stage) -> None:
    """Go to My work."""
    await stage.navigation.to(None)
    await stage.home.show_stream("mine")


@_go("go.open", "g o", "Open")
async def go_open(stage: Stage) -> None:
    """Go to the open conversations."""
    await stage.navigation.to(None)
    await stage.home.show_stream("open")


async def _go_to_session(number: int, stage: Stage) -> None:
    await stage.navigation.to_number(number)


for _number in range(1, 10):
    _go(
        f"go.session_{_number}",
        f"g {_number}",
        f"Session {_number}",
        twin=_number > 1,
        help=f"Go to session {_number}.",
    )(partial(_go_to_session, _number))
