//! The log goes out and comes in again.

use proptest::prelude::*;
use protocol::request::Format;
use protocol::step::Expected;
use sim::log::{Log, New, Property, Schema};
use sim::transfer::{Import, Imported, export};
use sim::value::{Decimal, Kind, Text, Type, Value};

fn import(log: &mut Log, text: &str) -> Result<Imported, String> {
    Import { at: 5, by: "Nobody", step: 0, schema: &|_, _| None }
        .take(log, text)
        .map_err(|broken| broken.to_string())
}

/// A kind of event: its name, whether it is of a context, and its properties.
type Shape = (usize, bool, Vec<(Type, bool)>);

/// One that was appended: which shape, the key of its stream, its values, whether it follows from the one before.
type Event = (usize, String, Vec<Value>, bool, i64);

fn one(kind: Kind) -> BoxedStrategy<Value> {
    match kind {
        Kind::Integer => any::<i64>().prop_map(Value::Integer).boxed(),
        Kind::Boolean => any::<bool>().prop_map(Value::Boolean).boxed(),
        Kind::Decimal => "-?[0-9]{1,7}\\.[0-9]{1,8}"
            .prop_map(|words| Decimal::read(&words).map_or(Value::Absent, Value::Decimal))
            .boxed(),
        _ => any::<String>().prop_map(Value::text).boxed(),
    }
}

fn value(r#type: Type) -> BoxedStrategy<Value> {
    let said = match r#type.list {
        true => {
            prop::collection::vec(one(r#type.kind), 0..3).prop_map(|items| Value::List(items.into())).boxed()
        }
        false => one(r#type.kind),
    };
    prop_oneof![9 => said, 1 => Just(Value::Absent)].boxed()
}

fn kind() -> impl Strategy<Value = Type> {
    let kinds = prop_oneof![Just(Kind::Text), Just(Kind::Integer), Just(Kind::Decimal), Just(Kind::Boolean)];
    (kinds, any::<bool>()).prop_map(|(kind, list)| Type { kind, list })
}

fn logs() -> impl Strategy<Value = (Vec<Shape>, Vec<Event>, Vec<usize>)> {
    let shape = (0usize..4, any::<bool>(), prop::collection::vec((kind(), any::<bool>()), 0..4));
    prop::collection::vec(shape, 1..4).prop_flat_map(|shapes| {
        let of = shapes.clone();
        let event = (0..shapes.len()).prop_flat_map(move |shape| {
            let values: Vec<_> = of[shape].2.iter().map(|(r#type, _)| value(*r#type)).collect();
            let key = prop_oneof!["[1-9]", any::<String>()];
            (Just(shape), key, values, any::<bool>(), 0i64..4_000_000_000_000)
        });
        (Just(shapes), prop::collection::vec(event, 0..12), prop::collection::vec(0usize..12, 0..3))
    })
}

fn log((shapes, events, forgotten): &(Vec<Shape>, Vec<Event>, Vec<usize>)) -> Log {
    let mut log = Log::new(3);
    let schemas: Vec<Schema> = shapes
        .iter()
        .map(|(name, context, properties)| Schema {
            context: if *context { "Order Desk".into() } else { Text::default() },
            stream: "Todo".into(),
            name: format!("TodoDone{name}").into(),
            properties: properties
                .iter()
                .enumerate()
                .map(|(at, (r#type, personal))| Property {
                    name: format!("p{at}").into(),
                    r#type: *r#type,
                    personal: *personal,
                })
                .collect(),
        })
        .collect();
    let by = log.actor("Ann");
    for (shape, key, values, follows, at) in events {
        let schema = &schemas[*shape];
        let category = log.category(&schema.context, &schema.stream);
        let before = (log.head() > 0 && *follows).then(|| log.head());
        let event = New {
            stream: log.stream_id(category, &key.as_str().into()),
            schema: log.schema(schema),
            data: values.clone().into(),
            id: None,
            at: *at,
            by,
            correlation: before.and_then(|before| log.get(before)).map(|event| event.correlation()),
            causation: before,
            step: 0,
        };
        log.append(Expected::Any, [event]).unwrap();
    }
    for position in forgotten {
        if let Some(stream) = log.get(*position as u64).map(|event| event.stream()) {
            log.forget(stream);
        }
    }
    log
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn what_goes_out_comes_in_as_it_was(made in logs()) {
        let log = log(&made);
        let lines = export(&log, Format::JsonLines);
        for format in [Format::JsonLines, Format::CloudEvents] {
            let mut other = Log::new(99);
            let imported = import(&mut other, &export(&log, format)).unwrap();
            prop_assert_eq!((imported.appended, imported.known, other.head()), (log.head(), 0, log.head()));
            prop_assert_eq!(export(&other, Format::JsonLines), lines.clone());
        }
    }

    #[test]
    fn what_is_there_already_is_not_appended_again(made in logs()) {
        let mut log = log(&made);
        let lines = export(&log, Format::JsonLines);
        for format in [Format::JsonLines, Format::CloudEvents] {
            let again = export(&log, format);
            let imported = import(&mut log, &again).unwrap();
            prop_assert_eq!((imported.appended, imported.known), (0, log.head()));
            prop_assert_eq!(export(&log, Format::JsonLines), lines.clone());
        }
    }

    #[test]
    fn personal_data_whose_key_is_destroyed_does_not_leave_the_page(made in logs()) {
        let log = log(&made);
        for event in log.after(0).filter(|event| event.is_erased()) {
            let line: serde_json::Value = serde_json::from_str(&sim::transfer::line(&log, event, Format::JsonLines)).unwrap();
            for property in event.schema().properties.iter().filter(|property| property.personal) {
                prop_assert!(line["data"].get(property.name.as_str()).is_none_or(|value| value.is_null()));
            }
        }
    }

    #[test]
    fn hostile_text_is_answered_and_leaves_no_trace(text in "\\PC{0,200}", made in logs(), cut in any::<prop::sample::Index>(), with in any::<char>()) {
        let mut log = log(&made);
        let before = export(&log, Format::JsonLines);
        let _ = import(&mut Log::new(1), &text);
        // A good file with one character changed.
        let mut lines: Vec<char> = export(&log, Format::CloudEvents).chars().collect();
        if !lines.is_empty() {
            let at = cut.index(lines.len());
            lines[at] = with;
        }
        let broken: String = lines.into_iter().collect();
        if import(&mut log, &broken).is_err() {
            prop_assert_eq!(export(&log, Format::JsonLines), before);
        }
    }
}

#[test]
fn a_broken_line_is_named_with_the_reason_and_nothing_is_taken_in() {
    let good = r#"{"type":"TodoAdded","stream":"Todo-1","data":{"todoId":"1"}}"#;
    let long = format!(r#"{{"type":"A","stream":"B-1","data":{{"text":"{}"}}}}"#, "x".repeat(200_000));
    let many: Vec<String> = (0..2_000).map(|index| format!("\"p{index}\":1")).collect();
    let many = format!(r#"{{"type":"A","stream":"B-1","data":{{{}}}}}"#, many.join(","));
    let deep = format!(
        r#"{{"type":"A","stream":"B-1","data":{{"p":{}{}}}}}"#,
        "[".repeat(10_000),
        "]".repeat(10_000)
    );
    for (line, reason) in [
        ("{", "this is no event: EOF while parsing an object."),
        ("7", "this is no event: invalid type: integer `7`, expected struct Line."),
        (r#"{"stream":"Todo-1"}"#, "the event has no `type`."),
        (r#"{"type":" ","stream":"Todo-1"}"#, "the event has no `type`."),
        (r#"{"type":"TodoAdded"}"#, "the event has no `stream`."),
        (r#"{"type":"A","stream":"B-1","time":"soon"}"#, "its time is no moment like 2026-02-28T11:05:00Z."),
        (r#"{"type":"A","stream":"B-1","data":{"p":{}}}"#, "`p` is an object, not a value."),
        (&long, "`text` is longer than 100,000 characters."),
        (&many, "this is no event: it has more than 1,000 properties."),
        (&deep, "this is no event: recursion limit exceeded."),
    ] {
        let mut log = Log::new(1);
        let text = format!("{good}\n\n{line}\n{good}\n");
        assert_eq!(import(&mut log, &text), Err(format!("Line 3: {reason}")));
        assert!(log.is_empty());
    }
}

#[test]
fn an_import_of_ever_new_kinds_of_events_is_refused() {
    let lines: String = (0..3_000).map(|at| format!("{{\"type\":\"E{at}\",\"stream\":\"B-1\"}}\n")).collect();
    let mut log = Log::new(1);
    let refused = "Line 2001: a log holds at most 2,000 kinds of events.";
    assert_eq!(import(&mut log, &lines), Err(refused.into()));
    assert!(log.is_empty());
}

#[test]
fn an_import_has_an_end() {
    let line = "{\"type\":\"A\",\"stream\":\"B-1\"}\n";
    let mut log = Log::new(1);
    assert_eq!(
        import(&mut log, &line.repeat(sim::transfer::MAX_EVENTS + 1)),
        Err("Line 200001: an import has at most 200,000 events.".into())
    );
    assert!(log.is_empty());
}

#[test]
fn events_of_other_tools_come_in_with_their_own_ids_and_types() {
    let text = concat!(
        r#"{"specversion":"1.0","id":"A-17","source":"/till","type":"OrderPaid","subject":"Order-9","time":"2026-11-21T11:05:30Z","data":{"amount":12.50,"tags":["a","b"],"note":null}}"#,
        "\n",
        r#"{"specversion":"1.0","id":"A-17","source":"/web","type":"OrderPaid","subject":"Order-9"}"#,
        "\n",
    );
    let mut log = Log::new(1);
    let taken = import(&mut log, text).unwrap();
    assert_eq!((taken.appended, taken.first, taken.last), (2, 1, 2));
    assert_eq!(import(&mut log, text).unwrap().known, 2, "the same id of the same source is the same event");
    let event = log.get(1).unwrap();
    assert_eq!(log.stream_name(event.stream()), "Order-9");
    assert_eq!((event.at(), event.by()), (1_795_259_130_000, "Nobody"));
    let data: Vec<String> = event.data().map(|(name, value)| format!("{name}={value}")).collect();
    assert_eq!(data, ["amount=12.5", "tags=a, b", "note="]);
    assert_eq!(event.schema().properties[0].r#type, Type::one(Kind::Decimal));
}

#[test]
fn an_event_that_the_model_knows_has_the_models_types() {
    let own = Schema {
        context: Text::default(),
        stream: "Order".into(),
        name: "OrderPaid".into(),
        properties: [("orderId", Kind::Text), ("amount", Kind::Decimal)]
            .map(|(name, kind)| Property { name: name.into(), r#type: Type::one(kind), personal: false })
            .into(),
    };
    let known = own.clone();
    let schema = move |_: &str, name: &str| (name == "OrderPaid").then(|| known.clone());
    let import = Import { at: 5, by: "Nobody", step: 0, schema: &schema };
    let mut log = Log::new(1);
    let lines = concat!(
        "{\"type\":\"OrderPaid\",\"stream\":\"Order-9\",\"data\":{\"orderId\":9,\"amount\":\"12.50\"}}\n",
        "{\"type\":\"OrderPaid\",\"stream\":\"Order-9\",\"data\":{\"orderId\":9,\"tip\":1}}\n",
    );
    import.take(&mut log, lines).unwrap();
    assert_eq!(log.get(1).unwrap().schema(), &own);
    assert_eq!(log.get(1).unwrap().get("amount"), Some(&Value::Decimal(Decimal::read("12.5").unwrap())));
    assert_eq!(
        log.get(2).unwrap().get("tip"),
        Some(&Value::Integer(1)),
        "what the model has no place for is kept"
    );
}

#[test]
fn cloud_events_are_what_the_standard_says() {
    let mut log = Log::new(1);
    let text = r#"{"type":"TodoAdded","stream":"Todo-1","time":"2026-11-21T11:05:30Z","data":{"text":"Milk"},"metadata":{"by":"Ann","context":"Order Desk","category":"Todo"}}"#;
    import(&mut log, text).unwrap();
    let line: serde_json::Value = serde_json::from_str(export(&log, Format::CloudEvents).trim()).unwrap();
    for (name, value) in [
        ("specversion", "1.0"),
        ("source", "/Order%20Desk"),
        ("type", "TodoAdded"),
        ("subject", "Todo-1"),
        ("time", "2026-11-21T11:05:30Z"),
        ("datacontenttype", "application/json"),
        ("actor", "Ann"),
    ] {
        assert_eq!(line[name], value);
    }
    let fields = line.as_object().unwrap();
    assert!(fields.keys().all(|name| name.len() <= 20 && name.bytes().all(|byte| byte.is_ascii_lowercase())));
    assert!(
        fields
            .iter()
            .all(|(name, value)| name == "data" || value.as_str().is_some_and(|value| !value.is_empty()))
    );
}
