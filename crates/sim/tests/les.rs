//! LES's own worked examples (its compliance tests and its tutorial): same commands, same answers, same words.

mod common;
use common::*;

const REFERENCE: &str = "\
# TODO List
# A reference system.

Register-> // userId, notificationEmail
User Registered // userId, notificationEmail
UserLookup* // userId, notificationEmail

Add Item-> // userId, description
TodoItem Added // description, userId, unknownField
TODO List* // todoItemId, description
";

const USER: &str = "24b0ef22";

fn answers(given: &[(&str, &str)]) -> Vec<(String, String)> {
    given.iter().map(|(field, message)| (field.to_string(), message.to_string())).collect()
}

#[test]
fn adding_an_item_for_an_unknown_user_fails() {
    let mut run = run(REFERENCE);
    let item = [("userId", USER), ("description", "Carpe Diem"), ("todoItemId", "10000")];
    let trace = send(&mut run, "AddItem", &item);
    assert_eq!(answer(&trace), answers(&[("userId", "userId does not exist.")]));
    assert_eq!(run.state(0).head, 0, "nothing happened");
}

#[test]
fn a_registered_user_is_in_the_user_lookup() {
    let mut run = run(REFERENCE);
    let trace = send(&mut run, "Register", &[("userId", USER), ("notificationEmail", "fake@mail.com")]);
    assert!(accepted(&trace));
    assert_eq!(rows(&all(&run, "UserLookup")), ["userId=24b0ef22 notificationEmail=fake@mail.com"]);
}

#[test]
fn an_item_of_a_registered_user_is_in_the_todo_list_with_all_that_its_events_say() {
    let mut run = run(REFERENCE);
    send(&mut run, "Register", &[("userId", USER), ("notificationEmail", "fake@mail.com")]);
    let item = [("userId", USER), ("description", "Carpe Diem"), ("todoItemId", "10000")];
    assert!(accepted(&send(&mut run, "AddItem", &item)));
    // A field that no event has set is "".
    let wanted = "todoItemId=10000 description=Carpe Diem userId=24b0ef22 unknownField=";
    assert_eq!(rows(&all(&run, "TODOList")), [wanted]);
}

#[test]
fn an_omitted_mandatory_field_is_told_after_what_does_not_exist() {
    let mut run = run(REFERENCE);
    let item = [("userId", "123456"), ("description", "This will fail."), ("todoItemId", "")];
    let wanted = [("userId", "userId does not exist."), ("todoItemId", "todoItemId is a required field.")];
    assert_eq!(answer(&send(&mut run, "AddItem", &item)), answers(&wanted));
}

#[test]
fn what_must_exist_and_is_missing_does_not_exist() {
    let mut run = run(REFERENCE);
    let trace = send(&mut run, "AddItem", &[("todoItemId", "1")]);
    assert_eq!(answer(&trace), answers(&[("userId", "userId does not exist.")]));
}

const REGISTRATION: &str = "\
# User Registration
Register -> // userId, notificationEmail, secret
User Registered // userId, notificationEmail, validationCode, secret
// @hashed secret
Mark User As Validated -> // userId
// @requires User Registered
// @forbids User Deleted
User Validated // userId
Delete User -> // userId
// @requires User Registered
User Deleted // userId
";

#[test]
fn registered_users_are_validated_unregistered_and_deleted_ones_are_not() {
    let mut run = run(REGISTRATION);
    let validate = "MarkUserAsValidated";
    let early = send(&mut run, validate, &[("userId", "123456789")]);
    let message = "Cannot MarkUserAsValidated. UserRegistered must have occurred.";
    assert_eq!(answer(&early), answers(&[("", message)]));

    let user = [("userId", USER), ("notificationEmail", "fake@mail.com"), ("secret", "password")];
    assert!(accepted(&send(&mut run, "Register", &user)));
    assert!(accepted(&send(&mut run, validate, &user[..1])));
    assert!(accepted(&send(&mut run, "DeleteUser", &user[..1])));

    let late = send(&mut run, validate, &user[..1]);
    let message = "Cannot MarkUserAsValidated. UserDeleted must not have occurred.";
    assert_eq!(answer(&late), answers(&[("", message)]));
    assert_eq!(run.state(0).head, 3);
}

#[test]
fn a_secret_is_never_stored_as_it_was_said() {
    let mut run = run(REGISTRATION);
    send(&mut run, "Register", &[("userId", USER), ("secret", "password")]);
    let stored = run.system().log().get(1).and_then(|event| event.get("secret").cloned());
    let words = stored.map(|value| value.words()).unwrap_or_default();
    assert!(words.starts_with("hash:"), "{words}");
    assert!(!picture(&run).contains("\"password\""));
}

/// The tutorial: a backlog, items that change their status, and a user that must be registered.
#[test]
fn the_tutorials_backlog() {
    let text = "\
# TODO List
Register User -> // userId, email
User Registered // userId, email
User Lookup* // userId, email
Add Item -> // description, dueDate, userId
Todo Added // description, dueDate, userId
Set Status -> // status
Todo Status Changed // status
TODO List* // todoId, description, dueDate, status
";
    let mut run = run(text);
    let item = [
        ("description", "Serpentlake"),
        ("dueDate", "Tuesday 3 May 2018"),
        ("todoId", "241dfb5c"),
        ("userId", "48b0ef22"),
    ];
    let refused = send(&mut run, "AddItem", &item);
    assert_eq!(answer(&refused), answers(&[("userId", "userId does not exist.")]));
    send(&mut run, "RegisterUser", &[("email", "natalieharris066@test.com"), ("userId", "48b0ef22")]);
    assert!(accepted(&send(&mut run, "AddItem", &item)));
    let row = |status: &str| {
        let row = "todoId=241dfb5c description=Serpentlake dueDate=Tuesday 3 May 2018";
        vec![format!("{row} status={status} userId=48b0ef22")]
    };
    assert_eq!(rows(&all(&run, "TODOList")), row(""));
    send(&mut run, "SetStatus", &[("status", "doing"), ("todoId", "241dfb5c")]);
    assert_eq!(rows(&all(&run, "TODOList")), row("doing"));
    assert_eq!(rows(&all(&run, "UserLookup")), ["userId=48b0ef22 email=natalieharris066@test.com"]);
}

#[test]
fn all_failures_are_listed_ids_first_then_required_then_types_then_what_happened() {
    let text = "\
# Shop
Open Account -> // accountId
Account Opened // accountId
Account Lookup* // accountId
Ship Order -> // accountId, weight, due, note
// @required note
// @requires Order Placed
// @forbids Order Shipped
Order Shipped // orderId, weight, due
Order Placed // orderId
// @type weight: integer
// @type due: date
";
    let mut run = run(text);
    let given = [("accountId", "9"), ("weight", "heavy"), ("due", "2023-02-30"), ("orderId", "")];
    let wanted = [
        ("accountId", "accountId does not exist."),
        ("note", "note is a required field."),
        ("orderId", "orderId is a required field."),
        ("weight", "weight is not a whole number."),
        ("due", "due is not a date like 2026-02-28."),
        ("", "Cannot ShipOrder. OrderPlaced must have occurred."),
    ];
    assert_eq!(answer(&send(&mut run, "ShipOrder", &given)), answers(&wanted));
}

#[test]
fn refusals_are_said_in_plain_words_too() {
    let mut run = run(TODOS);
    let plain = |trace| failures(&trace).into_iter().map(|failure| failure.plain).collect::<Vec<_>>();
    let refused = send(&mut run, "Add Item", &[("userId", "9"), ("todoId", "")]);
    let wanted = ["This user is not in User Lookup (not yet, or it never was).", "Please fill in the todo."];
    assert_eq!(plain(refused), wanted);
    let refused = send(&mut run, "Mark Complete", &[("todoId", "1")]);
    assert_eq!(plain(refused), ["That is too early: \u{201c}Todo Added\u{201d} has not happened yet."]);
}
