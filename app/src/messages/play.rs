//! What is said about runs as a whole: who began one anew, what does not fit, how scenarios came out.

use board::runs::Full;

pub const STOPPED: &str = "Stopped. What was not through is taken back; the next step goes on from here.";
pub const NO_SIMULATOR: &str =
    "What plays the model could not be loaded. Load the page again as soon as the server is there.";
pub const NEWER_STEPS: &str =
    "Somebody did something in this run that this page does not know yet: load the page again.";
pub const REMOVED_BY_SOMEBODY: &str = "Somebody removed the run you looked at. This is everybody's run.";
pub const IMPORT_TOO_LARGE: &str = "A log of more than 10 MB is too large to be brought in.";

pub fn reset_by(name: &str) -> String {
    let name = if name.is_empty() { "Somebody" } else { name };
    format!("{name} began this run anew.")
}

pub fn full(full: Full) -> String {
    let words = full.to_string();
    let mut letters = words.chars();
    let first = letters.next().map(|first| first.to_uppercase().to_string()).unwrap_or_default();
    format!("{first}{}.", letters.as_str())
}

// ---- scenarios
pub const SCENARIOS: &str = "Scenarios";
pub const EXPECTED: &str = "Expected";
pub const ACTUAL: &str = "Happened";
pub const NOTHING: &str = "nothing";
pub const HOLDS: &str = "This holds.";
pub const PASSES: &str = "passes";
pub const FAILS: &str = "fails";

// ---- what does not fit
pub const MISFITS: &str = "Does not fit any more";
pub const MISFITS_HELP: &str = "The board was edited since. Choose how to read what had happened before; nothing that happened is changed.";
pub const SHOW_STICKY: &str = "Show the sticky";
pub const STOP: &str = "Stop";

pub fn misfits(count: usize) -> String {
    if count == 1 { "does not fit".to_owned() } else { format!("{count} do not fit") }
}

/// Beside the line of the text.
pub fn expected_and_actual(expected: &str, actual: &str) -> String {
    let actual = if actual.trim().is_empty() { NOTHING } else { actual };
    format!("{EXPECTED}: {expected}\n{ACTUAL}: {actual}")
}

pub fn scenario(name: &str) -> String {
    format!(" Scenario “{name}”")
}

pub fn verdict(name: &str, passed: bool) -> String {
    format!("Scenario “{name}” {}.", if passed { PASSES } else { FAILS })
}

/// How many came out how, for the list of findings.
pub fn tally(passed: usize, all: usize) -> String {
    match (passed, all) {
        (1, 1) => "The scenario passes.".to_owned(),
        (passed, all) if passed == all => format!("All {all} scenarios pass."),
        (passed, all) => format!("{passed} of {all} scenarios pass."),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reasons_are_sentences() {
        assert!(full(Full::Runs).starts_with("A board has 100 runs"));
        assert_eq!(reset_by(""), "Somebody began this run anew.");
    }

    #[test]
    fn scenarios_are_counted() {
        assert_eq!(tally(3, 3), "All 3 scenarios pass.");
        assert_eq!(tally(2, 3), "2 of 3 scenarios pass.");
    }
}
