//! A diagram as its frames, by Mermaid's grammar.

use super::scan::Scanner;
use super::{LARGEST, MOST, NoDiagram, Why};
use std::collections::HashMap;

#[derive(Default)]
pub struct Diagram {
    pub title: String,
    pub frames: Vec<Frame>,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Kind {
    Screen,
    Command,
    Event,
    ReadModel,
    Processor,
}

pub struct Frame {
    /// Of more than one frame without arrows the second follows the first (`tf`), or not (`rf`).
    pub follows: bool,
    pub kind: Kind,
    /// All but the last part of its name.
    pub namespace: Option<String>,
    pub name: String,
    /// Indexes of the frames that lead here, each once.
    pub from: Vec<usize>,
    /// What stands between the commas of its data, as it is written.
    pub data: Vec<String>,
    pub notes: Vec<String>,
    pub examples: Vec<Example>,
}

/// Given, when, then: kinds and names.
pub struct Example {
    pub given: Vec<(Kind, String)>,
    pub when: Vec<(Kind, String)>,
    pub then: Vec<(Kind, String)>,
}

const KINDS: [(&str, Kind); 9] = [
    ("ui", Kind::Screen),
    ("cmd", Kind::Command),
    ("command", Kind::Command),
    ("evt", Kind::Event),
    ("event", Kind::Event),
    ("rmo", Kind::ReadModel),
    ("readmodel", Kind::ReadModel),
    ("pcr", Kind::Processor),
    ("processor", Kind::Processor),
];

/// What a frame says of others, until all are known.
struct Loose<'a> {
    from: Vec<&'a str>,
    data: Option<&'a str>,
    /// Where the frame ends in the text.
    end: usize,
}

pub fn diagram(text: &str) -> Result<Diagram, NoDiagram> {
    let mut scanner = Scanner::new(text);
    let mut diagram = Diagram::default();
    let front = scanner.front_matter();
    let titled = front.and_then(|front| front.lines().find_map(|line| line.trim().strip_prefix("title:")));
    if scanner.peek() != "eventmodeling" {
        return Err(scanner.fail(Why::OtherDiagram));
    }
    scanner.word("eventmodeling")?;
    scanner.remark = None;
    let mut parser = Parser {
        scanner,
        diagram: &mut diagram,
        loose: Vec::new(),
        ids: HashMap::new(),
        data: HashMap::new(),
    };
    while !parser.scanner.is_done() {
        parser.statement()?;
    }
    parser.connect()?;
    let remark = parser.scanner.remark;
    if diagram.title.is_empty() {
        diagram.title = titled.or(remark).unwrap_or_default().trim().trim_matches('"').to_owned();
    }
    Ok(diagram)
}

struct Parser<'a, 'd> {
    scanner: Scanner<'a>,
    diagram: &'d mut Diagram,
    loose: Vec<Loose<'a>>,
    /// Frames by their numbers.
    ids: HashMap<&'a str, usize>,
    data: HashMap<&'a str, Vec<String>>,
}

const STATEMENT: &str = "a frame (`tf` or `rf`), `data`, `note`, `gwt`, `entity` or `title`";
const KIND: &str = "`ui`, `cmd`, `evt`, `rmo` or `pcr`";

impl<'a> Parser<'a, '_> {
    fn statement(&mut self) -> Result<(), NoDiagram> {
        match self.scanner.word(STATEMENT)? {
            "tf" | "timeframe" => self.frame(true),
            "rf" | "resetframe" => self.frame(false),
            "data" => {
                let name = self.scanner.word("the name of the data")?;
                self.data_type();
                let block = self.scanner.block()?;
                self.data.insert(name, entries(block, true));
                Ok(())
            }
            "note" => {
                let of = self.frame_id()?;
                self.data_type();
                let words = self.scanner.block()?.split_whitespace().collect::<Vec<_>>().join(" ");
                self.diagram.frames[of].notes.push(words);
                Ok(())
            }
            "gwt" => self.example(),
            "entity" => self.name().map(drop),
            "title" => {
                self.diagram.title = self.scanner.line().to_owned();
                Ok(())
            }
            "accTitle" => {
                self.scanner.line();
                Ok(())
            }
            "accDescr" => {
                if self.scanner.take("{") {
                    while !self.scanner.take("}") && !self.scanner.is_done() {
                        self.scanner.line();
                    }
                } else {
                    self.scanner.line();
                }
                Ok(())
            }
            _ => Err(self.scanner.fail(Why::Expected(STATEMENT))),
        }
    }

    fn frame(&mut self, follows: bool) -> Result<(), NoDiagram> {
        if self.diagram.frames.len() >= MOST {
            return Err(self.scanner.fail(Why::TooLarge));
        }
        let id = self.number()?;
        let kind = self.kind()?;
        let (namespace, name) = self.name()?;
        let mut from = Vec::new();
        while self.scanner.take("->>") {
            from.push(self.number()?);
        }
        let mut data = None;
        if self.scanner.take("[[") {
            data = Some(self.scanner.word("the name of data")?);
            if !self.scanner.take("]]") {
                return Err(self.scanner.fail(Why::Expected("`]]`")));
            }
        }
        self.data_type();
        let inline = self.scanner.inline().map_or(Vec::new(), |inline| entries(inline, false));
        self.ids.entry(id).or_insert(self.diagram.frames.len());
        self.loose.push(Loose { from, data, end: self.scanner.at() });
        self.diagram.frames.push(Frame {
            follows,
            kind,
            namespace,
            name,
            from: Vec::new(),
            data: inline,
            notes: Vec::new(),
            examples: Vec::new(),
        });
        Ok(())
    }

    fn example(&mut self) -> Result<(), NoDiagram> {
        let of = self.frame_id()?;
        let mut example = Example { given: Vec::new(), when: Vec::new(), then: Vec::new() };
        if self.scanner.word("`given`")? != "given" {
            return Err(self.scanner.fail(Why::Expected("`given`")));
        }
        example.given = self.statements()?;
        if self.scanner.peek() == "when" {
            self.scanner.word("`when`")?;
            example.when = self.statements()?;
        }
        if self.scanner.word("`then`")? != "then" {
            return Err(self.scanner.fail(Why::Expected("`then`")));
        }
        example.then = self.statements()?;
        self.diagram.frames[of].examples.push(example);
        Ok(())
    }

    fn statements(&mut self) -> Result<Vec<(Kind, String)>, NoDiagram> {
        let mut found = Vec::new();
        while KINDS.iter().any(|(word, _)| *word == self.scanner.peek()) {
            let kind = self.kind()?;
            found.push((kind, self.name()?.1));
        }
        match found.is_empty() {
            true => Err(self.scanner.fail(Why::Expected(KIND))),
            false => Ok(found),
        }
    }

    fn kind(&mut self) -> Result<Kind, NoDiagram> {
        let word = self.scanner.word(KIND)?;
        let found = KINDS.iter().find(|(known, _)| *known == word);
        found.map(|(_, kind)| *kind).ok_or_else(|| self.scanner.fail(Why::Expected(KIND)))
    }

    /// `Cart.AddItem` as namespace and name.
    fn name(&mut self) -> Result<(Option<String>, String), NoDiagram> {
        let mut parts = vec![self.scanner.word("a name")?];
        while self.scanner.take(".") {
            parts.push(self.scanner.word("a name")?);
        }
        let name = parts.pop().unwrap_or_default().to_owned();
        Ok(((!parts.is_empty()).then(|| parts.join(" ")), name))
    }

    fn number(&mut self) -> Result<&'a str, NoDiagram> {
        let word = self.scanner.word("the number of a frame")?;
        match word.len() <= 3 && word.bytes().all(|byte| byte.is_ascii_digit()) {
            true => Ok(word),
            false => Err(self.scanner.fail(Why::Expected("a number of at most three digits"))),
        }
    }

    /// The index of a frame that stands above.
    fn frame_id(&mut self) -> Result<usize, NoDiagram> {
        let id = self.number()?;
        let unknown = || self.scanner.fail(Why::Unknown(id.to_owned()));
        self.ids.get(id).copied().ok_or_else(unknown)
    }

    /// `` `json` ``: how data is meant makes no difference.
    fn data_type(&mut self) {
        if self.scanner.take("`") {
            let _ = self.scanner.word("");
            self.scanner.take("`");
        }
    }

    fn connect(&mut self) -> Result<(), NoDiagram> {
        // Data may be named by many frames, of which each gets all of it.
        let mut room = LARGEST;
        for (frame, loose) in self.diagram.frames.iter_mut().zip(&self.loose) {
            let fail = |why| self.scanner.fail_at(loose.end, why);
            let unknown = |name: &str| fail(Why::Unknown(name.to_owned()));
            for id in &loose.from {
                let from = *self.ids.get(id).ok_or_else(|| unknown(id))?;
                if !frame.from.contains(&from) {
                    frame.from.push(from);
                }
            }
            if let Some(name) = loose.data {
                let data = self.data.get(name).ok_or_else(|| unknown(name))?;
                let size = data.iter().map(String::len).sum();
                room = room.checked_sub(size).ok_or_else(|| fail(Why::TooLarge))?;
                frame.data.extend(data.iter().cloned());
            }
        }
        Ok(())
    }
}

/// What stands between commas, outside of quotes and of further braces; in a block lines part entries, too.
fn entries(data: &str, lines: bool) -> Vec<String> {
    let mut found = vec![String::new()];
    let (mut depth, mut quote) = (0_usize, None);
    for character in data.chars() {
        match character {
            _ if quote == Some(character) => quote = None,
            '"' if quote.is_none() => quote = Some(character),
            '{' | '[' if quote.is_none() => depth += 1,
            '}' | ']' if quote.is_none() => depth = depth.saturating_sub(1),
            ',' if quote.is_none() && depth == 0 => {
                found.push(String::new());
                continue;
            }
            '\n' if lines && depth == 0 => {
                quote = None;
                found.push(String::new());
                continue;
            }
            _ => {}
        }
        if let Some(last) = found.last_mut() {
            last.push(if character.is_control() { ' ' } else { character });
        }
    }
    let found = found.iter().map(|entry| entry.trim().to_owned());
    found.filter(|entry| !entry.is_empty()).collect()
}
