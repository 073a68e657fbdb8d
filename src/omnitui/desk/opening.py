"""Opening a desk on a store file, new or old."""

from pathlib import Path
from random import Random

from omnitui.clock import Clock
from omnitui.desk.customers import rekeying
from omnitui.desk.desk import Desk
from omnitui.model.actor import SYSTEM
from omnitui.store import journal
from omnitui.store.engine import Store


def open_desk(
    path: Path | str, clock: Clock, random: Random | None = None, *, basics: bool = True
) -> Desk:
    """The desk on a store file, which is created on first use and, with `basics`, filled with them.

    Raises `StoreBroken` or `StoreTooNew`.
    """
    store = Store(path)
    try:
        desk = Desk(store, clock, random)
        if basics and not journal.last(store):
            # Another process may be opening the same new file: one of the two fills it.
            with store.transaction():
                if not journal.last(store):
                    # Imported when it is needed: reading data files is for new stores only.
                    from omnitui.desk.filling.company import fill_basics

                    fill_basics(desk)
        if not rekeying.is_current(store, desk.settings.country):
            with store.transaction():
                if not rekeying.is_current(store, desk.settings.country):
                    rekeying.bring_up_to_date(desk.at_work(SYSTEM), desk.settings.country)
    except BaseException:
        store.close()
        raise
    return desk
