//! Commands that act on something which need not be there.

use super::prelude::*;
use foldhash::HashSet;

pub const RULE: Rule = Rule {
    id: RuleId("MayNotExistYet"),
    severity: Severity::Hint,
    scope: Scope::Squall,
    from: Level::SoftwareDesign,
    help: "Say what must have happened before: `// @requires Todo Added` behind the command.",
    check: Check::Model(check),
};

pub const EXPLANATION: Explanation = Explanation {
    what: "A command changes something, and nothing says that it has to be there: no `// @requires` names the event that brings it into being.",
    why: "Otherwise a parcel is delivered that was never sent, and the system finds it quite all right.",
    mend: "Put `// @requires` with the first event of the stream behind the command. As long as a board says nothing of the kind anywhere, you hear of it once.",
    example: "`Mark Complete -> // todoId`, then `// @requires Todo Added`",
};

fn check(model: &Checked<'_>, findings: &mut Findings) {
    if model.wall().is_none() {
        return;
    }
    for context in model.contexts() {
        let mut commands = context.streams.iter().flat_map(|stream| &stream.commands);
        // Who has written one precondition knows them; who has not is told once.
        let known = commands.any(|command| !command.preconditions.is_empty());
        let mut told: HashSet<&str> = HashSet::default();
        for stream in context.own_streams() {
            // An event from outside brings it into being without anybody's command.
            let first = stream.events.first().filter(|first| context.is_postcondition(stream, &first.name));
            let Some(first) = first else { continue };
            // A command that is written again is looked at once, with all it leads to.
            let once = stream.commands.iter().filter(|command| told.insert(&command.name));
            let bare = once.filter(|command| {
                let creates = command.postconditions.contains(&first.name);
                command.preconditions.is_empty() && !creates && !command.postconditions.is_empty()
            });
            let bare: Vec<_> = bare.collect();
            let Some(place) = bare.first().and_then(|command| command.place) else { continue };
            if findings.is_full() {
                return;
            }
            let spoken = |at: Option<Place>, short: &str| {
                let document = model.document.zip(at);
                document.map_or(short.to_owned(), |(text, at)| at.span.of(text.raw(at.line)).to_owned())
            };
            let names: Vec<String> = bare.iter().map(|one| spoken(one.place, &one.name)).collect();
            let names: Vec<&str> = names.iter().map(String::as_str).collect();
            let event = spoken(first.place, &first.name);
            let words =
                format!("Nothing says that '{}' must be there before {}.", stream.name, listed(&names));
            let text = emd::edit::write(Kind::Annotation(emd::Annotation::Requires), &event, &[]);
            let lines = bare.iter().filter_map(|command| command.place);
            let edits =
                lines.map(|place| Edit::Insert { line: place.line + 1, text: text.clone() }).collect();
            let finding = findings.at(place, words);
            finding.subject = Subject {
                context: context.name.clone(),
                stream: stream.name.to_string(),
                ..Subject::default()
            };
            finding.fix(format!("Require '{event}'"), edits);
            if !known {
                break;
            }
        }
    }
}
