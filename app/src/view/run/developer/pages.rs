//! Long lists, a page at a time: the first page is live, the others hold still while events arrive.

use super::desk::Desk;
use crate::messages::developer as words;
use elements::{El, el};
use leptos::prelude::*;
use protocol::Position;

/// So many rows are on a page.
pub const PAGE: u64 = 50;

#[derive(Clone, Copy)]
pub struct Pages {
    pub skip: RwSignal<u64>,
    /// The head of the log when the first page was left: later events do not push the rows along.
    anchor: RwSignal<Option<Position>>,
    pub total: RwSignal<u64>,
}

impl Pages {
    pub fn new() -> Pages {
        Pages { skip: RwSignal::new(0), anchor: RwSignal::new(None), total: RwSignal::new(0) }
    }

    /// Nothing after this position is on these pages.
    pub fn until(self, desk: Desk) -> Option<Position> {
        let at = desk.play.at.get();
        let anchor = self.anchor.get();
        at.into_iter().chain(anchor).min()
    }

    pub fn first(self) {
        if self.skip.get_untracked() != 0 || self.anchor.with_untracked(Option::is_some) {
            self.skip.set(0);
            self.anchor.set(None);
        }
    }

    fn turn(self, desk: Desk, skip: u64) {
        if skip == 0 {
            return self.first();
        }
        if self.anchor.with_untracked(Option::is_none) {
            self.anchor.set(Some(untrack(|| desk.head())));
        }
        self.skip.set(skip);
    }

    fn last(self) -> u64 {
        self.total.get().saturating_sub(1) / PAGE * PAGE
    }

    /// The buttons of an event store's admin page, and which rows these are.
    pub fn bar(self, desk: Desk) -> El {
        let button =
            |name: &'static str, sign: &'static str, off: Box<dyn Fn() -> bool>, run: Box<dyn Fn()>| {
                el("button")
                    .class("tool dev-turn")
                    .attr("aria-label", name)
                    .attr("title", name)
                    .live_attr("disabled", off)
                    .on("click", run)
                    .text(sign)
            };
        let begins = move || self.skip.get() == 0;
        let ends = move || self.skip.get() >= self.last();
        let held = move || self.anchor.with(Option::is_some);
        let range = move || {
            let (skip, total) = (self.skip.get(), self.total.get());
            (total > 0).then(|| words::range(skip + 1, (skip + PAGE).min(total), total))
        };
        let state = el("span")
            .class("dev-live")
            .live_class("held", held)
            .live_attr("title", move || if held() { words::HELD_HELP } else { words::LIVE_HELP })
            .live_text(move || if held() { words::HELD } else { words::LIVE });
        el("div")
            .class("dev-pages")
            .attr("role", "group")
            .attr("aria-label", words::PAGES)
            .child(button(words::FIRST, "«", Box::new(begins), Box::new(move || self.first())))
            .child(button(
                words::PREVIOUS,
                "‹",
                Box::new(begins),
                Box::new(move || self.turn(desk, self.skip.get_untracked().saturating_sub(PAGE))),
            ))
            .child(button(
                words::NEXT,
                "›",
                Box::new(ends),
                Box::new(move || self.turn(desk, self.skip.get_untracked() + PAGE)),
            ))
            .child(button(
                words::LAST,
                "»",
                Box::new(ends),
                Box::new(move || self.turn(desk, untrack(|| self.last()))),
            ))
            .child(el("span").class("dev-range").attr("role", "status").live_text(range))
            .child(state)
    }
}
