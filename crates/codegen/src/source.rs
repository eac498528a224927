//! What is generated from: a text, the model it means, and the model as it runs.
//!
//! Invariant: a source has no errors and something to do, so that all targets may rely on what `lint` promises.

use diag::{Diagnostic, RuleId, Severity, Span, Subject};
use emd::Document;
use eml::names::spaceless;
use eml::{Profile, Solution};
use foldhash::HashMap;
use lint::{Level, Options};
use sim::model::Model;

/// A model that can be generated from.
#[derive(Debug)]
pub struct Source {
    /// Event Markdown: as people wrote it, every line with a newline at its end, so that the same text from a file and
    /// from a board is the same.
    pub text: String,
    /// With its policies, actors, terms and scenarios.
    pub solution: Solution,
    /// Names, rules, projections and policies as the simulator runs them: what a service does is read from here.
    pub model: Model,
}

/// Why nothing is generated: the findings of severity error, in the order of the text. Where there are none, the model
/// lacks a command, an event or a read model.
#[derive(Clone, PartialEq, Debug)]
pub struct NotReady {
    pub errors: Vec<Diagnostic>,
}

impl Source {
    pub fn of_text(text: &str) -> Result<Source, NotReady> {
        let document = emd::parse(text);
        let lines: Vec<&str> = text.lines().collect();
        let options = Options { profile: Profile::Squall, level: Level::SoftwareDesign };
        let report = lint::inspect(&lines, &options);
        if !report.green {
            return Err(NotReady { errors: report.errors().cloned().collect() });
        }
        let solution = report.lowered.solution;
        let errors = called_alike(&solution);
        if !errors.is_empty() {
            return Err(NotReady { errors });
        }
        let model = Model::new(&solution, Some(&document as &Document<'_>));
        let text = lines.iter().flat_map(|line| [line, "\n"]).collect();
        Ok(Source { text, solution, model })
    }
}

/// Contexts whose names are one without their spaces: their paths, streams and events would be one, too.
fn called_alike(solution: &Solution) -> Vec<Diagnostic> {
    let mut known = HashMap::default();
    let mut errors = Vec::new();
    for context in &solution.contexts {
        let Some(other) = known.insert(spaceless(&context.name), &context.name) else { continue };
        errors.push(Diagnostic {
            rule: RuleId("NamesMustBeUnique"),
            severity: Severity::Error,
            line: context.place.map(|place| place.line),
            span: context.place.map_or_else(Span::default, |place| place.span),
            message: format!("The contexts '{other}' and '{}' have one name without spaces.", context.name),
            help: "Rename one of them: in paths, streams and events names have no spaces.".to_owned(),
            subject: Subject { context: context.name.clone(), ..Subject::default() },
            fixes: Vec::new(),
        });
    }
    errors
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn contexts_that_would_be_one_are_refused_where_the_later_one_stands() {
        let part = |context: &str, thing: &str| {
            format!(
                "// @context {context}\nAdd {thing} -> // name\n{thing} Added // name\n{thing}s* // {thing}Id\n"
            )
        };
        let board = |other: &str| ["# Shop\n", &part("Order Desk", "Cup"), &part(other, "Can")].concat();
        assert!(Source::of_text(&board("Orderdesk")).is_ok());
        let errors = Source::of_text(&board("OrderDesk")).expect_err("one name").errors;
        assert_eq!(errors.iter().map(|error| error.line).collect::<Vec<_>>(), [Some(5)]);
        assert_eq!(
            errors[0].message,
            "The contexts 'Order Desk' and 'OrderDesk' have one name without spaces."
        );
    }
}
