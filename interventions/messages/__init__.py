"""Messages to students: templates, sending, and what students do with them."""

from interventions.messages.facts import placeholder_values
from interventions.messages.lately import Contact, contacted_lately
from interventions.messages.outcome import (
    message_outcomes,
    message_taken_back,
    steps_of,
    withdraw_taken_back,
)
from interventions.messages.placeholders import (
    MEANT,
    Filled,
    Placeholder,
    Trouble,
    Values,
    fill,
    names_in,
    trouble_words,
)
from interventions.messages.queries import Sent, answerable, sent_for, sent_of, sent_with
from interventions.messages.replies import answer_message, read_message
from interventions.messages.send import send_message, send_messages
from interventions.messages.starters import Category, seed_templates
from interventions.messages.templates import (
    add_template,
    category_for,
    edit_template,
    get_message_templates,
    own_templates,
    retire_template,
    template_of,
)
from interventions.messages.texts import LONGEST_MESSAGE, LONGEST_REPLY

__all__ = [
    "LONGEST_MESSAGE",
    "LONGEST_REPLY",
    "MEANT",
    "Category",
    "Contact",
    "Filled",
    "Placeholder",
    "Sent",
    "Trouble",
    "Values",
    "add_template",
    "answer_message",
    "answerable",
    "category_for",
    "contacted_lately",
    "edit_template",
    "fill",
    "get_message_templates",
    "message_outcomes",
    "message_taken_back",
    "names_in",
    "own_templates",
    "placeholder_values",
    "read_message",
    "retire_template",
    "seed_templates",
    "send_message",
    "send_messages",
    "sent_for",
    "sent_of",
    "sent_with",
    "steps_of",
    "template_of",
    "trouble_words",
    "withdraw_taken_back",
]
