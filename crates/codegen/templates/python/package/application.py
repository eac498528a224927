"""What the service consists of. Generated: written again each time."""

from __future__ import annotations

from pathlib import Path

from fastapi import APIRouter
{% for import in imports %}
{{ import }}
{%- endfor %}


class {{ service.class }}(Service):
    """Its aggregates, read models and policies, over one log."""

    name = {{ name }}
{%- if aggregates.len() == 1 %}
    aggregates = ({{ aggregates.join("") }},)
{%- else %}
    aggregates = (
{%- for aggregate in aggregates %}
        {{ aggregate }},
{%- endfor %}
    )
{%- endif %}
{%- if parts.len() == 1 %}
    events_of = (*events.EVENTS,)
{%- else %}
    events_of = (
{%- for one in parts %}
        *{{ one.events }}.EVENTS,
{%- endfor %}
    )
{%- endif %}
{%- if parts.len() == 1 %}
    readmodels = (*readmodels.READMODELS,)
{%- else %}
    readmodels = (
{%- for one in parts %}
        *{{ one.readmodels }}.READMODELS,
{%- endfor %}
    )
{%- endif %}
{%- if policies.len() > 0 %}
{%- if policies.len() == 1 %}
    policies = (*{{ policies.join("") }}.POLICIES,)
{%- else %}
    policies = (
{%- for one in policies %}
        *{{ one }}.POLICIES,
{%- endfor %}
    )
{%- endif %}
{%- endif %}


router = APIRouter()
{%- for one in parts %}
router.include_router({{ one.api }}.router)
{%- endfor %}

app = create_app({{ service.class }}, router, Path(__file__).parents[1] / "specs")
