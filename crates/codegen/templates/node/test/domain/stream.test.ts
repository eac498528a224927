/** Decisions about one {{ name }}. This file is yours: it was generated once and is never written again. */

import { test } from 'node:test';
import { decider } from '../../src/domain/{{ path }}.ts';
import { given } from '../support/decider.ts';
{% for test in tests %}
test({{ test.title }}, () =>
{%- if test.given.is_empty() %}
  given(decider)
{%- else %}
  given(
    decider,
{%- for event in test.given %}
    {{ event }}
{%- endfor %}
  )
{%- endif %}
    .when(
      {{ test.when }}
{%- if !test.exists.is_empty() %}
      [{{ test.exists }}],
{%- endif %}
    )
{%- if test.refused.is_empty() %}
    .then(
{%- for event in test.then %}
      {{ event }}
{%- endfor %}
    ));
{%- else %}
    .thenRefused(
{%- for message in test.refused %}
      {{ message }},
{%- endfor %}
    ));
{%- endif %}
{% endfor -%}
