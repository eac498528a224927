//! What a shared link shows before it is opened: the board's title, how many stickies it has, and its picture.
//!
//! Invariants: only a link that opens the board gets them; everything from people is escaped.

use crate::access::{BoardId, Door, Segment};
use crate::boards;
use crate::documents::Document;
use crate::service::Service;
use board::Board;
use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};
use tokio::time::timeout;

/// How old a title may be: a page that a whole room opens at once is read from the board once.
const FRESH: Duration = Duration::from_secs(5);
const REMEMBERED: usize = 1_000;
/// How long a page waits for its preview while the server has a lot to draw.
const PATIENCE: Duration = Duration::from_secs(2);

#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Preview {
    pub title: String,
    pub stickies: usize,
}

impl Preview {
    fn of(board: &Board) -> Preview {
        let stickies = board.order.iter().filter_map(|id| board.line(id));
        Preview {
            title: draw::title(board).unwrap_or_default(),
            stickies: stickies.filter(|line| line.kind.is_on_wall()).count(),
        }
    }
}

/// The previews that were made lately.
#[derive(Default)]
pub struct Previews(Mutex<HashMap<BoardId, (Instant, Arc<Preview>)>>);

impl Previews {
    fn recall(&self, board: &BoardId) -> Option<Arc<Preview>> {
        let known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        known.get(board).filter(|(made, _)| made.elapsed() < FRESH).map(|(_, preview)| preview.clone())
    }

    fn remember(&self, board: BoardId, preview: Arc<Preview>) {
        let mut known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if known.len() >= REMEMBERED {
            known.clear();
        }
        known.insert(board, (Instant::now(), preview));
    }
}

/// The preview of the board that a link opens. A page without one is a page all the same, so it does not wait long.
pub async fn of_link(service: &Service, segment: &str) -> Option<Arc<Preview>> {
    timeout(PATIENCE, find(service, segment)).await.ok().flatten()
}

async fn find(service: &Service, segment: &str) -> Option<Arc<Preview>> {
    let segment = Segment::parse(segment)?;
    let Ok(Door::Open(grant)) = boards::door(service.store(), &segment).await else { return None };
    if let Some(known) = service.previews().recall(&grant.board) {
        return Some(known);
    }
    let document = Document::of(service, &grant.board).await.ok()?;
    let preview = Arc::new(document.read(|replica| Preview::of(replica.board())).await.ok()?);
    service.previews().remember(grant.board, preview.clone());
    Some(preview)
}

impl Preview {
    /// The tags for the head of the page at `address`, an absolute URL without anything to escape in it.
    pub fn tags(&self, address: &str) -> String {
        let title = if self.title.is_empty() { "Event storming" } else { &self.title };
        let title = escaped(title);
        let count = match self.stickies {
            1 => "1 sticky".to_owned(),
            count => format!("{count} stickies"),
        };
        let picture = format!("{}.png?preview=1", escaped(address));
        let address = escaped(address);
        format!(
            "<meta name=\"description\" content=\"{count} on a Squall board\">\n\
             <meta name=\"robots\" content=\"noindex\">\n\
             <meta property=\"og:type\" content=\"website\">\n\
             <meta property=\"og:site_name\" content=\"Squall\">\n\
             <meta property=\"og:title\" content=\"{title}\">\n\
             <meta property=\"og:description\" content=\"{count} on a Squall board\">\n\
             <meta property=\"og:url\" content=\"{address}\">\n\
             <meta property=\"og:image\" content=\"{picture}\">\n\
             <meta property=\"og:image:type\" content=\"image/png\">\n\
             <meta property=\"og:image:width\" content=\"1200\">\n\
             <meta property=\"og:image:height\" content=\"630\">\n\
             <meta property=\"og:image:alt\" content=\"The stickies of the board: {title}\">\n\
             <meta name=\"twitter:card\" content=\"summary_large_image\">\n\
             <meta name=\"twitter:title\" content=\"{title}\">\n\
             <meta name=\"twitter:description\" content=\"{count} on a Squall board\">\n\
             <meta name=\"twitter:image\" content=\"{picture}\">\n"
        )
    }

    /// What the page is called, ready for HTML.
    pub fn heading(&self) -> String {
        if self.title.is_empty() {
            "Squall".to_owned()
        } else {
            format!("{} \u{b7} Squall", escaped(&self.title))
        }
    }
}

/// Text for HTML, also between quotes.
fn escaped(text: &str) -> String {
    const LONGEST: usize = 200;
    let mut out = String::with_capacity(text.len());
    for character in text.chars().take(LONGEST).filter(|character| !character.is_control()) {
        match character {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            other => out.push(other),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_title_cannot_leave_its_tag() {
        let title = "\"><script>alert('x')</script>\n<title>".to_owned();
        let preview = Preview { title, stickies: 1 };
        let tags = preview.tags("http://localhost/b/x") + &preview.heading();
        assert!(!tags.contains("<script") && !tags.contains("\"\"") && !tags.contains("<title"), "{tags}");
        assert!(tags.contains("1 sticky on a Squall board"));
        assert!(tags.contains("content=\"http://localhost/b/x.png?preview=1\""));
    }
}
