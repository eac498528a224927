"""What the service consists of. Generated: written again each time."""

from __future__ import annotations

from pathlib import Path

from fastapi import APIRouter

from .core.app import create_app
from .core.service import Service
{%- for context in parts %}
from {{ context.from }} import domain{{ context.as_domain }}
from {{ context.generated }} import {{ context.imports.join(", ") }}
{%- endfor %}


class {{ service.class }}(Service):
    """Its aggregates, read models and policies, over one log."""

    name = {{ name }}
    aggregates = (
{%- for aggregate in aggregates %}
        {{ aggregate }},
{%- endfor %}
    )
    events_of = ({% for one in parts %}*{{ one.events }}.EVENTS,{% if !loop.last %} {% endif %}{% endfor %})
    readmodels = ({% for one in parts %}*{{ one.readmodels }}.READMODELS,{% if !loop.last %} {% endif %}{% endfor %})
{%- if policies.len() > 0 %}
    policies = ({% for one in policies %}*{{ one }}.POLICIES,{% if !loop.last %} {% endif %}{% endfor %})
{%- endif %}


router = APIRouter()
{%- for one in parts %}
router.include_router({{ one.api }}.router)
{%- endfor %}

app = create_app({{ service.class }}, router, Path(__file__).parents[1] / "specs")
