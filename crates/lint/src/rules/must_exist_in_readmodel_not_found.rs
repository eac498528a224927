//! An id that has to exist in a read model which is not there, or has another key.

use super::prelude::*;

pub const RULE: Rule = Rule {
    id: RuleId("MustExistInReadmodelNotFound"),
    severity: Severity::Error,
    scope: Scope::Both,
    from: Level::SoftwareDesign,
    help: "Write the read model with that id first, for example `User Lookup* // userId, name`, or `// @free userId` behind the command where the id need not exist.",
    check: Check::Command(check),
};

pub const EXPLANATION: Explanation = Explanation {
    what: "A command names an id of something else, and no read model knows these ids.",
    why: "An id that somebody sends must be one that exists. The read model, named after the id and ending in `Lookup`, is where that is looked up.",
    mend: "Add the read model with that id first, or say with `// @free userId` that the id need not exist, or with `// @exists userId in Users` where to look.",
    example: "`Add Item -> // todoId, userId` needs `User Lookup* // userId, name`",
};

fn check(context: &InContext<'_>, stream: &InStream<'_>, command: &Command, findings: &mut Findings) {
    for parameter in &command.parameters {
        let Some(name) = parameter.must_exist_in().filter(|name| !name.is_empty()) else {
            continue;
        };
        let key = context.key_of(name);
        if key.is_some() && key == eml::names::id_part(&parameter.name).as_deref() {
            continue;
        }
        let finding = findings.add(
            parameter.place.or(command.place),
            format!(
                "'{} {}' has a MustExistIn {name} rule, but that read model does not exist.",
                command.name, parameter.name
            ),
        );
        finding.subject = Subject {
            context: context.name.to_owned(),
            stream: stream.name.to_string(),
            command: command.name.to_string(),
            ..Subject::default()
        };
        if let Some(place) = command.place.filter(|_| context.has_notation()) {
            let text = emd::edit::write(Kind::Annotation(emd::Annotation::Free), &parameter.name, &[]);
            let edits = vec![Edit::Insert { line: place.line + 1, text }];
            finding.fix(format!("Say that '{}' need not exist", parameter.name), edits);
        }
    }
}
