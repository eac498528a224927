//! The kinds of lines, and what tells them apart.

/// What a line is. Everything but `Blank`, `Annotation`, `Scenario` and `Caret` is a sticky of its own.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Kind {
    Event,
    Command,
    ReadModel,
    Policy,
    Constraint,
    Actor,
    System,
    Hotspot,
    Screen,
    Opportunity,
    /// `#` is level 1 (the first one names the board and the solution), `##` level 2, …
    Heading(u8),
    Term,
    /// Any other comment, and every line that LES would drop or ignore.
    Note,
    Chapter,
    Lane,
    Context,
    /// Belongs to the sticky line before it and is shown on it.
    Annotation(Annotation),
    /// A line of a scenario block.
    Scenario(Step),
    /// `// ^^^^ Rule: words` under a line: stays in the text.
    Caret,
    Blank,
}

#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Annotation {
    Requires,
    Forbids,
    Required,
    Exists,
    Type,
    Pivotal,
    Free,
    Hashed,
    Personal,
    Derived,
    Resolved,
}

#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Step {
    Scenario,
    Given,
    When,
    Then,
    Expect,
}

impl Kind {
    /// Whether the line has a card of its own on the wall: every sticky, and the title of a scenario, whose steps are
    /// shown on it.
    pub const fn is_on_wall(self) -> bool {
        self.is_sticky() || matches!(self, Kind::Scenario(Step::Scenario))
    }

    /// Whether the line is shown on the card before it: annotations, and the steps of a scenario.
    pub const fn is_part(self) -> bool {
        match self {
            Kind::Annotation(_) => true,
            Kind::Scenario(step) => !matches!(step, Step::Scenario),
            _ => false,
        }
    }

    /// Whether the line is a sticky, a heading, a note or a region on the wall, rather than part of another one.
    pub const fn is_sticky(self) -> bool {
        !matches!(self, Kind::Blank | Kind::Annotation(_) | Kind::Scenario(_) | Kind::Caret)
    }

    /// The kind as people say it.
    pub const fn noun(self) -> &'static str {
        match self {
            Kind::Event => "event",
            Kind::Command => "command",
            Kind::ReadModel => "read model",
            Kind::Policy => "policy",
            Kind::Constraint => "constraint",
            Kind::Actor => "actor",
            Kind::System => "system",
            Kind::Hotspot => "hotspot",
            Kind::Screen => "screen",
            Kind::Opportunity => "opportunity",
            Kind::Heading(_) => "heading",
            Kind::Term => "term",
            Kind::Chapter => "chapter",
            Kind::Lane => "lane",
            Kind::Context => "context",
            Kind::Annotation(_) => "annotation",
            Kind::Scenario(Step::Scenario) => "scenario",
            Kind::Scenario(_) => "scenario step",
            Kind::Note | Kind::Caret | Kind::Blank => "note",
        }
    }
}

/// The words after `// @`, each with its kind.
pub(crate) const WORDS: [(&str, Kind); 30] = [
    ("event", Kind::Event),
    ("command", Kind::Command),
    ("readmodel", Kind::ReadModel),
    ("policy", Kind::Policy),
    ("constraint", Kind::Constraint),
    ("actor", Kind::Actor),
    ("system", Kind::System),
    ("hotspot", Kind::Hotspot),
    ("ui", Kind::Screen),
    ("opportunity", Kind::Opportunity),
    ("term", Kind::Term),
    ("chapter", Kind::Chapter),
    ("lane", Kind::Lane),
    ("context", Kind::Context),
    ("requires", Kind::Annotation(Annotation::Requires)),
    ("forbids", Kind::Annotation(Annotation::Forbids)),
    ("required", Kind::Annotation(Annotation::Required)),
    ("exists", Kind::Annotation(Annotation::Exists)),
    ("type", Kind::Annotation(Annotation::Type)),
    ("pivotal", Kind::Annotation(Annotation::Pivotal)),
    ("free", Kind::Annotation(Annotation::Free)),
    ("hashed", Kind::Annotation(Annotation::Hashed)),
    ("personal", Kind::Annotation(Annotation::Personal)),
    ("derived", Kind::Annotation(Annotation::Derived)),
    ("resolved", Kind::Annotation(Annotation::Resolved)),
    ("scenario", Kind::Scenario(Step::Scenario)),
    ("given", Kind::Scenario(Step::Given)),
    ("when", Kind::Scenario(Step::When)),
    ("then", Kind::Scenario(Step::Then)),
    ("expect", Kind::Scenario(Step::Expect)),
];

/// The kind that a word after `// @` names.
pub(crate) fn keyword(word: &str) -> Option<Kind> {
    WORDS.iter().find(|(known, _)| *known == word).map(|(_, kind)| *kind)
}

/// The word for a kind; kinds that are not written with one are notes.
pub(crate) fn word(kind: Kind) -> &'static str {
    WORDS.iter().find(|(_, known)| *known == kind).map_or("note", |(word, _)| word)
}
