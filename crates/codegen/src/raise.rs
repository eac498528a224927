//! Event Markdown out of what is none: EML, and Mermaid's event modelling diagrams.
//!
//! Not here: how either is read (`eml::raise`, `draw::from_mermaid`), files (`cli`, `app`).

use std::fmt;

/// The text that a file means, and what of the file it cannot say.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Raised {
    pub text: String,
    pub unsaid: Vec<String>,
}

/// Why a file does not become Event Markdown; the words are for people.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum NotRaised {
    NoEml {
        /// Counted from 0, where it is known.
        line: Option<usize>,
        message: String,
    },
    NoDiagram(String),
    /// There is nothing in it that could stand on a wall.
    Empty,
}

/// What a file holds that is no Event Markdown, by its name.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Foreign {
    Eml,
    Mermaid,
}

impl Foreign {
    pub fn of_name(name: &str) -> Option<Foreign> {
        let name = name.to_lowercase();
        let ends = |endings: &[&str]| endings.iter().any(|ending| name.ends_with(ending));
        match () {
            _ if ends(&[".yaml", ".yml"]) => Some(Foreign::Eml),
            _ if ends(&[".mmd", ".mermaid"]) => Some(Foreign::Mermaid),
            _ => None,
        }
    }
}

/// The text of such a file as Event Markdown.
pub fn raise_text(kind: Foreign, text: &str) -> Result<Raised, NotRaised> {
    let raised = match kind {
        Foreign::Mermaid => {
            let text = draw::from_mermaid(text).map_err(|error| NotRaised::NoDiagram(error.to_string()))?;
            Raised { text, unsaid: Vec::new() }
        }
        Foreign::Eml => {
            let solution = eml::read(text)
                .map_err(|error| NotRaised::NoEml { line: error.line, message: error.message })?;
            let raised = eml::raise(&solution);
            Raised { text: raised.text, unsaid: raised.findings.iter().map(ToString::to_string).collect() }
        }
    };
    if raised.text.trim().is_empty() { Err(NotRaised::Empty) } else { Ok(raised) }
}

/// More complaints nobody reads on a wall.
const MOST_NOTES: usize = 20;

impl Raised {
    /// The text with a note on the wall for each thing that it cannot say.
    pub fn with_notes(self) -> String {
        let more = self.unsaid.len().saturating_sub(MOST_NOTES);
        let mut text = self.text;
        for words in self.unsaid.iter().take(MOST_NOTES) {
            text.push_str(&emd::edit::write(emd::Kind::Note, words, &[]));
            text.push('\n');
        }
        if more > 0 {
            text.push_str(&format!("// and {more} more things that Event Markdown cannot say\n"));
        }
        text
    }
}

impl fmt::Display for NotRaised {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            NotRaised::NoEml { line: Some(line), message } => write!(out, "line {}: {message}", line + 1),
            NotRaised::NoEml { line: None, message } => out.write_str(message),
            NotRaised::NoDiagram(words) => out.write_str(words),
            NotRaised::Empty => out.write_str("there is no model in it"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Source;

    const TODO_LIST: &str = include_str!("../../../app/assets/todolist.emd");

    fn yaml() -> String {
        let solution = eml::lower(&emd::parse(TODO_LIST), eml::Profile::Squall).solution;
        eml::yaml(&solution, &[], eml::Profile::Squall)
    }

    #[test]
    fn eml_becomes_the_text_that_it_means() {
        let raised = raise_text(Foreign::Eml, &yaml()).unwrap();
        let (text, eml) = (Source::of_text(TODO_LIST).unwrap(), Source::of_text(&raised.text).unwrap());
        assert_eq!(text.model.fingerprint, eml.model.fingerprint);
        assert!(matches!(raise_text(Foreign::Eml, "Solution: ["), Err(NotRaised::NoEml { .. })));
        assert_eq!(raise_text(Foreign::Eml, ""), Err(NotRaised::Empty));
    }

    #[test]
    fn what_cannot_be_said_stands_on_the_wall() {
        let yaml = yaml().replace("IsRequired", "IsNice");
        let text = raise_text(Foreign::Eml, &yaml).unwrap().with_notes();
        assert!(
            text.contains("\n// Event Markdown cannot say the rules of todoId, a parameter of "),
            "{text}"
        );
    }

    #[test]
    fn a_file_is_what_its_name_says() {
        assert_eq!(Foreign::of_name("A.eml.YAML"), Some(Foreign::Eml));
        assert_eq!(Foreign::of_name("a.mmd"), Some(Foreign::Mermaid));
        assert_eq!(Foreign::of_name("a.emd"), None);
    }
}
