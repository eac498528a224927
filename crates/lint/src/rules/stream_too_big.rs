//! A stream that holds too much.

use super::prelude::*;
use foldhash::HashSet;

pub const RULE: Rule = Rule {
    id: RuleId("StreamTooBig"),
    severity: Severity::Hint,
    scope: Scope::Squall,
    from: Level::SoftwareDesign,
    help: "Ask which of its decisions need each other, and part it where they do not.",
    check: Check::Model(check),
};

pub const EXPLANATION: Explanation = Explanation {
    what: "A stream has more than 10 commands, 12 events or 30 properties.",
    why: "All decisions of a stream are made one after another. The more it holds, the longer people wait for each other, and the harder it is to see what belongs together.",
    mend: "Find the decisions that need the same facts and keep them; give the others a stream of their own.",
    example: "`Order Placed` and `Order Paid` stay, `Order Parcel Sent` becomes `Parcel Sent`",
};

fn check(model: &Checked<'_>, findings: &mut Findings) {
    for (context, stream) in model.streams() {
        let (commands, events) = (stream.commands.len(), stream.events.len());
        let mut properties: HashSet<&str> = HashSet::default();
        if events > 3 {
            let all = stream.events.iter().flat_map(|event| &event.properties);
            properties.extend(all.map(|one| one.name.as_str()));
        }
        if commands <= 10 && events <= 12 && properties.len() <= 30 || findings.is_full() {
            continue;
        }
        findings
            .add(
                stream.place,
                match properties.len() {
                    many @ 31.. => format!("'{}' holds a lot: {many} properties.", stream.name),
                    _ => format!("'{}' holds a lot: {commands} commands and {events} events.", stream.name),
                },
            )
            .subject =
            Subject { context: context.name.clone(), stream: stream.name.to_string(), ..Subject::default() };
    }
}
