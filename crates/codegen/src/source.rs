//! What is generated from: a text, the model it means, and the model as it runs.
//!
//! Invariant: a source has no errors and something to do, so that all targets may rely on what `lint` promises. What
//! the checker finds green can be generated: whoever has to refuse a model adds a rule there.

use diag::Diagnostic;
use emd::Document;
use eml::{Profile, Solution};
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
        let model = Model::new(&solution, Some(&document as &Document<'_>));
        let text = lines.iter().flat_map(|line| [line, "\n"]).collect();
        Ok(Source { text, solution, model })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn contexts_that_would_be_one_are_refused_with_both_their_lines() {
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
            "The contexts 'Order Desk' (line 2) and 'OrderDesk' (line 6) have one name without spaces."
        );
    }
}
