"""Articles for customers: as they are sent in a conversation, and the fence for internal ones."""

from omnitui.desk import knowledge, outgoing, thread
from omnitui.desk.call import Call
from omnitui.desk.registry import command, query
from omnitui.model.channel import plain_channel
from omnitui.model.conversation import Message
from omnitui.model.errors import refuse
from omnitui.model.ids import ArticleId, ConversationId
from omnitui.rules import giving
from omnitui.rules.giving import Form, Given


@query("knowledge.render")
def render(
    call: Call,
    article: ArticleId,
    conversation: ConversationId | None = None,
    form: Form = Form.FIT,
) -> Given:
    """A public article as it is sent in a conversation: whole, short or as a link.

    By default it is the whole text as plain text where that fits the channel's limits, and else
    title, summary and link; without a conversation nothing has limits. Refused for internal
    articles.
    """
    found = knowledge.get(call, article)
    refuse(knowledge.why_not_given(call, found))
    channel = plain_channel("")
    if conversation is not None:
        channel = call.place(thread.get(call, conversation).channel)
    return giving.given(found, channel, form, call.settings.help_site)


@command("knowledge.send")
def send(
    call: Call,
    article: ArticleId,
    conversation: ConversationId,
    form: Form = Form.FIT,
    seen: int | None = None,
    anyway: bool = False,
) -> Message:
    """Send a public article to the customer, as `knowledge.render` shows it.

    `seen` and `anyway` are those of `conversation.reply`; `undo.last` unsends it.
    """
    text = render(call, article, conversation, form).text
    message: Message = outgoing.reply(call, conversation, text, seen, anyway)
    knowledge.use(call, article, conversation)
    return message
