//! How names and values are written in TypeScript.

use foldhash::{HashMap, HashSet};

/// Longer lines are broken.
const WIDTH: usize = 120;

const RESERVED: [&str; 61] = [
    "arguments",
    "await",
    "break",
    "case",
    "catch",
    "class",
    "const",
    "continue",
    "debugger",
    "default",
    "delete",
    "do",
    "else",
    "enum",
    "eval",
    "export",
    "extends",
    "false",
    "finally",
    "for",
    "function",
    "if",
    "implements",
    "import",
    "in",
    "instanceof",
    "interface",
    "let",
    "new",
    "null",
    "package",
    "private",
    "protected",
    "public",
    "return",
    "static",
    "super",
    "switch",
    "this",
    "throw",
    "true",
    "try",
    "typeof",
    "undefined",
    "var",
    "void",
    "while",
    "with",
    "yield",
    "any",
    "boolean",
    "never",
    "number",
    "object",
    "string",
    "symbol",
    "unknown",
    "bigint",
    "async",
    "of",
    "type",
];

/// `'don\'t'`
pub fn quote(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 2);
    out.push('\'');
    for character in text.chars() {
        match character {
            '\'' => out.push_str("\\'"),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            one if one.is_control() || matches!(one, '\u{2028}' | '\u{2029}' | '\u{feff}') => {
                out.push_str(&format!("\\u{{{:x}}}", u32::from(one)));
            }
            one => out.push(one),
        }
    }
    out.push('\'');
    out
}

/// What ends no comment and no line.
pub fn comment(text: &str) -> String {
    let is_break = |one: char| one.is_control() || matches!(one, '\u{2028}' | '\u{2029}');
    text.chars().map(|one| if is_break(one) { ' ' } else { one }).collect::<String>().replace("*/", "* /")
}

fn is_identifier(name: &str) -> bool {
    let mut bytes = name.bytes();
    bytes.next().is_some_and(|first| first.is_ascii_alphabetic() || first == b'_')
        && bytes.all(|byte| byte.is_ascii_alphanumeric() || byte == b'_')
}

/// The name of a property of an object.
pub fn key(name: &str) -> String {
    match name {
        // Between these quotes it would be the object's prototype.
        "__proto__" => "['__proto__']".into(),
        name if is_identifier(name) => name.into(),
        name => quote(name),
    }
}

/// A property of an object, as it is read.
pub fn member(object: &str, name: &str) -> String {
    match is_identifier(name) {
        true => format!("{object}.{name}"),
        false => format!("{object}[{}]", quote(name)),
    }
}

/// Letters, digits and `_` of ASCII; never empty, never with a digit first.
pub fn identifier(name: &str) -> String {
    let plain = |one: char| if one.is_ascii_alphanumeric() || one == '_' { one } else { '_' };
    let name: String = name.chars().filter(|one| *one != ' ').map(plain).collect();
    match name.bytes().next() {
        None => "_".into(),
        Some(first) if first.is_ascii_digit() => format!("_{name}"),
        Some(_) => name,
    }
}

/// `AddItem` -> `addItem`, `TODOList` -> `todoList`.
pub fn camel(name: &str) -> String {
    let name = identifier(name);
    let capitals = name.bytes().take_while(u8::is_ascii_uppercase).count();
    let whole = capitals == name.len() || !name.as_bytes()[capitals].is_ascii_lowercase();
    let lowered = if capitals > 1 && !whole { capitals - 1 } else { capitals };
    name[..lowered].to_ascii_lowercase() + &name[lowered..]
}

/// `AddItem` and `Add Item` -> `add-item`: a name for a file.
pub fn kebab(name: &str) -> String {
    let words = sim::model::words(name).to_ascii_lowercase();
    let plain = words.split(|one: char| !one.is_ascii_alphanumeric()).filter(|word| !word.is_empty());
    let mut out = String::new();
    for word in plain {
        // So that a file's name is none that is too long.
        if out.len() + word.len() > 100 {
            break;
        }
        if !out.is_empty() {
            out.push('-');
        }
        out.push_str(word);
    }
    out
}

/// Whether the language has a meaning for it.
pub fn is_reserved(name: &str) -> bool {
    RESERVED.contains(&name)
}

/// Names that stand in one place: who comes later gets a number.
#[derive(Debug)]
pub struct Names<'a> {
    /// Those that can be seen from there.
    around: &'a HashSet<&'a str>,
    /// Each with the number that comes after those that are known to be taken.
    taken: HashMap<String, u32>,
}

impl<'a> Names<'a> {
    pub fn within(around: &'a HashSet<&'a str>) -> Names<'a> {
        Names { around, taken: HashMap::default() }
    }

    fn is_free(&self, name: &str) -> bool {
        !is_reserved(name) && !self.around.contains(name) && !self.taken.contains_key(name)
    }

    pub fn give(&mut self, wanted: String) -> String {
        let mut name = wanted.clone();
        let mut number = self.taken.get(&wanted).copied().unwrap_or(2);
        while !self.is_free(&name) {
            name = format!("{wanted}{number}");
            number += 1;
        }
        self.taken.insert(wanted, number);
        self.taken.entry(name.clone()).or_insert(2);
        name
    }
}

/// `open item, item close` on one line where it fits, else an item a line. `before` and `after` share the line; the
/// lines begin at `indent`.
pub fn wrap(
    indent: usize,
    before: &str,
    (open, close): (&str, &str),
    items: &[String],
    after: &str,
) -> String {
    let pad = if open == "{ " { " }" } else { close };
    if items.is_empty() {
        return format!("{before}{}{}{after}", open.trim_end(), close.trim_start());
    }
    let inline = format!("{before}{open}{}{pad}{after}", items.join(", "));
    if indent + inline.chars().count() <= WIDTH && !inline.contains('\n') {
        return inline;
    }
    let margin = " ".repeat(indent);
    let lines: String = items.iter().map(|item| format!("\n{margin}  {item},")).collect();
    format!("{before}{}{lines}\n{margin}{}{after}", open.trim_end(), close.trim_start())
}

/// `{ a: 1, b: 2 }`
pub fn object(indent: usize, before: &str, items: &[String], after: &str) -> String {
    wrap(indent, before, ("{ ", " }"), items, after)
}

/// `{ type: 'TodoAdded', data: { todoId: data.todoId } }`, on three lines and more where it is long.
pub fn message(indent: usize, name: &str, data: &[String]) -> String {
    let inline = object(indent, &format!("{{ type: {}, data: ", quote(name)), data, " },");
    if !inline.contains('\n') {
        return inline;
    }
    let margin = " ".repeat(indent);
    let data = object(indent + 2, "data: ", data, ",");
    format!("{{\n{margin}  type: {},\n{margin}  {data}\n{margin}}},", quote(name))
}

/// `import { a, type B } from './c.ts';`
pub fn import(names: &[String], from: &str) -> String {
    let mut names = names.to_vec();
    let bare = |name: &String| name.strip_prefix("type ").unwrap_or(name).to_lowercase();
    names.sort_by_key(|name| (bare(name), name.clone()));
    if !names.is_empty() && names.iter().all(|name| name.starts_with("type ")) {
        let names: Vec<String> = names.iter().map(|name| name.replacen("type ", "", 1)).collect();
        return object(0, "import type ", &names, &format!(" from {};", quote(from)));
    }
    object(0, "import ", &names, &format!(" from {};", quote(from)))
}

/// `'a' | 'b'`, which nothing is where there are none.
pub fn union(names: &[String]) -> String {
    if names.is_empty() { "never".into() } else { names.join(" | ") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_and_comments_end_where_they_should() {
        assert_eq!(quote("don't \\ \n\u{2028}"), "'don\\'t \\\\ \\n\\u{2028}'");
        assert_eq!(comment("a */ b\nc"), "a * / b c");
    }

    #[test]
    fn names_are_cased_as_typescript_has_them() {
        for (name, wanted) in
            [("AddItem", "addItem"), ("TODOList", "todoList"), ("URL", "url"), ("a", "a"), ("é1", "_1")]
        {
            assert_eq!(camel(name), wanted, "{name}");
        }
        assert_eq!(identifier("1 a-b"), "_1a_b");
        assert_eq!(kebab("ShoppingCart"), "shopping-cart");
        assert_eq!(kebab("Online Ordering!"), "online-ordering");
        assert_eq!(key("a-b"), "'a-b'");
        assert_eq!(member("data", "class"), "data.class");
    }

    #[test]
    fn long_lines_are_broken() {
        let items = |count: usize| vec!["item: 'value'".to_owned(); count];
        assert_eq!(object(2, "a: ", &items(1), ","), "a: { item: 'value' },");
        assert_eq!(object(0, "a: ", &[], ";"), "a: {};");
        assert!(object(0, "a: ", &items(20), ";").starts_with("a: {\n  item: 'value',\n"));
    }
}
