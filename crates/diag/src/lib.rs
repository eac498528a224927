//! Findings and the fixes they offer: plain data that every layer can carry.
//!
//! Invariants: a span is a byte range within one line, on character boundaries; a line is an index (0-based) into
//! the lines of the text that was checked; the edits of a fix never overlap.
//! Not here: how a finding is found (`emd`, `eml`, `lint`) or shown (`cli`, `app`).

/// A half-open byte range within one line.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Default, PartialOrd, Ord)]
pub struct Span {
    pub start: usize,
    pub end: usize,
}

impl Span {
    pub const fn new(start: usize, end: usize) -> Self {
        Span { start, end }
    }

    pub const fn len(self) -> usize {
        self.end.saturating_sub(self.start)
    }

    pub const fn is_empty(self) -> bool {
        self.end <= self.start
    }

    /// The spanned part of a line; empty where the span does not fit that line.
    pub fn of(self, line: &str) -> &str {
        line.get(self.start..self.end).unwrap_or("")
    }
}

/// How much a finding matters. Only errors turn a model red; hints never block anything.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, PartialOrd, Ord)]
pub enum Severity {
    Error,
    Warning,
    Hint,
}

impl Severity {
    pub const fn word(self) -> &'static str {
        match self {
            Severity::Error => "error",
            Severity::Warning => "warning",
            Severity::Hint => "hint",
        }
    }
}

/// The stable name of a rule, e.g. `NoStreamName`. LES's own ids are frozen by its corpus.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, PartialOrd, Ord)]
pub struct RuleId(pub &'static str);

/// What a finding is about, in the model's words; empty where it does not apply.
#[derive(Clone, PartialEq, Eq, Hash, Debug, Default, PartialOrd, Ord)]
pub struct Subject {
    pub context: String,
    pub stream: String,
    pub command: String,
    pub event: String,
    pub readmodel: String,
}

/// One finding.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Diagnostic {
    pub rule: RuleId,
    pub severity: Severity,
    /// The line it stands on; `None` where it concerns the model as a whole.
    pub line: Option<usize>,
    pub span: Span,
    /// What is wrong, in one sentence.
    pub message: String,
    /// Why it matters and what to do; empty where the message says it all.
    pub help: String,
    pub subject: Subject,
    pub fixes: Vec<Fix>,
}

/// One way to mend a finding.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Fix {
    pub title: String,
    pub edits: Vec<Edit>,
}

/// A change to the text that was checked.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Edit {
    /// Puts `text` in the place of a part of a line. `text` holds no newline.
    Replace {
        line: usize,
        span: Span,
        text: String,
    },
    /// Puts a line of its own before line `line` (which may be one past the last).
    Insert {
        line: usize,
        text: String,
    },
    Delete {
        line: usize,
    },
}
