"""What was found or created, opened: a conversation as a session, a record in a tab.

Beside the session in front, or beside Home's lists where none is: nobody loses their place.
"""

from typing import TYPE_CHECKING

from omnitui.console.apps.tabs import AppTab
from omnitui.console.keys import key_for
from omnitui.console.main.opening import open_found
from omnitui.model.search import Hit, HitKind

if TYPE_CHECKING:
    from omnitui.console.main.screen import MainScreen


async def open_hit(screen: "MainScreen", hit: Hit) -> None:
    """Open what was found; a message opens its conversation at that message."""
    if hit.kind is HitKind.MESSAGE and hit.conversation_id is not None:
        await open_found(screen, hit.conversation_id, hit.ref)
    elif hit.kind is HitKind.CONVERSATION:
        await open_found(screen, hit.ref)
    else:
        screen.open_record(await tab_of(screen, hit))


async def tab_of(screen: "MainScreen", hit: Hit) -> AppTab:
    """The tab of a record that was found; an activity is shown on its customer's timeline."""
    from omnitui.console.apps.article import article_tab
    from omnitui.console.apps.case import case_tab
    from omnitui.console.apps.customer import customer_tab
    from omnitui.console.apps.entitlement import entitlement_tab
    from omnitui.console.apps.timeline import timeline_tab

    link = screen.link
    if hit.kind is HitKind.ARTICLE:
        return article_tab(await link.call("knowledge.get", article=hit.ref))
    if hit.kind is HitKind.CASE:
        return case_tab(await link.call("case.get", case=hit.ref))
    if hit.kind is HitKind.ENTITLEMENT:
        return entitlement_tab(await link.call("entitlement.get", entitlement=hit.ref))
    customer = await link.call("customer.get", customer=hit.customer_id)
    if hit.kind is HitKind.ACTIVITY:
        _kind, _, title = hit.title.partition(": ")
        return timeline_tab(customer, title)
    return customer_tab(customer)


def tell_made(screen: "MainScreen", tab: AppTab, said: str) -> None:
    """Say what was created, and how it is opened."""
    screen.made = tab

    async def opens() -> bool:
        return screen.made is tab

    whole = f"{said} {key_for('go.created')} opens it."
    screen.passing.say(whole, fact=said, holds=opens)
