//! What people are told about a generation.

use super::Refused;
use crate::input;
use crate::pretty::shown;
use anyhow::Result;
use codegen::compat::{Change, Severity};
use codegen::merge::lines;
use codegen::plan::{Action, Conflict, Plan, Resolve, Step};
use codegen::{Care, Source, Tree};
use std::fmt::Write;
use std::path::Path;

/// So many lines of a difference are shown of each file.
const MOST_LINES: usize = 30;
const RED: &str = "1;31";
const YELLOW: &str = "1;33";
const GREEN: &str = "1;32";
const CYAN: &str = "1;36";

#[derive(Clone, Copy)]
pub struct Told {
    colours: bool,
}

impl Told {
    pub fn new(colours: bool) -> Told {
        Told { colours }
    }

    fn paint(self, code: &str, words: &str) -> String {
        match self.colours && !code.is_empty() {
            true => format!("\u{1b}[{code}m{words}\u{1b}[0m"),
            false => words.to_owned(),
        }
    }

    pub fn zip(self, path: &Path, tree: &Tree, bytes: usize, dry_run: bool) -> Result<()> {
        let verb = if dry_run { "would hold" } else { "holds" };
        let kilobytes = bytes.div_ceil(1000);
        say(&format!("{} {verb} {} ({kilobytes} kB)\n", path.display(), files(tree.len())))
    }

    /// Changes of events; what nobody needs to know is left out.
    pub fn changes(self, changes: &[Change]) -> Result<()> {
        if changes.is_empty() {
            return Ok(());
        }
        let mut out = String::from("Events, compared with the last generation:\n");
        for change in changes {
            let colour = match change.severity {
                Severity::Breaking => RED,
                Severity::Notice => YELLOW,
                Severity::Fine => GREEN,
            };
            let word = self.paint(colour, &format!("{:<9}", change.severity.word()));
            let compatibility = change.compatibility();
            let _ = writeln!(out, "  {word} {} [compatibility: {compatibility}]", shown(&change.to_string()));
        }
        say(&(out + "\n"))
    }

    pub fn plan(
        self,
        path: &Path,
        source: &Source,
        plan: &Plan,
        is_first: bool,
        dry_run: bool,
    ) -> Result<()> {
        let mut out = format!("{} -> {}\n", shown(&source.solution.name), path.display());
        let all_new = plan.steps.iter().all(|step| step.action == Action::Create);
        match is_first && all_new && !dry_run {
            true => first(&mut out, plan),
            false => {
                let told = plan.steps.iter().filter(|step| is_told(step, dry_run));
                told.for_each(|step| self.step(&mut out, step));
            }
        }
        say(&out)
    }

    fn step(self, out: &mut String, step: &Step) {
        let colour = match step.action {
            Action::Conflict(_) | Action::Delete => RED,
            Action::Edited | Action::Release => YELLOW,
            Action::Create => GREEN,
            Action::Update | Action::Merge { .. } => CYAN,
            Action::Unchanged | Action::Keep => "",
        };
        let word = self.paint(colour, &format!("{:<9}", step.action.word()));
        let _ = write!(out, "  {word} {}", step.path);
        let remark = remark(step);
        let _ = if remark.is_empty() { writeln!(out) } else { writeln!(out, "  ({remark})") };
    }

    /// Why nothing was written, with what is different.
    pub fn refused(self, plan: &Plan, refused: &Refused) -> Result<()> {
        let mut out = String::new();
        if refused.edited {
            plan.conflicts().for_each(|(step, _)| self.difference(&mut out, step));
            let is_blocked = |why: &Conflict| matches!(why, Conflict::Blocked(_));
            out.push_str("\nNothing was written: files above are not as they were generated.\n");
            if plan.conflicts().any(|(_, why)| is_blocked(why)) {
                out.push_str("  What is there in place of a file has to be moved away first\n");
            }
            if plan.conflicts().any(|(_, why)| !is_blocked(why)) {
                out.push_str(
                    "  --three-way writes FILE.new beside each, with your changes and the generator's\n",
                );
                out.push_str("  --force     overwrites them\n");
            }
        }
        if !refused.waiting.is_empty() {
            let _ = writeln!(
                out,
                "\nNothing was written: {} from an earlier --three-way.",
                lies(&refused.waiting)
            );
            out.push_str(
                "  Take over into FILE what is right in FILE.new, delete FILE.new, and generate again\n",
            );
        }
        if refused.breaking {
            out.push_str(
                "\nNothing was written: events that are stored, or their readers, would lose something.\n",
            );
            out.push_str("  --accept-breaking writes nevertheless\n");
        }
        say(&out)
    }

    /// From what lies there to what is generated.
    fn difference(self, out: &mut String, step: &Step) {
        let (Some(before), Some(after)) = (&step.before, &step.after) else { return };
        let _ = writeln!(out, "\n--- {} (yours)\n+++ {} (generated)", step.path, step.path);
        let difference = lines::difference(before, after);
        let all = difference.lines().count();
        for line in difference.lines().take(MOST_LINES) {
            let colour = match line.as_bytes().first() {
                Some(b'+') => GREEN,
                Some(b'-') => RED,
                Some(b'@') => CYAN,
                _ => "",
            };
            let _ = writeln!(out, "{}", self.paint(colour, &shown(line)));
        }
        if all > MOST_LINES {
            let _ = writeln!(out, "... and {} more lines", all - MOST_LINES);
        }
    }

    pub fn done(self, path: &Path, plan: &Plan, resolve: Resolve, dry_run: bool) -> Result<()> {
        let mut out = format!("{}\n", summary(plan));
        let conflicts = plan.conflicts().count();
        if dry_run {
            out.push_str("Nothing was written: this was a rehearsal.\n");
            return say(&out);
        }
        match resolve {
            Resolve::ThreeWay if conflicts > 0 => {
                out.push_str("Compare each FILE.new with FILE, keep what is right, and delete FILE.new.\n");
            }
            Resolve::Leave if conflicts > 0 => {
                let _ = writeln!(
                    out,
                    "{} there before and left alone: --force overwrites, --three-way writes FILE.new beside.",
                    was(conflicts)
                );
            }
            _ => {}
        }
        if plan.steps.iter().any(|step| step.path == "README.md") {
            let _ = writeln!(out, "{} says how to run and to test it.", path.join("README.md").display());
        }
        say(&out)
    }
}

/// A first generation: what is people's from now on is worth knowing, the rest is much.
fn first(out: &mut String, plan: &Plan) {
    let of = |care: Care| plan.steps.iter().filter(move |step| step.care == care);
    let list = |care: Care| of(care).map(|step| step.path.as_str()).collect::<Vec<_>>();
    let _ = writeln!(
        out,
        "  {} of the generator's, which are written again each time",
        files(of(Care::Owned).count())
    );
    let lists = [(Care::Once, "yours, never touched again"), (Care::Merged, "shared, merged key by key")];
    for (care, words) in lists {
        let paths = list(care);
        if !paths.is_empty() {
            let _ = writeln!(out, "  {} {words}:\n    {}", files(paths.len()), paths.join("\n    "));
        }
    }
}

fn is_told(step: &Step, dry_run: bool) -> bool {
    dry_run || !matches!(step.action, Action::Unchanged | Action::Keep)
}

fn remark(step: &Step) -> String {
    match &step.action {
        Action::Create if step.care == Care::Once => "yours from now on".to_owned(),
        Action::Keep => "yours".to_owned(),
        Action::Merge { kept, .. } if !kept.is_empty() => format!("yours stay: {}", shown(&kept.join(", "))),
        Action::Edited => "edited by hand, nothing new for it".to_owned(),
        Action::Release => "no longer generated: it is yours, or to be deleted".to_owned(),
        Action::Delete => "no longer generated".to_owned(),
        Action::Conflict(Conflict::Edited) => "edited by hand, and there is something new for it".to_owned(),
        Action::Conflict(Conflict::Foreign) => "was there before".to_owned(),
        Action::Conflict(Conflict::Unmergeable(why)) => shown(&why.to_string()),
        Action::Conflict(Conflict::Blocked(what)) => format!("there is {what}"),
        _ => String::new(),
    }
}

fn summary(plan: &Plan) -> String {
    if plan.is_idle() {
        return "Everything is up to date.".to_owned();
    }
    let counts = [
        (plan.count(|action| matches!(action, Action::Create)), "created"),
        (plan.count(|action| matches!(action, Action::Update)), "updated"),
        (plan.count(|action| matches!(action, Action::Merge { .. })), "merged"),
        (plan.count(|action| matches!(action, Action::Delete)), "deleted"),
        (plan.count(|action| matches!(action, Action::Unchanged)), "unchanged"),
        (plan.count(|action| matches!(action, Action::Keep)), "kept"),
        (plan.count(|action| matches!(action, Action::Edited | Action::Conflict(_))), "edited or in the way"),
    ];
    let parts = counts.iter().filter(|(many, _)| *many > 0).map(|(many, word)| format!("{many} {word}"));
    parts.collect::<Vec<_>>().join(", ")
}

fn files(many: usize) -> String {
    if many == 1 { "1 file".to_owned() } else { format!("{many} files") }
}

fn lies(paths: &[String]) -> String {
    match paths {
        [path] => format!("{path} still lies there"),
        _ => format!("{} still lie there", paths.join(", ")),
    }
}

fn was(many: usize) -> String {
    if many == 1 { "1 file was".to_owned() } else { format!("{many} files were") }
}

fn say(text: &str) -> Result<()> {
    input::print(text).map(drop)
}
