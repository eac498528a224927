/**
 * Decisions about one {{ name }}. This file is yours: it was generated once and is never written again.
 *
 * A decision of your own is a pure function of the command, the state and the lookups:
 *
 *     {{ example }}
 *
 * A new command of the model is an error of the compiler here, until it has its line.
 */

import { createDecider } from '{{ up }}core/decider.ts';
import * as {{ namespace }} from '{{ up }}generated/{{ path }}.ts';

export const decider = createDecider<{{ namespace }}.{{ type_name }}Command, {{ namespace }}.{{ type_name }}Event, {{ namespace }}.{{ type_name }}State>({
  initialState: {{ namespace }}.initialState,
  evolve: {{ namespace }}.evolve,
  decide: {
{%- for decision in decisions %}
    {{ decision }}
{%- endfor %}
  },
});
