//! The words of the run: for people who have never seen an event store.

pub const PANE: &str = "Run";
