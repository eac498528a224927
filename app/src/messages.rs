//! Every text of the page, in one place, by name. English first.

pub const VIEW_ONLY: &str = "This link is for viewing. Ask for an edit link to change the board.";
pub const REMOVED_WHILE_WRITING: &str = "Someone removed the sticky you were writing on. Your words are kept with it.";
