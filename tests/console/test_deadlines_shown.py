"""Deadlines on the screen, from the first word to the reply that comes too late."""

from driver import console
from prepared import World

MINUTE = 60_000


def promised(world: World) -> int:
    """What begins from now on is promised an answer; one customer writes, and Ada has them."""
    world.call(
        "sla.create", name="Live reply", kpi="first_response", warn_minutes=2, fail_minutes=4
    )
    world.call(
        "sla.create",
        name="Case",
        kpi="resolution",
        subject="case",
        warn_minutes=60,
        fail_minutes=120,
        pauses=["waiting"],
    )
    who = world.call("customer.create", name="Nora Dahl", email="nora@example.com")
    talk = world.says("nora@example.com", "My invoice is wrong", "email")
    world.call("case.create", customer=who.id, title="Invoice", origin="email", conversation=talk)
    world.ada("conversation.pick", conversation=talk, anyway=True)
    return talk


async def test_without_promises_there_is_no_column_for_them(world: World) -> None:
    async with console(world, (160, 45)) as ada:
        await ada.shows("Last message")
        assert "SLA" not in ada.text


async def test_a_deadline_shows_everywhere_from_ahead_to_late(world: World) -> None:
    talk = promised(world)
    async with console(world, (160, 45)) as ada:
        await ada.main.navigation.to(None)
        await ada.shows("SLA", "4:00", "SLA on time")
        await ada.main.navigation.to(talk)
        await ada.shows("due 4:00", "Live reply", "due 2h00")
        world.clock.advance(2 * MINUTE)
        await ada.shows("◔ due 2:00", "SLA 1 near")
        assert "◔2:00" in ada.tabs
        world.clock.advance(2 * MINUTE + 12_000)
        await ada.shows("! late 0:12", "SLA 1 late")
        assert "!-0:12" in ada.tabs
        await ada.main.navigation.to(None)
        await ada.until(lambda: any("Nora" in s and "-0:12" in s for s in ada.lines[2:]))
        await ada.main.navigation.to(talk)
        await ada.press("r")
        await ada.write("Sorry, I see it now.")
        await ada.press("ctrl+s")
        await ada.shows("✗ met late", "SLA on time")
        await ada.until(lambda: "!-0:12" not in ada.tabs)


async def test_a_pause_shows_in_words(world: World) -> None:
    talk = promised(world)
    world.ada("conversation.reply", conversation=talk, text="One moment")
    async with console(world, (160, 45)) as ada:
        await ada.main.navigation.to(talk)
        await ada.shows("✓ met", "due 2h00")
        world.ada("conversation.close", conversation=talk)
        world.ada("session.open", conversation=talk)
        await ada.shows("SLA paused", "paused, 2 h left")
        await ada.main.navigation.to(None)
        await ada.until(lambda: any("Nora" in s and " paused " in s for s in ada.lines[2:]))
