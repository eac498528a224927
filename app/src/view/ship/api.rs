//! The API to try: its operations in groups, and the calls so far beside them.

use super::findings::findings;
use super::{failed, history, operation, waiting};
use crate::messages::ship as words;
use crate::session::Session;
use crate::ship::{Api, Known};
use crate::view::icons::icon;
use elements::{El, afterwards, el, remembered};
use leptos::prelude::*;
use protocol::ship::Operation;

pub fn api(session: Session) -> El {
    let api = Api::of(session);
    afterwards(move || {
        session.epoch.track();
        untrack(|| api.look());
    });
    let body = move || match api.offer.get() {
        Known::Loading => waiting(words::API_LOADING),
        Known::NotReady(problems) => findings(session, &problems, words::NOT_TRIED),
        Known::Failed(why) => failed(&why, move || api.begin()),
        Known::Here(operations) => el("div").class("ship-groups").child(groups(api, operations)),
    };
    let here = remembered(move || api.offer.with(|offer| matches!(offer, Known::Here(_))));
    el("div").class("ship ship-api").child(head(api)).child(
        el("div")
            .class("ship-sides")
            .child(el("div").class("ship-offer").live_child(body))
            .when(move || here.get(), move || history::history(api)),
    )
}

fn head(api: Api) -> El {
    let reset = el("button")
        .class("button dense")
        .attr("title", words::RESET_HELP)
        .on("click", move || api.begin())
        .child(icon("reopen"))
        .text(words::RESET);
    let edited = || remark(words::EDITED);
    let trouble = move || api.trouble.get().map(|why| remark(&why).attr("role", "alert"));
    el("div")
        .class("ship-api-head")
        .child(el("p").class("quiet").text(words::API_HELP))
        .child(reset)
        .when(move || api.edited.get(), edited)
        .live_child(trouble)
}

fn remark(words: &str) -> El {
    el("p").class("remark").child(icon("warning")).child(el("span").text(words))
}

/// Operations of one tag stand together, in the order of the document.
fn groups(api: Api, operations: Vec<Operation>) -> Vec<El> {
    let mut groups: Vec<(String, Vec<Operation>)> = Vec::new();
    for operation in operations {
        match groups.iter_mut().find(|(tag, _)| *tag == operation.tag) {
            Some((_, all)) => all.push(operation),
            None => groups.push((operation.tag.clone(), vec![operation])),
        }
    }
    let group = |(tag, all): (String, Vec<Operation>)| {
        let title = if tag.is_empty() { words::OTHERS } else { &tag };
        let rows = all.into_iter().map(|one| operation::operation(api, one));
        el("section")
            .class("ship-group")
            .attr("aria-label", title.to_owned())
            .child(el("h3").text(title))
            .child(el("ul").child(rows))
    };
    groups.into_iter().map(group).collect()
}
