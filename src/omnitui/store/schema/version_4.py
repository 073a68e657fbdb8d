"""What store version 4 changes: terms are counted in parts, accounts are alike in any case.

A case or an hour has 300 parts.

They were hundredths, in which minutes of an hour are not whole: three times 20 minutes were not an
hour. What cases have used of hours is brought to their minutes.
"""

_LEDGER = "SELECT ifnull(sum(amount), 0) FROM entitlement_ledger l"

CHANGE_4 = (
    "DROP INDEX customers_account",
    "CREATE INDEX customers_account ON customers(account COLLATE NOCASE) WHERE account <> ''",
    "UPDATE entitlements SET total = total * 3, used = used * 3",
    "UPDATE entitlement_channels SET total = total * 3, used = used * 3",
    "UPDATE entitlement_ledger SET amount = amount * 3",
    "UPDATE entitlement_templates SET total = total * 3, channels ="
    " (SELECT json_group_object(key, value * 3) FROM json_each(channels))",
    "INSERT INTO entitlement_ledger (at, entitlement_id, case_id, origin, amount)"
    " SELECT max(l.at), l.entitlement_id, l.case_id, l.origin,"
    " ifnull(k.minutes, 0) * 5 - sum(l.amount) FROM entitlement_ledger l"
    " JOIN entitlements e ON e.id = l.entitlement_id JOIN cases k ON k.id = l.case_id"
    " WHERE e.allocation = 'hours' GROUP BY l.entitlement_id, l.case_id, l.origin"
    " HAVING sum(l.amount) > 0 AND sum(l.amount) <> ifnull(k.minutes, 0) * 5",
    f"UPDATE entitlements SET used = ({_LEDGER} WHERE l.entitlement_id = entitlements.id)"
    " WHERE allocation = 'hours'",
    f"UPDATE entitlement_channels SET used = ({_LEDGER}"
    " WHERE l.entitlement_id = entitlement_channels.entitlement_id"
    " AND l.origin = entitlement_channels.origin) WHERE entitlement_id IN"
    " (SELECT id FROM entitlements WHERE allocation = 'hours')",
)
