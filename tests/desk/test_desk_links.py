"""Links into other systems: set by administrators, filled for whoever is served."""

from pathlib import Path
from typing import Any

import pytest

from omnitui.datafiles.links import problems, read_links
from omnitui.model.actor import Actor

CRM = "https://crm.example/{customer.account}?case={case.number}"


def urls(floor: Any, **about: Any) -> dict[str, str]:
    return {link.name: link.url for link in floor.do("link.filled", **about)}


def test_a_link_is_set_changed_and_taken_away(floor: Any, ada: Actor) -> None:
    assert floor.refused("link.set", ada, name="CRM", url=CRM).code == "permission.denied"
    floor.do("link.set", name=" CRM ", url=CRM)
    floor.do("link.set", name="crm", url="https://crm.example/")
    assert [(t.name, t.url) for t in floor.do("link.list", ada)] == [
        ("crm", "https://crm.example/")
    ]
    floor.do("link.delete", name="Crm")
    assert floor.do("link.list") == []
    assert floor.refused("link.delete", name="CRM").code == "link.unknown"


@pytest.mark.parametrize(("name", "url"), [("", CRM), ("x" * 61, CRM), ("CRM", "ftp://x")])
def test_a_bad_one_is_refused_with_a_sentence(floor: Any, name: str, url: str) -> None:
    refusal = floor.refused("link.set", name=name, url=url)
    assert refusal.code in ("link.name", "link.url")
    assert floor.do("link.list") == []


def test_it_is_filled_for_whoever_is_served_and_for_nobody_else(floor: Any, ada: Actor) -> None:
    floor.do("link.set", name="CRM", url=CRM)
    floor.do("link.set", name="Talk", url="https://crm.example/t/{conversation.id}")
    kiana = floor.do("customer.create", name="Kiana", email="k@example.com", account="a/7")
    marcus = floor.do("customer.create", name="Marcus", email="m@example.com", account="9")
    talk = floor.serves(ada, channel="email", address="k@example.com")
    (crm, _talk) = floor.do("link.filled", conversation=talk)
    assert (crm.url, crm.missing) == ("", ("case.number",))
    case = floor.do("case.create", ada, customer=kiana.id, title="x", origin="email")
    floor.do("conversation.link_case", ada, conversation=talk, case=case.id)
    filled = f"https://crm.example/a%2F7?case={case.number}"
    assert urls(floor, conversation=talk) == {
        "CRM": filled,
        "Talk": f"https://crm.example/t/{talk}",
    }
    assert urls(floor, case=case.id) == {"CRM": filled, "Talk": ""}
    assert urls(floor, conversation=talk, customer=marcus.id) == {"CRM": "", "Talk": ""}


def test_a_file_of_links_says_what_is_wrong_with_it(tmp_path: Path) -> None:
    path = tmp_path / "links.toml"
    path.write_text(
        '[[link]]\nname = "A"\nurl = "https://{customer.name}/"\n'
        '[[link]]\nname = "a"\nurl = "https://x.example/{nobody}"\n',
        "utf-8",
    )
    said = [f"{error.where}: {error.problem}" for error in problems(path)]
    assert len(said) == 3
    assert said[0].startswith("line 3, link[0].url: it has a slot in the host's name")
    assert any("there is no slot {nobody}" in problem for problem in said)
    assert any("a link 'a' exists already" in problem for problem in said)
    path.write_text('[[link]]\nname = "A"\nurl = "https://x.example/{case.number}"\n', "utf-8")
    assert [link.name for link in read_links(path)] == ["A"]
