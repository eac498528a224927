//! What steps do to a run, and what is shown of it.

#[path = "../common/mod.rs"]
mod common;
mod shown;

use common::*;
use protocol::step::{Act, Command, Expected, Step, Upcast};
use protocol::storm::Storm;
use protocol::table::Query;
use protocol::trace::Trace;
use sim::model::Model;
use sim::run::{Models, Run};

#[test]
fn steps_are_numbered_in_the_log_and_in_their_traces() {
    let mut run = fold(&[step(Act::Model { fingerprint: "before".into() })]);
    send(&mut run, "SignUp", &[("email", "ann@x.org")]);
    let trace = send(&mut run, "PlaceOrder", &[("customerId", "1"), ("total", "5")]);
    assert_eq!((trace.step, trace.before, trace.after), (2, 1, 3));
    assert_eq!(trace.words, "Ann: Place Order");
    let steps: Vec<usize> = run.system().log().after(0).map(|event| event.step()).collect();
    assert_eq!(steps, [1, 2, 2]);
}

#[test]
fn an_expected_version_that_is_another_is_a_conflict_that_is_shown() {
    let mut run = fold(&[step(Act::Model { fingerprint: "before".into() })]);
    let join = |expected| {
        step(Act::Send(Command { name: "SignUp".into(), values: values(&[("customerId", "7")]), expected }))
    };
    assert!(accepted(&run.take(join(Expected::NoStream))));
    assert_eq!(told(&run.take(join(Expected::NoStream)))[1], "conflict Customer-7 0 1");
    assert_eq!(told(&run.take(join(Expected::Version(3))))[1], "conflict Customer-7 3 1");
    assert!(accepted(&run.take(join(Expected::Version(1)))));
}

#[test]
fn what_must_exist_is_refused_until_the_read_model_has_caught_up() {
    let mut run = fold(&[step(Act::Model { fingerprint: "before".into() })]);
    run.take(step(Act::Lag { on: true }));
    send(&mut run, "SignUp", &[("email", "ann@x.org")]);
    let order = [("customerId", "1"), ("total", "5")];
    let early = send(&mut run, "PlaceOrder", &order);
    assert_eq!(told(&early)[1], "rejected customerId does not exist.");
    let lookup = || Query { readmodel: "CustomerLookup".into(), ..Query::default() };
    let table = run.table(&lookup()).unwrap();
    assert_eq!((table.total, table.behind), (0, 1));
    assert_eq!(run.state(0).subscriptions[0].behind, 1);

    let trace = run.take(step(Act::CatchUp { events: Some(1) }));
    assert_eq!(told(&trace), ["row Customer Lookup 1"]);
    let table = run.table(&lookup()).unwrap();
    assert_eq!((table.total, table.behind), (1, 0));
    assert!(told(&send(&mut run, "PlaceOrder", &order)).contains(&"event Order Placed".to_owned()));
}

#[test]
fn a_title_that_changes_leaves_streams_and_rows_where_they_are() {
    let mut run = fold(&[step(Act::Model { fingerprint: "before".into() })]);
    send(&mut run, "SignUp", &[("email", "ann@x.org")]);
    send(&mut run, "PlaceOrder", &[("customerId", "1"), ("total", "5")]);
    named(run.models_mut(), "renamed", &BEFORE.replace("# Shop", "# Store"));
    run.take(step(Act::Model { fingerprint: "renamed".into() }));
    assert_eq!(rows(&all(&run, "Orders")), ["orderId=1 customerId=1 total=5 isCancelled="]);
    assert!(accepted(&send(&mut run, "CancelOrder", &[("orderId", "1")])));
    assert_eq!(rows(&all(&run, "Orders")), ["orderId=1 customerId=1 total=5 isCancelled=true"]);
}

/// A decision need not look at a whole stream where upcasts are; it finds what it would find there.
#[test]
fn what_upcasts_made_of_old_events_has_happened_whatever_came_later() {
    let mut run = run("\
# Shop
Touch Order -> // orderId
Order Touched // orderId
Close Order -> // orderId
// @forbids Order Closed
Order Closed // orderId
");
    let order = [("orderId", "1")];
    send(&mut run, "TouchOrder", &order);
    send(&mut run, "TouchOrder", &order);
    run.take(step(Act::Upcast(Upcast::RenameEvent {
        from: "OrderTouched".into(),
        to: "OrderClosed".into(),
    })));
    send(&mut run, "TouchOrder", &order);
    let close = send(&mut run, "CloseOrder", &order);
    assert_eq!(told(&close)[1], "rejected Cannot CloseOrder. OrderClosed must not have occurred.");
    run.take(step(Act::Skip { position: 1, skip: true }));
    assert!(!accepted(&send(&mut run, "CloseOrder", &order)));
    run.take(step(Act::Skip { position: 2, skip: true }));
    assert!(accepted(&send(&mut run, "CloseOrder", &order)));
}

/// Two tables hear of each event: the row in one is not what led to the row in the other.
#[test]
fn rows_come_from_events_or_from_nothing_that_the_step_did() {
    let board = "# Shop\nSign Up -> // email\nCustomer Joined // customerId, email\nCustomers* // customerId, email\n\
        Addresses* // customerId, email\n";
    let causes = |trace: Trace| trace.links.iter().map(|link| link.cause).collect::<Vec<_>>();
    let mut run = run(board);
    let trace = send(&mut run, "SignUp", &[("email", "ann@x.org")]);
    assert_eq!(causes(trace), [None, Some(0), Some(1), Some(1)]);
    run.take(step(Act::Lag { on: true }));
    send(&mut run, "SignUp", &[("email", "bob@x.org")]);
    let trace = run.take(step(Act::CatchUp { events: None }));
    assert_eq!(causes(trace), [None, None]);
}

/// Each event makes a row in fifty tables, and is told with all of them.
#[test]
fn all_traces_of_a_run_together_have_an_end() {
    let tables: String = (0..50).map(|table| format!("Table {table}* // customerId\n")).collect();
    let mut run =
        run(&format!("# Shop\nSign Up -> // email\nCustomer Joined // customerId, email\n{tables}"));
    let storm = Storm { seed: 1, people: 1, commands: 5_000, speed: 1.0, mix: Vec::new(), mistakes: 0 };
    run.take(step(Act::Lag { on: true }));
    run.take(step(Act::Storm(storm)));
    let mut long = |events| run.take(step(Act::CatchUp { events: Some(events) })).links.len();
    assert_eq!(long(200), 5_000, "a trace has an end");
    let all: usize = (0..45).map(|_| long(100)).sum();
    assert_eq!(all, 38 * 5_000 + 4_999 + 6 * 50, "what is done by hand is still told");
    run.truncate(3);
    assert_eq!(run.take(step(Act::CatchUp { events: Some(2) })).links.len(), 100);
}

/// One context becomes two: what was recorded without one is read by the events that alone have that name.
#[test]
fn a_board_that_is_parted_into_contexts_keeps_its_streams() {
    let mut run = fold(&[step(Act::Model { fingerprint: "before".into() })]);
    send(&mut run, "SignUp", &[("email", "ann@x.org")]);
    send(&mut run, "PlaceOrder", &[("customerId", "1"), ("total", "5")]);
    let parted = BEFORE.replace("Sign Up ->", "// @context Sales\nSign Up ->")
        + "// @context Depot\nFill Shelf -> // what\nShelf Filled // what\n";
    named(run.models_mut(), "parted", &parted);
    run.take(step(Act::Model { fingerprint: "parted".into() }));
    assert_eq!(rows(&all(&run, "Sales.Orders")).len(), 1);
    assert!(accepted(&send(&mut run, "Sales.CancelOrder", &[("orderId", "1")])));
}

#[test]
fn yesterdays_log_is_read_under_todays_model_through_upcasts() {
    let mut run = fold(&[step(Act::Model { fingerprint: "before".into() })]);
    send(&mut run, "SignUp", &[("email", "ann@x.org")]);
    send(&mut run, "PlaceOrder", &[("customerId", "1"), ("total", "5")]);
    run.take(step(Act::Model { fingerprint: "after".into() }));
    assert_eq!(rows(&all(&run, "Orders")), Vec::<String>::new());
    let cancel = send(&mut run, "CancelOrder", &[("orderId", "1")]);
    assert_eq!(told(&cancel)[1], "rejected Cannot CancelOrder. OrderReceived must have occurred.");

    let (from, to) = ("OrderPlaced".to_owned(), "OrderReceived".to_owned());
    run.take(step(Act::Upcast(Upcast::RenameEvent { from, to: to.clone() })));
    let (event, from, to) = (to, "total".to_owned(), "amount".to_owned());
    run.take(step(Act::Upcast(Upcast::RenameProperty { event, from, to })));
    assert_eq!(rows(&all(&run, "Orders")), ["orderId=1 customerId=1 amount=5 isCancelled="]);
    assert!(accepted(&send(&mut run, "CancelOrder", &[("orderId", "1")])));
}

#[test]
fn an_event_that_is_left_out_is_left_out_of_tables_and_decisions() {
    let mut run = fold(&[step(Act::Model { fingerprint: "before".into() })]);
    send(&mut run, "SignUp", &[("email", "ann@x.org")]);
    send(&mut run, "PlaceOrder", &[("customerId", "1"), ("total", "5")]);
    run.take(step(Act::Skip { position: 2, skip: true }));
    assert!(rows(&all(&run, "Orders")).is_empty());
    let cancel = send(&mut run, "CancelOrder", &[("orderId", "1")]);
    assert_eq!(told(&cancel)[1], "rejected Cannot CancelOrder. OrderPlaced must have occurred.");
    run.take(step(Act::Skip { position: 2, skip: false }));
    assert_eq!(rows(&all(&run, "Orders")).len(), 1);
    let nothing = run.take(step(Act::Skip { position: 99, skip: true }));
    assert_eq!(told(&nothing), ["problem Event 99 is not there, or was left as it is."]);
}

#[test]
fn a_forgotten_customer_is_forgotten_in_tables_too() {
    let mut run = fold(&[step(Act::Model { fingerprint: "before".into() })]);
    send(&mut run, "SignUp", &[("email", "ann@x.org")]);
    run.take(step(Act::Forget { stream: "Customer-1".into() }));
    let table = all(&run, "CustomerLookup");
    assert_eq!(rows(&table), ["customerId=1 email="]);
    assert!(table.rows[0].cells[1].erased);
    assert!(!picture(&run).contains("ann@x.org"));
}

/// Somebody noticed too late that an address is personal.
#[test]
fn what_turns_out_to_be_personal_can_be_erased_from_events_of_old() {
    let careless = BEFORE.replace("// @personal email\n", "");
    let mut run = fold(&[]);
    named(run.models_mut(), "careless", &careless);
    run.take(step(Act::Model { fingerprint: "careless".into() }));
    send(&mut run, "SignUp", &[("email", "ann@x.org")]);
    let written = portrait(&run);
    run.take(step(Act::Forget { stream: "Customer-1".into() }));
    assert_eq!(told(&run.traces(1..3)[1]), ["problem Customer-1 holds no personal data."]);
    run.take(step(Act::Model { fingerprint: "before".into() }));
    send(&mut run, "PlaceOrder", &[("customerId", "1"), ("total", "5")]);
    let forgotten = run.take(step(Act::Forget { stream: "Customer-1".into() }));
    assert_eq!(told(&forgotten), ["note The personal data of Customer-1 cannot be read any more."]);
    assert!(!picture(&run).contains("ann@x.org"));
    assert!(all(&run, "CustomerLookup").rows[0].cells[1].erased);
    run.take(step(Act::Model { fingerprint: "careless".into() }));
    assert!(!picture(&run).contains("ann@x.org"), "nobody gets it back by marking it otherwise");
    run.truncate(2);
    assert_eq!(portrait(&run), written, "and it is written as it was before anybody noticed");
}

/// What a step that was taken back has named must not decide anything later.
#[test]
fn events_that_were_never_there_are_not_known_by_name() {
    let line = |at: usize| format!("{{\"type\":\"Noise{at}\",\"stream\":\"Noise-1\"}}\n");
    let import = |from: usize, to: usize| step(Act::Import { lines: (from..to).map(line).collect() });
    let mut run = fold(&[step(Act::Model { fingerprint: "before".into() })]);
    run.take(import(0, 1_990));
    run.truncate(1);
    let again = run.take(import(2_000, 2_100));
    assert_eq!(told(&again), ["note 100 events came in."]);
    run.truncate(1);
    assert_eq!(portrait(&run), portrait(&fold(&[step(Act::Model { fingerprint: "before".into() })])));
}

#[test]
fn a_deleted_stream_can_be_begun_again() {
    let mut run = fold(&[step(Act::Model { fingerprint: "before".into() })]);
    send(&mut run, "SignUp", &[("email", "ann@x.org")]);
    send(&mut run, "PlaceOrder", &[("customerId", "1"), ("total", "5")]);
    run.take(step(Act::Delete { stream: "Order-1".into() }));
    let cancel = send(&mut run, "CancelOrder", &[("orderId", "1")]);
    assert_eq!(told(&cancel)[1], "rejected Cannot CancelOrder. OrderPlaced must have occurred.");
    let order = [("orderId", "1"), ("customerId", "1"), ("total", "6")];
    send(&mut run, "PlaceOrder", &order);
    assert!(accepted(&send(&mut run, "CancelOrder", &[("orderId", "1")])));
}

#[test]
fn what_a_command_does_not_say_is_what_the_stream_knew_or_what_the_event_means() {
    let text = "\
# Shop
Place Order -> // size, guest
Order Placed // orderId, size, guest
Pay Order -> // orderId, amount
// @requires Order Placed
Order Paid // orderId, size, amount, isPaid
// @type isPaid: boolean
Orders* // orderId, size, amount, isPaid
";
    let mut run = run(text);
    send(&mut run, "PlaceOrder", &[("size", "large"), ("guest", "Ann")]);
    send(&mut run, "PayOrder", &[("orderId", "1"), ("amount", "4.20")]);
    let paid = run.system().log().get(2).expect("it was paid");
    let said: Vec<String> = paid.data().map(|(name, value)| format!("{name}={value}")).collect();
    assert_eq!(said, ["orderId=1", "size=large", "amount=4.20", "isPaid=true"]);
}

#[test]
fn what_a_stream_knew_is_not_forgotten_however_much_happens_since() {
    let text = "\
# Shop
Place Order -> // size
Order Placed // orderId, size
Rate Order -> // orderId, stars
Order Rated // orderId, stars
Close Order -> // orderId
Order Closed // orderId, size, stars
";
    let mut run = run(text);
    send(&mut run, "PlaceOrder", &[("size", "large")]);
    (0..1_000).for_each(|_| drop(send(&mut run, "RateOrder", &[("orderId", "1")])));
    for position in [1_002, 1_003] {
        send(&mut run, "CloseOrder", &[("orderId", "1")]);
        let closed = run.system().log().get(position).expect("it was closed");
        let said: Vec<String> = closed.data().map(|(name, value)| format!("{name}={value}")).collect();
        assert_eq!(said, ["orderId=1", "size=large", "stars="]);
    }
}

#[test]
fn ids_that_are_made_up_are_short_and_free() {
    let mut run = run(TODOS);
    send(&mut run, "Register", &[("userId", "2"), ("email", "a@x.org")]);
    send(&mut run, "Register", &[("email", "b@x.org")]);
    send(&mut run, "Register", &[("email", "c@x.org")]);
    let keys: Vec<String> = all(&run, "UserLookup").rows.iter().map(|row| row.key.clone()).collect();
    assert_eq!(keys, ["2", "3", "4"]);
    let blank = send(&mut run, "Register", &[("userId", "")]);
    assert_eq!(told(&blank)[1], "rejected userId is a required field.");
    let other = send(&mut run, "Mark Complete", &[]);
    assert!(
        told(&other)[1].contains("todoId is a required field."),
        "a thing that must be there is not made up"
    );

    let text = TODOS.to_owned() + "// @type userId: uuid\n";
    let mut run = common::run(&text);
    send(&mut run, "Register", &[]);
    assert_eq!(all(&run, "UserLookup").rows[0].key.len(), 36);
}

#[test]
fn ids_that_are_written_otherwise_are_the_same_where_they_are_numbers() {
    let text = TODOS.to_owned() + "// @type userId: integer\n// @type todoId: integer\n";
    let mut run = common::run(&text);
    send(&mut run, "Register", &[("userId", "007")]);
    send(&mut run, "Add Item", &[("userId", "07"), ("todoId", "+1")]);
    assert!(accepted(&send(&mut run, "Mark Complete", &[("todoId", "01")])));
    assert_eq!(run.system().log().stream_name(run.system().log().get(3).unwrap().stream()), "Todo-1");
}

#[test]
fn a_command_on_several_stickies_is_one() {
    let text = TODOS.to_owned() + "Add Item -> // userId, description\nTodo Added // description, userId\n";
    let list = Model::of_text(&text).list();
    let add: Vec<_> = list.commands.iter().filter(|command| command.name == "AddItem").collect();
    assert_eq!(add.len(), 1);
    assert_eq!((add[0].sticky, add[0].also.as_slice()), (Some(4), &[15][..]));
    assert_eq!(Model::of_text(&text).fingerprint, Model::of_text(TODOS).fingerprint);
}

#[test]
fn stickies_are_those_of_the_board_as_it_is_now() {
    let mut run = run(TODOS);
    let moved = TODOS.replace("Add Item", "// @hotspot Why?\nAdd Item");
    let present = std::sync::Arc::new(Model::of_text(&moved));
    assert_eq!(present.fingerprint, run.system().model().fingerprint, "it plays alike");
    run.look_at(present);
    send(&mut run, "Register", &[]);
    let trace = send(&mut run, "Add Item", &[("userId", "1")]);
    let stickies: Vec<_> = trace.links.iter().map(|link| link.sticky).collect();
    assert_eq!(stickies, [Some(5), Some(6), Some(7)]);
    assert_eq!(run.form("Add Item", 1).unwrap().sticky, Some(5));
}

#[test]
fn hostile_steps_are_refused_with_a_reason_and_bounded() {
    let mut run = run(TODOS);
    let long = "x".repeat(10_000_000);
    let step = |act| Step { at: i64::MAX, by: long.clone(), seed: u64::MAX, act };
    let trace = run.take(step(command("Register", &[("email", &long)])));
    assert_eq!(told(&trace)[1], "rejected email is longer than 100,000 characters.");
    assert!(trace.by.len() <= 200 && trace.words.len() < 300);
    let trace = run.take(step(command(&long, &[(&long, "")])));
    assert!(trace.links.len() == 1 && told(&trace)[0].len() < 500);
    for act in [
        Act::Storm(Storm {
            seed: 1,
            people: u32::MAX,
            commands: u32::MAX,
            speed: f64::NAN,
            mix: Vec::new(),
            mistakes: u32::MAX,
        }),
        Act::Advance { waiting: Some(u64::MAX), answer: Some(true) },
        Act::Skip { position: u64::MAX, skip: true },
        Act::Forget { stream: long.clone() },
        Act::Delete { stream: "-".into() },
        Act::Model { fingerprint: long.clone() },
        Act::Import { lines: long.clone() },
    ] {
        let trace = run.take(step(act));
        assert!(told(&trace).iter().all(|line| line.starts_with("problem")), "{:?}", told(&trace));
    }
    run.take(step(Act::CatchUp { events: Some(u64::MAX) }));
    assert_eq!(run.state(0).head, 0);
    let table =
        Query { readmodel: "TODO List".into(), skip: usize::MAX, limit: usize::MAX, ..Query::default() };
    assert_eq!(run.table(&table).map(|table| table.rows.len()), Some(0));
    let (from, to) = (5, 2);
    assert_eq!(run.traces(from..to).len() + run.traces(usize::MAX - 1..usize::MAX).len(), 0);
    run.truncate(usize::MAX);
    assert_eq!(run.steps().len(), 10);
}

#[test]
fn a_model_whose_text_is_missing_is_asked_for() {
    let steps =
        [step(Act::Model { fingerprint: "before".into() }), step(Act::Model { fingerprint: "gone".into() })];
    assert_eq!(models().missing(&steps), Some("gone"));
    let run = fold(&steps);
    assert_eq!(told(&run.traces(1..2)[0]), ["problem The text of this model is missing."]);
    assert_eq!(run.state(0).fingerprint, "before");
}

/// The text beside the steps can be overwritten; whoever reads it then must not compute another log.
#[test]
fn a_text_of_another_model_is_not_played() {
    let print = Model::of_text(BEFORE).fingerprint;
    let mut run = Run::new(Models::default(), 7);
    run.models_mut().add(&print, &after());
    let enter = step(Act::Model { fingerprint: print.clone() });
    assert_eq!(run.models_mut().missing(std::slice::from_ref(&enter)), None);
    let why = "problem The text kept for this model is that of another one: it was changed from outside.";
    assert_eq!(told(&run.take(enter.clone())), [why]);
    run.models_mut().add(&print, &format!("{BEFORE}// @hotspot Moved?\n"));
    assert!(told(&run.take(enter)).is_empty(), "another text of the same model will do");
}

#[test]
fn a_storm_goes_on_in_slices_and_ends_the_same() {
    let storm = Storm { seed: 3, people: 4, commands: 300, speed: 2.0, mix: Vec::new(), mistakes: 10 };
    let mut whole = run(TODOS);
    whole.take(step(Act::Storm(storm.clone())));
    let mut sliced = run(TODOS);
    sliced.begin(step(Act::Storm(storm)));
    let mut slices = 0;
    while let sim::run::Progress::Going { done, of } = sliced.advance(7) {
        assert!(done < of && of == 300);
        slices += 1;
    }
    assert!(slices > 10);
    assert_eq!(portrait(&sliced), portrait(&whole));
    assert!(whole.report(0).is_some_and(|report| report.commands == 300));
    assert!(whole.state(0).head > 100);
}

#[test]
fn a_storm_that_is_broken_off_leaves_nothing() {
    let mut run = run(TODOS);
    send(&mut run, "Register", &[]);
    let before = portrait(&run);
    let storm = Storm { seed: 3, people: 4, commands: 300, speed: 2.0, mix: Vec::new(), mistakes: 10 };
    run.begin(step(Act::Storm(storm)));
    run.advance(50);
    assert_eq!(run.whole(), 1);
    assert_eq!(portrait(&run.branch(9)), before);
    run.truncate(run.whole());
    assert_eq!(portrait(&run), before);
}
