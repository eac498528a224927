//! The part of CML's grammar that is written here, read back: whatever the board, blocks close, names are legal and
//! escaped where they are words of the language, and what is referred to is declared, once, as what it is referred to.

use super::super::book::Book;
use super::{KEYWORDS, text};
use crate::Source;
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

#[derive(Clone, PartialEq, Debug)]
enum Token {
    /// With its `^`.
    Word(String),
    Text,
    Sign(char),
}

fn tokens(cml: &str) -> Vec<Token> {
    let mut tokens = Vec::new();
    let mut rest = cml;
    while let Some(first) = rest.chars().next() {
        let is_word = |one: char| one.is_ascii_alphanumeric() || one == '_';
        if rest.starts_with("//") {
            rest = rest.split_once('\n').expect("a line ends").1;
        } else if rest.starts_with("/*") {
            rest = rest.split_once("*/").expect("a comment ends").1;
        } else if first == '"' {
            rest = string(&rest[1..]);
            tokens.push(Token::Text);
        } else if first == '^' || is_word(first) {
            let end = rest[1..].find(|one| !is_word(one)).map_or(rest.len(), |end| end + 1);
            tokens.push(Token::Word(rest[..end].to_owned()));
            rest = &rest[end..];
        } else {
            if !first.is_ascii_whitespace() {
                assert!("{}[],+-<>=".contains(first), "{first:?} means nothing");
                tokens.push(Token::Sign(first));
            }
            rest = &rest[first.len_utf8()..];
        }
    }
    tokens
}

/// What follows the end of a string.
fn string(rest: &str) -> &str {
    let mut escaped = false;
    for (at, one) in rest.char_indices() {
        match one {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            '"' => return &rest[at + 1..],
            _ => assert!(!one.is_control(), "a string on one line"),
        }
    }
    panic!("a string ends")
}

#[derive(Clone, Copy, PartialEq, Debug)]
enum What {
    Context,
    Command,
    Event,
    Other,
}

#[derive(Default)]
struct Reader {
    tokens: Vec<Token>,
    at: usize,
    contexts: BTreeMap<String, What>,
    objects: BTreeMap<String, What>,
    wanted: Vec<(What, String)>,
    aggregates: usize,
}

impl Reader {
    fn read(cml: &str) -> Reader {
        let mut reader = Reader { tokens: tokens(cml), ..Reader::default() };
        reader.map();
        while reader.at < reader.tokens.len() {
            reader.context();
        }
        for (what, name) in &reader.wanted {
            let names = if *what == What::Context { &reader.contexts } else { &reader.objects };
            assert_eq!(names.get(name), Some(what), "{name} is declared");
        }
        reader
    }

    fn next(&mut self) -> Token {
        self.at += 1;
        self.tokens.get(self.at - 1).cloned().expect("more of it")
    }

    fn is_word(&self, word: &str) -> bool {
        self.tokens.get(self.at) == Some(&Token::Word(word.to_owned()))
    }

    fn is_sign(&self, sign: char) -> bool {
        self.tokens.get(self.at) == Some(&Token::Sign(sign))
    }

    fn words(&mut self, words: &str) {
        for word in words.split(' ') {
            assert_eq!(self.next(), Token::Word(word.to_owned()));
        }
    }

    fn signs(&mut self, signs: &str) {
        for sign in signs.chars() {
            assert_eq!(self.next(), Token::Sign(sign));
        }
    }

    /// A name, and nothing that the language would take for a word of its own.
    fn name(&mut self) -> String {
        let Token::Word(word) = self.next() else { panic!("a name") };
        let name = word.strip_prefix('^').unwrap_or(&word);
        assert!(name.starts_with(|first: char| first.is_ascii_alphabetic() || first == '_'), "{word}");
        assert!(
            word.starts_with('^') || !KEYWORDS.split_whitespace().any(|keyword| keyword == word),
            "{word}"
        );
        name.to_owned()
    }

    fn wants(&mut self, what: What) {
        let name = self.name();
        self.wanted.push((what, name));
    }

    fn declares(&mut self, what: What) {
        let name = self.name();
        assert_eq!(self.objects.insert(name.clone(), what), None, "{name} is declared once");
    }

    fn map(&mut self) {
        self.words("ContextMap");
        self.name();
        self.signs("{");
        self.words("type");
        self.signs("=");
        self.words("SYSTEM_LANDSCAPE state");
        self.signs("=");
        self.words("TO_BE");
        while self.is_word("contains") {
            self.words("contains");
            self.wants(What::Context);
        }
        while !self.is_sign('}') {
            self.wants(What::Context);
            self.signs("[");
            self.words("U");
            self.signs(",");
            self.words("PL");
            self.signs("]->[");
            self.words("D");
            self.signs(",");
            self.words("CF");
            self.signs("]");
            self.wants(What::Context);
        }
        self.signs("}");
    }

    fn context(&mut self) {
        self.words("BoundedContext");
        let name = self.name();
        assert_eq!(self.contexts.insert(name.clone(), What::Context), None, "{name} is declared once");
        self.signs("{");
        if self.is_word("Application") {
            self.words("Application");
            self.signs("{");
            self.words("Flow");
            self.name();
            self.signs("{");
            while !self.is_sign('}') {
                self.step();
            }
            self.signs("}}");
        }
        while !self.is_sign('}') {
            self.aggregate();
        }
        self.signs("}");
    }

    fn step(&mut self) {
        if self.is_word("event") {
            self.words("event");
            self.wants(What::Event);
            self.words("triggers command");
            return self.wants(What::Command);
        }
        self.words("command");
        self.wants(What::Command);
        if self.is_sign('[') {
            self.signs("[");
            self.words("initiated by");
            assert_eq!(self.next(), Token::Text);
            self.signs("]");
        }
        self.words("emits event");
        self.wants(What::Event);
        while self.is_sign('+') {
            self.signs("+");
            self.wants(What::Event);
        }
    }

    fn aggregate(&mut self) {
        self.words("Aggregate");
        let name = self.name();
        self.signs("{");
        self.words("Entity");
        assert_eq!(self.tokens[self.at], self.tokens[self.at - 3], "the root of {name} is called like it");
        self.declares(What::Other);
        self.signs("{");
        self.words("aggregateRoot String");
        self.name();
        self.words("key");
        self.signs("}");
        while !self.is_sign('}') {
            self.object();
        }
        self.signs("}");
        self.aggregates += 1;
    }

    fn object(&mut self) {
        assert_eq!(self.next(), Token::Text);
        let Token::Word(kind) = self.next() else { panic!("a kind of object") };
        self.declares(match kind.as_str() {
            "Command" => What::Command,
            "DomainEvent" => What::Event,
            "DataTransferObject" => What::Other,
            kind => panic!("{kind}"),
        });
        self.signs("{");
        let mut fields = Vec::new();
        while !self.is_sign('}') {
            let Token::Word(kind) = self.next() else { panic!("a type") };
            if kind == "List" {
                self.signs("<");
                self.next();
                self.signs(">");
            }
            let field = self.name();
            assert!(!fields.contains(&field), "{field} stands once");
            fields.push(field);
        }
        self.signs("}");
    }
}

fn check(name: &str, board: &str) {
    let source = Source::of_text(board).unwrap_or_else(|why| panic!("{name}: {why:?}"));
    let book = Book::new(&source);
    let read = Reader::read(&text(&book));
    let count = |what: What| read.objects.values().filter(|one| **one == what).count();
    let model = &source.model;
    assert_eq!(read.contexts.len(), model.contexts.len(), "{name}");
    assert_eq!(read.aggregates, model.categories.len(), "{name}");
    assert_eq!(count(What::Command), model.commands.len(), "{name}");
    assert_eq!(count(What::Event), model.events.len(), "{name}");
    assert_eq!(count(What::Other), model.categories.len() + model.readmodels.len(), "{name}");
}

#[test]
fn every_sample_reads_back() {
    let own = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut seen = 0;
    for folder in ["../../app/assets", "tests/samples", "tests/hostile"] {
        for path in fs::read_dir(own.join(folder)).unwrap().map(|entry| entry.unwrap().path()) {
            let is_ready = path.file_stem().is_some_and(|name| name != "shopping");
            if is_ready && path.extension().is_some_and(|end| end == "emd") {
                check(&path.display().to_string(), &fs::read_to_string(&path).unwrap());
                seen += 1;
            }
        }
    }
    assert!(seen > 12);
}

/// In each place where people name something, each word of the language.
#[test]
fn words_of_the_language_are_names_too() {
    let fits = |word: &&str| word.len() > 2 && word.chars().all(|one| one.is_ascii_alphabetic());
    for word in KEYWORDS.split_whitespace().filter(fits) {
        let board = format!(
            "# {word}\n// @context {word}\n{word} -> // {word}\nThing Added // thingId, {word}\nThings* // thingId, \
             {word}\n// @context Second\n// @policy Whenever {word}.Thing Added, Add It\nAdd It -> // {word}\n{word} \
             Made // {word}Id, {word}\nAll* // {word}Id, {word}\n// @context Third\nNote It -> // text\nNote Taken // \
             noteId, text\n{word}* // noteId, text\n"
        );
        check(word, &board);
    }
}

#[test]
fn aggregates_of_one_name_are_told_apart() {
    let part = |context: &str| {
        format!(
            "// @context {context}\nAdd Order -> // text\nOrder Added // orderId, text\nOrders* // orderId, text\n"
        )
    };
    check("two contexts", &["# Shop\n", &part("Bar"), &part("bar"), &part("B-ar")].concat());
}
