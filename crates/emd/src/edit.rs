//! Changing one line without losing what it says: pure functions from a line to a line.
//!
//! Each of them reads back what it wrote: where plain EMD would say something else, the line is written
//! `// @kind NAME // properties`, which can say everything but a newline.

use crate::comment::split_last;
use crate::kind::word;
use crate::{Kind, Line, line};
use diag::Span;

/// The line for a sticky of this kind.
pub fn write(kind: Kind, name: &str, properties: &[&str]) -> String {
    let name = one_line(name);
    let name = name.trim_matches(' ');
    let properties: Vec<String> = properties.iter().map(|text| one_line(text)).collect();
    let list = properties.join(", ");
    let plain = match kind {
        Kind::Event => with_list(name, &list),
        Kind::Command => with_list(&format!("{name} ->"), &list),
        Kind::ReadModel => with_list(&format!("{name}*"), &list),
        Kind::Heading(level) => {
            let text = kept(name, &list);
            // LES ignores two bytes, so an empty heading needs a third.
            let gap = if text.is_empty() { "  " } else { " " };
            return format!("{}{gap}{text}", "#".repeat(level.max(1).into()));
        }
        Kind::Note | Kind::Blank if name.is_empty() && list.is_empty() => {
            return if kind == Kind::Note { "//" } else { "" }.to_owned();
        }
        Kind::Note | Kind::Blank => return note(&kept(name, &list)),
        Kind::Caret => return format!("// {}", with_list(name, &list)),
        _ => return marked(kind, name, &list),
    };
    match says(&line(&plain), kind, name, &properties) {
        true => plain,
        false => marked(kind, name, &list),
    }
}

/// The same line as another kind; name and properties stay.
pub fn set_kind(text: &str, kind: Kind) -> String {
    let read = line(text);
    if read.kind == kind {
        return text.to_owned();
    }
    let (name, properties) = parts(text, &read);
    write(kind, &name, &properties)
}

/// The same line with another name; kind and properties stay, and the rest of the line as it was typed.
pub fn rename(text: &str, name: &str) -> String {
    let read = line(text);
    let name = one_line(name);
    let name = name.trim_matches(' ');
    // What was marked only because its name was too short or too odd becomes plain again when the new name allows it.
    let plain_kind = matches!(read.kind, Kind::Event | Kind::Command | Kind::ReadModel);
    if plain_kind && text.trim_start_matches(' ').starts_with("//") {
        return write(read.kind, name, &raw_properties(text, &read));
    }
    let span = read.name.span;
    let spliced = format!("{}{name}{}", &text[..span.start], &text[span.end..]);
    let again = line(&spliced);
    let same = again.kind == read.kind
        && again.name.text == name
        && again.properties.len() == read.properties.len()
        && again.properties.iter().zip(&read.properties).all(|(new, old)| new.text == old.text);
    if same {
        return spliced;
    }
    write(read.kind, name, &raw_properties(text, &read))
}

/// The same line with other properties; kind and name stay.
pub fn set_properties(text: &str, properties: &[&str]) -> String {
    let read = line(text);
    write(read.kind, &parts(text, &read).0, properties)
}

/// Name and properties as typed. Headings, notes and the lines within a block have no properties of their own, but
/// keep those of the kind they were changed from behind the last ` // `.
fn parts<'a>(text: &'a str, read: &Line<'a>) -> (String, Vec<&'a str>) {
    let keeps = matches!(read.kind, Kind::Heading(_) | Kind::Note | Kind::Annotation(_) | Kind::Caret);
    if !keeps {
        return (read.name.text.to_string(), raw_properties(text, read));
    }
    let (name, list) = split_last(text, read.name.span);
    let properties = list.map_or("", |list| list.of(text)).split(',').map(str::trim);
    (name.of(text).to_owned(), properties.filter(|text| !text.is_empty()).collect())
}

fn raw_properties<'a>(text: &'a str, read: &Line<'_>) -> Vec<&'a str> {
    read.properties.iter().map(|piece| piece.span.of(text)).collect()
}

/// Whether the line reads as meant. A command's parameters may lose their spaces in reading: the text keeps them.
fn says(read: &Line<'_>, kind: Kind, name: &str, properties: &[String]) -> bool {
    let same = |read: &str, meant: &str| match kind {
        Kind::Command => read == meant.replace(' ', ""),
        _ => read == meant.trim_matches(' '),
    };
    read.kind == kind
        && read.name.text == name
        && read.properties.len() == properties.len()
        && read.properties.iter().zip(properties).all(|(piece, meant)| same(&piece.text, meant))
}

fn with_list(name: &str, list: &str) -> String {
    match (name.is_empty(), list.is_empty()) {
        (_, true) => name.to_owned(),
        (true, false) => format!("// {list}"),
        (false, false) => format!("{name} // {list}"),
    }
}

/// A name that holds ` // ` itself is kept whole by one more at its end, as where it is marked.
fn kept(name: &str, list: &str) -> String {
    let text = with_list(name, list);
    match list.is_empty() && split_last(&text, Span::new(0, text.len())).1.is_some() {
        true => format!("{text} //"),
        false => text,
    }
}

/// `// @kind NAME // properties`. A name with ` // ` inside needs a separator after it, even before nothing.
fn marked(kind: Kind, name: &str, list: &str) -> String {
    let mut text = format!("// @{}", word(kind));
    if !name.is_empty() {
        text.push(' ');
        text.push_str(name);
    }
    if !list.is_empty() {
        text.push_str(" // ");
        text.push_str(list);
    } else if split_last(&text, Span::new("// @".len(), text.len())).1.is_some() {
        text.push_str(" //");
    }
    text
}

/// A comment that stays one, whatever its words.
fn note(words: &str) -> String {
    let plain = format!("// {words}");
    match line(&plain).kind {
        Kind::Note => plain,
        _ => format!("//  {words}"),
    }
}

fn one_line(text: &str) -> String {
    text.replace(['\n', '\r'], " ")
}
