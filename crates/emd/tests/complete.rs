//! What is offered where. A `|` in a text is the caret.

use emd::{Completion, complete, complete_property};

const BOARD: &str = "# Shop
// @term Parcel: what the customer gets
// @context Ordering
Open Cart -> // cartId, customerId
Cart Opened // cartId, customerId
Place Order -> // cartId, note
Order Placed // orderId, cartId, total
Orders* // orderId, total
// @context Shipping
Ship Order -> // parcelId
Parcel Shipped // parcelId, carrier
Customer Lookup* // customerId, email
";

fn at(lines: &str) -> Vec<Completion> {
    let text = format!("{BOARD}{lines}");
    let caret = text.find('|').expect("a caret");
    let line = text[..caret].matches('\n').count();
    let column = caret - text[..caret].rfind('\n').map_or(0, |at| at + 1);
    let text = text.replace('|', "");
    complete(&text.lines().collect::<Vec<_>>(), line, column)
}

fn labels(lines: &str) -> Vec<String> {
    at(lines).into_iter().map(|one| one.label).collect()
}

/// The line with the caret after the first offer is taken.
fn taken(line: &str) -> String {
    let first = at(line).into_iter().next().unwrap_or_else(|| panic!("nothing is offered: {line}"));
    let mut text = line.replace('|', "");
    text = text.lines().last().unwrap_or("").to_owned();
    text.replace_range(first.replaces.start..first.replaces.end, &first.insert);
    text
}

#[test]
fn after_the_sign_come_the_words_that_suit_the_sticky_before() {
    assert_eq!(labels("Cart Emptied // cartId\n// @|")[..4], ["type", "pivotal", "hashed", "personal"]);
    assert_eq!(labels("Empty Cart ->\n// @re|"), ["requires", "required", "readmodel"]);
    assert_eq!(labels("// @hotspot Why?\n// @reso|"), ["resolved"]);
    assert!(!labels("Cart Emptied\n// @|").contains(&"requires".to_owned()));
    assert_eq!(labels("// @scenario A\n// @|")[..4], ["given", "when", "then", "expect"]);
    assert_eq!(taken("// @pol|"), "// @policy Whenever ");
    assert_eq!(taken("//@pol|"), "// @policy Whenever ");
    assert_eq!(taken("// @ac| Ann"), "// @actor Ann");
    assert!(at("// no sign: @po|").is_empty());
}

#[test]
fn preconditions_name_events_those_of_the_stream_first() {
    let found = labels("Close Cart ->\n// @requires |\nCart Closed");
    assert_eq!(found[..2], ["Cart Closed", "Parcel Shipped"]);
    assert_eq!(taken("// @context Ordering\nClose Cart ->\n// @requires op|"), "// @requires Cart Opened");
    assert_eq!(taken("// @forbids Cart |Closed"), "// @forbids Cart Opened");
}

#[test]
fn rules_name_what_the_command_has() {
    let line = "Close Cart -> // cartId, reason\n// @required |";
    assert_eq!(labels(line), ["cartId", "reason"]);
    assert_eq!(taken("Close Cart -> // cartId\n// @exists ca|"), "// @exists cartId in ");
    assert_eq!(
        taken("Close Cart -> // cartId\n// @exists cartId in cust|"),
        "// @exists cartId in Customer Lookup"
    );
    assert_eq!(taken("Cart Closed // cartId\n// @type ca|"), "// @type cartId: ");
    assert_eq!(taken("Cart Closed // cartId\n// @type cartId: dec|"), "// @type cartId: decimal");
    assert_eq!(labels("Cart Closed // email, password\n// @hashed pass|"), ["password"]);
    assert_eq!(labels("Carts* // cartId, count\n// @derived |"), ["cartId", "count"]);
}

#[test]
fn a_policy_says_whenever_then_an_event_then_a_command() {
    assert_eq!(taken("// @policy W|"), "// @policy Whenever ");
    assert_eq!(taken("// @policy Whenever parcel|"), "// @policy Whenever Parcel Shipped");
    assert_eq!(
        taken("// @policy Whenever Order|, Ship Order"),
        "// @policy Whenever Ordering.Order Placed, Ship Order"
    );
    assert_eq!(
        taken("// @policy Whenever Parcel Shipped,|"),
        "// @policy Whenever Parcel Shipped, Ship Order"
    );
    assert_eq!(
        taken("// @policy Whenever Parcel Shipped, and it is late, open|"),
        "// @policy Whenever Parcel Shipped, and it is late, Ordering.Open Cart"
    );
    assert!(at("// @policy Whenever Parcel Shipped, and it |").is_empty());
}

#[test]
fn properties_of_the_same_story_come_first_and_none_twice() {
    assert_eq!(labels("Parcel Lost // |")[..3], ["parcelId", "carrier", "customerId"]);
    assert_eq!(labels("Lose Parcel -> // parcelId, reason\nParcel Lost // |")[..2], ["parcelId", "reason"]);
    assert_eq!(labels("Lose Parcel -> // parcelId, |\nParcel Lost // reason")[0], "reason");
    assert!(!labels("Parcel Lost // parcelId, |").contains(&"parcelId".to_owned()));
    assert_eq!(taken("Parcel Lost //|"), "Parcel Lost // parcelId");
    assert_eq!(taken("Lost Parcels* // parcelId,ca|"), "Lost Parcels* // parcelId, carrier");
    assert_eq!(taken("Parcel Lost // carr|, parcelId"), "Parcel Lost // carrier, parcelId");
    assert!(at("Parcel Lo|").is_empty());
}

#[test]
fn scenarios_name_stickies_and_their_properties() {
    assert_eq!(taken("// @given cart op|"), "// @given Cart Opened");
    assert_eq!(labels("// @when |")[0], "Ship Order");
    assert_eq!(labels("// @then rej|"), ["rejected:"]);
    assert_eq!(taken("// @expect ord|"), "// @expect Orders");
    assert_eq!(
        taken("// @given Cart Opened // cartId: 1, |"),
        "// @given Cart Opened // cartId: 1, customerId: "
    );
    assert_eq!(taken("// @given Cart Opened // cust|: 7"), "// @given Cart Opened // customerId: 7");
    assert!(at("// @given Cart Opened // cartId: 1|").is_empty());
}

#[test]
fn terms_streams_and_known_names_are_offered_where_they_may_stand() {
    assert_eq!(labels("// @constraint Par|"), ["Parcel"]);
    assert_eq!(taken("// @context O|"), "// @context Ordering");
    assert_eq!(taken("// @actor Clerk\n// @actor |"), "// @actor Clerk");
}

#[test]
fn a_property_editor_is_offered_what_the_sticky_does_not_have() {
    let lines: Vec<&str> = BOARD.lines().collect();
    let found = complete_property(&lines, 6, "");
    let found: Vec<&str> = found.iter().map(|one| &*one.label).collect();
    assert_eq!(found, ["note", "customerId", "parcelId", "carrier", "email"]);
}

#[test]
fn any_place_of_any_text_is_answered() {
    let text =
        format!("{BOARD}é // é, ü\n// @type é: \n//@\n// @given é // é: 1\n// @exists é in é\n->\n*//\n");
    let lines: Vec<&str> = text.lines().collect();
    for (number, line) in lines.iter().enumerate() {
        for column in 0..=line.len() + 1 {
            for one in complete(&lines, number, column) {
                assert!(line.get(one.replaces.start..one.replaces.end).is_some(), "{line} {column} {one:?}");
            }
        }
    }
    assert!(complete(&[], 3, 0).is_empty());
}
