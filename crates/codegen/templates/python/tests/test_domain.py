"""That the domain knows every command. Generated: written again each time; your own tests go into other files."""

from __future__ import annotations

from typing import get_args

import pytest

{% for context in service.contexts -%}
{% if context.module.is_empty() -%}
from {{ service.package }} import domain
{% else -%}
from {{ service.package }}.{{ context.module }} import domain as {{ context.module }}_domain
from {{ service.package }}.{{ context.module }}.generated import commands as {{ context.module }}_commands
{% endif -%}
{% endfor -%}
from {{ service.package }}.core.aggregates import Aggregate
from {{ service.package }}.core.messages import Command
{%- if !service.several %}
from {{ service.package }}.generated import commands
{%- endif %}

DECISIONS: list[tuple[type[Aggregate], object]] = [
{%- for context in service.contexts %}
{%- for stream in context.streams %}
{%- if stream.commands.len() > 0 %}
    ({{ context.prefix() }}domain.{{ stream.class }}, {{ context.prefix() }}commands.{{ stream.union }}),
{%- endif %}
{%- endfor %}
{%- endfor %}
]


@pytest.mark.parametrize(
    ("of", "command"),
    [(of, command) for of, commands_of in DECISIONS for command in get_args(commands_of) or (commands_of,)],
)
def test_there_is_a_decision_about_every_command(of: type[Aggregate], command: type[Command]) -> None:
    list(of("stream-1").decide(command()))
