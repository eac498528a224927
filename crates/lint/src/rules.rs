//! The rules, one file each. A new rule is a file here and its name in the list below.
//!
//! The order is that of LES's findings: those about the text first, then those about the model; ours come last.
//! `complete` says which of them stand for LES's checklist of a complete event-sourced system.

pub(crate) mod prelude {
    pub use crate::checked::{Checked, InContext, InStream};
    pub use crate::names::{condition_event, is_blank, is_name, is_property_name};
    pub use crate::rule::{Check, Explanation, Findings, Fixable, Level, Rule, Scope, listed};
    pub use crate::wall::{Found, Note, Wall};
    pub use diag::{Edit, RuleId, Severity, Span, Subject};
    pub use emd::Kind;
    pub use eml::{Command, Event, Place};
}

mod actor_does_nothing;
mod annotation_fits_no_sticky;
mod annotation_names_nothing;
mod command_has_no_events;
mod command_not_imperative;
mod command_without_stream;
mod contexts_too_close;
mod event_must_be_command_postcondition;
mod event_not_past;
mod event_unused;
mod from_nowhere;
mod heading_is_no_context;
mod invalid_command_name;
mod invalid_command_parameter_name;
mod invalid_event_name;
mod invalid_event_property_name;
mod kept_nowhere;
mod leads_to_nothing;
mod may_not_exist_yet;
mod missing_readmodel_key;
mod missing_readmodel_name;
mod missing_readmodel_subscribes_to_event;
mod missing_subscribes_to_event_for_readmodel_property;
mod misspelled;
mod must_exist_in_has_no_readmodel_argument;
mod must_exist_in_readmodel_not_found;
mod name_not_in_model;
mod names_must_be_unique;
mod near_duplicate;
mod no_aggregate_id;
mod no_bounded_context;
mod no_command_name;
mod no_commands;
mod no_event_i_d;
mod no_events;
mod no_parameter_type;
mod no_path_of_its_own;
mod no_property_name;
mod no_property_type;
mod no_solution_name;
mod no_stream_name;
mod no_streams;
mod other_case;
mod outside_event_without_source;
mod personal_data_unmarked;
mod policy_incomplete;
mod policy_names_nothing;
mod postcondition_must_exist;
mod precondition_event_doesnt_exist_in_stream;
mod read_model_fed_by_nothing;
mod read_model_key_does_not_exist;
mod read_model_read_by_nobody;
mod readmodel_key_too_short;
mod scenario_incomplete;
mod scenario_names_nothing;
mod scenario_property_unknown;
mod stream_too_big;
mod subscribes_to_event_not_found;
mod synonym;
mod term_spelling;
mod type_conflict;
mod unknown_command_precondition_type;
mod unknown_type;
mod unreadable_annotation;

use crate::rule::{Explanation, Level, Rule};

macro_rules! rules {
    ($($name:ident)*) => {
        pub static RULES: [Rule; COUNT] = [$($name::RULE),*];
        // Apart from the rules, so that a page which never explains does not carry the words.
        static EXPLANATIONS: [Explanation; COUNT] = [$($name::EXPLANATION),*];
        const COUNT: usize = [$(stringify!($name)),*].len();
    };
}

rules! {
    no_stream_name
    missing_subscribes_to_event_for_readmodel_property
    readmodel_key_too_short
    no_solution_name
    no_bounded_context
    names_must_be_unique
    no_streams
    no_commands
    no_events
    no_command_name
    invalid_command_name
    no_parameter_type
    invalid_command_parameter_name
    must_exist_in_readmodel_not_found
    must_exist_in_has_no_readmodel_argument
    command_has_no_events
    unknown_command_precondition_type
    precondition_event_doesnt_exist_in_stream
    postcondition_must_exist
    invalid_event_name
    no_event_i_d
    no_aggregate_id
    event_must_be_command_postcondition
    no_property_name
    invalid_event_property_name
    no_property_type
    missing_readmodel_name
    missing_readmodel_key
    read_model_key_does_not_exist
    missing_readmodel_subscribes_to_event
    subscribes_to_event_not_found
    other_case
    command_without_stream
    annotation_fits_no_sticky
    annotation_names_nothing
    unreadable_annotation
    unknown_type
    type_conflict
    name_not_in_model
    heading_is_no_context
    policy_names_nothing
    scenario_names_nothing
    scenario_property_unknown
    scenario_incomplete
    event_not_past
    command_not_imperative
    policy_incomplete
    leads_to_nothing
    actor_does_nothing
    outside_event_without_source
    read_model_fed_by_nothing
    read_model_read_by_nobody
    event_unused
    kept_nowhere
    from_nowhere
    may_not_exist_yet
    near_duplicate
    synonym
    misspelled
    term_spelling
    stream_too_big
    contexts_too_close
    personal_data_unmarked
    no_path_of_its_own
}

/// What a rule is about, for people.
pub struct Explained {
    pub id: &'static str,
    pub severity: diag::Severity,
    /// The level from which on it counts.
    pub from: Level,
    /// Whether LES has the same rule.
    pub of_les: bool,
    /// One or two sentences, as they stand beside a finding.
    pub help: &'static str,
    pub explanation: &'static Explanation,
}

pub fn explanations() -> impl Iterator<Item = Explained> {
    let words = RULES.iter().zip(&EXPLANATIONS);
    words.map(|(rule, explanation)| Explained {
        id: rule.id.0,
        severity: rule.severity,
        from: rule.from,
        of_les: rule.scope == crate::rule::Scope::Both,
        help: rule.help,
        explanation,
    })
}

/// What the rule of that id is about, upper and lower case aside.
pub fn explain(id: &str) -> Option<Explained> {
    explanations().find(|rule| rule.id.eq_ignore_ascii_case(id))
}
