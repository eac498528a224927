//! What is shown of a run: tables, the cells that changed, forms, and words for ids.

use crate::common::*;
use protocol::table::Query;

#[test]
fn tables_are_filtered_sorted_and_cut_as_the_generated_api_does_it() {
    let mut run = run(TODOS);
    send(&mut run, "Register", &[]);
    for description in ["b", "c", "a", "b"] {
        send(&mut run, "Add Item", &[("userId", "1"), ("description", description)]);
    }
    let list = |query: Query| {
        let table = run.table(&Query { readmodel: "TODO List".into(), ..query }).unwrap();
        let keys: Vec<String> = table.rows.iter().map(|row| row.key.clone()).collect();
        (keys.concat(), table.total)
    };
    assert_eq!(list(Query::default()), ("1234".into(), 4));
    let order = Some("description".into());
    assert_eq!(list(Query { order, ..Query::default() }), ("3142".into(), 4));
    let order = Some("description DESC".into());
    assert_eq!(list(Query { order, skip: 1, limit: 2, ..Query::default() }), ("14".into(), 4));
    let filter = vec![("description".into(), "b".into())];
    assert_eq!(list(Query { filter, ..Query::default() }), ("14".into(), 2));
    let filter = vec![("userId".into(), "1".into())];
    assert_eq!(
        list(Query { filter, skip: 3, ..Query::default() }),
        ("4".into(), 4),
        "also what is not shown"
    );
    let filter = vec![("nothing".into(), "1".into())];
    assert_eq!(list(Query { filter, ..Query::default() }), (String::new(), 0));
    let shown = run.table(&Query { readmodel: "TODOList".into(), ..Query::default() }).unwrap();
    let columns: Vec<&str> = shown.columns.iter().map(|column| column.label.as_str()).collect();
    assert_eq!(columns, ["Todo", "Description", "Is complete"]);
}

#[test]
fn cells_that_changed_since_a_moment_are_marked() {
    let mut run = run(TODOS);
    send(&mut run, "Register", &[]);
    send(&mut run, "Add Item", &[("userId", "1"), ("description", "Milk")]);
    send(&mut run, "Add Item", &[("userId", "1"), ("description", "Eggs")]);
    send(&mut run, "Mark Complete", &[("todoId", "1")]);
    let query = Query { readmodel: "TODO List".into(), since: Some(2), ..Query::default() };
    let table = run.table(&query).unwrap();
    let marks: Vec<(bool, Vec<bool>)> =
        table.rows.iter().map(|row| (row.new, row.cells.iter().map(|cell| cell.changed).collect())).collect();
    assert_eq!(marks, [(false, vec![false, false, true]), (true, vec![true, true, false])]);
    assert_eq!(table.rows[0].cells[2].position, 4);
}

#[test]
fn a_form_offers_what_there_is_those_first_that_would_do() {
    let mut run = run(TODOS);
    let form = run.form("AddItem", 1).unwrap();
    assert_eq!(form.label, "Add Item");
    assert_eq!(form.sticky, Some(4));
    let fields: Vec<_> = form.fields.iter().map(|field| (field.name.as_str(), field.made_up)).collect();
    assert_eq!(fields, [("userId", false), ("description", false), ("todoId", true)]);
    assert_eq!(form.fields[0].example, "", "there is nobody yet");
    assert_ne!(form.fields[1].example, "");

    send(&mut run, "Register", &[("email", "ann@x.org")]);
    let user = run.form("AddItem", 1).unwrap().fields.remove(0);
    assert_eq!(user.choices, [("1".to_owned(), "ann@x.org (1)".to_owned())]);
    assert_eq!((user.example.as_str(), user.label.as_str()), ("1", "User"));

    for description in ["Milk", "Eggs"] {
        send(&mut run, "Add Item", &[("userId", "1"), ("description", description)]);
    }
    send(&mut run, "Delete Item", &[("todoId", "2")]);
    let todo = run.form("Mark Complete", 1).unwrap().fields.remove(0);
    let keys: Vec<&str> = todo.choices.iter().map(|(_, words)| words.as_str()).collect();
    assert_eq!(keys, ["Milk (1)", "Eggs (2)"], "the deleted one last");
    assert!(run.form("Register", 1).unwrap().fields[2].hashed);
    assert_eq!(run.form("No such thing", 1), None);
}

#[test]
fn ids_come_with_words_for_what_they_mean() {
    let text = "\
# Shop
Add Drink -> // name, price
Drink Added // drinkId, name, price
Menu* // drinkId, name, price
Place Order -> // drinkId, size, guestName
// @exists drinkId in Menu
Order Placed // orderId, drinkId, size, guestName
Orders* // orderId, drinkId, size
Queue Brew -> // orderId
// @free orderId
Brew Queued // brewId, orderId
Brews* // brewId, orderId
";
    let mut run = run(text);
    send(&mut run, "Add Drink", &[("name", "Espresso")]);
    send(&mut run, "Place Order", &[("drinkId", "1"), ("size", "large"), ("guestName", "Ann")]);
    send(&mut run, "Queue Brew", &[("orderId", "1")]);
    send(&mut run, "Queue Brew", &[("orderId", "9")]);
    let choices = |command: &str| run.form(command, 1).unwrap().fields.remove(0).choices;
    assert_eq!(choices("Place Order"), [("1".to_owned(), "Espresso (1)".to_owned())]);
    assert_eq!(choices("Queue Brew"), [("1".to_owned(), "Espresso, large (1)".to_owned())]);
    let means = |readmodel: &str, row: usize| {
        let table = run.table(&Query { readmodel: readmodel.into(), ..Query::default() }).unwrap();
        table.rows[row].cells.iter().map(|cell| cell.means.clone()).collect::<Vec<_>>()
    };
    assert_eq!(means("Orders", 0), ["", "Espresso", ""]);
    assert_eq!(means("Brews", 0), ["", "Espresso, large"]);
    assert_eq!(means("Brews", 1), ["", ""], "there is no such order");
    let filter = vec![("orderId".into(), "Espresso, large".into())];
    let found = run.table(&Query { readmodel: "Brews".into(), filter, ..Query::default() }).unwrap();
    assert_eq!((found.total, found.rows[0].key.as_str()), (1, "1"), "what is shown can be looked for");
}
