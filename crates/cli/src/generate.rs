//! `squall generate`: specifications and services out of a model, into a folder or a zip.
//!
//! Not here: what is generated and what becomes of which file (`codegen`), the disk (`folder`), that nobody else does it
//! at once (`lock`), what is told (`told`).

mod folder;
mod lock;
mod told;

use crate::input::{Input, Rules, Stage};
use crate::pretty;
use anyhow::{Context, Result, bail};
use clap::{Args, ValueEnum};
use codegen::compat::{self, Change, Schema, Severity};
use codegen::manifest;
use codegen::plan::{Conflict, Found, Past, Plan, Resolve, Write};
use codegen::{NotReady, Source, Target, Tree};
use diag::Diagnostic;
use folder::Folder;
use lock::Lock;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use told::Told;

const HELP: &str = "\
Generating again keeps what people wrote. The folder's .squall/manifest.json says whose a file is:

  owned   the generator's: written again, and deleted when it is no longer generated. One that was edited by hand is
          never overwritten silently
  once    yours: written where there is none, and never touched again
  merged  both have a say, key by key: package.json, pyproject.toml, compose.yaml

Changes of events that are stored already are named before anything is written.

Exit codes: 0 generated; 1 the model has errors, or files or events stand against it; 2 not generated.";

#[derive(Args)]
#[command(after_long_help = HELP)]
pub struct Arguments {
    /// A file that ends in .emd (Event Markdown), .yaml (EML) or .squall (a board), or - for the standard input
    file: PathBuf,
    #[arg(short, long, value_enum)]
    target: Kind,
    /// The folder that it goes to; what ends in .zip is a zip
    #[arg(short, long, value_name = "DIR", required_unless_present = "zip")]
    output: Option<PathBuf>,
    /// The same as a zip, byte for byte the one that the page makes
    #[arg(long, value_name = "FILE.zip")]
    zip: Option<PathBuf>,
    /// Tell what would be done, and do nothing
    #[arg(long)]
    dry_run: bool,
    /// Write FILE.new beside each file that was edited by hand: your changes and the generator's together. Refused as
    /// long as a FILE.new from before lies there
    #[arg(long, conflicts_with = "force")]
    three_way: bool,
    /// Overwrite files that were edited by hand
    #[arg(long)]
    force: bool,
    /// Write although stored events, or their readers, lose something
    #[arg(long)]
    accept_breaking: bool,
}

#[derive(Clone, Copy, ValueEnum)]
enum Kind {
    /// OpenAPI, AsyncAPI, JSON Schema, Avro, CloudEvents, diagrams, documentation; part of the others
    Specs,
    /// A service for Node, in TypeScript
    Node,
    /// A service in Python, on the library eventsourcing
    Python,
}

impl From<Kind> for Target {
    fn from(kind: Kind) -> Target {
        match kind {
            Kind::Specs => Target::Specifications,
            Kind::Node => Target::Node,
            Kind::Python => Target::Python,
        }
    }
}

impl Arguments {
    fn resolve(&self) -> Resolve {
        match (self.three_way, self.force) {
            (true, _) => Resolve::ThreeWay,
            (_, true) => Resolve::Overwrite,
            _ => Resolve::Leave,
        }
    }
}

pub fn run(arguments: &Arguments) -> Result<ExitCode> {
    let input = Input::read(&arguments.file)?;
    let source = match source(&input)? {
        Ok(source) => source,
        Err(not_ready) => {
            eprint!("{}", refusal(&input, &not_ready));
            return Ok(ExitCode::FAILURE);
        }
    };
    let target = arguments.target.into();
    let tree = codegen::deliver(&source, target);
    let told = Told::new(pretty::colours(std::io::stdout()));
    let (zips, folder) = outputs(arguments);
    // A folder that is refused leaves no zip behind either.
    let ends_well = match folder {
        Some(path) => into_folder(path, &source, target, &tree, arguments, told)?,
        None => true,
    };
    if ends_well || arguments.force {
        for path in zips {
            into_zip(path, &tree, arguments.dry_run, told)?;
        }
    }
    Ok(ExitCode::from(u8::from(!ends_well)))
}

/// Zips to write, and the folder.
fn outputs(arguments: &Arguments) -> (Vec<&Path>, Option<&Path>) {
    let is_zip = |path: &&Path| path.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("zip"));
    let output = arguments.output.as_deref();
    let zips = output.filter(is_zip).into_iter().chain(arguments.zip.as_deref()).collect();
    (zips, output.filter(|path| !is_zip(path)))
}

fn source(input: &Input) -> Result<Result<Source, NotReady>> {
    if input.is_eml() {
        // Findings are to stand at the lines of this file, not of the text that it becomes.
        let report = input.inspect(&Rules::Squall.options(Stage::Design))?;
        if report.has_errors() {
            return Ok(Err(NotReady { errors: report.errors().cloned().collect() }));
        }
    }
    let (text, unsaid) = input.markdown()?;
    input.complain(&unsaid);
    let mut source = Source::of_text(&(text + "\n"));
    if let (true, Err(not_ready)) = (input.is_eml(), &mut source) {
        not_ready.errors.iter_mut().for_each(|error| error.line = None);
    }
    Ok(source)
}

fn refusal(input: &Input, why: &NotReady) -> String {
    let words = match why.errors.is_empty() {
        true => "nothing to generate: a service needs a command, an event and a read model",
        false => "nothing was generated: the model has errors",
    };
    let findings: &[Diagnostic] = &why.errors;
    let findings = match findings.is_empty() {
        true => String::new(),
        false => pretty::text(input, findings, pretty::colours(std::io::stderr())),
    };
    format!("{findings}squall: {words}\n")
}

fn into_zip(path: &Path, tree: &Tree, dry_run: bool, told: Told) -> Result<()> {
    let bytes = codegen::zip(tree).context("cannot make a zip")?;
    if !dry_run {
        folder::replace(path, &bytes).with_context(|| format!("cannot write {}", path.display()))?;
    }
    told.zip(path, tree, bytes.len(), dry_run)
}

/// `false`: something stands against it.
fn into_folder(
    path: &Path,
    source: &Source,
    target: Target,
    tree: &Tree,
    arguments: &Arguments,
    told: Told,
) -> Result<bool> {
    let folder = Folder::open(path)?;
    let _lock = if arguments.dry_run { None } else { Some(Lock::take(&folder, path)?) };
    let pasts = folder.pasts()?;
    if let Some(past) = pasts.first().filter(|past| past.manifest.target != target.id()) {
        let other = &past.manifest.target;
        bail!("{} was generated for the target {other}: choose another folder", path.display());
    }
    let changes = changes(&folder, source);
    told.changes(&changes)?;
    let plan = Plan::new(tree, &pasts, &|path| folder.find(path));
    let last = last_generation(&folder, pasts.last());
    let base = |path: &str| base(path, pasts.last()?, last.as_ref()?);
    let writes = plan.writes(arguments.resolve(), &base);
    let breaking = changes.iter().any(|change| change.severity == Severity::Breaking);
    let refused = Refused {
        breaking: breaking && !arguments.accept_breaking,
        edited: refuses(&plan, &pasts, arguments.resolve()),
        waiting: waiting(&folder, &writes),
    };
    told.plan(path, source, &plan, pasts.is_empty(), arguments.dry_run)?;
    if refused.breaking || refused.edited || !refused.waiting.is_empty() {
        told.refused(&plan, &refused)?;
        return Ok(false);
    }
    if !arguments.dry_run {
        folder.apply(&writes, tree).with_context(|| format!("cannot write into {}", path.display()))?;
    }
    told.done(path, &plan, arguments.resolve(), arguments.dry_run)?;
    Ok(arguments.resolve() != Resolve::Leave || plan.conflicts().count() == 0)
}

/// Why nothing is written.
struct Refused {
    breaking: bool,
    edited: bool,
    /// Files from an earlier `--three-way` that nobody has taken over yet.
    waiting: Vec<String>,
}

/// What lies where something is to be laid beside a file: a merge that people may be at work on, and without which the
/// next one would take back what was new then.
fn waiting(folder: &Folder, writes: &[Write]) -> Vec<String> {
    let is_waiting = |write: &Write| match write {
        Write::Beside { path, text } => match folder.find(path) {
            Found::Nothing => None,
            // A generation that was killed lays it there again.
            Found::Text(there) if there == *text => None,
            _ => Some(path.clone()),
        },
        _ => None,
    };
    writes.iter().filter_map(is_waiting).collect()
}

/// Into a folder where nothing was generated yet, all goes that collides with nothing; where something was, all or
/// nothing.
fn refuses(plan: &Plan, pasts: &[Past], resolve: Resolve) -> bool {
    let blocked = plan.conflicts().any(|(_, why)| matches!(why, Conflict::Blocked(_)));
    !pasts.is_empty() && (blocked || resolve == Resolve::Leave && plan.conflicts().count() > 0)
}

fn changes(folder: &Folder, source: &Source) -> Vec<Change> {
    let before = folder.text(manifest::EVENTS).and_then(|text| Schema::read(&text));
    before.map_or(Vec::new(), |before| compat::compare(&before, &Schema::of(&source.model)))
}

/// Where services, and specifications alone, keep the model that they were generated from.
const MODELS: [&str; 2] = ["model/Eventstorming.emd", "Eventstorming.emd"];

/// What was generated last, generated once more from the model in the folder, if it is still that one.
fn last_generation(folder: &Folder, past: Option<&Past>) -> Option<Tree> {
    let manifest = &past?.manifest;
    let (model, entry) = MODELS.iter().find_map(|path| manifest.files.get_key_value(*path))?;
    let text = folder.text(model).filter(|text| entry.sha256 == manifest::digest(text))?;
    let source = Source::of_text(&text).ok()?;
    Some(codegen::generate(&source, Target::of_id(&manifest.target)?))
}

/// A file as it was generated last. Another version of ours may have made another one.
fn base(path: &str, past: &Past, last: &Tree) -> Option<String> {
    let text = &last.get(path)?.text;
    (past.manifest.files.get(path)?.sha256 == manifest::digest(text)).then(|| text.clone())
}
