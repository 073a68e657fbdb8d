"""A page says what its parts say when they are asked for one by one."""

from typing import Any

from omnitui.model.actor import ADMINISTRATOR, Actor


def test_the_board_is_what_stands_around_the_lists(floor: Any, ada: Actor) -> None:
    mine = floor.serves(ada)
    bo = floor.hire("bo")
    ringing = {floor.writes(address=f"device-{number}") for number in (7, 8, 9)}
    floor.do("conversation.consult", ada, conversation=mine, agent="bo")
    for agent in (ada, bo):
        board = floor.do("home.board", agent)
        assert board.status == floor.do("home.status", agent)
        assert list(board.tabs) == floor.do("session.tabs", agent)
        assert list(board.ringing) == floor.do("conversation.offers", agent)
        assert list(board.asked) == floor.do("conversation.consult_offers", agent)
    assert floor.do("home.board", bo).asked
    found = [row.id for who in (ada, bo) for row in floor.do("home.board", who).ringing]
    assert found
    assert ringing.issuperset(found)


def test_views_are_counted_where_that_is_asked_for(floor: Any, ada: Actor) -> None:
    assert floor.do("home.board", ada).views == ()
    floor.do("view.save", ada, name="Late", stream="all", filter="sla:late")
    assert floor.do("home.board", ada).views is None
    assert list(floor.do("home.board", ada, views=True).views) == floor.do("view.list", ada)


def test_a_session_s_page_is_all_of_it_or_what_changes_with_a_line(floor: Any, ada: Actor) -> None:
    who = floor.do("customer.create", name="Kiana Anderson", email="kiana@example.com").id
    talk = floor.serves(ada, channel="email", address="kiana@example.com")
    case = floor.do("case.create", ada, customer=who, title="Line drops", origin="email")
    floor.do("conversation.link_case", ada, conversation=talk, case=case.id)
    floor.do("timeline.add", customer=who, kind="note", title="Rang")
    page = floor.do("session.page", ada, conversation=talk)
    assert page.customer == floor.do("customer.get", customer=who)
    assert page.case == floor.do("case.get", case=case.id)
    assert list(page.cases) == floor.do("case.list", customer=who)
    assert list(page.activities) == floor.do("timeline.list", customer=who)
    assert not page.more_cases
    assert not page.more_activities
    assert list(page.promises) == floor.do("sla.of", conversation=talk)
    said = floor.do("session.page", ada, conversation=talk, whole=False)
    assert (said.session, said.conversation, said.messages) == (
        page.session,
        page.conversation,
        page.messages,
    )
    assert (said.customer, said.case, said.cases, said.activities) == (None, None, (), ())
    few = floor.do("session.page", ada, conversation=talk, cases=1, activities=1)
    assert (len(few.cases), few.more_activities) == (1, True)


def test_who_a_visitor_may_be_comes_with_the_page(floor: Any, ada: Actor) -> None:
    floor.do("customer.create", name="Kiana Anderson", email="kiana@example.com")
    talk = floor.serves(ada, name="Kiana Andersen")
    suggested = floor.do("conversation.suggest_customers", conversation=talk)
    page = floor.do("session.page", ada, conversation=talk)
    assert [(who.id, why) for who, why in page.suggested] == [
        (one.customer_id, one.because) for one in suggested[:4]
    ]
    assert page.suggested


def test_the_preview_is_what_was_said_and_why(floor: Any, ada: Actor) -> None:
    talk = floor.serves(ada)
    peek = floor.do("home.peek", ada, conversation=talk)
    assert list(peek.messages) == floor.do("conversation.messages", conversation=talk, limit=12)
    assert list(peek.question) == floor.do("conversation.question", conversation=talk)
    assert peek.told == floor.do("routing.explain", conversation=talk)


def test_the_pages_of_records(floor: Any, ada: Actor) -> None:
    who = floor.do("customer.create", name="Kiana Anderson", email="kiana@example.com").id
    case = floor.do("case.create", ada, customer=who, title="Line drops", origin="email")
    page = floor.do("case.page", ada, case=case.number)
    assert page.case == floor.do("case.get", case=case.id)
    assert page.customer == floor.do("customer.get", customer=who)
    assert page.family == floor.do("case.family", case=case.id)
    assert list(page.promises) == floor.do("sla.of", case=case.id)
    assert floor.refused("case.page", ADMINISTRATOR, case=999).code == "case.unknown"
    customer = floor.do("customer.page", ada, customer=who)
    assert customer.customer == page.customer
    assert list(customer.cases) == [page.case]
    assert list(customer.merged) == floor.do("customer.merges", customer=who)
    other = floor.do("customer.create", name="Kiana A", email="k@example.com").id
    floor.do("customer.merge", ada, **{"from": other, "into": who})
    merged = floor.do("customer.page", ada, customer=other)
    assert merged.customer.id == who
    assert [one.customer_id for one in merged.merged] == [other]
