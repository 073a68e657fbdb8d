"""Suggestions: what is found, how sure it is, and what is learnt from what agents did."""

from pathlib import Path
from typing import Any

import pytest

from omnitui.desk.suggestions.learnt import is_stale, learn_all
from omnitui.model.actor import Actor
from omnitui.model.suggestion import Suggestion, SuggestionKind, Suggestions
from omnitui.rules.learning.learner import Learner, Stopped
from omnitui.store import knowledge, suggestions

PARCEL = ("where is my parcel", "my parcel is late", "the parcel was not delivered", "parcel lost")
BILL = ("the invoice is wrong", "why is my bill so high", "wrong sum on the invoice", "bill twice")


def article(floor: Any, slug: str, title: str, body: str = "") -> None:
    given = {"slug": slug, "title": title, "body": body, "audience": "public", "language": "en"}
    with floor.desk.store.transaction():
        knowledge.put_article(floor.desk.store, {**given, "updated": ""})


def ask(floor: Any, talk: int, by: Actor | None = None) -> Suggestions:
    found = floor.do("suggestion.for", *([by] if by else []), conversation=talk)
    assert isinstance(found, Suggestions)
    return found


def labels(found: Suggestions, kind: str) -> list[str]:
    return [one.label for one in found.of(SuggestionKind(kind))]


def learn(floor: Any) -> None:
    floor.clock.advance(1)
    learn_all(floor.desk.store, floor.clock.now())


@pytest.fixture
def busy(floor: Any, ada: Actor) -> Any:
    """A floor whose agents have closed conversations in two queues."""
    floor.hire("bo", presence="offline")
    floor.do("queue.create", name="Shipping")
    floor.do("queue.create", name="Billing")
    for queue in ("Shipping", "Billing"):
        for login in ("ada", "bo"):
            floor.do("queue.add_member", queue=queue, agent=login)
    for number, (parcel, bill) in enumerate(zip(PARCEL, BILL, strict=True)):
        for queue, text in (("Shipping", parcel), ("Billing", bill)):
            talk = floor.writes(text, address=f"{queue}-{number}")
            floor.do("conversation.transfer", conversation=talk, to_queue=queue)
            floor.do("conversation.pick", ada, conversation=talk, anyway=True)
            floor.do("conversation.end", ada, conversation=talk)
            floor.do("conversation.close", ada, conversation=talk)
    return floor


def test_the_queue_is_learnt_from_closed_conversations(busy: Any, ada: Actor) -> None:
    busy.do("settings.set", key="suggestion_percent", value="30")
    talk = busy.serves(ada, text="has my parcel been sent?", address="new")
    assert labels(ask(busy, talk), "queue") == ["Shipping"], "the journal teaches it by itself"
    learn(busy)
    (found,) = ask(busy, talk).of(SuggestionKind.QUEUE)
    assert found.label == "Shipping"
    assert "parcel" in found.because
    assert 0.3 <= found.confidence <= 1.0
    assert busy.talk(talk).queue == "General"


def test_a_queue_that_it_is_in_or_that_is_retired_is_not_suggested(busy: Any, ada: Actor) -> None:
    learn(busy)
    busy.do("settings.set", key="suggestion_percent", value="0")
    talk = busy.serves(ada, text="where is my parcel", address="new")
    busy.do("conversation.transfer", ada, conversation=talk, to_queue="Shipping")
    assert "Shipping" not in labels(ask(busy, talk), "queue")
    other = busy.serves(ada, text="where is my parcel", address="other")
    busy.do("queue.retire", queue="Shipping", to="General")
    assert "Shipping" not in labels(ask(busy, other), "queue")


def test_below_the_threshold_nothing_is_suggested_and_it_is_counted(busy: Any, ada: Actor) -> None:
    learn(busy)
    talk = busy.serves(ada, text="parcel or invoice", address="new")
    busy.do("settings.set", key="suggestion_percent", value="100")
    found = ask(busy, talk)
    assert found.found == ()
    assert found.hidden > 0
    assert "100" in floor_refuses(busy, "101").message


def floor_refuses(floor: Any, value: str) -> Any:
    return floor.refused("settings.set", key="suggestion_percent", value=value)


def test_at_most_three_articles_are_suggested_best_first_with_the_words(floor: Any) -> None:
    for number in range(6):
        article(floor, f"r{number}", "Router lamp is amber" if number < 5 else "Garden chairs")
    floor.do("settings.set", key="suggestion_percent", value="0")
    talk = floor.writes("my router has an amber lamp")
    found = ask(floor, talk).of(SuggestionKind.ARTICLE)
    assert len(found) == 3
    assert set(found[0].because) == {"router", "amber", "lamp"}
    assert [one.confidence for one in found] == sorted((o.confidence for o in found), reverse=True)


def test_a_better_match_is_surer(floor: Any) -> None:
    article(floor, "amber", "The router's amber lamp blinks")
    article(floor, "other", "Chairs for the garden")
    floor.do("settings.set", key="suggestion_percent", value="0")

    def sure(text: str, address: str) -> float:
        found = ask(floor, floor.writes(text, address=address)).of(SuggestionKind.ARTICLE)
        return next(one.confidence for one in found if one.label == "amber")

    all_of_it = sure("router lamp amber blinks", "a")
    some = sure("router sends smoke through kitchen window and smells", "b")
    assert all_of_it > 0.8 > some


def test_similar_resolved_cases_are_suggested_with_their_resolution(floor: Any, ada: Actor) -> None:
    floor.do("customer.create", name="Kiana", email="k@x.example")
    known = {"customer": "k@x.example", "origin": "chat"}
    solved = floor.do("case.create", ada, title="Router lamp amber at night", **known)
    floor.do("case.resolve", ada, case=solved.id, resolution="Replaced the power supply")
    floor.do("case.create", ada, title="Router lamp amber, still open", **known)
    talk = floor.serves(ada, text="the router lamp is amber", address="new")
    (found,) = ask(floor, talk).of(SuggestionKind.CASE)
    assert (found.label, found.text) == (solved.number, "Replaced the power supply")
    assert {"router", "lamp", "amber"} == set(found.because)
    floor.do("conversation.link_customer", ada, conversation=talk, customer="k@x.example")
    floor.do("conversation.link_case", ada, conversation=talk, case=solved.id)
    assert labels(ask(floor, talk), "case") == []


def test_product_and_priority_are_learnt_from_resolved_cases(floor: Any, ada: Actor) -> None:
    floor.do("customer.create", name="Kiana", email="k@x.example")
    known = {"customer": "k@x.example", "origin": "chat"}
    for number in range(6):
        for product, priority, words in (
            ("Parcels", "high", PARCEL[number % 4]),
            ("Invoices", "low", BILL[number % 4]),
        ):
            case = floor.do(
                "case.create", ada, title=words, product=product, priority=priority, **known
            )
            floor.do("case.resolve", ada, case=case.id, resolution="Done")
    learn(floor)
    talk = floor.serves(ada, text="my parcel was not delivered", address="new")
    assert labels(ask(floor, talk), "product") == [], "it has no case"
    floor.do("conversation.link_customer", ada, conversation=talk, customer="k@x.example")
    case = floor.do("case.create", ada, title="New", conversation=talk, **known)
    assert floor.talk(talk).case_id == case.id
    found = ask(floor, talk)
    assert (labels(found, "product"), labels(found, "priority")) == (["Parcels"], ["high"])
    floor.do("case.update", ada, case=case.id, product="Parcels", priority="high")
    found = ask(floor, talk)
    assert (labels(found, "product"), labels(found, "priority")) == ([], [])


def test_the_reply_that_agents_used_is_suggested_in_the_customers_language(
    floor: Any, ada: Actor
) -> None:
    texts = {"late": "It comes soon", "bill": "We look at it", "other": "Hello"}
    for key, text in texts.items():
        floor.do("reply.create", key=key, title=key.title(), text=text, personal=False)
    floor.do("reply.create", key="late", title="Sen", text="Den kommer", language="nb",
             personal=False)  # fmt: skip
    for number in range(4):
        for key, words in (("late", PARCEL[number]), ("bill", BILL[number])):
            talk = floor.serves(ada, text=words, address=f"{key}{number}")
            floor.do("reply.use", ada, reply=key, conversation=talk)
    learn(floor)
    floor.do("settings.set", key="suggestion_percent", value="30")
    new = floor.serves(ada, text="the parcel is late", address="new", context={"language": "nb"})
    (found,) = ask(floor, new, ada).of(SuggestionKind.REPLY)
    assert (found.label, found.text) == ("late", "Den kommer")
    floor.do("suggestion.accept", ada, conversation=new, kind="reply", label="late")
    assert labels(ask(floor, new, ada), "reply") == [], "it has been used"
    floor.do("reply.retire", reply=found.id)
    another = floor.serves(ada, text="the parcel is late", address="another")
    assert [one.text for one in ask(floor, another, ada).of(SuggestionKind.REPLY)] != ["Den kommer"]


def test_a_reply_that_nobody_has_used_is_known_by_its_title(floor: Any, ada: Actor) -> None:
    for title in ("Parcel is late", "Invoice is wrong", "Password reset", "Line is down",
                  "Cancel contract", "Refund is coming", "Moving house", "New router"):  # fmt: skip
        floor.do("reply.create", key=title.replace(" ", "-").lower(), title=title, text="x",
                 personal=False)  # fmt: skip
    learn(floor)
    floor.do("settings.set", key="suggestion_percent", value="20")
    talk = floor.serves(ada, text="my password needs a reset", address="new")
    assert labels(ask(floor, talk), "reply") == ["password-reset"]


def test_what_is_dismissed_is_gone_here_and_less_likely_elsewhere_at_once(
    floor: Any, ada: Actor
) -> None:
    article(floor, "amber", "The router's amber lamp blinks")
    floor.do("settings.set", key="suggestion_percent", value="0")
    here = floor.serves(ada, text="router lamp amber blinks", address="a")
    there = floor.serves(ada, text="my router lamp blinks amber", address="b")
    before = ask(floor, there).found[0]
    floor.do("suggestion.dismiss", ada, conversation=here, kind="article", label="amber")
    assert labels(ask(floor, here), "article") == []
    after = ask(floor, there).found[0]
    assert after.confidence < before.confidence
    floor.do("suggestion.rate", ada, conversation=there, kind="article", label="amber",
             helpful=True)  # fmt: skip
    assert ask(floor, there).found[0].confidence > after.confidence


def test_an_article_that_was_sent_is_found_for_words_that_it_has_not(
    floor: Any, ada: Actor
) -> None:
    article(floor, "amber", "Lamps")
    talk = floor.serves(ada, text="telly frozen during football", address="a")
    assert ask(floor, talk).found == ()
    for address in "bcd":
        other = floor.serves(ada, text="telly frozen during football", address=address)
        floor.do("knowledge.use", ada, article="amber", conversation=other)
    assert labels(ask(floor, talk), "article") == ["amber"]


def test_another_console_learns_the_same_at_once(floor: Any, ada: Actor) -> None:
    article(floor, "amber", "The router's amber lamp blinks")
    floor.do("settings.set", key="suggestion_percent", value="0")
    here = floor.serves(ada, text="router lamp amber blinks", address="a")
    there = floor.serves(ada, text="my router lamp blinks amber", address="b")
    before = ask(floor, there).found[0].confidence
    from omnitui.desk.desk import Desk
    from omnitui.store.engine import Store

    other = Desk(Store(floor.path), floor.clock)
    other.call("suggestion.dismiss", ada, conversation=here, kind="article", label="amber")
    other.close()
    assert ask(floor, there).found[0].confidence < before


def test_what_was_learnt_is_kept_for_the_next_start(busy: Any, ada: Actor) -> None:
    busy.do("settings.set", key="suggestion_percent", value="0")
    learn(busy)
    talk = busy.serves(ada, text="my parcel, please", address="new")
    before = ask(busy, talk)
    busy.reopen()
    assert ask(busy, talk) == before


def test_damaged_models_are_as_if_they_had_never_been(busy: Any, ada: Actor) -> None:
    learn(busy)
    talk = busy.serves(ada, text="my parcel, please", address="new")
    busy.desk.store.execute("UPDATE suggestion_models SET learnt = x'00ff'")
    busy.reopen()
    assert ask(busy, talk).of(SuggestionKind.QUEUE) == []
    learn(busy)
    busy.do("settings.set", key="suggestion_percent", value="0")
    assert labels(ask(busy, talk), "queue") == ["Shipping"]


def test_it_is_learnt_anew_when_enough_has_happened(busy: Any, ada: Actor) -> None:
    store = busy.desk.store
    assert is_stale(store)
    learn(busy)
    assert not is_stale(store)
    article(busy, "amber", "Lamp")
    talk = busy.serves(ada, text="lamp", address="new")
    for number in range(40):
        busy.do("suggestion.rate", ada, conversation=talk, kind="article", label="amber",
                helpful=number % 2 == 0)  # fmt: skip
    assert is_stale(store)


def test_learning_can_be_broken_off_and_keeps_nothing(busy: Any) -> None:
    with pytest.raises(Stopped):
        learn_all(busy.desk.store, 1, stop=lambda: True)
    assert suggestions.models(busy.desk.store) == {}


def test_what_is_said_twice_is_said_once(floor: Any, ada: Actor) -> None:
    article(floor, "amber", "Lamp")
    talk = floor.serves(ada, text="lamp", address="a")
    given = {"conversation": talk, "kind": "article", "label": "amber"}
    for helpful in (True, True, False, False, True):
        floor.do("suggestion.rate", ada, **given, helpful=helpful)
    rated = floor.entries(kind="suggestion.rated")
    assert [entry.payload["helpful"] for entry in rated] == [True, False, True]


@pytest.mark.parametrize("kind", [one.value for one in SuggestionKind if one != "product"])
@pytest.mark.parametrize("name", ["accept", "dismiss", "rate"])
def test_what_is_not_there_is_refused(floor: Any, ada: Actor, kind: str, name: str) -> None:
    talk = floor.serves(ada, text="lamp", address="a")
    more = {"helpful": True} if name == "rate" else {}
    refusal = floor.refused(
        f"suggestion.{name}", ada, conversation=talk, kind=kind, label="nothing", **more
    )
    assert refusal.code == "suggestion.unknown"


@pytest.mark.parametrize("text", ["?", "…", "😀", "the", "x" * 50_000, "日本語"], ids=range(6))
def test_whatever_is_written_there_is_an_answer(busy: Any, text: str) -> None:
    learn(busy)
    assert ask(busy, busy.writes(text, address="new")).found == ()


def test_within_a_transaction_nothing_is_learnt_that_may_be_taken_back(
    floor: Any, ada: Actor
) -> None:
    article(floor, "amber", "The router's amber lamp blinks")
    floor.do("settings.set", key="suggestion_percent", value="0")
    here = floor.serves(ada, text="router lamp amber blinks", address="a")
    there = floor.serves(ada, text="my router lamp blinks amber", address="b")
    before = ask(floor, there)

    class Broken(Exception):
        pass

    def breaks() -> None:
        with floor.desk.store.transaction():
            floor.do("suggestion.dismiss", ada, conversation=here, kind="article", label="amber")
            ask(floor, there)
            raise Broken

    with pytest.raises(Broken):
        breaks()
    assert ask(floor, there) == before
    assert isinstance(before.found[0], Suggestion)


def test_a_kept_learner_of_many_labels_is_small(busy: Any, tmp_path: Path) -> None:
    learn(busy)
    kept = suggestions.models(busy.desk.store)["queue"]
    assert len(kept.learnt) < 200_000
    assert set(Learner.from_bytes(kept.learnt).labels) == {"Billing", "Shipping"}
