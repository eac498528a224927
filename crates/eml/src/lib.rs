//! EML, the model of an event-sourced system: what it consists of, how Event Markdown becomes it, and its YAML.
//!
//! Invariants: everything stands in the order of first appearance; YAML read back is the same model; LES reads what we
//! write; lowering is linear in the length of the text, however often names occur again.
//! Not here: whether a model makes sense (`lint`).

mod lower;
mod model;
pub mod names;
mod raise;
#[cfg(feature = "read")]
mod read;
mod story;
mod yaml;

pub use lower::{Lowered, Problem, Profile, What, lower};
pub use model::{
    Command, Condition, Context, Event, IS_REQUIRED, MUST_EXIST_IN, Parameter, Place, Property, Readmodel,
    STRING, Solution, Stream, Subscription, Subscriptions, Text, VERSION,
};
pub use raise::{Raised, Unsaid, Why, raise};
#[cfg(feature = "read")]
pub use read::{NoEml, read};
pub use story::{Actor, Given, Policy, Reference, Says, Scenario, ScenarioLine, Term};
pub use yaml::yaml;
