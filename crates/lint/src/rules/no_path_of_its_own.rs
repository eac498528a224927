//! What a service would have no path for, or one path for two.

use super::prelude::*;
use eml::names::spaceless;
use foldhash::HashMap;
use std::fmt;

pub const RULE: Rule = Rule {
    id: RuleId("NoPathOfItsOwn"),
    severity: Severity::Error,
    scope: Scope::Squall,
    from: Level::SoftwareDesign,
    help: "Rename it: in the paths of services, in streams and in events, names have no spaces.",
    check: Check::Model(check),
};

pub const EXPLANATION: Explanation = Explanation {
    what: "Two contexts, or two read models, are one in the paths of a service, or one has a name that is no path.",
    why: "Names lose their spaces in `/api/v1/OrderDesk/Order/PlaceOrder`, and a name of dots leads out of its folder.",
    mend: "Rename one of them.",
    example: "`// @context Order Desk` and `// @context Orders`, not `// @context OrderDesk`",
};

fn check(model: &Checked<'_>, findings: &mut Findings) {
    let several = model.contexts().len() > 1;
    let (mut contexts, mut readmodels) = (HashMap::default(), HashMap::default());
    for context in model.contexts() {
        let folder = spaceless(&context.name);
        if several && is_no_path(&folder) {
            findings.add(context.place, format!("'{}' cannot be a context beside others.", context.name));
        }
        let named = Named { name: &context.name, place: context.place };
        if let Some(other) = contexts.insert(folder.clone(), named).filter(|other| other.name != named.name) {
            let message = format!("The contexts {other} and {named} have one name without spaces.");
            findings.add(context.place, message).subject.context = context.name.clone();
            continue;
        }
        for readmodel in &context.readmodels {
            if is_no_path(&readmodel.name) {
                findings.add(readmodel.place, format!("'{}' cannot be a read model.", readmodel.name));
            }
            let named = Named { name: &readmodel.name, place: readmodel.place };
            let full = format!("{folder}.{}", readmodel.name);
            // In one context they would have the same name, which is another rule's.
            let other = readmodels.insert(full.clone(), named).filter(|other| other.name != named.name);
            if let Some(other) = other {
                let message = format!("The read models {other} and {named} are both called '{full}'.");
                findings.add(readmodel.place, message);
            }
        }
    }
}

/// What senders of requests take out of a path.
fn is_no_path(name: &str) -> bool {
    matches!(name, "" | "." | "..")
}

#[derive(Clone, Copy)]
struct Named<'a> {
    name: &'a str,
    place: Option<Place>,
}

impl fmt::Display for Named<'_> {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.place {
            Some(place) => write!(out, "'{}' (line {})", self.name, place.line + 1),
            None => write!(out, "'{}'", self.name),
        }
    }
}
