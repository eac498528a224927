//! An event without a name.

use super::prelude::*;

pub const RULE: Rule = Rule {
    id: RuleId("NoEventID"),
    severity: Severity::Error,
    scope: Scope::Both,
    from: Level::SoftwareDesign,
    help: "",
    check,
};

fn check(model: &Checked<'_>, findings: &mut Findings<'_>) {
    for (context, stream, event) in model.events() {
        if is_blank(&event.name) {
            findings.add(event.place, format!("{}: Event IDs cannot be blank.", event.name)).subject =
                Subject {
                    context: context.name.clone(),
                    stream: stream.name.to_string(),
                    ..Subject::default()
                };
        }
    }
}
