"""The scenarios of the model. Generated: written again each time."""

from __future__ import annotations
{% if tests.has_decimals %}
from decimal import Decimal
{% endif %}
from {{ package }}.core.testing import Scenario{% if tests.has_facts %}, fact{% endif %}
{%- for (module, import) in tests.imports %}
from {{ package }}{{ module }}.generated import {{ import }}
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
