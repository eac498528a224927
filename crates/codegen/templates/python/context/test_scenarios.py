"""The scenarios of the model. Generated: written again each time."""

from __future__ import annotations
{% if tests.has_decimals %}
from decimal import Decimal
{% endif %}
{%- for import in tests.imports.lines() %}
{{ import }}
{%- endfor %}
{%- for test in tests.all %}


def {{ test.function }}(scenario: Scenario) -> None:
    """{{ test.doc }}"""
{%- for call in test.calls %}
{%- if call.arguments.len() == 0 %}
    scenario.{{ call.method }}()
{%- else %}
    scenario.{{ call.method }}(
{%- for argument in call.arguments %}
        {{ argument }},
{%- endfor %}
    )
{%- endif %}
{%- endfor %}
{%- endfor %}
