//! The event store, as properties of whatever is done to it.

use proptest::prelude::*;
use protocol::Position;
use protocol::step::Expected;
use sim::log::{
    ActorId, Conflict, Log, Mark, New, Property, Schema, SchemaId, Source, StreamId, Subscription, read_uuid,
    uuid,
};
use sim::value::{Kind, Type, Value};

const KEYS: [&str; 4] = ["1", "2", "3", "4"];
const EVENTS: [&str; 3] = ["TodoAdded", "TodoRenamed", "TodoDeleted"];

struct Store {
    log: Log,
    schemas: Vec<SchemaId>,
    streams: Vec<StreamId>,
    by: ActorId,
}

fn store() -> Store {
    let mut log = Log::new(7);
    let category = log.category("", "Todo");
    let schemas = EVENTS.map(|name| {
        let text = |name: &str, personal| Property { name: name.into(), personal, ..Property::default() };
        let count = Property { name: "count".into(), r#type: Type::one(Kind::Integer), personal: false };
        let properties = vec![text("todoId", false), text("email", true), count];
        log.schema(&Schema { context: "".into(), stream: "Todo".into(), name: name.into(), properties })
    });
    let streams = KEYS.map(|key| log.stream_id(category, &key.into()));
    let by = log.actor("Ann");
    Store { log, schemas: schemas.into(), streams: streams.into(), by }
}

impl Store {
    fn new_event(&self, stream: usize, schema: usize, at: i64) -> New {
        New {
            stream: self.streams[stream],
            schema: self.schemas[schema],
            data: [Value::text(KEYS[stream]), Value::text("ann@example.org"), Value::Integer(at)].into(),
            id: None,
            at,
            by: self.by,
            correlation: None,
            causation: None,
            step: 0,
        }
    }

    fn apply(&mut self, deed: &Deed) {
        match *deed {
            Deed::Append { stream, schema, batch, expected } => {
                let at = self.log.head() as i64;
                let batch: Vec<New> = (0..batch).map(|_| self.new_event(stream, schema, at)).collect();
                let _ = self.log.append(expected, batch);
            }
            Deed::Delete(stream) => _ = self.log.delete(self.streams[stream]),
            Deed::Forget(stream) => _ = self.log.forget(self.streams[stream]),
            Deed::Skip(position, skip) => _ = self.log.skip(position, skip),
        }
    }

    /// Everything that can be read.
    fn read(&self) -> Vec<String> {
        let mut read: Vec<String> = self.log.after(0).map(|event| line(&self.log, event.position)).collect();
        for stream in &self.streams {
            let happened: Vec<_> =
                self.log.happened(*stream).iter().map(|h| (h.schema, h.times, h.last)).collect();
            read.push(format!(
                "{:?} {} {happened:?} {} {}",
                self.log.stream(*stream),
                self.log.version(*stream),
                self.log.is_deleted(*stream),
                self.log.is_forgotten(*stream)
            ));
        }
        for category in (0..1).map(sim::log::CategoryId) {
            read.push(format!("{:?}", self.log.of_category(category)));
        }
        for r#type in (0..3).map(sim::log::TypeId) {
            read.push(format!("{:?}", self.log.of_type(r#type)));
        }
        read
    }
}

fn line(log: &Log, position: Position) -> String {
    let event = log.get(position).unwrap();
    let data: Vec<_> = event.data().collect();
    format!(
        "{position} {} {} {data:?} {}",
        log.stream_name(event.stream()),
        event.version(),
        uuid(event.id())
    )
}

#[derive(Clone, Debug)]
enum Deed {
    Append { stream: usize, schema: usize, batch: usize, expected: Expected },
    Delete(usize),
    Forget(usize),
    Skip(Position, bool),
}

fn expected() -> impl Strategy<Value = Expected> {
    prop_oneof![
        3 => Just(Expected::Any),
        1 => Just(Expected::NoStream),
        2 => (0u64..6).prop_map(Expected::Version),
    ]
}

fn deed() -> impl Strategy<Value = Deed> {
    let append = (0..KEYS.len(), 0..EVENTS.len(), 0usize..4, expected());
    prop_oneof![
        8 => append.prop_map(|(stream, schema, batch, expected)| Deed::Append { stream, schema, batch, expected }),
        1 => (0..KEYS.len()).prop_map(Deed::Delete),
        1 => (0..KEYS.len()).prop_map(Deed::Forget),
        1 => (0u64..40, any::<bool>()).prop_map(|(position, skip)| Deed::Skip(position, skip)),
    ]
}

fn deeds() -> impl Strategy<Value = Vec<Deed>> {
    prop::collection::vec(deed(), 0..40)
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_writer_who_expects_another_version_appends_nothing_and_hears_of_it(
        deeds in deeds(), stream in 0..KEYS.len(), batch in 1usize..4, expected in expected(),
    ) {
        let mut store = store();
        deeds.iter().for_each(|deed| store.apply(deed));
        let (id, before, read) = (store.streams[stream], store.log.head(), store.read());
        let (version, empty) = (store.log.version(id), store.log.stream(id).is_empty());
        let fits = match expected {
            Expected::Any => true,
            Expected::NoStream => empty,
            Expected::Version(wanted) => wanted == version,
        };
        let batch: Vec<New> = (0..batch).map(|_| store.new_event(stream, 0, 0)).collect();
        let count = batch.len() as u64;
        match store.log.append(expected, batch) {
            Ok(appended) => {
                prop_assert!(fits);
                prop_assert_eq!((appended.first, appended.last), (before + 1, before + count));
                prop_assert_eq!(store.log.version(id), version + count);
            }
            Err(conflict) => {
                prop_assert!(!fits);
                prop_assert_eq!(conflict, Conflict::Version { stream: id, expected, actual: version });
                prop_assert_eq!(store.read(), read);
            }
        }
    }

    #[test]
    fn of_two_writers_who_saw_the_same_version_one_succeeds(deeds in deeds(), stream in 0..KEYS.len()) {
        let mut store = store();
        deeds.iter().for_each(|deed| store.apply(deed));
        let seen = Expected::Version(store.log.version(store.streams[stream]));
        let event = store.new_event(stream, 1, 0);
        prop_assert!(store.log.append(seen, [event.clone()]).is_ok());
        prop_assert!(store.log.append(seen, [event]).is_err());
    }

    #[test]
    fn a_batch_that_was_appended_before_is_not_appended_again(deeds in deeds(), ids in prop::collection::hash_set(any::<u128>(), 1..5)) {
        let mut store = store();
        deeds.iter().for_each(|deed| store.apply(deed));
        let batch: Vec<New> = ids.iter().map(|id| New { id: Some(*id), ..store.new_event(0, 0, 0) }).collect();
        let first = store.log.append(Expected::Any, batch.clone()).unwrap();
        let read = store.read();
        let again = store.log.append(Expected::NoStream, batch.clone()).unwrap();
        prop_assert!(again.known && !first.known);
        prop_assert_eq!((again.first, again.last), (first.first, first.last));
        let mut partly = batch;
        partly.push(store.new_event(0, 0, 0));
        prop_assert!(store.log.append(Expected::Any, partly.clone()).is_err());
        partly.reverse();
        prop_assert!(store.log.append(Expected::Any, partly).is_err());
        prop_assert_eq!(store.read(), read);
    }

    #[test]
    fn every_event_is_found_by_its_id_and_no_other_id_is_known(deeds in deeds(), id in any::<u128>()) {
        let mut store = store();
        deeds.iter().for_each(|deed| store.apply(deed));
        for event in store.log.after(0) {
            prop_assert_eq!(store.log.find_id(event.id()), Some(event.position));
            prop_assert_eq!(read_uuid(&uuid(event.id())), Some(event.id()));
        }
        prop_assert_eq!(store.log.find_id(id), None);
    }

    #[test]
    fn streams_categories_and_types_are_the_log_sorted(deeds in deeds()) {
        let mut store = store();
        deeds.iter().for_each(|deed| store.apply(deed));
        let log = &store.log;
        for (key, stream) in KEYS.iter().zip(&store.streams) {
            let of: Vec<Position> = log.after(0).filter(|event| event.stream() == *stream).map(|e| e.position).collect();
            prop_assert_eq!(log.ever(*stream), &of[..]);
            prop_assert!(of.ends_with(log.stream(*stream)));
            for (version, position) in of.iter().enumerate() {
                prop_assert_eq!(log.get(*position).unwrap().version(), version as u64 + 1);
            }
            let name = format!("Todo-{key}");
            prop_assert_eq!(log.streams_named(&name), vec![*stream]);
        }
        let everything: Vec<Position> = (1..=log.head()).collect();
        prop_assert_eq!(log.of_category(sim::log::CategoryId(0)), &everything[..]);
        let backwards: Vec<Position> = log.after(0).rev().map(|event| event.position).collect();
        prop_assert!(backwards.iter().rev().eq(everything.iter()));
    }

    #[test]
    fn as_of_a_position_is_the_log_that_ended_there(deeds in deeds(), until in 0u64..60) {
        let mut store = store();
        let appends = deeds.iter().filter(|deed| matches!(deed, Deed::Append { .. }));
        appends.for_each(|deed| store.apply(deed));
        let until = until.min(store.log.head());
        let mut prefix = store.log.clone();
        prefix.truncate(until);
        for stream in &store.streams {
            prop_assert_eq!(store.log.stream_at(*stream, until), prefix.stream(*stream));
        }
        let seen: Vec<_> = store.log.range(1, until).map(|event| line(&store.log, event.position)).collect();
        let kept: Vec<_> = prefix.after(0).map(|event| line(&prefix, event.position)).collect();
        prop_assert_eq!(seen, kept);
    }

    #[test]
    fn going_back_to_a_mark_leaves_no_trace(before in deeds(), after in deeds()) {
        let mut store = store();
        // Skipping is about reading, and stays.
        let made = |deed: &&Deed| !matches!(deed, Deed::Skip(..));
        before.iter().filter(made).for_each(|deed| store.apply(deed));
        let (mark, read): (Mark, _) = (store.log.mark(), store.read());
        after.iter().filter(made).for_each(|deed| store.apply(deed));
        store.log.rewind(mark);
        prop_assert_eq!(store.read(), read);
        before.iter().filter(made).chain(after.iter().filter(made)).for_each(|deed| store.apply(deed));
        store.log.rewind(Mark::default());
        prop_assert_eq!(store.read(), super_empty());
    }

    #[test]
    fn the_snapshot_of_a_stream_is_what_its_events_say(deeds in deeds()) {
        let mut store = store();
        deeds.iter().for_each(|deed| store.apply(deed));
        for stream in &store.streams {
            for (schema, id) in EVENTS.iter().zip(&store.schemas) {
                let events = store.log.stream(*stream).iter().map(|position| store.log.get(*position).unwrap());
                let of: Vec<Position> = events
                    .filter(|event| event.schema().name == *schema && !event.is_skipped())
                    .map(|event| event.position)
                    .collect();
                let happened = store.log.happened(*stream).iter().find(|happened| happened.schema == *id);
                let said = happened.map(|happened| (happened.times as usize, happened.last));
                prop_assert_eq!(said, of.last().map(|last| (of.len(), *last)));
            }
        }
    }

    #[test]
    fn erasure_makes_personal_data_unreadable_and_leaves_everything_else(deeds in deeds(), stream in 0..KEYS.len()) {
        let mut store = store();
        deeds.iter().for_each(|deed| store.apply(deed));
        let id = store.streams[stream];
        let before: Vec<(Position, u64, Vec<Value>)> = contents(&store.log);
        let had = store.log.has_personal(id);
        prop_assert_eq!(store.log.forget(id), had);
        let after = contents(&store.log);
        prop_assert_eq!(before.len(), after.len());
        for (old, new) in before.iter().zip(&after) {
            let event = store.log.get(new.0).unwrap();
            prop_assert_eq!((old.0, old.1, &old.2[0], &old.2[2]), (new.0, new.1, &new.2[0], &new.2[2]));
            let erased = event.stream() == id;
            prop_assert_eq!(&new.2[1], if erased { &Value::Erased } else { &old.2[1] });
            prop_assert_eq!(event.is_erased(), new.2[1] == Value::Erased);
        }
        let again = store.new_event(stream, 0, 0);
        let fresh = store.log.append(Expected::Any, [again]).unwrap();
        prop_assert_eq!(store.log.get(fresh.first).unwrap().value(1), &Value::text("ann@example.org"), "a new key");
    }

    #[test]
    fn a_deleted_stream_reads_as_empty_and_can_be_begun_again(deeds in deeds(), stream in 0..KEYS.len()) {
        let mut store = store();
        deeds.iter().for_each(|deed| store.apply(deed));
        let id = store.streams[stream];
        let (head, version) = (store.log.head(), store.log.version(id));
        store.log.delete(id);
        prop_assert!(store.log.stream(id).is_empty() && store.log.happened(id).is_empty());
        prop_assert_eq!((store.log.head(), store.log.version(id)), (head, version));
        let again = store.new_event(stream, 0, 0);
        prop_assert!(store.log.append(Expected::NoStream, [again]).is_ok());
        prop_assert_eq!((store.log.stream(id), store.log.version(id)), (&[head + 1][..], version + 1));
    }

    #[test]
    fn a_subscription_hears_of_everything_once_whenever_it_asks(deeds in deeds(), turns in prop::collection::vec(0usize..5, 0..20)) {
        let mut store = store();
        let sources = |store: &Store| [
            Source::All,
            Source::Stream(store.streams[0]),
            Source::Category(sim::log::CategoryId(0)),
            Source::Types(vec![sim::log::TypeId(0), sim::log::TypeId(2)]),
        ];
        let mut readers: Vec<(Subscription, Vec<Position>)> =
            sources(&store).map(|source| (Subscription::new(source), Vec::new())).into();
        let appends = deeds.iter().filter(|deed| matches!(deed, Deed::Append { .. }));
        for (deed, turns) in appends.zip(turns.into_iter().chain(std::iter::repeat(0))) {
            store.apply(deed);
            for (reader, heard) in &mut readers {
                heard.extend((0..turns).filter_map(|_| reader.next(&store.log)).map(|event| event.position));
            }
        }
        for (reader, heard) in &mut readers {
            let behind = reader.behind(&store.log);
            let missing = std::iter::from_fn(|| reader.next(&store.log)).map(|event| event.position);
            let before = heard.len();
            heard.extend(missing);
            prop_assert_eq!((heard.len() - before) as u64, behind);
            prop_assert_eq!(reader.checkpoint(), store.log.head());
            prop_assert_eq!(reader.behind(&store.log), 0);
            let all = store.log.after(0).filter(|event| match &reader.source {
                Source::Stream(stream) => event.stream() == *stream,
                Source::Types(types) => types.contains(&event.type_id()),
                _ => true,
            });
            prop_assert!(all.map(|event| event.position).eq(heard.iter().copied()));
        }
    }
}

fn super_empty() -> Vec<String> {
    store().read()
}

fn contents(log: &Log) -> Vec<(Position, u64, Vec<Value>)> {
    let data = |event: sim::log::Recorded<'_>| event.data().map(|(_, value)| value.clone()).collect();
    log.after(0).map(|event| (event.position, event.version(), data(event))).collect()
}

#[test]
fn ids_are_uuids_of_their_own_kind_and_another_run_has_others() {
    let mut one = store();
    let event = one.new_event(0, 0, 5);
    one.log.append(Expected::Any, [event.clone(), event.clone()]).unwrap();
    let ids: Vec<String> = one.log.after(0).map(|event| uuid(event.id())).collect();
    assert_ne!(ids[0], ids[1]);
    assert!(
        ids.iter().all(|id| id.as_bytes()[14] == b'8' && matches!(id.as_bytes()[19], b'8'..=b'b')),
        "{ids:?}"
    );
    let mut other = one.log.clone();
    other.truncate(1);
    let moved = New { at: 6, ..event };
    other.append(Expected::Any, [moved]).unwrap();
    assert_eq!(other.get(1).unwrap().id(), one.log.get(1).unwrap().id(), "a branch shares its past");
    assert_ne!(other.get(2).unwrap().id(), one.log.get(2).unwrap().id(), "and nothing else");
}

#[test]
fn what_fits_no_schema_is_refused_whole() {
    let mut store = store();
    let good = store.new_event(0, 0, 0);
    for broken in [
        New { stream: StreamId(99), ..good.clone() },
        New { schema: SchemaId(99), ..good.clone() },
        New { data: [].into(), ..good.clone() },
    ] {
        assert_eq!(store.log.append(Expected::Any, [good.clone(), broken]), Err(Conflict::Unknown));
        assert!(store.log.is_empty());
    }
}

#[test]
fn correlation_is_the_beginning_of_the_story_and_causation_the_step_before() {
    let mut store = store();
    let event = |stream| store.new_event(stream, 0, 0);
    let (first, second, third) = (event(0), event(1), event(2));
    store.log.append(Expected::Any, [first.clone(), first]).unwrap();
    store.log.append(Expected::Any, [New { correlation: Some(1), causation: Some(2), ..second }]).unwrap();
    store.log.append(Expected::Any, [third]).unwrap();
    let chain: Vec<_> = store.log.after(0).map(|event| (event.correlation(), event.causation())).collect();
    assert_eq!(chain, [(1, None), (1, None), (1, Some(2)), (4, None)]);
}
