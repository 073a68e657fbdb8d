"""Alerts about negative sentiment, once per conversation.

Not commands: intake calls this in the transaction of the message.
"""

from omnitui.desk.call import Call
from omnitui.model.conversation import Conversation
from omnitui.model.sentiment import Sentiment
from omnitui.store import journal

KIND = "conversation.upset"


def heard(call: Call, before: Conversation, level: int | None) -> None:
    """Journal that sentiment has fallen to `sentiment_alert` for the first time.

    `level` is the level after a new message, `before` the previous one; None changes nothing.
    """
    alert = call.settings.sentiment_alert
    was = before.feeling
    if level is None or level > alert or (was is not None and was <= alert):
        return
    if not journal.tells(call.store, before.id, KIND):
        call.journal(
            KIND,
            conversation=before.id,
            customer=before.customer_id,
            agent=before.agent_id,
            name=before.name,
            level=level,
            label=Sentiment(level).label,
        )
