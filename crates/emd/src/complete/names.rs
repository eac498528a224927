//! The stickies of a text with what is near to one of them.

use crate::{Kind, Line, line};

pub struct Sticky<'a> {
    pub at: usize,
    pub read: Line<'a>,
    /// The number of its context; 0 is the one before the first `// @context`.
    pub context: usize,
    /// The number of the command whose slice it is in; read models and events belong to the command before them.
    slice: usize,
    /// The first word of an event, and of the first event behind a command; else empty.
    pub stream: &'a str,
}

pub struct Names<'a> {
    stickies: Vec<Sticky<'a>>,
    contexts: Vec<&'a str>,
    line: usize,
    here: Option<usize>,
    /// The last sticky before the line.
    owner: Option<usize>,
    context: usize,
    pub in_scenario: bool,
}

impl<'a> Sticky<'a> {
    pub fn name(&self) -> &str {
        match self.read.kind {
            // `Parcel: what the customer gets` explains Parcel.
            Kind::Term => self.read.name.text.split(':').next().unwrap_or("").trim(),
            _ => &self.read.name.text,
        }
    }

    pub fn is(&self, name: &str) -> bool {
        let plain = |text: &str| text.replace(' ', "").to_lowercase();
        plain(self.name()) == plain(name)
    }

    pub fn properties(&self) -> impl Iterator<Item = &str> {
        self.read.properties.iter().map(|piece| &*piece.text).filter(|text| !text.is_empty())
    }

    fn has_properties(&self) -> bool {
        matches!(self.read.kind, Kind::Event | Kind::Command | Kind::ReadModel)
    }
}

impl<'a> Names<'a> {
    pub fn of(lines: &[&'a str], at: usize) -> Names<'a> {
        let mut names = Names {
            stickies: Vec::new(),
            contexts: vec![""],
            line: at,
            here: None,
            owner: None,
            context: 0,
            in_scenario: false,
        };
        let (mut context, mut slice, mut waiting) = (0, 0, None);
        for (index, text) in lines.iter().enumerate() {
            let read = line(text);
            if index == at {
                names.context = context;
            }
            match read.kind {
                Kind::Scenario(_) if index < at => names.in_scenario = true,
                Kind::Blank | Kind::Caret | Kind::Annotation(_) => {
                    if index == at {
                        names.here = Some(names.stickies.len());
                    } else {
                        continue;
                    }
                }
                Kind::Scenario(_) if index != at => continue,
                Kind::Scenario(_) => {}
                Kind::Context => {
                    let found = names.contexts.iter().position(|known| *known == read.name.text);
                    context = found.unwrap_or(names.contexts.len());
                    if found.is_none() {
                        names.contexts.push(read.name.span.of(text));
                    }
                    (slice, waiting) = (slice + 1, None);
                }
                Kind::Command => (slice, waiting) = (slice + 1, Some(names.stickies.len())),
                _ => {}
            }
            names.push(index, read, context, slice, &mut waiting, text);
        }
        names
    }

    fn push(
        &mut self,
        at: usize,
        read: Line<'a>,
        context: usize,
        slice: usize,
        waiting: &mut Option<usize>,
        text: &'a str,
    ) {
        let mut stream = "";
        if read.kind == Kind::Event && read.name.text.contains(' ') {
            stream = read.name.span.of(text).split(' ').next().unwrap_or("");
            if let Some(command) = waiting.take() {
                self.stickies[command].stream = stream;
            }
        }
        let number = self.stickies.len();
        if at == self.line {
            self.here = Some(number);
            self.context = context;
        }
        if read.kind.is_sticky() && at < self.line {
            self.owner = Some(number);
            self.in_scenario = false;
        }
        self.stickies.push(Sticky { at, read, context, slice, stream });
    }

    /// All stickies but that of the line itself.
    pub fn others(&self) -> impl Iterator<Item = &Sticky<'a>> {
        let line = self.line;
        self.stickies.iter().filter(move |sticky| sticky.at != line && sticky.read.kind.is_sticky())
    }

    pub fn here(&self) -> Option<&Sticky<'a>> {
        self.here.and_then(|here| self.stickies.get(here))
    }

    pub fn owner(&self) -> Option<&Sticky<'a>> {
        self.owner.and_then(|owner| self.stickies.get(owner))
    }

    pub fn context(&self) -> usize {
        self.context
    }

    /// Of a sticky in a context that has a name.
    pub fn context_name(&self, sticky: &Sticky<'_>) -> Option<&'a str> {
        self.contexts.get(sticky.context).copied().filter(|name| !name.is_empty())
    }

    /// What the line is about: its own sticky, or the one before it.
    fn about(&self) -> Option<&Sticky<'a>> {
        self.here().filter(|here| here.has_properties()).or(self.owner())
    }

    pub fn far(&self, sticky: &Sticky<'_>) -> u8 {
        let Some(about) = self.about() else { return 3 };
        let same_context = sticky.context == self.context;
        if same_context && sticky.slice == about.slice && about.slice > 0 {
            0
        } else if same_context && !about.stream.is_empty() && sticky.stream == about.stream {
            1
        } else if same_context {
            2
        } else {
            3
        }
    }

    /// The name of the id that all events of its stream carry.
    pub fn id_of(&self, sticky: &Sticky<'_>) -> Option<String> {
        let mut letters = sticky.stream.chars();
        let first = letters.next()?;
        Some(first.to_lowercase().chain(letters).chain("Id".chars()).collect())
    }
}
