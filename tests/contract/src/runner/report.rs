//! What came out, as lines.

use contract::session::Tally;
use std::time::Instant;

/// Differences of one service that are printed.
const SHOWN: usize = 8;

#[derive(Debug, Default)]
pub struct Report {
    passed: usize,
    failed: usize,
}

impl Report {
    pub fn holds(&self) -> bool {
        self.failed == 0
    }

    /// Neither good nor bad.
    pub fn notes(&self, name: &str, words: &str, since: Instant) {
        println!("{name:<36} {words} ({:.1} s)", since.elapsed().as_secs_f64());
    }

    pub fn holds_that(&mut self, name: &str, what: &str, since: Instant) {
        self.passed += 1;
        self.notes(name, &format!("{what}: passes"), since);
    }

    pub fn fails(&mut self, name: &str, why: &str) {
        self.failed += 1;
        println!("{name:<36} FAILS: {why}");
    }

    /// A board with errors, from which nothing is generated.
    pub fn not_ready(&mut self, name: &str, why: &str, asked_for: bool) {
        match asked_for {
            true => self.fails(name, &format!("is not ready: {why}")),
            false => println!("{name:<36} is not ready, as it should be: {why}"),
        }
    }

    pub fn played(&mut self, name: &str, tally: &Tally, since: Instant) {
        let Tally { requests, accepted, refused, events, skipped, differences } = tally;
        let words = format!(
            "{requests} requests ({accepted} accepted, {refused} refused), {events} events, {skipped} scenarios skipped"
        );
        self.notes(name, &words, since);
        match differences.is_empty() {
            true => self.passed += 1,
            false => {
                self.fails(name, &format!("{} differences", differences.len()));
                for difference in differences.iter().take(SHOWN) {
                    println!("    {difference}");
                }
            }
        }
    }

    pub fn print(&self) {
        println!("{} passed, {} failed", self.passed, self.failed);
    }
}
