"""Commands: what can be asked for, and the rules. Generated: written again each time."""

from __future__ import annotations

from dataclasses import dataclass
{%- if decimals %}
from decimal import Decimal
{%- endif %}

from {{ core }}core.messages import {{ helpers.join(", ") }}
{%- if types.len() > 0 %}
from {{ core }}core.values import {{ types.join(", ") }}
{%- endif %}
{%- if conditional %}
from . import events
{%- endif %}
{%- for command in context.commands %}


@dataclass(frozen=True, kw_only=True)
class {{ command.class }}(Command):
    """{{ command.doc }}"""

    NAME = {{ command.name }}
    CATEGORY = {{ command.category }}
{%- if let Some(id) = command.id %}
    ID_FIELD = {{ id }}
{%- endif %}
{%- if command.creates %}
    CREATES = True
{%- endif %}
{%- if command.preconditions.len() > 0 %}
    {{ command.conditions() }}
{%- endif %}
{% for field in command.fields %}
    {{ field.name }}: {{ field.annotation }} | None = parameter({{ field.label }}, {{ field.type }}{{ field.rules }})
{%- endfor %}
{%- endfor %}

{% for stream in context.streams %}
{%- if stream.commands.len() > 0 %}
{{ stream.alias() }}
{%- endif %}
{%- endfor %}
