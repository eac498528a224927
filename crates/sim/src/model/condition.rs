//! The condition of a policy: worked out from the event where it is a comparison, asked of a person elsewhere.

use super::{Property, folded};
use crate::value::{Text, Value};
use std::cmp::Ordering;

#[derive(Clone, PartialEq, Debug)]
pub struct Condition {
    /// As it is written: `the customer is new`.
    pub words: Text,
    /// `None`: only people can judge it.
    pub test: Option<Test>,
}

/// `total >= 100`
#[derive(Clone, PartialEq, Debug)]
pub struct Test {
    /// Of the event.
    pub property: usize,
    operator: Operator,
    value: Text,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Operator {
    Is,
    IsNot,
    More,
    Less,
    AtLeast,
    AtMost,
}

/// Longer ones first, so that `>=` is not taken for `>`.
const OPERATORS: [(&str, Operator); 8] = [
    (" is not ", Operator::IsNot),
    (" is ", Operator::Is),
    (">=", Operator::AtLeast),
    ("<=", Operator::AtMost),
    ("!=", Operator::IsNot),
    (">", Operator::More),
    ("<", Operator::Less),
    ("=", Operator::Is),
];

impl Condition {
    pub fn new(words: &str, properties: &[Property]) -> Condition {
        Condition { words: words.into(), test: Test::read(words, properties) }
    }
}

impl Test {
    fn read(words: &str, properties: &[Property]) -> Option<Test> {
        let found =
            OPERATORS.iter().filter_map(|(sign, operator)| Some((words.find(sign)?, *sign, *operator)));
        // The first in the text; of those that begin there, the longest.
        let (at, sign, operator) = found.min_by_key(|(at, ..)| *at)?;
        let name = folded(words[..at].trim());
        let property = properties.iter().position(|property| folded(&property.name) == name)?;
        let value = words[at + sign.len()..].trim().trim_matches('"');
        (!value.is_empty()).then(|| Test { property, operator, value: value.into() })
    }

    /// `=`, `!=`, `>`, `<`, `>=` or `<=`.
    pub fn operator(&self) -> &'static str {
        match self.operator {
            Operator::Is => "=",
            Operator::IsNot => "!=",
            Operator::More => ">",
            Operator::Less => "<",
            Operator::AtLeast => ">=",
            Operator::AtMost => "<=",
        }
    }

    /// What the property is compared with, in words.
    pub fn value(&self) -> &str {
        &self.value
    }

    /// The operator as one would write it, and the words that a value is compared with.
    pub fn parts(&self) -> (&'static str, &str) {
        let sign = match self.operator {
            Operator::Is => "is",
            Operator::IsNot => "is not",
            Operator::More => ">",
            Operator::Less => "<",
            Operator::AtLeast => ">=",
            Operator::AtMost => "<=",
        };
        (sign, &self.value)
    }

    /// Whether it holds for that value. What cannot be compared does not hold.
    pub fn holds(&self, value: &Value) -> bool {
        let order = self.compare(value);
        match self.operator {
            Operator::Is => order == Some(Ordering::Equal),
            Operator::IsNot => order != Some(Ordering::Equal),
            Operator::More => order == Some(Ordering::Greater),
            Operator::Less => order == Some(Ordering::Less),
            Operator::AtLeast => order.is_some_and(Ordering::is_ge),
            Operator::AtMost => order.is_some_and(Ordering::is_le),
        }
    }

    fn compare(&self, value: &Value) -> Option<Ordering> {
        if let Value::Boolean(truth) = value {
            let named = ["false", "no"].iter().position(|word| word.eq_ignore_ascii_case(&self.value));
            let named = named.map(|_| false).or_else(|| {
                ["true", "yes"].iter().any(|word| word.eq_ignore_ascii_case(&self.value)).then_some(true)
            })?;
            return Some(truth.cmp(&named));
        }
        if value.is_blank() {
            return None;
        }
        let words = Value::Text(self.value.clone());
        if let (Some(left), Some(right)) = (value.number(), words.number()) {
            return Some(left.cmp(&right));
        }
        let (left, right) = (value.words(), self.value.as_str());
        // Dates and times are written so that their letters sort them.
        Some(if left.eq_ignore_ascii_case(right) { Ordering::Equal } else { left.as_str().cmp(right) })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::value::{Kind, Type};

    fn holds(words: &str, r#type: Kind, value: &str) -> Option<bool> {
        let r#type = Type::one(r#type);
        let property = Property { name: "total".into(), r#type, hashed: false, personal: false };
        let test = Condition::new(words, &[property]).test?;
        Some(test.holds(&r#type.read(value).unwrap()))
    }

    #[test]
    fn comparisons_are_worked_out() {
        for (words, value, wanted) in [
            ("total > 100", "100.01", true),
            ("total > 100", "100", false),
            ("total>=100", "100.00", true),
            ("Total <= 9", "10", false),
            ("total < 9.5", "9.4", true),
            ("total = 5", "5.0", true),
            ("total is 5", "5", true),
            ("total is not 5", "5", false),
            ("total != 5", "6", true),
        ] {
            assert_eq!(holds(words, Kind::Decimal, value), Some(wanted), "{words} for {value}");
        }
        assert_eq!(holds("total is large", Kind::Text, "Large"), Some(true));
        assert_eq!(holds("total is not large", Kind::Text, "small"), Some(true));
        assert_eq!(holds("total is yes", Kind::Boolean, "true"), Some(true));
        assert_eq!(holds("total is true", Kind::Boolean, "no"), Some(false));
        assert_eq!(holds("total > 2026-01-31", Kind::Date, "2026-02-01"), Some(true));
    }

    #[test]
    fn what_is_unknown_compares_with_nothing() {
        assert_eq!(holds("total > 1", Kind::Decimal, ""), Some(false));
        assert_eq!(holds("total is 1", Kind::Text, ""), Some(false));
    }

    #[test]
    fn other_words_are_for_people() {
        for words in ["it is the tenth stamp", "the customer is new", "total is", "total", "", "= 5"] {
            assert_eq!(holds(words, Kind::Text, "1"), None, "{words}");
        }
    }
}
