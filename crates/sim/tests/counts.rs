//! How often each event of the board happened, all of them in one answer.

mod common;
use common::*;
use protocol::step::Act;
use sim::views::View;

#[test]
fn events_are_counted_up_to_a_moment_all_at_once() {
    let mut run = fold(&[step(Act::Model { fingerprint: "before".into() })]);
    send(&mut run, "SignUp", &[("email", "ann@x.org")]);
    send(&mut run, "PlaceOrder", &[("customerId", "1"), ("total", "5")]);
    send(&mut run, "PlaceOrder", &[("customerId", "1"), ("total", "7.5")]);
    let times = |event: &str, until| {
        let all = View::new(&run).counts(until);
        all.into_iter().find(|(name, _)| name == event).map(|(_, times)| times)
    };
    assert_eq!(times("OrderPlaced", None), Some(2));
    assert_eq!(times("OrderPlaced", Some(2)), Some(1));
    assert_eq!(times("OrderPlaced", Some(0)), Some(0));
    assert_eq!(times("OrderCancelled", None), Some(0));
    assert_eq!(times("NoSuchEvent", None), None);
}
