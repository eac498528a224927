//! What scenarios say and what happened, in one form: `Order Paid // orderId: 1, amount: 4.20`.

use crate::model::{Name, label};
use crate::value::{Type, Value};

/// A name with values, as a scenario writes it.
pub fn line<'a>(name: &str, values: impl IntoIterator<Item = (&'a str, String)>) -> String {
    let values: Vec<String> = values.into_iter().map(|(name, value)| emd::written(name, &value)).collect();
    match values.is_empty() {
        true => name.to_owned(),
        false => format!("{name} // {}", values.join(", ")),
    }
}

/// A name as it stands on the sticky, with its context where that is another one.
pub fn name(name: &Name, contexts: &[crate::value::Text], own: &str) -> String {
    let context = contexts.get(name.context as usize).map_or("", |context| context.as_str());
    match context == own || contexts.len() < 2 {
        true => name.label.to_string(),
        false => format!("{context}.{}", name.label),
    }
}

/// Whether a value is what words say, which mean a value of the same type: `4.2` is `4.20`, in a text too, since prices
/// lose their last digit on their way through a decimal.
pub fn is(value: &Value, r#type: Type, words: &str) -> bool {
    match r#type.read(words) {
        Ok(wanted) if wanted.is_blank() => value.is_blank(),
        Ok(wanted) => {
            let numbers = || words.contains('.').then(|| wanted.number().zip(value.number())).flatten();
            wanted.words() == value.words() || numbers().is_some_and(|(wanted, number)| wanted == number)
        }
        Err(_) => value.words() == words,
    }
}

/// `Amount is 4.10, not 4.20.`
pub fn differs(property: &str, actual: &Value, expected: &str) -> String {
    let actual = actual.words();
    let actual = if actual.is_empty() { "empty" } else { &actual };
    let expected = if expected.is_empty() { "empty" } else { expected };
    format!("{} is {actual}, not {expected}.", label(property))
}

/// `“Order Paid”`
pub fn quoted(name: &str) -> String {
    format!("\u{201c}{name}\u{201d}")
}
