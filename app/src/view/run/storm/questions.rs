//! What was found, as questions that can be put on the wall as hotspots.

use super::rehearsal::Rehearsal;
use crate::messages::storm as words;
use crate::run::Play;
use crate::view::icons::icon;
use crate::view::wall;
use board::{At, Command, LineId};
use elements::{El, el, remembered};
use leptos::prelude::*;
use protocol::insight::{Found, Searched};
use protocol::storm::Report;

struct Question {
    words: String,
    line: Option<LineId>,
    /// What leads there; nothing is said of it where there is none.
    path: Option<Vec<String>>,
}

pub fn questions(rehearsal: Rehearsal, report: &Report) -> El {
    let searched = rehearsal.searched.get_untracked().unwrap_or_default();
    let all = all(rehearsal, &searched, report);
    let part = el("section").class("storm-part").attr("aria-label", words::QUESTIONS).child(
        el("div")
            .child(el("h4").text(words::QUESTIONS))
            .child(el("p").class("quiet").text(words::QUESTIONS_HELP)),
    );
    let none = all.is_empty().then(|| el("p").text(words::NO_QUESTIONS));
    let bounded = searched.bounded.then(|| el("p").class("quiet").text(words::BOUNDED));
    let cards = all.into_iter().map(|question| card(rehearsal, question));
    part.child(none).child(el("ul").class("storm-questions").child(cards)).child(bounded)
}

/// What the search found, and what nobody of the crowd managed although the search says that it can be done.
fn all(rehearsal: Rehearsal, searched: &Searched, report: &Report) -> Vec<Question> {
    let found_at = |sticky| rehearsal.found.with_value(|lines| lines.get(&sticky).cloned());
    let found = searched.insights.iter().map(|one| Question {
        words: one.question.clone(),
        line: one.sticky.and_then(found_at),
        path: Some(one.path.clone()),
    });
    let hopeless = |line: &Option<LineId>| {
        let mut hopeless = searched.insights.iter().filter(|one| one.what == Found::NeverSucceeds);
        hopeless.any(|one| one.sticky.and_then(found_at) == *line)
    };
    let never = report.never.iter().map(|one| Question {
        words: words::never(&one.label, &one.plain),
        line: one.sticky.and_then(|sticky| rehearsal.line(sticky)),
        path: None,
    });
    let never = never.filter(|one| !hopeless(&one.line));
    found.chain(never).collect()
}

fn card(rehearsal: Rehearsal, question: Question) -> El {
    let (play, asked) = (rehearsal.play, rehearsal.asked);
    let Question { words: asks, line, path } = question;
    let added = {
        let asks = asks.clone();
        remembered(move || asked.with(|asked| asked.contains(&asks)))
    };
    let way = path.map(|path| match path.is_empty() {
        true => words::PATH_NONE.to_owned(),
        false => [words::PATH, " ", &path.join(" → ")].concat(),
    });
    let text = asks.clone();
    let add = el("button")
        .class("button dense")
        .attr("type", "button")
        .live_attr("disabled", move || added.get() || !play.session.can_write())
        .on("click", move || {
            if put(play, &text, line.clone()) {
                asked.update(|asked| {
                    asked.insert(text.clone());
                });
            }
        })
        .child(icon("hotspot"))
        .child(el("span").live_text(move || if added.get() { words::ADDED } else { words::ADD }));
    el("li").child(el("p").text(&asks)).child(way.map(|way| el("p").class("quiet").text(&way))).child(add)
}

/// Beside its sticky, or at the end.
fn put(play: Play, question: &str, line: Option<LineId>) -> bool {
    let session = play.session;
    let there = |line: &LineId| session.with_board(|board| board.line(line).is_some());
    let at = line.filter(there).map_or(At::End, At::After);
    let text = ["// @hotspot ", question].concat();
    let made = session.run(Command::Add { at, text, place: None });
    session.flush();
    let Some(first) = made.first() else { return false };
    wall::select(session, vec![first.clone()]);
    wall::show(session, first);
    session.say(words::ADDED);
    true
}
