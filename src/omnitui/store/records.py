"""Records in the order they are exported, and those that only their own number tells apart."""

from omnitui.model.ids import CustomerId, EntitlementId
from omnitui.store.customers import name_key
from omnitui.store.engine import Store


def customers_after(store: Store, key: int, limit: int) -> list[int]:
    """The keys of customers that were not merged into others, after `key`."""
    return _keys(
        store,
        "SELECT id FROM customers WHERE id > ? AND merged_into IS NULL ORDER BY id LIMIT ?",
        key,
        limit,
    )


def cases_after(store: Store, key: int, limit: int) -> list[int]:
    """The keys of cases after `key`."""
    return _keys(store, "SELECT id FROM cases WHERE id > ? ORDER BY id LIMIT ?", key, limit)


def entitlements_after(store: Store, key: int, limit: int) -> list[int]:
    """The keys of entitlements after `key`."""
    return _keys(store, "SELECT id FROM entitlements WHERE id > ? ORDER BY id LIMIT ?", key, limit)


def _keys(store: Store, sql: str, key: int, limit: int) -> list[int]:
    return [row["id"] for row in store.rows(sql, (key, limit))]


def articles_after(store: Store, slug: str, limit: int) -> list[tuple[int, str]]:
    """Key and slug of the articles after `slug`, in the order of their slugs."""
    rows = store.rows(
        "SELECT id, slug FROM articles WHERE slug > ? ORDER BY slug LIMIT ?", (slug, limit)
    )
    return [(row["id"], row["slug"]) for row in rows]


def nothing_but(store: Store, name: str) -> list[tuple[CustomerId, int]]:
    """Key and time of creation of those who have that name, and nothing else to be told by."""
    rows = store.rows(
        "SELECT id, created_at FROM customers c WHERE name_key = ? AND account = ''"
        " AND merged_into IS NULL AND NOT EXISTS"
        " (SELECT 1 FROM addresses WHERE customer_id = c.id) ORDER BY id LIMIT 1000",
        (name_key(name),),
    )
    return [(row["id"], row["created_at"]) for row in rows]


def entitlements(store: Store, customer: int, name: str) -> list[tuple[EntitlementId, int]]:
    """Key and start of the entitlements of that name that a customer has."""
    rows = store.rows(
        "SELECT id, starts FROM entitlements WHERE customer_id = ? AND name = ?"
        " ORDER BY id LIMIT 1000",
        (customer, name),
    )
    return [(row["id"], row["starts"]) for row in rows]


def usable(store: Store, customer: int, name: str) -> list[EntitlementId]:
    """The entitlements of that name that a customer has or is a contact of."""
    rows = store.rows(
        "SELECT id FROM entitlements WHERE name = :name AND (customer_id = :customer OR id IN"
        " (SELECT entitlement_id FROM entitlement_contacts WHERE customer_id = :customer))"
        " ORDER BY id LIMIT 1000",
        {"customer": customer, "name": name},
    )
    return [row["id"] for row in rows]
