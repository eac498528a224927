"""That the domain knows every command. Generated: written again each time; your own tests go into other files."""

from __future__ import annotations

from typing import get_args

import pytest

{% for import in imports -%}
{{ import }}
{% endfor %}
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
    """What becomes of a command that says nothing is up to the domain, as long as `assert_never` is not reached."""
    try:
        list(of("stream-1").decide(command()))
    except AssertionError:
        raise
    except Exception as error:
        print(f"{command.NAME} wants more: {error!r}")
