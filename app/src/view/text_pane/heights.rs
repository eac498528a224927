//! Where each line stands on the screen, counted in lines of the screen. Pure.
//!
//! A long line takes several. How many is measured once, by the browser (`measure`), and kept with the line; here they
//! are only added up.

use super::lines::Row;
use std::ops::Range;

#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Heights {
    /// Where each line begins, and at the end where the last one ends.
    starts: Vec<u32>,
}

impl Heights {
    pub fn of(rows: &[Row]) -> Heights {
        let mut starts = Vec::with_capacity(rows.len() + 1);
        let mut top = 0;
        starts.push(top);
        for row in rows {
            top += u32::from(row.tall.max(1));
            starts.push(top);
        }
        Heights { starts }
    }

    pub fn top(&self, index: usize) -> u32 {
        self.starts.get(index).or(self.starts.last()).copied().unwrap_or(0)
    }

    pub fn total(&self) -> u32 {
        self.starts.last().copied().unwrap_or(0)
    }

    /// The line at a height.
    pub fn at(&self, height: f64) -> Option<usize> {
        if height < 0.0 || height >= f64::from(self.total()) {
            return None;
        }
        self.starts.partition_point(|start| f64::from(*start) <= height).checked_sub(1)
    }

    /// The lines that show between two heights.
    pub fn window(&self, from: f64, to: f64) -> Range<usize> {
        let lines = self.starts.len().saturating_sub(1);
        let first = self.starts.partition_point(|start| f64::from(*start) <= from).saturating_sub(1);
        let last = self.starts.partition_point(|start| f64::from(*start) < to);
        first.min(lines)..last.clamp(first.min(lines), lines)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use board::LineId;

    fn heights(tall: &[u16]) -> Heights {
        let row = |tall: &u16| Row { id: LineId("x".into()), text: "".into(), length: 0, tall: *tall };
        Heights::of(&tall.iter().map(row).collect::<Vec<_>>())
    }

    #[test]
    fn a_long_line_pushes_down_the_ones_after_it() {
        let heights = heights(&[1, 3, 1]);
        assert_eq!((heights.top(1), heights.top(2), heights.total()), (1, 4, 5));
        assert_eq!(
            (heights.at(0.9), heights.at(3.9), heights.at(4.0), heights.at(5.0)),
            (Some(0), Some(1), Some(2), None)
        );
    }

    #[test]
    fn a_line_that_was_not_measured_counts_as_one() {
        assert_eq!(heights(&[0, 0]).total(), 2);
    }

    #[test]
    fn only_lines_in_view_are_in_the_window() {
        let heights = heights(&[1; 5000]);
        assert_eq!(heights.window(100.0, 140.0), 100..140);
        assert_eq!(heights.window(-5.0, 3.5), 0..4);
        assert_eq!(heights.window(4990.0, 9000.0), 4990..5000);
        assert_eq!(Heights::of(&[]).window(0.0, 40.0), 0..0);
    }
}
