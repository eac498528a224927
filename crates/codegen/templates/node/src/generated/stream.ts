/**
 * The stream {{ name }}: commands, events, state, and the decisions as the model has them.
 * Generated from the model, and again with each change of it. What you decide yourself is in
 * `src/domain/{{ domain }}.ts`.
 */

{% for import in imports %}{{ import }}
{% endfor %}
export const commands = {
{%- for command in commands %}
  /** {{ command.label }} */
  {{ command.key }}: {
{%- for line in command.described %}
    {{ line }}
{%- endfor %}
  },
{%- endfor %}
} as const;
{% for command in commands %}
export type {{ command.type_name }} = {{ command.parameters_type }};
{%- endfor %}

export type {{ type_name }}Command = {{ command_union }};

export const events = {
{%- for event in events %}
  {{ event.described }}
{%- endfor %}
} as const;
{% for event in events %}
{{ event.message }}
{%- endfor %}

export type {{ type_name }}Event = {{ event_union }};

/** What decisions know of one {{ name }}: what has happened, and what was said last. */
export interface {{ type_name }}State extends History<{{ type_name }}Event['type']> {
  {{ last }}
}

export const initialState: {{ type_name }}State = { happened: {}, last: {} };

export function evolve(state: {{ type_name }}State, event: {{ type_name }}Event): {{ type_name }}State {
  return { happened: { ...state.happened, [event.type]: true }, last: { ...state.last, ...said(event.data) } };
}
{%- for command in commands %}

{{ command.signature }}
  return decision(
{%- if command.rules.is_empty() %}
    [],
{%- else %}
    [
{%- for rule in command.rules %}
      {{ rule }}
{%- endfor %}
    ],
{%- endif %}
{%- if command.outcomes.is_empty() %}
    () => [],
{%- else %}
    () => [
{%- for outcome in command.outcomes %}
      {{ outcome }}
{%- endfor %}
    ],
{%- endif %}
  );
}
{%- endfor %}
