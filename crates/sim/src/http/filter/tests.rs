use super::*;
use serde_json::json;

fn columns() -> Columns {
    let column = |(at, name): (usize, &&str)| Column { at, name: (*name).into(), list: *name == "tags" };
    ["id", "text", "amount", "done", "tags"].iter().enumerate().map(column).collect()
}

/// Ids of the rows that a filter gives.
fn found(filter: Json) -> Vec<u64> {
    let rows = [
        json!([1, "Milk", 4.2, true, ["a"]]),
        json!([2, "milk", 10, false, []]),
        json!([3, "", "", "", ""]),
        json!([4, null, 4.2, true, null]),
        json!([5, "Eggs, ten", 9, false, ["b"]]),
    ];
    let rows = rows.into_iter().filter_map(|row| row.as_array().cloned()).collect();
    let filter = Filter::read(&filter.to_string(), &columns()).unwrap_or_else(|why| panic!("{filter} {why}"));
    filter.apply(rows).iter().filter_map(|row| row[0].as_u64()).collect()
}

#[test]
fn conditions_are_about_json_values() {
    for (condition, wanted) in [
        (json!({}), vec![1, 2, 3, 4, 5]),
        (json!({"text": "Milk"}), vec![1]),
        (json!({"text": ""}), vec![3]),
        (json!({"text": null}), vec![4]),
        (json!({"amount": 4.20}), vec![1, 4]),
        (json!({"amount": "4.2"}), vec![]),
        (json!({"id": 5.0}), vec![5]),
        (json!({"done": true, "text": "Milk"}), vec![1]),
        (json!({"text": {"neq": "Milk"}}), vec![2, 3, 4, 5]),
        (json!({"amount": {"gt": 4.2}}), vec![2, 5]),
        (json!({"amount": {"gte": 4.2, "lt": 10}}), vec![1, 4, 5]),
        (json!({"amount": {"between": [9, 10]}}), vec![2, 5]),
        (json!({"text": {"lte": "Milk"}}), vec![1, 3, 5]),
        (json!({"id": {"inq": [1, "2", 3]}}), vec![1, 3]),
        (json!({"id": {"nin": [1, "2", 3]}}), vec![2, 4, 5]),
        (json!({"text": {"like": "M%k"}}), vec![1]),
        (json!({"text": {"like": "_ilk"}}), vec![1, 2]),
        (json!({"text": {"like": "%, t%n"}}), vec![5]),
        (json!({"text": {"like": "%"}}), vec![1, 2, 3, 5]),
        (json!({"text": {"like": ""}}), vec![3]),
        (json!({"tags": "a"}), vec![]),
        (json!({"or": [{"id": 1}, {"and": [{"id": 2}, {"done": false}]}]}), vec![1, 2]),
    ] {
        assert_eq!(found(json!({"where": condition})), wanted, "{condition}");
    }
}

#[test]
fn rows_are_ordered_and_cut() {
    for (filter, wanted) in [
        (json!({"order": "text"}), vec![3, 4, 5, 1, 2]),
        (json!({"order": "text desc"}), vec![2, 1, 5, 3, 4]),
        (json!({"order": ["amount DESC", "id DESC"]}), vec![2, 5, 4, 1, 3]),
        (json!({"order": "done ASC", "limit": 3}), vec![3, 2, 5]),
        (json!({"skip": 3}), vec![4, 5]),
        (json!({"skip": 30}), vec![]),
        (json!({"limit": 1.0, "skip": 1}), vec![2]),
    ] {
        assert_eq!(found(filter.clone()), wanted, "{filter}");
    }
}

#[test]
fn bad_filters_are_refused_with_the_reason() {
    for (words, wanted) in [
        ("", "filter is no JSON."),
        ("[]", "filter is no JSON object."),
        (r#"{"fields":["id"]}"#, "filter has no fields: only where, order, skip and limit."),
        (r#"{"where":[]}"#, "where is no object, or more than 10 objects deep."),
        (r#"{"where":{"nope":1}}"#, "There is no column nope."),
        (r#"{"where":{"id":{}}}"#, "The condition of id is neither a value nor an operator."),
        (r#"{"where":{"id":[1]}}"#, "The condition of id is neither a value nor an operator."),
        (r#"{"where":{"id":{"regexp":"a"}}}"#, "There is no operator regexp."),
        (r#"{"where":{"id":{"gt":true}}}"#, "gt takes a string or a number."),
        (r#"{"where":{"id":{"between":[1,"2"]}}}"#, "between takes an array of two strings or two numbers."),
        (r#"{"where":{"id":{"inq":1}}}"#, "inq takes an array of strings, numbers, booleans and null."),
        (r#"{"where":{"text":{"like":1}}}"#, "like takes a string."),
        (r#"{"where":{"or":[]}}"#, "or takes an array of at least one object."),
        (r#"{"limit":0}"#, "limit is not a whole number from 1 to 1,000."),
        (r#"{"limit":1001}"#, "limit is not a whole number from 1 to 1,000."),
        (r#"{"skip":-1}"#, "skip is not a whole number from 0 on."),
        (
            r#"{"order":"id UP"}"#,
            "order is neither like \"column ASC\" nor an array of at most 16 of that kind.",
        ),
        (r#"{"order":""}"#, "order is neither like \"column ASC\" nor an array of at most 16 of that kind."),
        (r#"{"order":"tags"}"#, "tags holds lists, which have no order."),
    ] {
        let why = Filter::read(words, &columns()).err().map(|why| why.to_string());
        assert_eq!(why.as_deref(), Some(wanted), "{words}");
    }
    let deep = format!("{}{}{}", r#"{"and":["#.repeat(12), "{}", "]}".repeat(12));
    assert!(Filter::read(&format!("{{\"where\":{deep}}}"), &columns()).is_err());
    let many = format!(r#"{{"where":{{"or":[{}]}}}}"#, vec![r#"{"id":1}"#; 1_001].join(","));
    assert_eq!(Filter::read(&many, &columns()).err(), Some(Bad::TooMuch));
}
