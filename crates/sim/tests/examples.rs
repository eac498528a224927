//! The example boards can be played from one end to the other by somebody who only ever takes what the forms offer.

use protocol::step::{Act, Command, Step};
use protocol::trace::{Trace, What};
use sim::model::Model;
use sim::run::Run;
use std::collections::BTreeSet;
use std::sync::Arc;

struct Play {
    run: Run,
    /// Names of all stickies that took part.
    seen: BTreeSet<String>,
}

impl Play {
    fn of(text: &str) -> Play {
        Play { run: Run::under(Arc::new(Model::of_text(text)), 1), seen: BTreeSet::new() }
    }

    fn step(&mut self, act: Act) -> Trace {
        let at = 1_800_000_000_000 + 60_000 * self.run.steps().len() as i64;
        let trace = self.run.take(Step { at, by: "Ann".into(), seed: 3, act });
        self.seen.extend(trace.links.iter().map(|link| link.name.clone()));
        trace
    }

    /// Presses the button of a form as it comes, but for some values, and tells which events came of it.
    fn press(&mut self, command: &str, changed: &[(&str, &str)]) -> Vec<String> {
        let form = self.run.form(command, 3).unwrap_or_else(|| panic!("{command} is no command"));
        let value = |field: &protocol::trace::Field| {
            let changed = changed.iter().find(|(name, _)| *name == field.name);
            changed.map_or(field.example.clone(), |(_, value)| (*value).to_owned())
        };
        let fields = form.fields.iter().filter(|field| !field.made_up);
        let values = fields.map(|field| (field.name.clone(), value(field))).collect();
        let trace = self.step(Act::Send(Command { name: form.command, values, ..Command::default() }));
        let refused = trace.links.iter().find(|link| {
            matches!(link.what, What::Rejected { .. } | What::Conflict { .. } | What::Loop { .. })
        });
        assert_eq!(refused, None, "{command}");
        events(&trace)
    }

    /// Somebody says that the condition of the policy that waits longest holds.
    fn yes(&mut self) -> Vec<String> {
        let trace = self.step(Act::Advance { waiting: None, answer: Some(true) });
        events(&trace)
    }

    /// Everything that the board says has taken part.
    fn all_was_played(&self, but: &[&str]) {
        let model = self.run.system().model();
        let names = model.commands.iter().map(|one| &one.name);
        let names = names.chain(model.events.iter().map(|one| &one.name));
        let names = names.chain(model.policies.iter().map(|one| &one.name));
        let names = names.chain(model.readmodels.iter().map(|one| &one.name));
        let missing: Vec<&str> =
            names.map(|name| name.label.as_str()).filter(|name| !self.seen.contains(*name)).collect();
        assert_eq!(missing, but);
    }
}

fn events(trace: &Trace) -> Vec<String> {
    let events = trace.links.iter().filter(|link| matches!(link.what, What::Event));
    events.map(|link| link.name.clone()).collect()
}

#[test]
fn the_coffee_shop_is_played_from_the_menu_to_the_free_drink() {
    let mut play = Play::of(include_str!("../../../app/assets/coffee-shop.emd"));
    assert_eq!(play.press("Add Drink", &[]), ["Drink Added"]);
    assert_eq!(play.press("Change Price", &[]), ["Drink Repriced"]);
    assert_eq!(play.press("Place Order", &[]), ["Order Placed"]);
    assert_eq!(play.press("Pay Order", &[]), ["Order Paid", "Brew Queued"]);
    assert_eq!(play.press("Start Brew", &[]), ["Brew Started"]);
    assert_eq!(play.press("Finish Brew", &[]), ["Brew Finished", "Pickup Announced"]);
    assert_eq!(play.press("Collect Drink", &[]), ["Pickup Completed"]);
    assert_eq!(play.press("Ask For Card", &[]), ["Card Issued"]);
    assert_eq!(play.press("Stamp Card", &[]), ["Card Stamped"]);
    assert_eq!(play.yes(), ["Reward Offered"]);
    assert_eq!(play.press("Redeem Reward", &[]), ["Reward Redeemed"]);
    assert_eq!(play.press("Place Order", &[]), ["Order Placed"]);
    assert_eq!(play.press("Cancel Order", &[]), ["Order Cancelled"]);
    play.all_was_played(&[]);
    let row = |table: &str| {
        let query = protocol::table::Query { readmodel: table.into(), ..Default::default() };
        let table = play.run.table(&query).expect("a read model");
        table.rows.iter().map(|row| row.cells.iter().map(|cell| cell.value.clone()).collect()).collect()
    };
    let display: Vec<Vec<String>> = row("Pickup Display");
    assert_eq!((display.len(), display[0].last().map(String::as_str)), (1, Some("true")), "{display:?}");
    assert!(display[0][2].contains(' '), "the guest has a name: {display:?}");
}

#[test]
fn the_web_shop_is_played_from_the_catalogue_to_the_refund() {
    let mut play = Play::of(include_str!("../../../app/assets/web-shop.emd"));
    assert_eq!(play.press("Add Product", &[]), ["Product Added"]);
    assert_eq!(play.press("Register Customer", &[]), ["Customer Registered"]);
    assert_eq!(play.press("Deliver Stock", &[]), ["Stock Delivered"]);
    let order = |play: &mut Play, amount: &str| {
        assert_eq!(play.press("Fill Cart", &[]), ["Cart Filled"]);
        assert_eq!(play.press("Change Quantity", &[]), ["Cart Changed"]);
        let out = play.press("Check Out", &[("amount", amount)]);
        assert_eq!(out, ["Cart Checked Out", "Order Placed", "Reservation Made", "Payment Requested"]);
    };
    order(&mut play, "59.80");
    assert_eq!(play.press("Pay", &[]), ["Payment Received", "Parcel Prepared"]);
    assert_eq!(play.press("Ship Parcel", &[]), ["Parcel Shipped"]);
    assert_eq!(play.press("Deliver Parcel", &[]), ["Parcel Delivered", "Order Completed"]);
    assert_eq!(play.press("Return Parcel", &[]), ["Parcel Returned", "Refund Issued"]);
    order(&mut play, "249.00");
    assert_eq!(play.press("Pay", &[]), ["Payment Received", "Parcel Prepared"]);
    assert_eq!(play.press("Ship Parcel", &[]), ["Parcel Shipped"]);
    assert_eq!(play.press("Deliver Parcel", &[]), ["Parcel Delivered", "Order Completed"]);
    assert_eq!(play.press("Return Parcel", &[]), ["Parcel Returned"]);
    assert_eq!(play.press("Refund Order", &[]), ["Refund Issued"]);
    order(&mut play, "10.00");
    assert_eq!(play.press("Decline Payment", &[]), ["Payment Declined", "Order Cancelled"]);
    play.all_was_played(&[]);
}

#[test]
fn the_library_is_played_from_the_shelf_to_the_hold() {
    let mut play = Play::of(include_str!("../../../app/assets/library.emd"));
    for (command, event) in [
        ("Add Book", "Book Added"),
        ("Shelve Copy", "Copy Shelved"),
        ("Register Reader", "Reader Registered"),
        ("Borrow Copy", "Loan Started"),
        ("Renew Loan", "Loan Renewed"),
        ("Reserve Book", "Reservation Made"),
    ] {
        assert_eq!(play.press(command, &[]), [event]);
    }
    assert_eq!(play.press("Mark Overdue", &[]), ["Loan Became Overdue", "Reminder Sent"]);
    assert_eq!(play.press("Return Copy", &[]), ["Loan Ended"]);
    assert_eq!(play.yes(), ["Hold Started"]);
    assert_eq!(play.press("Withdraw Copy", &[]), ["Copy Withdrawn"]);
    assert_eq!(play.press("Block Reader", &[]), ["Reader Blocked"]);
    play.all_was_played(&[]);
}

#[test]
fn a_customer_of_the_web_shop_can_be_forgotten() {
    let mut play = Play::of(include_str!("../../../app/assets/web-shop.emd"));
    play.press("Register Customer", &[]);
    play.step(Act::Forget { stream: "Customer-1".into() });
    let query = protocol::table::Query { readmodel: "Customers".into(), ..Default::default() };
    let table = play.run.table(&query).expect("a read model");
    let erased: Vec<bool> = table.rows[0].cells.iter().map(|cell| cell.erased).collect();
    assert_eq!(erased, [false, true, true]);
}
