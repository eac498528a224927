//! What a run of tests came to, and what those that failed said.

use std::io::{BufRead, BufReader};
use std::process::{Command, Stdio};

use anyhow::{Context, Result};

#[derive(Default, Clone, Copy, PartialEq, Eq, Debug)]
pub struct Tally {
    pub passed: usize,
    pub failed: usize,
    /// Tests that were not run.
    pub left: usize,
}

/// Lines of a run, and characters of a line, that are worth to be read again at the end of everything.
const LINES: usize = 200;
const WIDTH: usize = 300;

/// Runs a program of tests, shows what it prints and adds up its results. What failed says why in `complaints`.
pub fn count(command: &mut Command, complaints: &mut Vec<String>) -> Result<Tally> {
    let name = command.get_program().to_owned();
    let mut child =
        command.stdout(Stdio::piped()).spawn().with_context(|| format!("cannot start {name:?}"))?;
    let stdout = child.stdout.take().context("the tests have no output")?;
    let mut tally = Tally::default();
    let mut results = 0;
    let mut complaining = false;
    for line in BufReader::new(stdout).split(b'\n') {
        let line = line?;
        let line = String::from_utf8_lossy(&line);
        println!("{line}");
        complaining = line == "failures:" || complaining && !line.starts_with("test result: ");
        if complaining && complaints.len() < LINES {
            complaints.push(line.chars().take(WIDTH).collect());
        }
        if let Some(one) = result_line(&line) {
            tally.passed += one.passed;
            tally.failed += one.failed;
            tally.left += one.left;
            results += 1;
        }
    }
    let status = child.wait()?;
    // A crate that does not compile, or a test that ends the process, prints no result of its own.
    if (!status.success() || results == 0) && tally.failed == 0 {
        tally.failed = 1;
    }
    Ok(tally)
}

/// `test result: ok. 5 passed; 0 failed; 1 ignored; ...`: what passed, failed, and was left out.
fn result_line(line: &str) -> Option<Tally> {
    let rest = line.strip_prefix("test result: ")?;
    let number = |word: &str| {
        let before = rest.split(word).next()?;
        before.split_whitespace().next_back()?.parse::<usize>().ok()
    };
    Some(Tally { passed: number(" passed")?, failed: number(" failed")?, left: number(" ignored")? })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn results_are_read_from_what_tests_print() {
        let line = "test result: FAILED. 12 passed; 3 failed; 1 ignored; 0 measured; 0 filtered out; finished in 0.1s";
        assert_eq!(result_line(line), Some(Tally { passed: 12, failed: 3, left: 1 }));
        assert_eq!(result_line("test a ... ok"), None);
    }
    #[test]
    fn what_failing_tests_said_is_kept() {
        let said = "test a ... FAILED\n\nfailures:\n\n---- a stdout ----\nno\n\nfailures:\n    a\n\n\
            test result: FAILED. 0 passed; 1 failed; 0 ignored; 0 measured; 0 filtered out; finished in 0.1s\nafter";
        let mut complaints = Vec::new();
        let tally = count(Command::new("printf").args(["%s\n", said]), &mut complaints).unwrap();
        assert_eq!(tally, Tally { passed: 0, failed: 1, left: 0 });
        assert_eq!(complaints.join("\n"), "failures:\n\n---- a stdout ----\nno\n\nfailures:\n    a\n");
    }
}
