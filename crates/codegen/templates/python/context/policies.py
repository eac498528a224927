"""Policies: what follows from an event by itself. Generated: written again each time."""

from __future__ import annotations

from typing import Final

{% if policies.conditions.len() > 0 -%}
from .. import conditions
{% endif -%}
{% if policies.converts -%}
from {{ core }}core import values
{% endif -%}
from {{ core }}core.policies import Policy, whenever
{%- if policies.compares %}
from {{ core }}core.values import holds
{%- endif %}
{%- for module in policies.commands_of %}
from ...{{ module }}.generated import commands as {{ module }}_commands
{%- endfor %}
{%- for module in policies.events_of %}
from ...{{ module }}.generated import events as {{ module }}_events
{%- endfor %}
{%- if own.len() > 0 %}
from . import {{ own.join(", ") }}
{%- endif %}
{%- for policy in policies.all %}


@whenever({{ policy.name }}, {{ policy.event }}, {{ policy.command }})
def {{ policy.function }}(event: {{ policy.event }}) -> {{ policy.command }}{% if policy.condition.is_some() %} | None{% endif %}:
{%- if let Some(condition) = policy.condition %}
    if not {{ condition }}:
        return None
{%- endif %}
{%- if policy.fills.len() > 0 %}
    return {{ policy.command }}(
{%- for (field, from) in policy.fills %}
        {{ field }}={{ from }},
{%- endfor %}
    )
{%- else %}
    return {{ policy.command }}()
{%- endif %}
{%- endfor %}


POLICIES: Final[tuple[Policy, ...]] = (
{%- for policy in policies.all %}
    {{ policy.function }},
{%- endfor %}
)
