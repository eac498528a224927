//! What somebody looks at of a target: its files as they would be generated from the board as it is now.

use super::difference::{self, Difference};
use super::generator::{ask, ask_for_bytes};
use super::last::Last;
use crate::browser;
use crate::messages::{self, ship as words};
use crate::session::Session;
use board::{Board, LineId};
use elements::afterwards;
use gloo_timers::callback::Timeout;
use js_sys::{Array, ArrayBuffer};
use leptos::prelude::*;
use protocol::ship::{Ask, Failed, File, Finding, Say, Target};
use web_sys::{Blob, BlobPropertyBag};

/// The target that is shown first.
const FIRST: &str = "node";
const CHOICE: &str = "squall.target";
/// Who writes is waited for so long.
const PAUSE_MS: u32 = 300;

/// What is known of the text as it is.
#[derive(Clone, PartialEq, Debug)]
pub enum Known<T> {
    Loading,
    /// These prevent it.
    NotReady(Vec<Problem>),
    Here(T),
    /// Why there is no answer, for people.
    Failed(String),
}

/// A finding, and the line that it meant.
#[derive(Clone, PartialEq, Debug)]
pub struct Problem {
    pub finding: Finding,
    pub line: Option<LineId>,
}

/// A text that was asked about, and which line each index meant.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Lines {
    pub text: String,
    ids: Vec<LineId>,
}

/// A file and what it says.
#[derive(Clone, PartialEq, Debug)]
pub struct Shown {
    pub file: File,
    pub text: String,
}

/// All signals are written here, unless they say otherwise.
#[derive(Clone, Copy)]
pub struct Build {
    pub session: Session,
    pub targets: RwSignal<Vec<Target>>,
    /// Written by views, through `choose`.
    pub target: RwSignal<String>,
    pub known: RwSignal<Known<Vec<File>>>,
    /// What was downloaded last of this board and target.
    pub last: RwSignal<Option<Last>>,
    /// The path of the file that is looked at. Written by views.
    pub chosen: RwSignal<Option<String>>,
    pub shown: RwSignal<Option<Shown>>,
    /// Of the chosen file; nothing where it is the same, or where nobody knows what it was.
    pub difference: RwSignal<Option<Difference>>,
    /// A zip is being made.
    pub packing: RwSignal<bool>,
    /// The text that `known` is about.
    pub of: StoredValue<Lines>,
    serial: StoredValue<u64>,
    waiting: StoredValue<Option<Timeout>, LocalStorage>,
}

impl Lines {
    /// As the download of the board's text is.
    pub fn now(session: Session) -> Lines {
        session.flush();
        session.with_board(|board: &Board| Lines { text: board.text() + "\n", ids: board.order.clone() })
    }

    pub fn problems(&self, findings: Vec<Finding>) -> Vec<Problem> {
        let problem = |finding: Finding| {
            let line = finding.line.and_then(|line| self.ids.get(line)).cloned();
            Problem { finding, line }
        };
        findings.into_iter().map(problem).collect()
    }
}

impl<T> Known<T> {
    pub fn failed(failed: &Failed) -> Known<T> {
        Known::Failed(words::failed(failed))
    }
}

impl Build {
    /// Follows the board for as long as the view lives that asked for it.
    pub fn new(session: Session) -> Build {
        let build = Build {
            session,
            targets: RwSignal::new(Vec::new()),
            target: RwSignal::new(browser::recall(CHOICE).unwrap_or_else(|| FIRST.to_owned())),
            known: RwSignal::new(Known::Loading),
            last: RwSignal::new(None),
            chosen: RwSignal::new(None),
            shown: RwSignal::new(None),
            difference: RwSignal::new(None),
            packing: RwSignal::new(false),
            of: StoredValue::new(Lines::default()),
            serial: StoredValue::new(0),
            waiting: StoredValue::new_local(None),
        };
        build.fetch_targets();
        afterwards(move || {
            build.target.track();
            build.begin();
        });
        let before = StoredValue::new(None::<u64>);
        afterwards(move || {
            let now = session.epoch.get();
            if before.get_value().is_some_and(|before| before != now) {
                let later = Timeout::new(PAUSE_MS, move || build.generate());
                build.waiting.set_value(Some(later));
            }
            before.set_value(Some(now));
        });
        afterwards(move || build.fetch_text());
        difference::follow(build);
        build
    }

    pub fn choose(self, target: &str) {
        browser::remember(CHOICE, target);
        self.target.set(target.to_owned());
    }

    /// Asks once more.
    pub fn again(self) {
        self.fetch_targets();
        self.begin();
    }

    fn fetch_targets(self) {
        browser::spawn(async move {
            if let Ok(Say::Targets(targets)) = ask(Ask::Targets).await {
                let known = targets.iter().any(|it| self.target.try_get_untracked().as_ref() == Some(&it.id));
                if let Some(first) = targets.first().filter(|_| !known) {
                    self.target.try_set(first.id.clone());
                }
                self.targets.try_set(targets);
            }
        });
    }

    fn begin(self) {
        self.known.set(Known::Loading);
        self.shown.set(None);
        self.last.set(Last::recall(&self.session.board_id(), &self.target.get_untracked()));
        self.generate();
    }

    /// Of several under way the last counts. What is on screen stays until there is something else.
    fn generate(self) {
        let (lines, target) = (Lines::now(self.session), self.target.get_untracked());
        let serial = self.serial.get_value() + 1;
        self.serial.set_value(serial);
        let question = Ask::Generate { text: lines.text.clone(), target };
        browser::spawn(async move {
            let said = ask(question).await;
            if self.serial.try_get_value() != Some(serial) {
                return;
            }
            let known = match said {
                Ok(Say::Files(files)) => Known::Here(files),
                Ok(Say::NotReady(findings)) => Known::NotReady(lines.problems(findings)),
                Ok(_) => Known::Failed(words::STRANGE.to_owned()),
                Err(failed) => Known::failed(&failed),
            };
            self.of.set_value(lines);
            self.keep_a_file_chosen(&known);
            if self.known.with_untracked(|before| *before != known) {
                self.known.set(known);
            }
        });
    }

    fn keep_a_file_chosen(self, known: &Known<Vec<File>>) {
        let Known::Here(files) = known else { return };
        let here = |path: &str| files.iter().any(|file| file.path == path);
        if !self.chosen.with_untracked(|chosen| chosen.as_deref().is_some_and(here)) {
            let open = files.iter().map(|file| &file.path).filter(|path| !path.starts_with('.'));
            // The README that is least deep, or else what comes first.
            let first = open.min_by_key(|path| (!path.ends_with("README.md"), path.matches('/').count()));
            self.chosen.set(first.cloned());
        }
    }

    /// The text of the chosen file, where it is another than the one on screen.
    fn fetch_text(self) {
        let chosen = self.chosen.get();
        let file = self.known.with(|known| match known {
            Known::Here(files) => files.iter().find(|file| Some(&file.path) == chosen.as_ref()).cloned(),
            _ => None,
        });
        let Some(file) = file else { return };
        if self.shown.with_untracked(|shown| shown.as_ref().is_some_and(|shown| shown.file == file)) {
            return;
        }
        let (text, target) = (self.of.with_value(|lines| lines.text.clone()), self.target.get_untracked());
        let question = Ask::File { text, target, path: file.path.clone() };
        browser::spawn(async move {
            let said = ask(question).await;
            if self.chosen.try_get_untracked().flatten().as_ref() != Some(&file.path) {
                return;
            }
            match said {
                Ok(Say::Text(text)) => drop(self.shown.try_set(Some(Shown { file, text }))),
                Ok(_) => {}
                Err(failed) => drop(self.known.try_set(Known::failed(&failed))),
            }
        });
    }

    /// The files that are on screen as one, and from here on they are what was downloaded last.
    pub fn download(self) {
        let Known::Here(files) = self.known.get_untracked() else { return };
        if self.packing.get_untracked() {
            return;
        }
        self.packing.set(true);
        let (text, target) = (self.of.with_value(|lines| lines.text.clone()), self.target.get_untracked());
        let name = messages::ship::zip_name(&self.session.title().unwrap_or_default(), &target);
        browser::spawn(async move {
            let said = ask_for_bytes(Ask::Zip { text: text.clone(), target: target.clone() }).await;
            self.packing.try_set(false);
            match said {
                Ok((Say::Zip, Some(bytes))) => {
                    save(&name, &bytes);
                    let last = Last::of(&files, text, browser::now());
                    last.remember(&self.session.board_id(), &target);
                    if self.target.try_get_untracked().as_ref() == Some(&target) {
                        self.last.try_set(Some(last));
                    }
                    self.session.announcement.set(words::downloaded(&name));
                }
                Ok(_) => self.session.say(words::STRANGE),
                Err(failed) => self.session.say(&words::failed(&failed)),
            }
        });
    }
}

fn save(name: &str, bytes: &ArrayBuffer) {
    let options = BlobPropertyBag::new();
    options.set_type("application/zip");
    // The browser takes parts of any kind; one way to make a blob is enough for the first wasm.
    let parts = Array::of1(bytes);
    if let Ok(blob) = Blob::new_with_str_sequence_and_options(&parts, &options) {
        browser::download_blob(name, &blob);
    }
}
