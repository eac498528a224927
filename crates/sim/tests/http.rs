//! What of the HTTP face no single answer shows: the feed of events and the bounds. The rest is told by the stories of
//! `tests/contract`.

use serde_json::Value as Json;
use sim::http::{Gateway, Request, Response};
use sim::model::Model;
use std::sync::Arc;

fn request(line: &str) -> Request {
    let (method, rest) = line.split_once(' ').expect("a method");
    let (target, body) = rest.split_once(' ').filter(|_| method == "POST").unwrap_or((rest, ""));
    let (path, query) = target.split_once('?').unwrap_or((target, ""));
    let query = query.replace('%', "%25").replace(' ', "+");
    let headers = match body.is_empty() {
        true => Vec::new(),
        false => vec![("Content-Type".into(), "application/json".into())],
    };
    Request { method: method.into(), path: path.into(), query, headers, body: body.into() }
}

fn post(gateway: &mut Gateway, path: &str, body: &str) -> Response {
    gateway.answer(&request(&format!("POST {path} {body}")), 1_700_000_000_250, 1)
}

fn events(gateway: &mut Gateway) -> Vec<Json> {
    let answer = gateway.answer(&request("GET /events"), 0, 0);
    serde_json::from_str(&answer.body).expect("events")
}

#[test]
fn events_say_what_led_to_them_and_policies_make_their_ids_up() {
    let board = "\
# Two
// @context Front Desk
Check In -> // guestId, name
Guest Arrived // guestId, name
// @personal name
// @policy Whenever Guest Arrived, House Keeping.Clean Room
// @context House Keeping
Clean Room -> // guestId
// @free guestId
Room Cleaned // roomId, guestId, isClean
// @type isClean: boolean
Rooms* // roomId, guestId, isClean
";
    let mut gateway = Gateway::new(Arc::new(Model::of_text(board)), 7);
    let accepted = post(&mut gateway, "/api/v1/FrontDesk/Guest/CheckIn", r#"{"guestId":"1","name":"Ann"}"#);
    assert_eq!((accepted.status, accepted.header("Stream-Version")), (202, Some("1")), "{}", accepted.body);
    let told = events(&mut gateway);
    assert_eq!(told.len(), 2);
    let stream = |at: usize| told[at]["stream"].as_str().expect("a stream");
    assert_eq!((stream(0), told[0]["type"].as_str()), ("FrontDesk.Guest-1", Some("FrontDesk.GuestArrived")));
    assert!(stream(1).starts_with("HouseKeeping.Room-") && stream(1).len() == 18 + 36, "{}", stream(1));
    assert_eq!(told[0]["data"], serde_json::json!({"guestId": "1", "name": "Ann"}));
    assert_eq!(told[1]["data"]["isClean"], Json::Bool(true));
    let metadata = |at: usize, name: &str| told[at]["metadata"][name].as_str().expect("metadata").to_owned();
    assert_eq!(metadata(0, "correlationId"), accepted.header("Correlation-Id").expect("an id"));
    assert_eq!(metadata(1, "correlationId"), metadata(0, "correlationId"));
    assert_eq!(metadata(1, "causationId"), metadata(0, "id"));
    assert_eq!(metadata(0, "time"), "2023-11-14T22:13:20.250Z");
    let erased = gateway.answer(&request("DELETE /api/v1/FrontDesk/Guest/1/personal-data"), 0, 2);
    assert_eq!(erased.status, 204);
    assert_eq!(events(&mut gateway)[0]["data"], serde_json::json!({"guestId": "1", "name": null}));
    gateway.exposes_events = false;
    assert_eq!(gateway.answer(&request("GET /events"), 0, 3).status, 404);
}

#[test]
fn the_feed_is_read_in_parts() {
    let board = "Register -> // email\nUser Registered // email\nUsers* // userId, email";
    let mut gateway = Gateway::new(Arc::new(Model::of_text(board)), 7);
    for number in 1..=5 {
        post(&mut gateway, "/api/v1/User/Register", &format!(r#"{{"userId":"{number}"}}"#));
    }
    let mut ask = |query: &str| {
        let answer = gateway.answer(&request(&format!("GET /events?{query}")), 0, 0);
        let events: Json = serde_json::from_str(&answer.body).expect("JSON");
        let positions =
            events.as_array().into_iter().flatten().map(|one| one["position"].as_u64().unwrap_or(0));
        (answer.status, positions.collect::<Vec<_>>())
    };
    assert_eq!(ask("after=1&limit=2"), (200, vec![2, 3]));
    assert_eq!(ask("after=5"), (200, vec![]));
    for bad in ["after=-1", "limit=0", "limit=1001", "after=x", "after=1&after=2", "limit="] {
        assert_eq!(ask(bad).0, 400, "{bad}");
    }
}

#[test]
fn large_bodies_are_refused_unread() {
    let mut gateway =
        Gateway::new(Arc::new(Model::of_text("Add -> // x\nTodo Added // x\nAll* // todoId, x")), 7);
    let large = format!(r#"{{"todoId":"1","x":"{}"}}"#, "x".repeat(sim::http::MAX_BODY));
    assert_eq!(post(&mut gateway, "/api/v1/Todo/Add", &large).status, 413);
    let long = format!(r#"{{"todoId":"{}","x":"{}"}}"#, "i".repeat(256), "x".repeat(100_001));
    let refused = post(&mut gateway, "/api/v1/Todo/Add", &long);
    let wanted = r#"{"message":[{"field":"x","msg":"x is longer than 100,000 characters."},{"field":"todoId","msg":"todoId is longer than 255 characters."}]}"#;
    assert_eq!((refused.status, refused.body.as_str()), (400, wanted));
}
