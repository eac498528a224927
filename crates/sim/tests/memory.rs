//! What a log costs above its payload, by counting what is allocated.

use peak_alloc::PeakAlloc;
use protocol::step::Expected;
use sim::log::{Log, New, Property, Schema};
use sim::value::Value;

#[global_allocator]
static ALLOCATOR: PeakAlloc = PeakAlloc;

const EVENTS: usize = 100_000;

/// A log in which every stream has so many events, and what one event takes up beside the text of its values.
fn cost(per_stream: usize, given_ids: bool) -> usize {
    let mut log = Log::new(1);
    let category = log.category("", "Todo");
    let property = |name: &str| Property { name: name.into(), ..Property::default() };
    let properties = ["todoId", "description", "dueDate"].map(property).into();
    let schema = log.schema(&Schema {
        stream: "Todo".into(),
        name: "TodoAdded".into(),
        properties,
        ..Schema::default()
    });
    let by = log.actor("Ann");
    let before = ALLOCATOR.current_usage();
    let mut payload = 0;
    for index in 0..EVENTS {
        let key = format!("{}", index / per_stream);
        let stream = log.stream_id(category, &key.as_str().into());
        // Some values are longer than what lies in place.
        let words = format!("Buy milk for the neighbours {index}");
        payload += key.len() + words.len() + "2026-11-21".len();
        let data = [Value::text(key), Value::text(words), Value::text("2026-11-21")].into();
        let id = given_ids.then_some(index as u128);
        let event = New { stream, schema, data, id, at: 0, by, correlation: None, causation: None, step: 0 };
        log.append(Expected::Any, [event]).unwrap();
    }
    let used = ALLOCATOR.current_usage() - before;
    assert_eq!(log.head(), EVENTS as u64);
    used.saturating_sub(payload) / EVENTS
}

#[test]
fn an_event_costs_at_most_300_bytes_above_its_payload() {
    for (per_stream, given_ids) in [(1, false), (5, false), (100, false), (EVENTS, false), (5, true)] {
        let bytes = cost(per_stream, given_ids);
        println!("{per_stream} events a stream, ids given: {given_ids}: {bytes} bytes an event");
        assert!(bytes <= 300, "{per_stream} events a stream, ids given: {given_ids}: {bytes} bytes an event");
    }
}
