/** Policies: an event that is stored sends a command. Generated from the model. */

{% if holds %}import { type Policy, policy } from '{{ up }}core/service.ts';
import { holds } from '{{ up }}core/values.ts';
{% else %}import { type Policy, policy } from '{{ up }}core/service.ts';
{% endif %}
{%- if let Some(path) = conditions %}import * as conditions from '{{ path }}';
{% endif %}
{%- for import in imports %}{{ import }}
{% endfor %}
{%- for policy in policies %}
/** {{ policy.words }} */
export const {{ policy.name }}: Policy = policy<{{ policy.event_type }}>({
  name: {{ policy.quoted }},
  whenever: {{ policy.whenever }},
{%- if let Some(and) = policy.and %}
  and: {{ and }},
{%- endif %}
  stream: {{ policy.stream }},
  send: {{ policy.send }},
  {{ policy.with }}
});
{% endfor -%}
