/** Everything the service consists of. Generated from the model. */

import type { Service } from '../core/service.ts';
{% for import in imports %}{{ import }}
{% endfor %}
export const service: Service = {
  title: {{ title }},
  streams: [
{%- for stream in streams %}
    {{ stream }}
{%- endfor %}
  ],
  readModels: [
{%- for readmodel in readmodels %}
    {{ readmodel }}
{%- endfor %}
  ],
{%- if policies.is_empty() %}
  policies: [],
{%- else %}
  policies: [
{%- for policy in policies %}
    {{ policy }}
{%- endfor %}
  ],
{%- endif %}
};
