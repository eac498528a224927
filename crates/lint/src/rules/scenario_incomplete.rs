//! A scenario that lacks a part, or has its parts in another order.

use super::prelude::*;
use emd::Step;

pub const RULE: Rule = Rule {
    id: RuleId("ScenarioIncomplete"),
    severity: Severity::Warning,
    scope: Scope::Squall,
    from: Level::SoftwareDesign,
    help: "A scenario is `// @scenario` with a title, then what was `@given`, `@when` what is done, and `@then` what happens; `@expect` looks at a read model.",
    check: Check::Model(check),
};

pub const EXPLANATION: Explanation = Explanation {
    what: "A step of a scenario stands alone, in the wrong order, or the scenario does not say what is done or what comes out.",
    why: "A scenario is an example that can be played. Without what is done and what should come out, it proves nothing.",
    mend: "Give it a title, then given, when, then, expect, in this order; each may have several lines, and given may be missing.",
    example: "`// @scenario A todo is completed once`, `// @given Todo Added // todoId: 1`, `// @when Mark Complete // todoId: 1`, `// @then Todo Completed // todoId: 1`",
};

fn check(model: &Checked<'_>, findings: &mut Findings) {
    let Some(wall) = model.wall() else { return };
    for block in wall.scenarios() {
        if findings.is_full() {
            return;
        }
        scenario(block, findings);
    }
}

fn step(note: &Note<'_>) -> Step {
    match note.kind() {
        Kind::Scenario(step) => step,
        _ => Step::Scenario,
    }
}

fn scenario(block: &[Note<'_>], findings: &mut Findings) {
    let Some(first) = block.first() else { return };
    let word = |note: &Note<'_>| Place { line: note.line, span: Span::new("// ".len(), note.raw.len()) };
    if step(first) != Step::Scenario {
        let title = emd::edit::write(Kind::Scenario(Step::Scenario), "An example", &[]);
        let edits = vec![Edit::Insert { line: first.line, text: title }];
        findings
            .at(word(first), "This step belongs to no scenario.".to_owned())
            .fix("Start a scenario".to_owned(), edits);
    }
    let find = |wanted: Step| block.iter().find(|note| step(note) == wanted);
    let (when, then, expect) = (find(Step::When), find(Step::Then), find(Step::Expect));
    if let (None, Some(then)) = (when, then) {
        findings.at(word(then), "Nothing is done before this: a `@when` is missing.".to_owned());
    }
    if then.is_none() && expect.is_none() {
        findings
            .at(word(first), "This scenario does not say what comes out: a `@then` is missing.".to_owned());
    }
    let rank = |note: &Note<'_>| match step(note) {
        Step::Scenario => 0,
        Step::Given => 1,
        Step::When => 2,
        Step::Then => 3,
        Step::Expect => 4,
    };
    for pair in block.windows(2) {
        if rank(&pair[1]) < rank(&pair[0]) {
            findings.at(word(&pair[1]), "This step comes too late: given, when, then, expect.".to_owned());
        }
    }
    let outcomes: Vec<_> = block.iter().filter(|note| step(note) == Step::Then).collect();
    let rejected = outcomes.iter().find(|note| crate::wall::is_rejection(note));
    if let Some(rejected) = rejected.filter(|_| outcomes.len() > 1) {
        findings.at(word(rejected), "A command that is rejected lets nothing happen.".to_owned());
    }
}
