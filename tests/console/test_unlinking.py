"""A customer who is not the one who writes is taken off by keys, and comes back with undo."""

from driver import console
from prepared import KIANA, World
from test_record_tabs import kiana


async def test_a_customer_linked_wrongly_is_unlinked_and_comes_back(world: World) -> None:
    key = world.keys[KIANA]
    was = world.call("conversation.get", conversation=key)
    async with console(world) as ada:
        await kiana(ada)
        await ada.press("I")
        await ada.until(lambda: ada.session.state.customer is None)
        item = world.call("conversation.get", conversation=key)
        assert (item.customer_id, item.case_id) == (None, None)
        await ada.shows("Visitor")
        await ada.press("I")
        await ada.told("No customer is linked: l links one.")
        await ada.press("u")
        await ada.until(lambda: ada.session.state.customer is not None)
        again = world.call("conversation.get", conversation=key)
        assert (again.customer_id, again.case_id, again.name) == (
            was.customer_id,
            was.case_id,
            was.name,
        )
