/** The read models: what each event makes of the row with its key. Generated from the model. */

import { type ReadModel, row } from '{{ up }}core/service.ts';
{% for import in imports %}{{ import }}
{% endfor %}
{%- for readmodel in readmodels %}
/** {{ readmodel.label }} */
export const {{ readmodel.name }}: ReadModel = {
  context: {{ readmodel.context }},
  name: {{ readmodel.quoted }},
  {{ readmodel.columns }}
{%- if let Some(key) = readmodel.key %}
  key: {{ key }},
{%- endif %}
{%- for line in readmodel.also %}
  {{ line }}
{%- endfor %}
{%- if readmodel.on.is_empty() %}
  on: {},
{%- else %}
  on: {
{%- for on in readmodel.on %}
    {{ on }}
{%- endfor %}
  },
{%- endif %}
};
{% endfor -%}
