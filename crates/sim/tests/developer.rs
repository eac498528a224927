//! What developers see of a run: the log, its streams, single events with their chains.

mod common;
use common::*;
use protocol::log::{Entry, Filter};
use protocol::step::Act;
use sim::run::Run;
use sim::views::{ERASED, View};

fn shop() -> Run {
    let mut run = fold(&[step(Act::Model { fingerprint: "before".into() })]);
    send(&mut run, "SignUp", &[("email", "ann@x.org")]);
    send(&mut run, "PlaceOrder", &[("customerId", "1"), ("total", "5")]);
    send(&mut run, "PlaceOrder", &[("customerId", "1"), ("total", "7.5")]);
    send(&mut run, "CancelOrder", &[("orderId", "2")]);
    run
}

fn found(run: &Run, filter: &Filter) -> Vec<u64> {
    let page = View::new(run).page(filter, 0, 100);
    assert_eq!(page.total, page.entries.len() as u64);
    page.entries.iter().map(|entry| entry.position).collect()
}

#[test]
fn an_entry_says_everything_about_an_event() {
    let run = shop();
    let page = View::new(&run).page(&Filter::default(), 1, 1);
    let Entry {
        position,
        stream,
        version,
        r#type,
        label,
        sticky,
        data,
        by,
        correlation,
        causation,
        step,
        ..
    } = page.entries[0].clone();
    assert_eq!((page.total, position, stream.as_str(), version), (6, 5, "Parcel-2", 1));
    assert_eq!((r#type.as_str(), label.as_str(), by.as_str()), ("ParcelPacked", "Parcel Packed", "Ann"));
    let line = BEFORE.lines().position(|line| line.starts_with("Parcel Packed"));
    assert_eq!((sticky, correlation, causation, step), (line, 4, Some(4), 3));
    assert_eq!(data, [("parcelId".into(), "2".into()), ("orderId".into(), "2".into())]);
}

#[test]
fn the_log_is_filtered_and_searched() {
    let run = shop();
    let search = |search: &str| found(&run, &Filter { search: search.into(), ..Filter::default() });
    let stream = |stream: &str| found(&run, &Filter { stream: stream.into(), ..Filter::default() });
    assert_eq!(search(""), [6, 5, 4, 3, 2, 1]);
    assert_eq!(search("ANN@X"), [1]);
    assert_eq!(search("order placed 7.5"), [4], "all words, in any case, wherever they stand");
    assert_eq!(search("parcel-1"), [3]);
    assert_eq!(search("nothing"), [] as [u64; 0]);
    assert_eq!(stream("$all"), [6, 5, 4, 3, 2, 1]);
    assert_eq!(stream("Order-2"), [6, 4]);
    assert_eq!(stream("$ce-Order"), [6, 4, 2]);
    assert_eq!(stream("$et-OrderPlaced"), [4, 2]);
    assert_eq!(stream("Order"), [] as [u64; 0]);
    let types = vec!["OrderPlaced".to_string(), "CustomerJoined".to_string()];
    assert_eq!(found(&run, &Filter { types, until: Some(3), ..Filter::default() }), [2, 1]);
    let by = |by: &str| found(&run, &Filter { by: by.into(), ..Filter::default() }).len();
    assert_eq!((by("Ann"), by("Bob")), (6, 0));
}

#[test]
fn a_page_is_a_part_of_what_suits() {
    let run = shop();
    for filter in [Filter::default(), Filter { search: "a".into(), ..Filter::default() }] {
        let page = View::new(&run).page(&filter, 2, 2);
        assert_eq!(page.total, 6);
        assert_eq!(page.entries.iter().map(|entry| entry.position).collect::<Vec<_>>(), [4, 3]);
        let end = View::new(&run).page(&filter, u64::MAX, u64::MAX);
        assert_eq!((end.total, end.entries.len()), (6, 0));
    }
}

#[test]
fn streams_are_listed_by_their_last_event_as_of_any_moment() {
    let run = shop();
    let names = |search: &str, until| {
        let (total, streams) = View::new(&run).streams(search, until, 0, 100);
        assert_eq!(total, streams.len() as u64);
        streams.into_iter().map(|stream| format!("{} {}", stream.name, stream.events)).collect::<Vec<_>>()
    };
    assert_eq!(names("", None), ["Order-2 2", "Parcel-2 1", "Parcel-1 1", "Order-1 1", "Customer-1 1"]);
    assert_eq!(names("order", Some(4)), ["Order-2 1", "Order-1 1"]);
    assert_eq!(names("$ce", Some(4)), ["$ce-Customer 1", "$ce-Order 2", "$ce-Parcel 1"]);
    assert_eq!(names("$et-order", None), ["$et-OrderPlaced 2", "$et-OrderCancelled 1"]);
    let (_, streams) = View::new(&run).streams("order-2", None, 0, 1);
    assert_eq!(streams[0].snapshot, [("OrderPlaced 1x".into(), 1), ("OrderCancelled 1x".into(), 2)]);
}

#[test]
fn a_chain_is_followed_both_ways() {
    let run = shop();
    let detail = View::new(&run).detail(2).unwrap();
    assert_eq!(detail.effects.iter().map(|entry| entry.position).collect::<Vec<_>>(), [3]);
    assert!(detail.causes.is_empty());
    let detail = View::new(&run).detail(3).unwrap();
    assert_eq!(detail.causes.iter().map(|entry| entry.position).collect::<Vec<_>>(), [2]);
    let json: serde_json::Value = serde_json::from_str(&detail.json).unwrap();
    assert_eq!(json["metadata"]["causation"], View::new(&run).detail(2).unwrap().entry.id);
    assert_eq!(json["data"]["parcelId"], "1");
    assert_eq!(View::new(&run).detail(7), None);
}

#[test]
fn who_is_forgotten_is_erased_everywhere_and_the_positions_stay() {
    let mut run = shop();
    run.take(step(Act::Forget { stream: "Customer-1".into() }));
    let entry = View::new(&run).page(&Filter::default(), 5, 1).entries.remove(0);
    assert_eq!((entry.position, entry.erased), (1, true));
    assert_eq!(entry.data[1], ("email".into(), ERASED.into()));
    assert!(!View::new(&run).detail(1).unwrap().json.contains("ann@x.org"));
    assert_eq!(found(&run, &Filter { search: "ann@x.org".into(), ..Filter::default() }), [] as [u64; 0]);
    let (_, streams) = View::new(&run).streams("customer", None, 0, 10);
    assert!(streams[0].forgotten && !streams[0].personal);
}

#[test]
fn a_deleted_stream_is_listed_and_reads_as_empty() {
    let mut run = shop();
    run.take(step(Act::Delete { stream: "Order-2".into() }));
    let (_, streams) = View::new(&run).streams("order-2", None, 0, 10);
    assert_eq!((streams[0].deleted, streams[0].events, streams[0].version, streams[0].last), (true, 0, 2, 6));
    assert_eq!(found(&run, &Filter { stream: "Order-2".into(), ..Filter::default() }), [] as [u64; 0]);
    assert_eq!(found(&run, &Filter::default()).len(), 6, "the log keeps all of them");
}

#[test]
fn as_of_before_its_deletion_a_stream_reads_as_it_did() {
    let mut run = shop();
    let stream = |run: &Run, until| View::new(run).streams("order-2", Some(until), 0, 10).1.remove(0);
    let events = |run: &Run, until| {
        found(run, &Filter { stream: "Order-2".into(), until: Some(until), ..Filter::default() })
    };
    let before = [(stream(&run, 4), events(&run, 4)), (stream(&run, 5), events(&run, 5))];
    run.take(step(Act::Delete { stream: "Order-2".into() }));
    send(&mut run, "PlaceOrder", &[("orderId", "2"), ("customerId", "1"), ("total", "9")]);
    assert_eq!([(stream(&run, 4), events(&run, 4)), (stream(&run, 5), events(&run, 5))], before);
    let then = stream(&run, 6);
    assert_eq!((then.deleted, then.events, events(&run, 6)), (true, 0, vec![]));
    let now = stream(&run, 7);
    assert_eq!((now.deleted, now.events, events(&run, 7)), (false, 1, vec![7]));
}

#[test]
fn an_event_that_is_skipped_is_marked() {
    let mut run = shop();
    run.take(step(Act::Skip { position: 6, skip: true }));
    assert!(View::new(&run).page(&Filter::default(), 0, 1).entries[0].skipped);
}
