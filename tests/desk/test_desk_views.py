import pytest

from omnitui.clock import ManualClock
from omnitui.desk.desk import Desk
from omnitui.model.actor import ADMINISTRATOR, SYSTEM, Actor, ActorKind
from omnitui.model.errors import Refused

MINUTE = 60_000
CUSTOMER = Actor(ActorKind.CUSTOMER, name="customer")


class Lot:
    """Five conversations, each with something of its own, and short ways to look for them."""

    def __init__(self, desk: Desk, agent: Actor, clock: ManualClock) -> None:
        self.desk, self.agent = desk, agent
        desk.call("queue.create", ADMINISTRATOR, name="Billing & more")
        desk.call("agent.create", ADMINISTRATOR, login="bo", name="Bo Lindqvist")
        self.names: dict[int, str] = {}
        self.says("angry", "this is terrible and awful, I hate it", "chat")
        clock.advance(10 * MINUTE)
        self.says("mail", "the router's amber light 100% on", "email", subject="Ärger mit Straße")
        self.says("vip", "is my_router fine?", "chat")
        self.says("queued", "invoice please", "chat", queue="Billing & more")
        self.says("picked", "hello", "chat")
        self.set("vip", labels='["VIP"]', skills='{"Router": 2}', priority=2)
        self.set("mail", sla_status="running", sla_warn_at=self.now - 1, sla_fail_at=self.now + 600)
        self.set("vip", sla_status="breached", sla_warn_at=0, sla_fail_at=self.now - MINUTE)
        desk.call("agent.set_presence", agent, presence="do_not_disturb")
        desk.call("conversation.pick", agent, conversation=self.key("picked"))

    @property
    def now(self) -> int:
        return self.desk.clock.now()

    def says(self, name: str, text: str, channel: str, **context: str) -> None:
        got = self.desk.call(
            "conversation.receive",
            CUSTOMER,
            channel=channel,
            address=f"{name}@example.com",
            text=text,
            context={"name": name, **context},
        )
        self.names[got.conversation_id] = name

    def key(self, name: str) -> int:
        return next(key for key, known in self.names.items() if known == name)

    def set(self, name: str, **columns: object) -> None:
        self.desk.store.update("conversations", self.key(name), columns)

    def find(self, filter: str = "", sort: str = "", stream: str = "all") -> list[str]:  # noqa: A002
        found = self.desk.call("home.find", self.agent, stream=stream, filter=filter, sort=sort)
        return [self.names[key] for key in found.keys]


@pytest.fixture
def lot(desk: Desk, agent: Actor, clock: ManualClock) -> Lot:
    return Lot(desk, agent, clock)


@pytest.mark.parametrize(
    ("written", "names"),
    [
        ("", {"angry", "mail", "vip", "queued", "picked"}),
        ("is:open", {"angry", "mail", "vip", "queued"}),
        ("-is:open", {"picked"}),
        ("is:mine", {"picked"}),
        ("is:unassigned", {"angry", "mail", "vip", "queued"}),
        ("agent:me", {"picked"}),
        ("agent:ada", {"picked"}),
        ("agent:nobody", {"angry", "mail", "vip", "queued"}),
        ("agent:bo", set()),
        ("channel:email", {"mail"}),
        ("-channel:email is:open", {"angry", "vip", "queued"}),
        ("queue:billing", {"queued"}),
        ('queue:"billing & more"', {"queued"}),
        ("-queue:billing is:open", {"angry", "mail", "vip"}),
        ("sentiment:negative", {"angry"}),
        ("sentiment:neutral is:mine", {"picked"}),
        ("waiting:>5m", {"angry"}),
        ("waiting:<5m -is:mine", {"mail", "vip", "queued"}),
        ("skill:rou", {"vip"}),
        ("-skill:router", {"angry", "mail", "queued", "picked"}),
        ("label:vip", {"vip"}),
        ("label:none", {"angry", "mail", "queued", "picked"}),
        ("priority:>0", {"vip"}),
        ("priority:2", {"vip"}),
        ("priority:<1", {"angry", "mail", "queued", "picked"}),
        ("sla:<10m", {"mail", "vip"}),
        ("sla:late", {"vip"}),
        ("sla:near", {"mail"}),
        ("is:near", {"mail"}),
        ("sla:>1s", set()),
        ("sla:none", {"angry", "queued", "picked"}),
        ("router", {"mail", "vip"}),
        ("ROUTER light", {"mail"}),
        ('"amber light"', {"mail"}),
        ("my_router", {"vip"}),
        ("100%", {"mail"}),
        ("ärger", {"mail"}),
        ("STRAßE", {"mail"}),
        ("strasse", {"mail"}),
        ("arger", {"mail"}),
        ("billing", {"queued"}),
        ("queued@example", {"queued"}),
        ("is:closed", set()),
        ("' OR 1=1 --", set()),
    ],
)
def test_a_filter_finds_what_fits(lot: Lot, written: str, names: set[str]) -> None:
    assert set(lot.find(written)) == names


@pytest.mark.parametrize(
    ("sort", "first", "last"),
    [
        ("wait", "angry", "picked"),
        ("sla", "vip", "picked"),
        ("-sla", "mail", "picked"),
        ("name", "angry", "vip"),
        ("-name", "vip", "angry"),
        ("agent", "picked", ""),
        ("label", "vip", ""),
        ("sentiment", "angry", ""),
        ("priority", "vip", ""),
        ("channel", "", "mail"),
        ("-channel", "mail", ""),
        ("said", "", "angry"),
        ("queue", "queued", ""),
    ],
)
def test_a_list_is_sorted_by_a_column(lot: Lot, sort: str, first: str, last: str) -> None:
    lot.set("picked", waiting_since=None)
    names = lot.find("", sort)
    assert len(names) == 5
    assert not first or names[0] == first
    assert not last or last in names[-3:]


def test_what_is_alike_stays_in_the_list_s_own_order(lot: Lot) -> None:
    own = [name for name in lot.find() if name != "mail"]
    assert [name for name in lot.find("", "channel") if name != "mail"] == own
    assert [name for name in lot.find("", "-channel") if name != "mail"] == own


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"filter": "queue:nope"}, "There is no “queue:nope”"),
        ({"filter": "size:big"}, "There is no field “size”"),
        ({"sort": "size"}, "cannot be sorted by 'size'"),
        ({"stream": "spam"}, "There is no list 'spam'"),
    ],
)
def test_what_is_not_there_is_refused(lot: Lot, given: dict[str, str], said: str) -> None:
    with pytest.raises(Refused, match=said):
        lot.desk.call("home.find", lot.agent, **{"stream": "all", **given})


def test_what_can_be_named_comes_from_the_desk(lot: Lot) -> None:
    known = lot.desk.call("home.vocabulary", lot.agent)
    assert set(known.queues) == {"General", "Billing & more"}
    assert known.agents == {"ada": "Ada Byron", "bo": "Bo Lindqvist"}
    assert list(known.skills) == ["Router"]
    assert list(known.labels) == ["VIP"]


def test_a_view_is_kept_counted_replaced_and_forgotten(lot: Lot) -> None:
    desk, me = lot.desk, lot.agent
    desk.call("view.save", me, name="Late", stream="all", filter="sla:late", sort="-wait")
    (kept,) = desk.call("view.list", me)
    assert (kept.view.name, kept.view.filter, kept.view.sort, kept.count) == (
        *("Late", "sla:late", "-wait"),
        1,
    )
    desk.call("view.save", me, name="late", stream="open", filter="is:open")
    (kept,) = desk.call("view.list", me)
    assert (kept.view.name, kept.view.stream, kept.count) == ("late", "open", 4)
    desk.call("view.delete", me, name="LATE")
    assert desk.call("view.list", me) == []


def test_views_are_one_s_own_and_shared_ones_a_supervisor_s(lot: Lot) -> None:
    desk, me = lot.desk, lot.agent
    bo = Actor(ActorKind.AGENT, desk.call("agent.list", me)[1].id, "Bo Lindqvist")
    desk.call("view.save", me, name="Mine", stream="mine")
    desk.call("view.save", SYSTEM, name="All mail", stream="all", filter="channel:e", shared=True)
    assert [v.view.name for v in desk.call("view.list", me)] == ["Mine", "All mail"]
    assert [v.view.name for v in desk.call("view.list", bo)] == ["All mail"]
    with pytest.raises(Refused, match="Only supervisors can change shared views"):
        desk.call("view.save", me, name="Ours", stream="all", shared=True)
    with pytest.raises(Refused, match="no view called 'All mail'"):
        desk.call("view.delete", me, name="All mail")


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"name": "  "}, "A view's name"),
        ({"name": "x" * 25}, "A view's name"),
        ({"filter": "queue:nope"}, "queue:nope"),
        ({"stream": "spam"}, "There is no list"),
        ({"sort": "size"}, "cannot be sorted"),
    ],
)
def test_a_view_that_makes_no_sense_is_not_kept(lot: Lot, given: dict[str, str], said: str) -> None:
    with pytest.raises(Refused, match=said):
        lot.desk.call("view.save", lot.agent, **{"name": "V", "stream": "all", **given})
    assert lot.desk.call("view.list", lot.agent) == []


def test_a_view_whose_queue_has_another_name_now_has_no_count(lot: Lot) -> None:
    desk = lot.desk
    desk.call("view.save", lot.agent, name="V", stream="all", filter="queue:billing")
    desk.call("queue.update", ADMINISTRATOR, queue="Billing & more", name="Money")
    assert [v.count for v in desk.call("view.list", lot.agent)] == [None]


def test_one_query_narrows_ten_thousand(lot: Lot) -> None:
    store = lot.desk.store
    store.execute(
        "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 10000)"
        " INSERT INTO conversations (channel, state, name, address, address_key, last_text,"
        " last_at, created_at) SELECT 'chat', 'open', 'Visitor ' || i, 'x', 'x' || i,"
        " CASE i % 1000 WHEN 0 THEN 'needle' ELSE 'hay' END, i, i FROM n"
    )
    asked: list[str] = []
    store.connection.set_trace_callback(asked.append)
    found = lot.desk.call(
        "home.find", lot.agent, stream="all", filter="needle is:open", sort="said"
    )
    store.connection.set_trace_callback(None)
    assert len(found.keys) == 10
    narrowed = [sql for sql in asked if sql.startswith("SELECT c.id FROM conversations")]
    assert len(narrowed) == 1, "one query narrows, whatever there is"
    assert len([sql for sql in asked if "FROM conversations" in sql]) <= 2


def test_who_cannot_be_scored_is_not_neutral_and_comes_last_either_way(lot: Lot) -> None:
    lot.says("german", "Guten Tag, die Karte ist kaputt und ich warte seit Wochen", "chat")
    assert "german" not in lot.find("sentiment:neutral")
    assert "german" not in lot.find("sentiment:negative")
    assert lot.find("sentiment:unscored") == ["german"]
    assert lot.find("", "sentiment")[-1] == "german"
    assert lot.find("", "-sentiment")[-1] == "german"


def test_all_lists_closed_ones_where_they_are_asked_for_after_the_rest(lot: Lot) -> None:
    lot.set("angry", state="closed", closed_at=lot.now, waiting_since=None)
    assert "angry" not in lot.find()
    assert lot.find("is:closed") == ["angry"]
    everything = lot.find("is:any")
    assert len(everything) == 5
    assert everything[-1] == "angry"
    assert lot.find("is:any terrible") == ["angry"]
    assert lot.find("-is:closed") == lot.find()
    assert lot.find("is:closed", stream="open") == []
    found = lot.desk.call("home.find", lot.agent, stream="all", filter="is:any")
    assert (found.closed, found.count) == (True, 5)
    assert not lot.desk.call("home.find", lot.agent, stream="all").closed


def test_a_view_of_closed_ones_counts_them(lot: Lot) -> None:
    lot.set("angry", state="closed", closed_at=lot.now, waiting_since=None)
    lot.desk.call("view.save", lot.agent, name="Old", stream="all", filter="is:closed")
    assert [view.count for view in lot.desk.call("view.list", lot.agent)] == [1]


def test_very_many_closed_ones_come_page_by_page(lot: Lot) -> None:
    lot.desk.store.execute(
        "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 4500)"
        " INSERT INTO conversations (channel, state, name, address, address_key, last_text,"
        " last_at, created_at)"
        " SELECT 'chat', 'closed', 'Visitor', 'x', 'x' || i, 'hay', i, i FROM n"
    )

    def page(pages: int) -> tuple[list[int], int]:
        found = lot.desk.call(
            "home.find", lot.agent, stream="all", filter="is:closed hay", pages=pages
        )
        return found.keys, found.count

    first, count = page(1)
    assert (len(first), count) == (2_000, 4_500)
    second, count = page(2)
    assert (len(second), count) == (4_000, 4_500)
    assert second[:2_000] == first
    last, count = page(3)
    assert (len(last), count) == (4_500, 4_500)
    assert page(-1)[0] == first


def test_a_list_tells_what_anything_in_it_has_whatever_the_filter_leaves(lot: Lot) -> None:
    def has(stream: str, filter: str = "") -> tuple[str, ...]:  # noqa: A002
        found = lot.desk.call("home.find", lot.agent, stream=stream, filter=filter)
        return tuple(found.has)

    assert has("all") == has("all", "invoice") == ("priority", "label")
    assert has("mine") == ()
