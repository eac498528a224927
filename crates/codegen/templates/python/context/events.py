"""Events: what can happen. Generated: written again each time."""

from __future__ import annotations

from dataclasses import dataclass
{%- if decimals %}
from decimal import Decimal
{%- endif %}
from typing import Final

from {{ core }}core.messages import Event{% if properties %}, event_property{% endif %}
{%- if types.len() > 0 %}
from {{ core }}core.values import {{ types.join(", ") }}
{%- endif %}
{%- for event in context.events %}


@dataclass(frozen=True, kw_only=True)
class {{ event.class }}(Event):
    """{{ event.doc }}"""

    TOPIC = {{ event.topic }}
    CATEGORY = {{ event.category }}
{%- if let Some(id) = event.id %}
    ID_FIELD = {{ id }}
{%- endif %}
{% for field in event.fields %}
    {{ field.name }}: {{ field.annotation }} | None = event_property({{ field.label }}, {{ field.type }}{{ field.rules }})
{%- endfor %}
{%- endfor %}


{{ context.all_events() }}
