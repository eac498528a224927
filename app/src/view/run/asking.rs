//! What the worker knows, kept up to date: a question made from signals, asked again when they move or the run does.

use crate::browser;
use crate::run::Play;
use elements::live;
use leptos::prelude::*;
use protocol::request::{Ask, Failed, Say};

/// Nothing until the first answer is here.
pub type Answer = RwSignal<Option<Result<Say, Failed>>>;

#[derive(Clone, Copy)]
struct Asking {
    play: Play,
    said: Answer,
    /// The latest question that was not asked yet; those before it are nobody's any more.
    next: StoredValue<Option<Ask>>,
    busy: StoredValue<bool>,
}

/// The last answer stays until the next one is here. There is one question under way at most, however fast the slider
/// is pulled; who has no question now asks when there is one.
pub fn answer(play: Play, question: impl Fn() -> Option<Ask> + 'static) -> Answer {
    follow(play, Box::new(question))
}

fn follow(play: Play, question: Box<dyn Fn() -> Option<Ask>>) -> Answer {
    let asking = Asking {
        play,
        said: RwSignal::new(None),
        next: StoredValue::new(None),
        busy: StoredValue::new(false),
    };
    live(move || {
        play.moves.track();
        let Some(ask) = question() else { return };
        asking.next.set_value(Some(ask));
        if !asking.busy.get_value() {
            asking.busy.set_value(true);
            browser::spawn(asking.work());
        }
    });
    asking.said
}

impl Asking {
    /// The view may go while an answer is awaited: then its signals are not there any more.
    async fn work(self) {
        while let Some(ask) = self.next.try_update_value(Option::take).flatten() {
            let said = Some(self.play.ask(ask).await);
            if self.said.try_with_untracked(|old| *old != said) == Some(true) {
                self.said.try_set(said);
            }
        }
        self.busy.try_set_value(false);
    }
}
