//! The wall of a text that is no board: laid out as a new board would be.

use crate::{Theme, svg};
use board::layout::layout;
use board::{Board, FORMAT, Line, LineId};

/// The picture of these lines as a wall of their own.
pub fn wall(lines: &[&str], theme: Theme) -> String {
    let mut board = Board { format: FORMAT, ..Board::default() };
    for (index, text) in lines.iter().enumerate() {
        let id = LineId(format!("l{index}").into());
        board.lines.insert(id.clone(), Line::new((*text).to_owned()));
        board.order.push(id);
    }
    svg(&board, &layout(&board), theme)
}
