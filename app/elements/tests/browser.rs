//! What the elements promise, in a real browser: text from people stays text, what follows signals moves and ends with
//! its owner, and drawing again keeps the focus where it was.
#![cfg(target_family = "wasm")]

use elements::{El, el, live};
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};
use web_sys::{Element, HtmlElement};

wasm_bindgen_test_configure!(run_in_browser);

/// A corner of the page with this in it, and the owner of everything it follows.
fn show(make: impl FnOnce() -> El) -> (Element, Owner) {
    let _ = any_spawner::Executor::init_wasm_bindgen();
    let host = document().create_element("div").unwrap();
    document().body().unwrap().append_child(&host).unwrap();
    let owner = Owner::new();
    owner.with(|| make().put_into(&host));
    (host, owner)
}

/// Effects run after the present task.
async fn settled() {
    gloo_timers::future::TimeoutFuture::new(0).await;
}

fn text(host: &Element) -> String {
    host.text_content().unwrap_or_default()
}

fn find(host: &Element, selector: &str) -> HtmlElement {
    host.query_selector(selector).unwrap().expect(selector).unchecked_into()
}

#[wasm_bindgen_test]
async fn text_from_people_is_never_html() {
    let words = "<img src=x onerror=alert(1)>";
    let (host, _owner) = show(|| el("p").attr("title", words).text(words).live_text(move || words));
    assert_eq!(host.query_selector("img").unwrap(), None);
    assert_eq!(text(&host), format!("{words}{words}"));
    assert_eq!(find(&host, "p").title(), words);
}

#[wasm_bindgen_test]
async fn texts_and_attributes_follow_their_signals() {
    let name = RwSignal::new("Ann".to_owned());
    let (host, _owner) = show(|| {
        el("p").live_text(move || name.get()).live_attr("hidden", move || name.with(|name| name.is_empty()))
    });
    assert_eq!(text(&host), "Ann");
    name.set(String::new());
    settled().await;
    assert_eq!(text(&host), "");
    assert!(find(&host, "p").has_attribute("hidden"));
}

#[wasm_bindgen_test]
async fn what_has_ended_follows_nothing_any_more() {
    let count = RwSignal::new(0);
    let runs = StoredValue::new(0);
    let (_host, owner) = show(|| {
        live(move || {
            count.track();
            runs.update_value(|runs| *runs += 1);
        });
        el("p")
    });
    owner.cleanup();
    count.set(1);
    settled().await;
    assert_eq!(runs.get_value(), 1);
}

#[wasm_bindgen_test]
async fn elements_stay_as_long_as_their_keys_do() {
    let keys = RwSignal::new(vec![1, 2, 3]);
    let (host, _owner) =
        show(|| el("ul").each(move || keys.get(), |key: i32| el("li").text(&key.to_string())));
    let first = find(&host, "li");
    keys.set(vec![3, 2, 4, 1]);
    settled().await;
    assert_eq!(text(&host), "3241");
    assert!(find(&host, "li:last-child").is_same_node(Some(&first)), "the row of 1 only went elsewhere");
    keys.set(vec![]);
    settled().await;
    assert_eq!(text(&host), "");
    assert!(!first.is_connected());
}

#[wasm_bindgen_test]
async fn a_row_that_is_carried_elsewhere_keeps_the_focus() {
    let keys = RwSignal::new(vec![1, 2, 3]);
    let (host, _owner) =
        show(|| el("div").each(move || keys.get(), |key: i32| el("button").attr("id", format!("row-{key}"))));
    find(&host, "#row-3").focus().unwrap();
    keys.set(vec![3, 1, 2]);
    settled().await;
    assert_eq!(document().active_element().unwrap().id(), "row-3");
}

#[wasm_bindgen_test]
async fn drawing_again_gives_the_focus_back_to_the_same_control() {
    let count = RwSignal::new(2);
    let (host, _owner) = show(|| {
        el("div").live_child(move || {
            (0..count.get()).map(|at| el("button").text(&at.to_string())).collect::<Vec<_>>()
        })
    });
    find(&host, "button:nth-of-type(2)").focus().unwrap();
    count.set(3);
    settled().await;
    assert_eq!(document().active_element().unwrap().text_content().unwrap(), "1");
}

#[wasm_bindgen_test]
async fn what_depends_on_a_condition_is_made_once_for_as_long_as_it_holds() {
    let number = RwSignal::new(1);
    let made = StoredValue::new(0);
    let (host, _owner) = show(|| {
        el("div").when(
            move || number.get() > 0,
            move || {
                made.update_value(|made| *made += 1);
                el("p")
            },
        )
    });
    number.set(5);
    settled().await;
    assert_eq!(made.get_value(), 1);
    number.set(0);
    settled().await;
    assert_eq!(host.query_selector("p").unwrap(), None);
}

#[wasm_bindgen_test]
async fn listeners_hear_the_browsers_events() {
    let clicks = RwSignal::new(0);
    let (host, _owner) = show(|| el("button").on("click", move || clicks.update(|clicks| *clicks += 1)));
    find(&host, "button").click();
    assert_eq!(clicks.get_untracked(), 1);
}
