//! Policies: by themselves, one at a time, asked of a person, and never without end.

mod common;
use common::*;
use protocol::step::{Act, Pace};
use protocol::trace::What;

const SHOP: &str = "\
# Shop
Place Order -> // customer, total
Order Placed // orderId, customer, total
// @type total: decimal
// @policy Whenever Order Placed, Pack Parcel
Pack Parcel -> // orderId
// @free orderId
Parcel Packed // parcelId, orderId
// @policy Whenever Parcel Packed, Send Parcel
Send Parcel -> // parcelId
// @requires Parcel Packed
// @forbids Parcel Sent
Parcel Sent // parcelId, orderId
// @policy Whenever Order Placed, and total >= 100, Send Gift
Send Gift -> // orderId
// @free orderId
Gift Sent // giftId, orderId
Parcels* // parcelId, orderId
";

#[test]
fn policies_run_by_themselves_breadth_first_and_fill_in_what_events_say() {
    let mut run = run(SHOP);
    let trace = send(&mut run, "Place Order", &[("customer", "Ann"), ("total", "120")]);
    let wanted = [
        "command Place Order",
        "event Order Placed",
        "policy Whenever Order Placed, Pack Parcel",
        "command Pack Parcel",
        "event Parcel Packed",
        "row Parcels 1",
        "policy Whenever Order Placed, and total >= 100, Send Gift",
        "command Send Gift",
        "event Gift Sent",
        "policy Whenever Parcel Packed, Send Parcel",
        "command Send Parcel",
        "event Parcel Sent",
        "row Parcels 1",
    ];
    assert_eq!(told(&trace), wanted);
    let causes: Vec<Option<usize>> = trace.links.iter().map(|link| link.cause).collect();
    let wanted = [
        None,
        Some(0),
        Some(1),
        Some(2),
        Some(3),
        Some(4),
        Some(1),
        Some(6),
        Some(7),
        Some(4),
        Some(9),
        Some(10),
        Some(11),
    ];
    assert_eq!(causes, wanted);
    assert_eq!(rows(&all(&run, "Parcels")), ["parcelId=1 orderId=1"]);
}

#[test]
fn events_know_what_led_to_them_and_the_story_they_belong_to() {
    let mut run = run(SHOP);
    send(&mut run, "Place Order", &[("total", "5")]);
    send(&mut run, "Place Order", &[("total", "6")]);
    let log = run.system().log();
    let chain: Vec<_> = log.after(0).map(|event| (event.correlation(), event.causation())).collect();
    assert_eq!(chain, [(1, None), (1, Some(1)), (1, Some(2)), (4, None), (4, Some(4)), (4, Some(5))]);
}

#[test]
fn a_condition_that_can_be_worked_out_is() {
    let mut run = run(SHOP);
    let cheap = send(&mut run, "Place Order", &[("total", "99.99")]);
    assert!(!told(&cheap).iter().any(|line| line.contains("Gift")));
    let dear = send(&mut run, "Place Order", &[("total", "100.00")]);
    assert!(told(&dear).contains(&"event Gift Sent".to_owned()));
}

#[test]
fn more_policies_than_can_wait_are_told() {
    let mut run = run(SHOP);
    run.take(step(Act::Policies { pace: Pace::Stepped }));
    for _ in 0..500 {
        send(&mut run, "Place Order", &[("total", "5")]);
    }
    let trace = send(&mut run, "Place Order", &[("total", "100")]);
    let wanted = [
        "command Place Order",
        "event Order Placed",
        "note 500 policies wait already: 2 more are not carried out.",
    ];
    assert_eq!(told(&trace), wanted);
}

#[test]
fn stepped_policies_wait_for_their_turn() {
    let mut run = run(SHOP);
    run.take(step(Act::Policies { pace: Pace::Stepped }));
    let trace = send(&mut run, "Place Order", &[("total", "5")]);
    assert_eq!(told(&trace)[2], "waits 0: Whenever Order Placed, Pack Parcel");
    assert_eq!(run.state(0).head, 1);
    let trace = run.take(step(Act::Advance { waiting: None, answer: None }));
    let wanted = [
        "policy Whenever Order Placed, Pack Parcel",
        "command Pack Parcel",
        "event Parcel Packed",
        "row Parcels 1",
        "waits 1: Whenever Parcel Packed, Send Parcel",
    ];
    assert_eq!(told(&trace), wanted);
    let waiting = run.state(0).waiting;
    assert_eq!((waiting.len(), waiting[0].id, waiting[0].position), (1, 1, 2));
    let behind: Vec<u64> = run.state(0).subscriptions.iter().map(|one| one.behind).collect();
    assert_eq!(behind, [0, 0, 1, 0], "one of them is behind");
    // By themselves again: what waits runs.
    let trace = run.take(step(Act::Policies { pace: Pace::Automatic }));
    assert_eq!(told(&trace)[2], "event Parcel Sent");
    assert!(run.state(0).waiting.is_empty());
    let trace = run.take(step(Act::Advance { waiting: Some(1), answer: None }));
    assert_eq!(told(&trace), ["problem No policy waits for that any more."]);
}

#[test]
fn any_other_condition_is_asked_of_a_person() {
    let text = "\
# Cards
Stamp Card -> // place
Card Stamped // cardId, place
// @policy Whenever Card Stamped, and it is the tenth stamp, Offer Drink
Offer Drink -> // cardId
// @free cardId
Drink Offered // drinkId, cardId
";
    let mut run = run(text);
    for _ in 0..2 {
        send(&mut run, "Stamp Card", &[("place", "Rome")]);
    }
    let waiting = run.state(0).waiting;
    let asks: Vec<_> = waiting.iter().map(|waiting| waiting.asks.as_deref()).collect();
    assert_eq!(asks, [Some("it is the tenth stamp"); 2]);
    let unanswered = run.take(step(Act::Advance { waiting: None, answer: None }));
    let wanted = "problem Somebody must say first whether \u{201c}it is the tenth stamp\u{201d} holds.";
    assert_eq!(told(&unanswered), [wanted]);
    run.take(step(Act::Advance { waiting: Some(0), answer: Some(false) }));
    assert_eq!(run.state(0).head, 2, "no is no");
    let yes = run.take(step(Act::Advance { waiting: Some(1), answer: Some(true) }));
    assert!(told(&yes).contains(&"event Drink Offered".to_owned()));
    assert!(run.state(0).waiting.is_empty());
    // By themselves, policies do not answer for people.
    send(&mut run, "Stamp Card", &[]);
    run.take(step(Act::Policies { pace: Pace::Automatic }));
    assert_eq!(run.state(0).waiting.len(), 1);
}

const LOOP: &str = "\
# Ping pong
Hit Ball -> // player
Ball Hit // ballId, player
// @policy Whenever Ball Hit, Return Ball
Return Ball -> // player
Return Made // returnId, player
// @policy Whenever Return Made, Hit Ball
";

#[test]
fn policies_that_trigger_each_other_are_stopped_and_named() {
    let mut run = run(LOOP);
    let trace = send(&mut run, "Hit Ball", &[]);
    let last = trace.links.last().map(|link| &link.what);
    let names = ["Ball Hit", "Return Ball", "Return Made", "Hit Ball"].map(String::from).into();
    assert_eq!(last, Some(&What::Loop { names }));
    assert!(run.state(0).head < 50);
    let again = send(&mut run, "Hit Ball", &[]);
    assert_eq!(again.links.len(), trace.links.len(), "the next step is as free as the first");
}

/// Each event triggers two policies, so the number of policies doubles with each round.
#[test]
fn one_step_carries_out_a_thousand_policies_at_most() {
    let mut text = String::from("# Flood\nDrop Water ->\nWater Dropped // waterId\n");
    for kind in ["Left", "Right"] {
        text += &format!(
            "// @policy Whenever Water Dropped, Drop {kind}\nDrop {kind} ->\nWater Dropped // waterId\n"
        );
    }
    let mut run = run(&text);
    let trace = send(&mut run, "Drop Water", &[]);
    let carried_out = told(&trace).iter().filter(|line| line.starts_with("policy")).count();
    assert!(carried_out <= sim::policies::BOUND, "{carried_out}");
    assert!(told(&trace).iter().any(|line| line.starts_with("loop")));
    assert!(run.state(0).head <= 1_001);
}

#[test]
fn a_policy_whose_command_is_refused_says_so_and_ends_there() {
    let mut run = run(SHOP);
    send(&mut run, "Place Order", &[("total", "5")]);
    run.take(step(Act::Policies { pace: Pace::Stepped }));
    let text = SHOP.replace("// @forbids Parcel Sent", "// @forbids Parcel Packed");
    let mut strict = common::run(&text);
    let trace = send(&mut strict, "Place Order", &[("total", "5")]);
    let refused = "rejected Cannot SendParcel. ParcelPacked must not have occurred.";
    assert_eq!(told(&trace).last().map(String::as_str), Some(refused));
    assert_eq!(strict.state(0).head, 2);
}

#[test]
fn policies_lead_across_contexts() {
    let text = "\
# Company
// @context Counter
Pay Order -> // orderId, amount
Order Paid // orderId, amount
// @context Bar
// @policy Whenever Counter.Order Paid, Queue Brew
Queue Brew -> // orderId
// @free orderId
Brew Queued // brewId, orderId
Brew List* // brewId, orderId
";
    let mut run = run(text);
    let trace = send(&mut run, "Counter.PayOrder", &[("orderId", "5")]);
    let wanted = [
        "command Pay Order",
        "event Order Paid",
        "policy Whenever Counter.Order Paid, Queue Brew",
        "command Queue Brew",
        "event Brew Queued",
        "row Brew List 1",
    ];
    assert_eq!(told(&trace), wanted);
    assert_eq!(rows(&all(&run, "Bar.BrewList")), ["brewId=1 orderId=5"]);
    let stickies: Vec<_> = trace.links.iter().map(|link| link.sticky).collect();
    assert_eq!(stickies, [Some(2), Some(3), Some(5), Some(6), Some(8), Some(9)]);
}
