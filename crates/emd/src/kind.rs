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
    /// Whether the line is a sticky, a heading, a note or a region on the wall, rather than part of another one.
    pub const fn is_sticky(self) -> bool {
        !matches!(
            self,
            Kind::Blank | Kind::Annotation(_) | Kind::Scenario(_) | Kind::Caret
        )
    }
}
