//! Pairs of texts, and what is said about the way from one to the other.

use super::{Change, Schema, Severity, compare};
use sim::model::Model;

fn schema(text: &str) -> Schema {
    Schema::of(&Model::of_text(text))
}

fn todo(added: &str) -> Schema {
    schema(&format!("# T\nAdd Todo -> // text\nTodo Added // {added}\nList* // todoId, text\n"))
}

fn changes(before: &Schema, after: &Schema) -> Vec<String> {
    let line = |one: &Change| format!("{} ({}): {one}", one.severity.word(), one.compatibility());
    compare(before, after).iter().map(line).collect()
}

#[test]
fn a_schema_is_read_as_it_was_written() {
    let one = schema(
        "# T\nAdd -> // a\n// @hashed secret\n// @type amount: decimal\nTodo Added // a, amount, secret\n",
    );
    assert_eq!(Schema::read(&one.text()), Some(one));
    assert_eq!(Schema::read("{}"), None);
    assert_eq!(Schema::read("{\"schema\": 9, \"events\": {}}"), None);
}

#[test]
fn the_same_model_changes_nothing() {
    assert!(changes(&todo("text"), &todo("text")).is_empty());
}

#[test]
fn what_is_added_breaks_nobody() {
    assert_eq!(
        changes(&todo("text"), &todo("text, dueDate")),
        ["fine (full): TodoAdded now has dueDate: of stored events it is not known, and reads as nothing."]
    );
    let more = schema("# T\nAdd Todo -> // text\nTodo Added // text\nTodo Starred\nList* // todoId, text\n");
    assert_eq!(changes(&todo("text"), &more), ["fine (backward only): TodoStarred is new."]);
}

#[test]
fn what_is_removed_or_renamed_is_named() {
    let removed = compare(&todo("text, urgent"), &todo("text"));
    assert_eq!(removed.len(), 1);
    assert_eq!(removed[0].severity, Severity::Breaking);
    assert_eq!(
        changes(&todo("text, dateCreated"), &todo("text, created")),
        [
            "breaking (full): TodoAdded seems to call dateCreated now created: stored events say dateCreated, so created reads as nothing there."
        ]
    );
    // Nothing alike: one went, one came.
    assert_eq!(compare(&todo("text, urgent"), &todo("text, list")).len(), 2);
}

#[test]
fn an_event_that_goes_or_is_renamed_is_named() {
    let before = schema("# T\nAdd Todo -> // text\nTodo Added // text\nTodo Noted // note\n");
    let gone = schema("# T\nAdd Todo -> // text\nTodo Added // text\n");
    assert_eq!(
        changes(&before, &gone),
        ["breaking (forward only): TodoNoted is gone: the new service cannot read those that are stored."]
    );
    let renamed = schema("# T\nAdd Todo -> // text\nTodo Added // text\nTodo Annotated // note\n");
    assert!(changes(&before, &renamed)[0].contains("TodoNoted seems to be called TodoAnnotated now"));
}

#[test]
fn types_that_hold_every_old_value_are_read() {
    let typed = |r#type: &str| {
        schema(&format!(
            "# T\nAdd Todo -> // due\nTodo Added // due\n// @type due: {type}\nList* // todoId, due\n"
        ))
    };
    let severity = |from: &str, to: &str| compare(&typed(from), &typed(to))[0].severity;
    assert_eq!(severity("date", "string"), Severity::Notice);
    assert_eq!(severity("string", "date"), Severity::Breaking);
    assert_eq!(severity("integer", "decimal"), Severity::Breaking);
    assert_eq!(severity("string", "string[]"), Severity::Breaking);
}
