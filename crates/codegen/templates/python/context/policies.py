"""Policies: what follows from an event by itself. Generated: written again each time."""

from __future__ import annotations

from typing import Final
{% for import in imports %}
{{ import }}
{%- endfor %}
{%- for policy in policies.all %}


@{{ policy.decorator() }}
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


{{ policies.constant() }}
