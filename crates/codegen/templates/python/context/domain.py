"""The domain: what becomes of commands. Yours: generated once, and never touched again.

`decide` is asked when all rules of a command are met (`generated/commands.py`): what it yields has happened.
It may refuse for reasons of its own: `raise Refused(Failure("", "Not today."))`, both of `core.rules`.
`self.known("name")` is what the stream said last of a property, `self.has(…)` whether an event happened.
"""

from __future__ import annotations
{% if decides %}
from collections.abc import Iterator
from typing import assert_never
{% endif %}
from {{ core }}core.aggregates import Aggregate
{%- if decides %}
from {{ core }}core.messages import Event
{%- endif %}
{%- if hashes %}
from {{ core }}core.privacy import hashed
{%- endif %}
{%- if decides %}
from .generated import commands{% if happens %}, events{% endif %}
{%- endif %}
{%- for stream in context.streams %}


class {{ stream.class }}(Aggregate):
    category = {{ stream.category }}
{%- if stream.commands.len() > 0 %}

    def decide(self, command: commands.{{ stream.union }}) -> Iterator[Event]:
        match command:
{%- for command in stream.commands %}
            case commands.{{ command.class }}():
{%- for outcome in command.outcomes %}
                yield events.{{ outcome.event }}(
{%- for (field, from) in outcome.fills %}
                    {{ field }}={{ from }},
{%- endfor %}
                )
{%- endfor %}
{%- if command.outcomes.len() == 0 %}
                yield from ()
{%- endif %}
{%- endfor %}
            case _:
                assert_never(command)
{%- endif %}
{%- endfor %}
