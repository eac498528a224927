/** The scenarios{{ about }}, as they stand in the model. */

{{ import }}
{% for scenario in scenarios %}
scenario({{ scenario.name }}, [
{%- for step in scenario.steps %}
  {{ step }}
{%- endfor %}
]);
{% endfor -%}
