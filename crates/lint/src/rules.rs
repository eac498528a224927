//! The rules, one file each. A new rule is a file here and its line in `RULES`.
//!
//! The order is that of LES's findings: those about the text first, then those about the model; ours come last.

pub(crate) mod prelude {
    pub use crate::checked::{Checked, InContext, InStream};
    pub use crate::names::{condition_event, is_blank, is_name, is_property_name};
    pub use crate::rule::{Check, Findings, Fixable, Level, Rule, Scope};
    pub use diag::{Edit, RuleId, Severity, Span, Subject};
    pub use eml::{Command, Event};
}

mod annotation_fits_no_sticky;
mod annotation_names_nothing;
mod command_has_no_events;
mod command_without_stream;
mod event_must_be_command_postcondition;
mod heading_is_no_context;
mod invalid_command_name;
mod invalid_command_parameter_name;
mod invalid_event_name;
mod invalid_event_property_name;
mod missing_readmodel_key;
mod missing_readmodel_name;
mod missing_readmodel_subscribes_to_event;
mod missing_subscribes_to_event_for_readmodel_property;
mod must_exist_in_has_no_readmodel_argument;
mod must_exist_in_readmodel_not_found;
mod name_not_in_model;
mod names_must_be_unique;
mod no_aggregate_id;
mod no_bounded_context;
mod no_command_name;
mod no_commands;
mod no_event_i_d;
mod no_events;
mod no_parameter_type;
mod no_property_name;
mod no_property_type;
mod no_solution_name;
mod no_stream_name;
mod no_streams;
mod other_case;
mod postcondition_must_exist;
mod precondition_event_doesnt_exist_in_stream;
mod read_model_key_does_not_exist;
mod readmodel_key_too_short;
mod subscribes_to_event_not_found;
mod type_conflict;
mod unknown_command_precondition_type;
mod unknown_type;
mod unreadable_annotation;

use crate::rule::Rule;

pub static RULES: [Rule; 40] = [
    no_stream_name::RULE,
    missing_subscribes_to_event_for_readmodel_property::RULE,
    readmodel_key_too_short::RULE,
    no_solution_name::RULE,
    no_bounded_context::RULE,
    names_must_be_unique::RULE,
    no_streams::RULE,
    no_commands::RULE,
    no_events::RULE,
    no_command_name::RULE,
    invalid_command_name::RULE,
    no_parameter_type::RULE,
    invalid_command_parameter_name::RULE,
    must_exist_in_readmodel_not_found::RULE,
    must_exist_in_has_no_readmodel_argument::RULE,
    command_has_no_events::RULE,
    unknown_command_precondition_type::RULE,
    precondition_event_doesnt_exist_in_stream::RULE,
    postcondition_must_exist::RULE,
    invalid_event_name::RULE,
    no_event_i_d::RULE,
    no_aggregate_id::RULE,
    event_must_be_command_postcondition::RULE,
    no_property_name::RULE,
    invalid_event_property_name::RULE,
    no_property_type::RULE,
    missing_readmodel_name::RULE,
    missing_readmodel_key::RULE,
    read_model_key_does_not_exist::RULE,
    missing_readmodel_subscribes_to_event::RULE,
    subscribes_to_event_not_found::RULE,
    other_case::RULE,
    command_without_stream::RULE,
    annotation_fits_no_sticky::RULE,
    annotation_names_nothing::RULE,
    unreadable_annotation::RULE,
    unknown_type::RULE,
    type_conflict::RULE,
    name_not_in_model::RULE,
    heading_is_no_context::RULE,
];

/// What a rule is about, for people.
pub struct Explained {
    pub id: &'static str,
    pub severity: diag::Severity,
    pub help: &'static str,
}

pub fn explanations() -> impl Iterator<Item = Explained> {
    RULES.iter().map(|rule| Explained { id: rule.id.0, severity: rule.severity, help: rule.help })
}

pub fn explain(id: &str) -> Option<Explained> {
    explanations().find(|rule| rule.id == id)
}
