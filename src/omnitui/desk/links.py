"""Links to other systems: templates of an administrator, filled for a conversation or a case."""

from omnitui.desk import replies, thread
from omnitui.desk.call import Call
from omnitui.desk.convert import Name
from omnitui.desk.registry import command, query
from omnitui.model.actor import Permission
from omnitui.model.case import Case
from omnitui.model.channel import AddressKind, shared_kind
from omnitui.model.customer import Customer
from omnitui.model.errors import Refused
from omnitui.model.ids import CaseId, ConversationId, CustomerId
from omnitui.model.link import FilledLink, LinkTemplate
from omnitui.rules import links as rules
from omnitui.safetext import clean_line
from omnitui.store import cases, customers, links

_LONGEST_NAME = 60


@command("link.set", Permission.ADMINISTER)
def set_(call: Call, name: Name, url: str) -> LinkTemplate:
    """Add a link to another system, or change the one of that name.

    `url` starts with https:// or http:// and can have slots after the host, which are filled
    percent-encoded: `{customer.name}`, `{customer.account}`, `{case.number}` and others.
    """
    made = put(call, name, url)
    call.journal("link.set", name=made.name)
    return made


def put(call: Call, name: str, url: str) -> LinkTemplate:
    """Save a link template; refused if it is not valid."""
    label, address = clean_line(name).strip(), url.strip()
    if not label or len(label) > _LONGEST_NAME:
        raise Refused(
            "link.name",
            f"A link needs a name of at most {_LONGEST_NAME} characters.",
            "Give a name.",
        )
    wrong = rules.problems(address)
    if wrong:
        raise Refused("link.url", f"{label} is not a link: {wrong[0]}.", "Give another address.")
    links.put(call.store, label, address)
    return LinkTemplate(label, address)


@command("link.delete", Permission.ADMINISTER)
def delete(call: Call, name: Name) -> None:
    """Delete a link to another system."""
    if not links.delete(call.store, clean_line(name).strip()):
        raise Refused("link.unknown", f"There is no link {name!r}.", "`link.list` shows them.")
    call.journal("link.deleted", name=name)


@query("link.list")
def list_(call: Call) -> list[LinkTemplate]:
    """The links to other systems, as templates."""
    return links.every(call.store)


@query("link.filled")
def filled(
    call: Call,
    conversation: ConversationId | None = None,
    customer: CustomerId | None = None,
    case: CaseId | None = None,
) -> list[FilledLink]:
    """The links to other systems, filled for a conversation, a customer or a case.

    A conversation fills only links for its own customer. A link without all its values says what is
    missing, and has no address.
    """
    about = None if case is None else cases.get(call.store, case)
    whose = about.customer_id if customer is None and about is not None else customer
    known: dict[str, str | None] = {}
    if conversation is not None:
        item = thread.get(call, conversation)
        if whose in (None, item.customer_id):
            known = replies.values(call, conversation) | {"conversation.id": str(conversation)}
            whose = item.customer_id
            if about is None and item.case_id is not None:
                about = cases.get(call.store, item.case_id)
    person = None if whose is None else customers.get(call.store, whose)
    if person is not None:
        known |= _of_customer(person)
    if about is not None:
        known |= _of_case(about)
    return [rules.fill(template, known) for template in links.every(call.store)]


def _of_customer(customer: Customer) -> dict[str, str | None]:
    reached = {shared_kind(address.key): address.value for address in reversed(customer.addresses)}
    return {
        "customer.name": customer.name,
        "customer.first_name": customer.first_name,
        "customer.account": customer.account,
        "customer.company": customer.company,
        "customer.email": reached.get(AddressKind.EMAIL),
        "customer.phone": reached.get(AddressKind.PHONE),
    }


def _of_case(case: Case) -> dict[str, str | None]:
    return {"case.number": case.number, "case.title": case.title, "case.product": case.product}
