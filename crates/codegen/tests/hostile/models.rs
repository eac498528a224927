//! Models whose names and texts are words of the languages that they end up in, or would end a string or a comment
//! there, or are one name but for what file systems and identifiers drop.

use fastrand::Rng;
use std::fmt::Write;

/// What may be the name of a property: letters alone, and each means something somewhere.
const WORDS: &[&str] = &[
    "class",
    "constructor",
    "toString",
    "valueOf",
    "hasOwnProperty",
    "prototype",
    "None",
    "True",
    "False",
    "await",
    "async",
    "def",
    "import",
    "from",
    "type",
    "select",
    "order",
    "group",
    "user",
    "table",
    "index",
    "default",
    "null",
    "undefined",
    "nan",
    "NaN",
    "yes",
    "no",
    "on",
    "off",
    "self",
    "cls",
    "this",
    "arguments",
    "eval",
    "let",
    "static",
    "function",
    "enum",
    "number",
    "string",
    "object",
    "Date",
    "Promise",
    "Error",
    "Array",
    "Object",
    "dict",
    "list",
    "str",
    "int",
    "print",
    "lambda",
    "global",
    "nonlocal",
    "id",
    "version",
    "metadata",
    "json",
    "body",
    "position",
    "data",
    "events",
    "apply",
    "aggregate",
    "timestamp",
    "mutate",
    "repository",
    "notify",
    "save",
    "schema",
    "copy",
    "fields",
    "stream",
    "rowid",
    "check",
    "primary",
    "where",
    "limit",
    "skip",
    "state",
    "event",
    "command",
    "decide",
    "evolve",
    "value",
    "values",
    "key",
    "keys",
    "items",
    "name",
    "match",
    "case",
    "return",
    "new",
    "delete",
    "in",
    "is",
    "not",
    "and",
    "or",
    "void",
    "var",
    "const",
    "export",
    "interface",
    "package",
    "private",
    "public",
    "yield",
    "with",
    "then",
    "exec",
    "date",
    "datetime",
    "uuid",
    "decimal",
    "model_config",
    "model_dump",
    "created_on",
    "modified_on",
    "pending_events",
    "message",
    "filter",
    "request",
    "response",
    "reply",
    "store",
    "append",
    "read",
    "Any",
    "Literal",
    "Optional",
    "Record",
    "Map",
    "Set",
    "Symbol",
    "Buffer",
    "process",
    "require",
    "module",
    "exports",
    "global_id",
    "decider",
];

/// What stands within a text, and would end it, or start something, in one of the languages.
const SPLINTERS: &[&str] = &[
    "\"",
    "'",
    "`",
    "\\",
    "\\n",
    "\\u0022",
    "\\'",
    "*/",
    "/*",
    "\"\"\"",
    "'''",
    "\"\"\"\"",
    "${process.exit()}",
    "$${x}",
    "{{ x }}",
    "{% raw %}",
    "{# x",
    "{0}",
    "{x}",
    "%s",
    "</script>",
    "<!--",
    "-->",
    "]]>",
    "<b>",
    "&amp;",
    "😀",
    "é",
    "日本語",
    "\u{202e}",
    "\u{2028}",
    "\u{2029}",
    "\u{85}",
    "\u{b}",
    "\u{c}",
    "\t",
    "\r",
    "\u{feff}",
    "\u{7f}",
    "--",
    ";",
    "%",
    "&",
    "|",
    ":",
    ": ",
    " - ",
    "@",
    "!",
    "?",
    "(",
    ")",
    "[",
    "]",
    "{",
    "}",
    "<",
    ">",
    "=",
    "+",
    "^",
    "~",
    "$",
    "\\\\",
    "//",
    "///",
    "~~~",
    "```",
    "---",
    "...",
    "null",
    "true",
    "0x1",
    "1e9",
    "<%",
    "%>",
    "\\x00",
    "\\",
    "\"\\",
    "|x|",
    "%%",
    "end",
    "@startuml",
    "@enduml",
    "subgraph",
    "\\N{DASH}",
    "*",
    "_",
    "../",
    "/",
    "\\..\\",
];

const TYPES: &[&str] = &[
    "string",
    "integer",
    "decimal",
    "boolean",
    "date",
    "datetime",
    "uuid",
    "email",
    "string[]",
    "integer[]",
];

/// A text of a board. Most pass the checker; those that do not are left out by the caller.
pub fn board(seed: u64) -> String {
    let mut board = Board { rng: Rng::with_seed(seed), out: String::new(), used: 0 };
    board.write();
    board.out
}

struct Board {
    rng: Rng,
    out: String,
    used: usize,
}

/// An event as scenarios and policies speak of it.
struct Known {
    command: String,
    event: String,
    id: String,
    properties: Vec<String>,
}

impl Board {
    fn pick<'a>(&mut self, words: &[&'a str]) -> &'a str {
        words[self.rng.usize(..words.len())]
    }

    /// Any text in one line.
    fn text(&mut self) -> String {
        let parts = self.rng.usize(1..5);
        let mut text = String::new();
        for _ in 0..parts {
            match self.rng.u8(..4) {
                0 => text.push_str(self.pick(WORDS)),
                1 if self.rng.u8(..20) == 0 => text.push_str(&"long ".repeat(120)),
                _ => text.push_str(self.pick(SPLINTERS)),
            }
            if self.rng.bool() {
                text.push(' ');
            }
        }
        text.replace('\n', " ").trim().to_owned()
    }

    /// A text without what parts a line of Event Markdown.
    fn label(&mut self) -> String {
        let text = self.text();
        let text = text.replace("//", "/").replace("->", ">").replace(['#', '*', ','], "");
        text.trim().to_owned()
    }

    /// A name that there was not yet. Many differ by little.
    fn name(&mut self) -> String {
        self.used += 1;
        let word = self.pick(WORDS);
        let mut letters = String::new();
        let mut rest = self.used;
        while rest > 0 {
            letters.push(char::from(b'a' + u8::try_from(rest % 26).unwrap_or(0)));
            rest /= 26;
        }
        match self.rng.u8(..4) {
            0 => format!("{}{letters}", capital(word)),
            1 => format!("{word}_{letters}"),
            2 => format!("{word}{}", letters.to_uppercase()),
            _ => format!("{}{}", word.to_uppercase(), capital(&letters)),
        }
    }

    fn line(&mut self, text: &str) {
        let _ = writeln!(self.out, "{text}");
    }

    fn write(&mut self) {
        let name = self.label();
        self.line(&format!("# {name} x"));
        let contexts = self.rng.usize(1..4);
        let mut known = Vec::new();
        for index in 0..contexts {
            if contexts > 1 {
                let label = self.label();
                self.line(&format!("// @context {label} {}", ["One", "one", "Two"][index]));
            }
            self.context(&mut known);
        }
        self.scenarios(&known);
    }

    fn context(&mut self, known: &mut Vec<Known>) {
        for kind in ["term", "hotspot", "actor", "opportunity", "system", "ui", "constraint"] {
            let text = self.text();
            self.line(&format!("// @{kind} {text}"));
        }
        for _ in 0..self.rng.usize(1..4) {
            self.stream(known);
        }
    }

    fn stream(&mut self, known: &mut Vec<Known>) {
        let stream = match self.rng.bool() {
            true => capital(self.pick(WORDS)) + ["", "s", "S", "_x"][self.rng.usize(..4)],
            false => self.pick(WORDS).to_owned(),
        };
        let mut chars = stream.chars();
        let first = chars.next().map_or(String::new(), |first| first.to_lowercase().collect());
        let id = format!("{first}{}Id", chars.as_str());
        let mut columns = vec![id.clone()];
        for step in 0..self.rng.usize(1..4) {
            let properties: Vec<String> =
                (0..self.rng.usize(1..5)).map(|_| self.pick(WORDS).to_owned()).collect();
            let command = format!("{} {}", self.name(), self.label());
            let event = format!("{stream} {}ed", self.name());
            let all = properties.join(", ");
            let own = if step == 0 { String::new() } else { format!("{id}, ") };
            self.line(&format!("{command} -> // {own}{all}"));
            if let Some(before) = known.last().filter(|_| step > 0) {
                let rule = ["requires", "forbids"][self.rng.usize(..2)];
                self.line(&format!("// @{rule} {}", before.event));
            }
            if self.rng.bool() {
                self.line(&format!("// @required {}", properties[0]));
            }
            self.line(&format!("{event} // {id}, {all}"));
            for property in &properties {
                let kind = self.pick(TYPES);
                match self.rng.u8(..6) {
                    0 => self.line(&format!("// @type {property}: {kind}")),
                    1 => self.line(&format!("// @personal {property}")),
                    2 => self.line(&format!("// @hashed {property}")),
                    _ => {}
                }
            }
            columns.extend(properties.iter().cloned());
            if let Some(from) = known.last().filter(|_| self.rng.u8(..3) == 0) {
                let policy = match self.rng.bool() {
                    true => format!("// @policy Whenever {}, {command}", from.event),
                    false => format!(
                        "// @policy Whenever {}, and {}, {command}",
                        from.event, "it's \"so\" */ `x` \\"
                    ),
                };
                self.line(&policy);
            }
            known.push(Known { command, event, id: id.clone(), properties });
        }
        columns.dedup();
        let label = self.label();
        let name = self.name();
        self.line(&format!("{name} {label}* // {}", columns.join(", ")));
    }

    fn scenarios(&mut self, known: &[Known]) {
        for one in known {
            let (title, value) = (self.text(), self.text());
            let value = value.replace(['"', ','], "").replace("//", "/");
            let first = &one.properties[0];
            self.line(&format!("// @scenario {title}"));
            self.line(&format!("// @given {} // {}: 7, {first}: \"{value}\"", one.event, one.id));
            self.line(&format!("// @when {} // {}: 8, {first}: {value}", one.command, one.id));
            match self.rng.bool() {
                true => self.line(&format!("// @then {} // {}: 8", one.event, one.id)),
                false => {
                    let message = self.text();
                    self.line(&format!("// @then rejected: {message}"));
                }
            }
        }
    }
}

fn capital(word: &str) -> String {
    let mut chars = word.chars();
    chars.next().map_or(String::new(), |first| first.to_uppercase().chain(chars).collect())
}
