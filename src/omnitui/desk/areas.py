"""The modules of each area's commands. Add a new area, or another module of one, here.

A module is imported when one of its commands is first called; the modules that a console needs as
it starts come first.
"""

AREAS: dict[str, tuple[str, ...]] = {
    "agent": ("agents", "retiring"),
    "assistant": ("assistant.setting", "assistant.asking"),
    "bot": ("bot.showing", "bot.setting_up"),
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
    "draft": ("drafts",),
    "file": ("drafts",),
    "customer": ("pages", "customers.changing", "customers.addresses", "customers.merging"),
    "entitlement": (
        *("pages", "entitlements.lookup", "entitlements.changing"),
        *("entitlements.actions", "entitlements.templates"),
    ),
    "home": ("home", "views"),
    "knowledge": (
        *("knowledge", "articles.gaps", "articles.changing", "articles.giving", "articles.files"),
    ),
    "link": ("links",),
    "macro": ("macros.writing", "macros.running"),
    "mention": ("mentions",),
    "message": ("delivery",),
    "notice": ("notices",),
    "profile": ("routing.profiles", "routing.retiring"),
    "queue": ("routing.queues", "retiring"),
    "reply": ("replies", "reply_changing"),
    "routing": ("routing.asking",),
    "scheduled": ("scheduled",),
    "script": ("scripts", "script_setup"),
    "search": ("search",),
    "session": ("sessions",),
    "settings": ("settings_commands",),
    "shift": ("shifts",),
    "signature": ("signatures",),
    "sla": ("sla.standing", "sla.targets"),
    "spelling": ("signatures",),
    "suggestion": ("suggestions.asking",),
    "supervisor": ("transfers.supervision",),
    "timeline": ("timeline", "follow_ups"),
    "undo": ("undo",),
    "view": ("views",),
    "workstream": ("routing.workstreams", "routing.retiring"),
}
