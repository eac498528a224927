//! Misfits in words for people.

use super::{Look, What};
use crate::model::{Command, EventId, label, words};

impl Look<'_> {
    pub(super) fn words(&self, what: &What, events: u64) -> String {
        let n = Times(events);
        match what {
            What::Unknown { name, .. } => {
                format!("“{}” happened {n} and is not on the wall any more.", words(name))
            }
            What::Missing { event, property } => {
                format!(
                    "“{}” happened {n} without “{}”.",
                    self.event_label(*event),
                    self.property(*event, *property)
                )
            }
            What::Column { readmodel, column, event, .. } => {
                let of = self.model.readmodel(*readmodel);
                let column = of.columns.get(*column).map(|column| label(&column.name)).unwrap_or_default();
                let event = self.event_label(*event);
                format!(
                    "“{}” gets no “{column}” from “{event}”, which happened {n} without it.",
                    of.name.label
                )
            }
            What::Unfit { event, property } => {
                let of = self.model.event(*event).properties.get(*property);
                let why =
                    of.map(|of| crate::value::Unfit::Not(of.r#type.kind).to_string()).unwrap_or_default();
                let property = self.property(*event, *property);
                format!("“{property}” of “{}” {why}, {n}.", self.event_label(*event))
            }
            What::Condition { command, condition, event } => {
                self.condition(self.model.command(*command), *condition, *event, &n)
            }
            What::Blank { command, parameter, event, .. } => {
                let command = self.model.command(*command);
                let (event, of) = (self.event_label(*event), parameter_label(command, *parameter));
                format!("“{}” must say “{of}” now; “{event}” happened {n} without it.", command.name.label)
            }
            What::Stranger { command, parameter, event } => {
                let command = self.model.command(*command);
                let lookup = command.parameters.get(*parameter).and_then(|of| of.lookup.as_ref());
                let lookup = lookup.map(|lookup| words(&lookup.name)).unwrap_or_default();
                let (event, of) = (self.event_label(*event), parameter_label(command, *parameter));
                format!("“{event}” happened {n} with a “{of}” that “{lookup}” did not have.")
            }
        }
    }

    fn condition(&self, command: &Command, condition: usize, event: EventId, n: &Times) -> String {
        let Some(condition) = command.preconditions.get(condition) else { return String::new() };
        let other = condition.event.map_or_else(|| words(&condition.name), |event| self.event_label(event));
        let (event, command) = (self.event_label(event), &command.name.label);
        match condition.must {
            true => {
                format!("“{event}” happened {n} without “{other}” before, which “{command}” requires now.")
            }
            false => format!("“{event}” happened {n} after “{other}”, which “{command}” forbids now."),
        }
    }

    fn event_label(&self, event: EventId) -> crate::value::Text {
        self.model.event(event).name.label.clone()
    }

    fn property(&self, event: EventId, property: usize) -> crate::value::Text {
        let of = self.model.event(event).properties.get(property);
        of.map(|of| label(&of.name)).unwrap_or_default()
    }
}

fn parameter_label(command: &Command, parameter: usize) -> crate::value::Text {
    command.parameters.get(parameter).map(|of| label(&of.name)).unwrap_or_default()
}

/// How often.
struct Times(u64);

impl std::fmt::Display for Times {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self.0 {
            1 => f.write_str("once"),
            2 => f.write_str("twice"),
            many => write!(f, "{many} times"),
        }
    }
}
