//! EML as YAML, written by hand: the format is small, and the page carries no library for it.

use crate::lower::Profile;
use crate::model::{Command, Context, Event, Parameter, Property, Readmodel, Solution, Stream, Text};
use crate::story::{Says, ScenarioLine};
use diag::Diagnostic;
use emd::Step;

/// The YAML of a solution with its findings. The profile `les` leaves out the keys that LES does not know.
pub fn yaml(solution: &Solution, errors: &[Diagnostic], profile: Profile) -> String {
    let mut out = Writer { text: String::new(), extras: profile == Profile::Squall };
    out.field(0, "EmlVersion", &solution.version);
    out.field(0, "Solution", &solution.name);
    out.head(0, "Contexts", solution.contexts.is_empty());
    for context in &solution.contexts {
        out.item(0, "Name", &context.name);
        out.head(2, "Streams", context.streams.is_empty());
        context.streams.iter().for_each(|stream| out.stream(stream));
        out.head(2, "Readmodels", context.readmodels.is_empty());
        context.readmodels.iter().for_each(|model| out.readmodel(model));
        if out.extras {
            out.story(context);
        }
    }
    out.head(0, "Errors", errors.is_empty());
    errors.iter().for_each(|error| out.error(error));
    out.text
}

struct Writer {
    text: String,
    extras: bool,
}

impl Writer {
    fn pad(&mut self, columns: usize) {
        self.text.extend(std::iter::repeat_n(' ', columns));
    }

    fn field(&mut self, columns: usize, key: &str, value: &str) {
        self.pad(columns);
        self.text.push_str(key);
        self.text.push_str(": ");
        scalar(&mut self.text, value);
        self.text.push('\n');
    }

    /// The first field of an item of a list.
    fn item(&mut self, columns: usize, key: &str, value: &str) {
        self.pad(columns);
        self.text.push_str("- ");
        self.field(0, key, value);
    }

    fn head(&mut self, columns: usize, key: &str, empty: bool) {
        self.pad(columns);
        self.text.push_str(key);
        self.text.push_str(if empty { ": []\n" } else { ":\n" });
    }

    fn list<'a>(&mut self, columns: usize, key: &str, values: impl IntoIterator<Item = &'a str>) {
        let mut values = values.into_iter().peekable();
        self.head(columns, key, values.peek().is_none());
        for value in values {
            self.pad(columns);
            self.text.push_str("- ");
            scalar(&mut self.text, value);
            self.text.push('\n');
        }
    }

    fn stream(&mut self, stream: &Stream) {
        self.item(2, "Stream", &stream.name);
        self.head(4, "Commands", stream.commands.is_empty());
        stream.commands.iter().for_each(|command| self.command(command));
        self.head(4, "Events", stream.events.is_empty());
        stream.events.iter().for_each(|event| self.event(event));
    }

    fn command(&mut self, command: &Command) {
        self.text.push_str("    - Command:\n");
        self.field(8, "Name", &command.name);
        self.head(8, "Parameters", command.parameters.is_empty());
        command.parameters.iter().for_each(|parameter| self.parameter(parameter));
        self.list(8, "Preconditions", command.preconditions.iter().map(|one| one.text.as_str()));
        self.list(8, "Postconditions", command.postconditions.iter().map(|one| &**one));
    }

    fn parameter(&mut self, parameter: &Parameter) {
        self.item(8, "Name", &parameter.name);
        self.field(10, "Type", &parameter.r#type);
        self.list(10, "Rules", parameter.rules.iter().map(|rule| &**rule));
    }

    fn event(&mut self, event: &Event) {
        self.text.push_str("    - Event:\n");
        self.field(8, "Name", &event.name);
        self.head(8, "Properties", event.properties.is_empty());
        event.properties.iter().for_each(|property| self.property(property));
    }

    fn property(&mut self, property: &Property) {
        self.item(8, "Name", &property.name);
        self.field(10, "Type", &property.r#type);
        if property.is_hashed {
            self.text.push_str("          IsHashed: true\n");
        }
        if property.is_personal && self.extras {
            self.text.push_str("          IsPersonal: true\n");
        }
    }

    fn readmodel(&mut self, model: &Readmodel) {
        self.text.push_str("  - Readmodel:\n");
        self.field(6, "Name", &model.name);
        self.field(6, "Key", &model.key);
        self.list(6, "SubscribesTo", model.subscribes_to.names());
        if self.extras && !model.properties.is_empty() {
            self.head(6, "Properties", false);
            for property in &model.properties {
                self.item(6, "Name", &property.name);
                self.field(8, "Type", &property.r#type);
            }
        }
        if self.extras && !model.derived.is_empty() {
            self.list(6, "Derived", model.derived.iter().map(Text::as_str));
        }
    }

    /// What LES does not know; keys without anything in them are left out.
    fn story(&mut self, context: &Context) {
        self.parts("Policies", &context.policies, |out, policy| {
            out.text.push_str("  - Policy:\n");
            out.field(6, "Event", &policy.event.written());
            if !policy.condition.is_empty() {
                out.field(6, "Condition", &policy.condition);
            }
            out.field(6, "Command", &policy.command.written());
        });
        self.parts("Actors", &context.actors, |out, actor| {
            out.text.push_str("  - Actor:\n");
            out.field(6, "Name", &actor.name);
            out.list(6, "Commands", actor.commands.iter().map(Text::as_str));
        });
        self.parts("Terms", &context.terms, |out, term| {
            out.text.push_str("  - Term:\n");
            out.field(6, "Name", &term.name);
            out.field(6, "Meaning", &term.meaning);
        });
        self.parts("Scenarios", &context.scenarios, |out, scenario| {
            out.text.push_str("  - Scenario:\n");
            out.field(6, "Name", &scenario.name);
            out.head(6, "Steps", scenario.lines.is_empty());
            scenario.lines.iter().for_each(|line| out.step(line));
        });
    }

    fn parts<T>(&mut self, key: &str, parts: &[T], write: impl Fn(&mut Writer, &T)) {
        if !parts.is_empty() {
            self.head(2, key, false);
            parts.iter().for_each(|part| write(self, part));
        }
    }

    fn step(&mut self, line: &ScenarioLine) {
        match &line.says {
            Says::Rejected(message) => self.item(6, "Rejected", message),
            Says::Name(name) => self.item(6, key_of_step(line.step), &name.written()),
        }
        if !line.values.is_empty() {
            self.head(8, "Values", false);
        }
        for given in &line.values {
            self.item(8, "Name", &given.name);
            self.field(10, "Value", &given.value);
        }
    }

    fn error(&mut self, error: &Diagnostic) {
        let subject = &error.subject;
        self.item(0, "errorid", error.rule.0);
        self.field(2, "context", &subject.context);
        self.field(2, "stream", &subject.stream);
        self.field(2, "command", &subject.command);
        self.field(2, "event", &subject.event);
        self.field(2, "readmodel", &subject.readmodel);
        self.field(2, "message", &error.message);
    }
}

fn key_of_step(step: Step) -> &'static str {
    match step {
        Step::Given | Step::Scenario => "Given",
        Step::When => "When",
        Step::Then => "Then",
        Step::Expect => "Expect",
    }
}

/// A string: plain where every reader of YAML takes it for that string, in double quotes elsewhere.
fn scalar(out: &mut String, value: &str) {
    if is_plain(value) {
        return out.push_str(value);
    }
    out.push('"');
    for character in value.chars() {
        match character {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            _ if is_printable(character) => out.push(character),
            _ => escape(out, u32::from(character)),
        }
    }
    out.push('"');
}

fn escape(out: &mut String, code: u32) {
    let (mark, digits) = match code {
        0..=0xFF => ('x', 2),
        0x100..=0xFFFF => ('u', 4),
        _ => ('U', 8),
    };
    out.push('\\');
    out.push(mark);
    for place in (0..digits).rev() {
        let digit = (code >> (4 * place)) & 0xF;
        out.push(char::from_digit(digit, 16).unwrap_or('0').to_ascii_uppercase());
    }
}

/// Control characters, line separators, the byte order mark and what is no character are written as numbers.
fn is_printable(character: char) -> bool {
    !character.is_control()
        && !matches!(character, '\u{2028}' | '\u{2029}' | '\u{FEFF}' | '\u{FFFE}' | '\u{FFFF}')
}

/// Letters, digits and the few signs that mean nothing within a word; not what reads as a number, a truth or a date.
fn is_plain(value: &str) -> bool {
    let starts_well = value.starts_with(|first: char| first.is_alphabetic() || first == '_');
    let inside = |one: char| one.is_alphanumeric() || " _.()/'+-&$".contains(one);
    if value == crate::model::VERSION {
        return true;
    }
    starts_well && !value.ends_with(' ') && value.chars().all(inside) && !is_word(value)
}

/// What YAML 1.1 or 1.2 reads as something else than a string.
fn is_word(value: &str) -> bool {
    const WORDS: [&str; 12] =
        ["y", "n", "yes", "no", "on", "off", "true", "false", "null", "nan", "inf", "none"];
    WORDS.iter().any(|word| value.eq_ignore_ascii_case(word))
}
