"""What a search has found, opened: a session, an article to read, or a customer at a glance."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import tzinfo
from typing import TYPE_CHECKING

from textual.content import Content

from omnitui.console.dialogs.base import ask
from omnitui.console.dialogs.reader import ReaderDialog, heading
from omnitui.console.glyphs import Glyphs
from omnitui.console.present import text
from omnitui.console.present.assist import article_page
from omnitui.console.present.case import case_item
from omnitui.console.present.timeline import activity_item
from omnitui.console.session.blocks import Block
from omnitui.model.case import Case
from omnitui.model.channel import Channel
from omnitui.model.customer import Customer
from omnitui.model.search import Hit, HitKind
from omnitui.model.timeline import Activity

if TYPE_CHECKING:
    from omnitui.console.main.screen import MainScreen

_ACTIVITIES = 40


@dataclass(frozen=True, slots=True)
class Card:
    """A customer with their cases and what happened last."""

    customer: Customer
    cases: Sequence[Case]
    timeline: Sequence[Activity]
    channels: Mapping[str, Channel]
    now: int
    tz: tzinfo


async def open_hit(screen: "MainScreen", hit: Hit) -> None:
    """Open what was found. A customer or a case opens the customer, whose conversations open."""
    if hit.kind is HitKind.ARTICLE:
        await read_article(screen, hit.ref)
    elif hit.conversation_id is not None:
        await screen.open_conversation(hit.conversation_id)
    elif hit.customer_id is not None:
        await show_customer(screen, hit.customer_id)


async def read_article(screen: "MainScreen", key: int) -> None:
    """Show an article."""
    article = await screen.link.call("knowledge.get", article=key)

    def build(width: int) -> list[Block]:
        return [Block("page", article_page(article, width, screen.glyphs))]

    await ask(screen.app, ReaderDialog("Article", build, screen.glyphs))


async def show_customer(screen: "MainScreen", key: int) -> None:
    """Show a customer; a conversation that is chosen opens as a session."""
    link = screen.link
    card = Card(
        customer=await link.call("customer.get", customer=key),
        cases=await link.call("case.list", customer=key, limit=20),
        timeline=await link.call("timeline.list", customer=key, limit=_ACTIVITIES),
        channels=link.channels,
        now=link.now(),
        tz=screen.tz,
    )
    dialog = ReaderDialog(
        card.customer.name,
        lambda width: card_blocks(card, width, screen.glyphs),
        screen.glyphs,
        opens="open the conversation",
    )
    chosen = await ask(screen.app, dialog)
    if chosen is not None:
        await screen.open_conversation(chosen)


def card_blocks(card: Card, width: int, glyphs: Glyphs) -> list[Block]:
    """The card at a width. Conversations can be chosen; their keys are their numbers."""
    blocks = [Block("facts", [*_facts(card.customer, width, glyphs), Content("")])]
    if card.cases:
        lines = [case_item(case, width, card.now, card.tz, glyphs) for case in card.cases]
        blocks.append(Block("cases", [heading("Cases"), *lines, Content("")]))
    blocks.append(Block("timeline", [heading("Timeline")]))
    for activity in card.timeline:
        lines = activity_item(activity, width, card.now, card.tz, glyphs, channels=card.channels)
        talk = activity.conversation_id
        key = f"{activity.kind.value}-{activity.id}" if talk is None else str(talk)
        blocks.append(Block(key, lines, selectable=talk is not None))
    if not card.timeline:
        blocks.append(Block("none", [Content.assemble(("   Nothing yet.", "$text-dim"))]))
    return blocks


def _facts(customer: Customer, width: int, glyphs: Glyphs) -> list[Content]:
    dot = f" {glyphs.separator} "
    account = f"account {customer.account}" if customer.account else ""
    rows = (
        (customer.tier.label, customer.company, customer.city, account),
        [address.value for address in customer.addresses],
        (customer.plan, customer.device),
        (customer.notes,),
    )
    said = (dot.join(text.inline(fact) for fact in row if fact) for row in rows)
    return [
        Content.assemble("   ", (plain[start:end], "$text-plain"))
        for plain in said
        if plain
        for start, end in text.wrap(plain, max(8, width - 5))
    ]
