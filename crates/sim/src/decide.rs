//! Whether a command is accepted: pure, over what has happened and what exists.
//!
//! Invariants: everything that stands in the way is listed, in the order of LES: what does not exist, what is required,
//! then what is of no right type, then what must or must not have happened. Nothing is written.

use crate::log::StreamId;
use crate::model::{Command, EventId, ReadmodelId};
use crate::value::{Kind, MAX_ITEMS, Type, Unfit, Value, is_long};

/// What a decision looks at.
pub trait Facts {
    /// Whether a read model has a row of that key, as far as it has heard.
    fn exists(&self, readmodel: ReadmodelId, key: &Value) -> bool;
    /// Whether an event has happened in a stream.
    fn happened(&self, stream: StreamId, event: EventId) -> bool;
}

/// Why a command is refused: the index of a parameter, or of a precondition.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Refusal {
    DoesNotExist(usize),
    Required(usize),
    Unfit(usize, Unfit),
    MustHaveHappened(usize),
    MustNotHaveHappened(usize),
}

/// Decides. `values` are those of the parameters, in their order; words become values of the parameter's type.
pub fn decide(
    command: &Command,
    values: &mut [Value],
    stream: Option<StreamId>,
    facts: &impl Facts,
) -> Result<(), Vec<Refusal>> {
    // Neither list allocates as long as nothing is refused.
    let mut unfit = Vec::new();
    for (index, (parameter, value)) in command.parameters.iter().zip(&mut *values).enumerate() {
        if let Err(why) = fit(value, parameter.r#type) {
            unfit.push((index, why));
        }
    }
    let refusals = refusals(command, values, &unfit, stream, facts);
    if refusals.is_empty() { Ok(()) } else { Err(refusals) }
}

/// All that stands in the way. Values that do not fit their parameters are told with the reason: they exist nowhere.
pub fn refusals(
    command: &Command,
    values: &[Value],
    unfit: &[(usize, Unfit)],
    stream: Option<StreamId>,
    facts: &impl Facts,
) -> Vec<Refusal> {
    let mut refusals = Vec::new();
    let fits = |index: usize| unfit.iter().all(|(at, _)| *at != index);
    for (index, (parameter, value)) in command.parameters.iter().zip(values).enumerate() {
        let Some(lookup) = &parameter.lookup else { continue };
        let exists = fits(index)
            && !is_empty(value)
            && lookup.readmodel.is_some_and(|model| facts.exists(model, value));
        if !exists {
            refusals.push(Refusal::DoesNotExist(index));
        }
    }
    for (index, (parameter, value)) in command.parameters.iter().zip(values).enumerate() {
        if parameter.required && is_empty(value) && fits(index) {
            refusals.push(Refusal::Required(index));
        }
    }
    refusals.extend(unfit.iter().map(|(index, why)| Refusal::Unfit(*index, *why)));
    for (index, condition) in command.preconditions.iter().enumerate() {
        let happened =
            stream.zip(condition.event).is_some_and(|(stream, event)| facts.happened(stream, event));
        match (condition.must, happened) {
            (true, false) => refusals.push(Refusal::MustHaveHappened(index)),
            (false, true) => refusals.push(Refusal::MustNotHaveHappened(index)),
            _ => {}
        }
    }
    refusals
}

/// As LES sees it: spaces are something.
pub fn is_empty(value: &Value) -> bool {
    match value {
        Value::Absent | Value::Erased => true,
        Value::Text(text) => text.is_empty(),
        Value::List(items) => items.is_empty(),
        _ => false,
    }
}

/// Makes a value one of the type; one that cannot be stays as it is.
pub(crate) fn fit(value: &mut Value, r#type: Type) -> Result<(), Unfit> {
    match (&*value, r#type) {
        (Value::Text(text), Type::TEXT) if !is_long(text) => return Ok(()),
        (Value::Absent | Value::Erased, _) => return Ok(()),
        (Value::Integer(_), Type { kind: Kind::Integer, list: false })
        | (Value::Decimal(_), Type { kind: Kind::Decimal, list: false })
        | (Value::Boolean(_), Type { kind: Kind::Boolean, list: false }) => return Ok(()),
        (Value::List(items), Type { list: true, .. }) if items.len() > MAX_ITEMS => {
            return Err(Unfit::TooMany);
        }
        _ => {}
    }
    *value = r#type.read(&value.words())?;
    Ok(())
}
