//! What the board is called: its first heading. There is no title beside the text.

use super::Session;
use board::command::Splice;
use board::{At, Command};
use emd::Kind;

impl Session {
    /// The words of the first heading that has any.
    pub fn title(&self) -> Option<String> {
        self.with_board(|board| {
            let lines = board.order.iter().filter_map(|id| board.line(id));
            let headings = lines.filter(|line| matches!(line.kind, Kind::Heading(_)));
            headings
                .map(|line| emd::line(&line.text).name.text.to_string())
                .find(|name| !name.trim().is_empty())
        })
    }

    /// Writes the first heading anew, or as the first line where there is none.
    pub fn set_title(&self, title: &str) {
        let title = title.split_whitespace().collect::<Vec<_>>().join(" ");
        if title.is_empty() || self.title().as_ref() == Some(&title) {
            return;
        }
        let heading = self.with_board(|board| {
            let mut lines = board.order.iter().filter_map(|id| Some((id, board.line(id)?)));
            let (id, line) = lines.find(|(_, line)| matches!(line.kind, Kind::Heading(_)))?;
            Some((id.clone(), Splice::between(&line.text, &emd::edit::rename(&line.text, &title))))
        });
        self.run(match heading {
            Some((line, splice)) => Command::Type { line, splices: vec![splice] },
            None => Command::Add { at: At::Start, text: ["# ", &title].concat(), place: None },
        });
    }
}
