/**
 * Conditions of policies that the model leaves to people. They hold always, until you write what they mean.
 * This file is yours: it was generated once and is never written again.
 */

{% for import in imports %}{{ import }}
{% endfor %}
{%- for condition in conditions %}
/** and {{ condition.words }} */
export function {{ condition.name }}(_event: {{ condition.data }}): boolean | Promise<boolean> {
  return true;
}
{% endfor -%}
