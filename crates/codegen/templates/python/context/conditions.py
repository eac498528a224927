"""Conditions of policies that only people could judge. Yours: generated once, and never touched again.

Each is taken to hold, as it is on the wall, until you write how it is worked out.
"""

from __future__ import annotations

{% for module in policies.events_of -%}
from ..{{ module }}.generated import events as {{ module }}_events
{% endfor -%}
{% if own_events -%}
from .generated import events
{% endif -%}
{%- for condition in policies.conditions %}

def {{ condition.function }}(event: {{ condition.event }}) -> bool:
    """{{ condition.words }}"""
    return True
{% endfor -%}
