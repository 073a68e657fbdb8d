"""Where the agent is: which sessions have a view, which one is in front, and the way back.

A view is made at the first visit and kept. What happened meanwhile to one that is out of sight is
handed to it when it comes in front.
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from textual.containers import Container

from omnitui.console.saving import Unkept
from omnitui.console.session import view as sessions
from omnitui.console.work import do_soon
from omnitui.model.errors import refuse
from omnitui.model.journal import Entry

if TYPE_CHECKING:
    from omnitui.console.main.screen import MainScreen

_MISSED_AT_MOST = 50


class Navigation:
    """See the module. `here` is the conversation in front, None on Home."""

    def __init__(self, screen: "MainScreen") -> None:
        self._screen = screen
        self._views: dict[int, sessions.SessionView] = {}
        self._missed: dict[int, list[Entry]] = {}
        self._before: int | None = None
        self._been: set[tuple[int, int]] = set()
        self.here: int | None = None

    @property
    def view(self) -> "sessions.SessionView | None":
        """The view in front, None on Home."""
        return None if self.here is None else self._views.get(self.here)

    def view_of(self, key: int) -> "sessions.SessionView | None":
        """The view of a session, in front or not; None where it has none that is drawn."""
        view = self._views.get(key)
        return view if view is not None and view.painted else None

    @property
    def drafts(self) -> dict[int, bool]:
        """In which of the sessions that have a view something is begun and not sent."""
        return {
            key: view.conversation.composer.drafted
            for key, view in self._views.items()
            if view.painted
        }

    async def take_in(self, entries: Sequence[Entry]) -> None:
        """Hand entries to the view in front, and keep those of the others for later."""
        for entry in entries:
            key = entry.conversation_id
            if key is not None and key != self.here and key in self._views:
                kept = self._missed.setdefault(key, [])
                del kept[:-_MISSED_AT_MOST]
                kept.append(entry)
        if self.view is not None:
            await self.view.apply(entries)
        for view in self._views.values():
            if view is not self.view and view.tabs.open:
                view.start(view.apps.apply(entries), beside=True)
        await self._screen.home_frame.apply(entries)

    async def to(self, key: int | None) -> None:
        """Go to a session, or to the lists of Home. What was typed where you were is kept."""
        if key is None:
            self._screen.home_frame.turn_to_lists()
        await self._go(key)

    async def to_number(self, number: int) -> None:
        """Go to the session of that number; 0 is Home."""
        order = self._screen.order
        if number == 0:
            await self.to(None)
        elif number <= len(order):
            await self.to(order[number - 1])
        else:
            self._screen.messages.say(f"There is no session {number}.")

    async def to_next(self) -> bool:
        """Go to the session that needs the agent next, or to the row on Home that rings.

        False when nothing does.
        """
        board, home, at = self._screen.board, self._screen.home, self.here
        if at is None and board is not None and home.selected in board.ringing:
            at = home.selected
        key = None if board is None else self._next_of(board.needs_me, at)
        if board is None or key is None:
            return False
        rings = key in board.ringing
        await self.to(None if rings else key)
        if rings:
            await home.show_row(key)
        return True

    async def arrive(self, key: int) -> None:
        """Go to a session that has just been opened."""
        await self._screen.read_board()
        await self.to(key)

    async def _go(self, key: int | None) -> None:
        if key != self.here:
            self._before = self.here
        leaving = self.view
        await self.show(key)
        if leaving is not None and leaving is not self.view:
            await leaving.flush()
        await self._screen.link.attempt("session.focus", conversation=key)

    async def show(self, key: int | None) -> None:
        """Bring a session, or Home, in front."""
        screen = self._screen
        view = None if key is None else self._views.get(key)
        if key is not None and view is None:
            given = (screen.link, key, screen.glyphs, screen.tz)
            view = sessions.SessionView(*given, id=f"session-{key}")
            if not await view.state.load():
                refuse(view.state.why_not)
                return
            if key in self._views:  # somebody was quicker while it was being read
                view = self._views[key]
            else:
                self._views[key] = view
                await screen.query_one("#body", Container).mount(view)
        self.here = key
        screen.link.heartbeat.look_at(key)
        if view is not None:
            view.tick(screen.link.now())
        for child in self._views.values():
            # A class would restyle every widget of both; what is not displayed only loses its room.
            if child.display != (child is view):
                child.display = child is view
        if view is None:
            await screen.home_frame.come()
        else:
            screen.home_frame.in_sight(False)
            missed = self._missed.pop(view.conversation_id, [])
            if missed:
                await view.apply(missed)
            view.look()
            view.focus_default()
        screen.show_place()
        do_soon(screen, screen.messages.check(), "passing", beside=True)

    async def settle(self, order: Sequence[int]) -> None:
        """Drop the views of sessions that are not among `order` any more."""
        for key in [key for key in self._views if key not in order]:
            view = self._views.pop(key)
            self._missed.pop(key, None)
            if self.here == key:
                await self.show(None)
            await view.remove()

    async def back(self) -> None:
        """Go where you were before."""
        await self._go(self._before if self._before in self._screen.order else None)

    def _next_of(self, things: Sequence[tuple[int, int]], at: int | None) -> int | None:
        """The first of some things, each with since when, that you have not been at since.

        When you have been at all of them it begins again; `at` is where you are. None if there is
        nothing else.
        """
        self._been &= set(things)
        self._been |= {thing for thing in things if thing[0] == at}
        others = [thing for thing in things if thing[0] != at]
        if others and self._been.issuperset(others):
            self._been.clear()
        found = next((thing for thing in others if thing not in self._been), None)
        if found is not None:
            self._been.add(found)
        return None if found is None else found[0]

    @property
    def unkept(self) -> list[Unkept]:
        """What is typed anywhere and the store does not hold."""
        views = (one for view in self._views.values() for one in view.unkept)
        return [*views, *self._screen.home_frame.unkept]

    async def flush(self) -> None:
        """Keep what is typed anywhere."""
        for view in self._views.values():
            await view.flush()
        await self._screen.home_frame.flush()
