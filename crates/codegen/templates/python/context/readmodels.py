"""Read models: what can be looked at. Generated: written again each time."""

from __future__ import annotations

from typing import Final

{% if columns -%}
from {{ core }}core.queries import Column
{% endif -%}
from {{ core }}core.readmodels import {% if hears %}Heard, {% endif %}Readmodel
{%- if hears %}
from . import events
{%- endif %}
{%- for readmodel in context.readmodels %}

{{ readmodel.constant }}: Final = Readmodel(
    name={{ readmodel.name }},
    key={{ readmodel.key }},
    {{ readmodel.shown() }},
{%- if readmodel.hears.len() > 0 %}
    hears=(
{%- for heard in readmodel.hears %}
        Heard(
            events.{{ heard.event }},
            key={{ heard.key }},
            cells={
{%- for (column, field) in heard.cells %}
                {{ column }}: {{ field }},
{%- endfor %}
            },
        ),
{%- endfor %}
    ),
{%- else %}
    hears=(),
{%- endif %}
{%- if readmodel.private %}
    private=True,
{%- endif %}
)
{%- endfor %}

{{ context.all_readmodels() }}
