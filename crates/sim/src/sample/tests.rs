use super::*;

/// 2026-11-21 in the evening.
const NOW: Time = 1_795_287_600_000;

fn many(thing: &str, name: &str, r#type: &str) -> Vec<String> {
    (0..50).map(|seed| example(thing, name, r#type, seed, NOW)).collect()
}

#[test]
fn every_example_suits_its_type() {
    let names =
        ["price", "dueDate", "name", "isDone", "email", "quantity", "", "ümläut", "orderId", "ABC", "on"];
    for r#type in
        ["string", "integer", "decimal", "boolean", "date", "datetime", "uuid", "email", "string[]", "date[]"]
    {
        for name in names {
            for value in many("Order", name, r#type) {
                let read = Type::of(r#type).read(&value);
                assert!(
                    read.as_ref().is_ok_and(|value| !value.is_blank()),
                    "{name}: {type} {value:?} {read:?}"
                );
            }
        }
    }
}

#[test]
fn names_decide_what_a_text_is_about() {
    let within = |thing, name, words: &[&str]| {
        let found = many(thing, name, "string");
        assert!(found.iter().all(|value| words.contains(&value.as_str())), "{thing}.{name}: {found:?}");
        assert!(found.iter().any(|value| *value != found[0]), "{thing}.{name} is always {}", found[0]);
    };
    within("Order", "size", &["small", "medium", "large"]);
    within(
        "Drink",
        "name",
        &["Flat white", "Espresso", "Cappuccino", "Iced latte", "Hot chocolate", "Green tea", "Cortado"],
    );
    within("Invoice", "currency", &["EUR", "USD", "GBP", "JPY"]);
    let all = |thing, name, suits: fn(&str) -> bool| {
        let found = many(thing, name, "string");
        assert!(found.iter().all(|value| suits(value)), "{thing}.{name}: {found:?}");
    };
    let full = |value: &str| value.split(' ').count() == 2 && value.starts_with(char::is_uppercase);
    all("Order", "guestName", full);
    all("User", "name", full);
    all("Order", "approvedBy", full);
    all("Order", "emailAddress", |value| value.ends_with("@example.org"));
    all("Order", "price", |value| value.parse::<f64>().is_ok_and(|price| price >= 2.0));
    all("Drink", "price", |value| value.parse::<f64>().is_ok_and(|price| price < 6.0));
    all("Order", "quantity", |value| value.parse::<u8>().is_ok_and(|number| (1..=9).contains(&number)));
    all("Order", "isGift", |value| value == "true");
    all("Order", "dueDate", |value| ("2026-11-22".."2027-01-01").contains(&value));
    all("Person", "dateOfBirth", |value| ("1960".."2010").contains(&value));
    all("Card", "expiryDate", |value| ("2027".."2030").contains(&value));
    all("Card", "nameOnCard", full);
    all("Mail", "dateTimeRead", |value| value.contains('T'));
    all("Product", "sku", |value| value.starts_with("SKU-"));
    all("Request", "consentRequired", |value| value == "true");
    all("Order", "customerId", |value| value.starts_with("CUSTOMER-"));
    all("Parcel", "trackingNumber", |value| value.starts_with("TRACKING-"));
    all("Order", "orderID", |value| value.starts_with("ORDER-"));
    all("Timesheet", "name", |value| value.ends_with(" timesheet"));
}

#[test]
fn a_form_is_filled_in_by_one_person() {
    for seed in 0..50 {
        let name = example("Order", "guestName", "string", seed, NOW).to_lowercase().replace(' ', ".");
        assert_eq!(example("Order", "email", "email", seed, NOW), format!("{name}@example.org"));
        let first = example("Order", "firstName", "string", seed, NOW);
        assert!(name.starts_with(&first.to_lowercase()));
    }
}

#[test]
fn the_same_seed_gives_the_same_value() {
    assert_eq!(many("Order", "price", "decimal"), many("Order", "price", "decimal"));
}

#[test]
fn dates_are_those_of_the_calendar() {
    assert_eq!(date(0), "1970-01-01");
    assert_eq!(date(-1), "1969-12-31");
    assert_eq!(date(11_016), "2000-02-29");
    assert_eq!(date(FIRST_DAY), "2026-01-05");
    for at in [Time::MIN, -1, 0, Time::MAX] {
        let due = example("A", "due", "date", 1, at);
        assert!(Type::of("date").read(&due).is_ok(), "{due}");
    }
}
