"""Which modules hold the commands of an area. A new area, or another module of one, is a word here.

They are imported when a command of theirs is first asked for, in this order until it is found: what
a console calls as it starts stands first.
"""

AREAS: dict[str, tuple[str, ...]] = {
    "agent": ("agents", "retiring"),
    "bulk": ("bulk", "bulk_replies"),
    "calendar": ("hours", "routing.retiring"),
    "case": (
        *("pages", "cases.looking", "cases.changing", "cases.creating", "cases.ending"),
        *("cases.consequences", "cases.merging"),
    ),
    "channel": ("channels", "retiring"),
    "classification": ("routing.classification",),
    "console": ("consoles",),
    "conversation": (
        *("offers", "transfers.consult", "consoles", "conversations", "lifecycle", "escalation"),
        *("transfers.snooze", "transfers.transfer", "intake", "outgoing"),
    ),
    "courier": ("couriers",),
    "customer": ("pages", "customers.changing", "customers.addresses", "customers.merging"),
    "entitlement": (
        *("pages", "entitlements.lookup", "entitlements.changing"),
        *("entitlements.actions", "entitlements.templates"),
    ),
    "home": ("home", "views"),
    "knowledge": ("knowledge",),
    "link": ("links",),
    "mention": ("mentions",),
    "message": ("delivery",),
    "notice": ("notices",),
    "profile": ("routing.profiles", "routing.retiring"),
    "queue": ("routing.queues", "retiring"),
    "reply": ("replies",),
    "routing": ("routing.asking",),
    "search": ("search",),
    "session": ("sessions",),
    "settings": ("settings_commands",),
    "shift": ("shifts",),
    "sla": ("sla.standing", "sla.targets"),
    "supervisor": ("transfers.supervision",),
    "timeline": ("timeline", "follow_ups"),
    "undo": ("undo",),
    "view": ("views",),
    "workstream": ("routing.workstreams", "routing.retiring"),
}
