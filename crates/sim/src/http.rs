//! The HTTP face of the service that a model becomes, over the simulator: what a request is answered, to the letter.
//! It answers "Try it" in the page, and says what generated services are expected to answer.
//!
//! Invariants: pure, so the same requests at the same moments get the same answers; every request gets an answer; a
//! request that is not answered 202 or 204 has changed nothing.
//! Not here: sockets, `/health`, `/api-docs`, stores, scrypt: those are the services' own.
//!
//! # The rules
//!
//! ## Order
//!
//! The first of these that applies answers: unknown path **404**, method **405**; for commands then media type **415**,
//! size **413**, JSON **400**, `If-Match` or `Idempotency-Key` that is none **400**, `Idempotency-Key` known **422** or
//! the answer of then, the decision **400**, `If-Match` of another version **412**, writers who come between each of
//! five tries **409**, accepted **202**.
//!
//! ## Paths
//!
//! * Names in paths are those of the model (`Command::name.name`, no spaces), percent-encoded, in exactly these
//!   capitals. A context's name loses its spaces. With one context: `/api/v1/<Stream>/<Command>`, `/api/v1/r/<Readmodel>`,
//!   `/api/v1/r/<Readmodel>/findOne`, `/api/v1/<Stream>/{id}/personal-data`; with several `<Context>/` stands behind
//!   `v1/`. `/events` is there only when it is exposed.
//! * What is no such path is 404: a slash at the end, an empty part, bad percent-encoding.
//! * Commands are `POST`, read models and events `GET`, personal data `DELETE`; all else, `HEAD` and `OPTIONS` too, is
//!   405 with `Allow`: the methods of that path, with `, ` between them where there are several.
//!
//! ## Bodies of commands
//!
//! * `Content-Type` is `application/json`, in any case, with any parameters. All else, none too: 415.
//! * More than 1,048,576 bytes: 413.
//! * 400 as a problem: an empty body, bytes that are no UTF-8, what is no JSON (`NaN`, a number that no double holds, a
//!   lone surrogate in a string), what is no object, a property that is no parameter by its exact name. Of a property
//!   that stands there twice the last counts.
//! * A value has the JSON type of its parameter; `null` and all other types are refused by the decision, with LES's body
//!   and `<p> is not a text.` and so on (`value::Unfit`). Nothing is converted:
//!   * `string`: a string of at most 100,000 code points, without U+0000. Those whose name is the id of a stream or the
//!     key of a read model (in any capitals) have at most 255: `<p> is longer than 255 characters.`
//!   * `integer`: a number without a fraction (`5`, `5.0`, `5e0`), at most 9,007,199,254,740,991 either way.
//!   * `decimal`: a number that, written in the fewest digits that mean the same double, has at most 18 places behind
//!     the point and is smaller than 10^18 either way.
//!   * `boolean`: `true`, `false`.
//!   * `date`, `datetime`, `uuid`, `email`: a string of that form (`value/read.rs`), nothing around it, not empty.
//!   * lists: an array of at most 1,000 such items; all else `<p> is not a list.`
//! * A property that is not there is a parameter that was not given. `""` is given, and empty: `IsRequired` refuses it,
//!   spaces it does not. Ids of commands that come by HTTP are never made up.
//!
//! ## Decisions
//!
//! All failures in one list: what does not exist (in the order of the parameters; missing, empty and ill-typed values do
//! not exist either), what is required (missing or empty), what is of no right type, then preconditions in their order.
//! Words: `sim::messages`. 400 with `{"message":[{"field":"todoId","msg":"todoId is a required field."}]}` as
//! `application/json`. Where a media range of `Accept` is `application/problem+json` (any case, any parameters) the
//! same list stands as `errors` in a problem.
//!
//! ## Accepted
//!
//! 202, `application/json`, the parameters that were given, in the model's order, as they were given; those that are
//! stored hashed are left out. `Stream-Version`: the version of the command's stream after its own events, those that
//! policies led to not counted. All events of a command are appended, or none.
//!
//! * Policies follow within the request, breadth first, at most 1,000; one that is among its own causes ten times is
//!   stopped. What is refused of them is not told. A condition that only people can judge holds. A value becomes one of
//!   the parameter's type by its words. A creating command (`Command::creates`) without its id gets one: a UUID, or
//!   for integers the number of streams of its category plus one, or the next that is free.
//! * `If-Match: "3"`: the stream is at version 3 (0: it has no events), else 412. Exactly one number in quotes, else 400.
//! * `Idempotency-Key`: 1 to 255 printable ASCII characters without spaces, else 400. Only 202 is remembered, for good,
//!   with the path and the bytes of the body. The same again: the same status, body, `Stream-Version` and
//!   `Correlation-Id`, and nothing happens. Another path or body: 422.
//! * `Correlation-Id`: 1 to 255 printable ASCII characters without spaces; another one counts as missing. It stands in
//!   the metadata of all events that follow, and in **every** answer, whatever its status; where it is missing a UUID is
//!   made.
//!
//! ## Read models
//!
//! * 200 and an array of rows, in the order in which they came into being. A row is an object of all columns of
//!   `Readmodel::columns` in their order, but those that hold what is stored hashed. A cell is the last value that any
//!   event of the row gave it: a typed JSON value, `""` where nothing was given yet, `null` where it was erased.
//! * `filter`: a JSON object with `where`, `order`, `skip` (0), `limit` (100; 1 to 1,000). Another key, a column that is
//!   not there, `filter` twice or what else is wrong: 400. Other parameters of the query are passed over. In a query `+`
//!   is a space.
//! * `findOne`: the first row that the same filter would give (`limit` has no effect); where there is none 404.
//! * `where`: `{"column": condition, …}`, all of which hold; `"and"` and `"or"` take an array of at least one such object.
//!   At most 10 objects deep and 1,000 conditions. A condition is a string, number, boolean or `null` (equal: of the same
//!   JSON type, numbers by value), or an object of at least one operator, all of which hold:
//!   `neq` (not equal); `gt`, `gte`, `lt`, `lte` (a string or a number; only cells of that JSON type; strings by code
//!   points); `between` (an array of two of one type, both included); `inq`, `nin` (an array: equal to one, to none);
//!   `like` (a string; `%` stands for any characters, `_` for one, capitals matter, it is about the whole cell). A list
//!   equals nothing.
//! * `order`: `"column"`, `"column ASC"`, `"column DESC"` (in any capitals), or an array of at most 16 of them; not a
//!   column of lists. `""` and `null` come first, then `false`, `true`, numbers, strings by code points; equal rows
//!   stay in their order, `DESC` turns all but that around.
//!
//! ## Events
//!
//! `GET /events?after=0&limit=100` (limit 1 to 1,000; what is no such number 400): those after a position, oldest first:
//! `{"position":1,"stream":"Todo-1","version":1,"type":"TodoAdded","data":{…},"metadata":{"id","time","correlationId",
//! "causationId"}}`. With several contexts stream and type begin with the context's name without spaces and a point:
//! `Shop.Order-1`, `Shop.OrderPlaced`. A stream without an id is `Todo`. Versions count from 1; positions grow, and may
//! have gaps in a service. `data`: the properties in the model's order; those that nobody gave a value are left out, so
//! are hashed ones; erased ones are `null`. `time`: `2026-11-21T11:05:30.250Z`. `causationId`: the event that led to it
//! by a policy, else the id (a UUID) of the command, the same for all its events.
//!
//! An event's data: what the command gives by that name; hashed; else, where it gives no such parameter, `true` for a
//! boolean, and for all else what the stream knew of it last (`model::Fill`). A parameter that the command has and was
//! not given is left out.
//!
//! ## Personal data
//!
//! `DELETE …/personal-data` is there where an event of the stream has a personal property. A stream without events: 404.
//! Else 204 without a body, as often as it is asked: all personal values that the stream holds until then are `null`
//! from then on, in read models too; a row whose key was erased is gone. What is written later is under a new key.
//!
//! ## Problems
//!
//! All other failures are `application/problem+json` (RFC 9457), whatever `Accept` says: `type` `about:blank`, `title`
//! (the words of RFC 9110 for the status: `Content Too Large`, `Unprocessable Content`), `status`, `detail`: a sentence
//! for people, free for each service. Refused commands have `errors` besides.

mod command;
mod events;
mod filter;
mod reply;
mod rows;
mod target;
mod typed;
mod url;

pub use typed::json;

use crate::model::{Model, folded};
use crate::system::System;
use crate::value::Text;
use foldhash::{HashMap, HashSet};
use protocol::{Position, Time};
use std::sync::Arc;
use target::{Target, targets};

/// A larger body is refused.
pub const MAX_BODY: usize = 1_048_576;

/// What comes in. `path` and `query` are as they stand in the request line, percent-encoded, without the `?`.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Request {
    pub method: String,
    pub path: String,
    pub query: String,
    pub headers: Vec<(String, String)>,
    pub body: Vec<u8>,
}

/// What goes out.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Response {
    pub status: u16,
    pub headers: Vec<(String, String)>,
    pub body: String,
}

/// A system that is reached by requests alone.
#[derive(Debug)]
pub struct Gateway {
    system: System,
    /// `/events` is there.
    pub exposes_events: bool,
    /// Names of what names a stream or a row, without capitals.
    ids: HashSet<Text>,
    /// By the first event of what a request led to.
    stories: HashMap<Position, Story>,
    /// By the key that the request came with.
    remembered: HashMap<String, Remembered>,
}

#[derive(Clone, Debug)]
struct Story {
    correlation: String,
    command: String,
}

#[derive(Debug)]
struct Remembered {
    path: String,
    body: Vec<u8>,
    answer: Response,
}

impl Gateway {
    /// Nothing has happened yet. Ids of events are worked out from `seed`.
    pub fn new(model: Arc<Model>, seed: u64) -> Gateway {
        let streams = model.categories.iter().map(|category| &category.id);
        let ids =
            streams.chain(model.readmodels.iter().map(|one| &one.key)).map(|name| folded(name)).collect();
        Gateway {
            system: System::new(model, seed),
            exposes_events: true,
            ids,
            stories: HashMap::default(),
            remembered: HashMap::default(),
        }
    }

    pub fn system(&self) -> &System {
        &self.system
    }

    /// Answers a request that comes at a time. Ids that have to be made up are worked out from `seed`, which should be
    /// another one each time.
    pub fn answer(&mut self, request: &Request, at: Time, seed: u64) -> Response {
        let said = request.header("Correlation-Id").filter(|words| command::is_word(words));
        let correlation = said.map_or_else(|| self.made_up(seed, 0), str::to_owned);
        let response = self.dispatch(request, &correlation, (at, seed));
        match response.header("Correlation-Id") {
            Some(_) => response,
            None => response.with("Correlation-Id", correlation),
        }
    }

    fn dispatch(&mut self, request: &Request, correlation: &str, moment: (Time, u64)) -> Response {
        let mut targets = targets(self.system.model(), &request.path);
        targets.retain(|target| *target != Target::Events || self.exposes_events);
        let methods: Vec<&str> = targets.iter().map(Target::method).collect();
        match targets.iter().find(|target| target.method() == request.method) {
            None if targets.is_empty() => Response::problem(404, "There is nothing at this path."),
            None => Response::problem(405, &format!("This path takes {} only.", methods.join(" and ")))
                .with("Allow", methods.join(", ")),
            Some(Target::Command(id)) => self.command(*id, request, correlation, moment),
            Some(Target::Rows(id)) => self.rows(*id, &request.query),
            Some(Target::First(id)) => self.first(*id, &request.query),
            Some(Target::Events) => self.events(&request.query),
            Some(Target::Personal(category, key)) => {
                let category = self.system.category(*category);
                let stream = self.system.log().find_stream(category, key);
                match stream.filter(|stream| self.system.log().version(*stream) > 0) {
                    None => Response::problem(404, "There is no such stream."),
                    Some(stream) => {
                        self.system.forget(stream);
                        Response::empty()
                    }
                }
            }
        }
    }
}

impl Request {
    /// In any capitals.
    pub fn header(&self, name: &str) -> Option<&str> {
        let found = self.headers.iter().find(|(known, _)| known.eq_ignore_ascii_case(name));
        found.map(|(_, value)| value.as_str())
    }

    fn accepts_problems(&self) -> bool {
        let ranges = self.header("Accept").unwrap_or("").split(',');
        let mut media = ranges.map(|range| range.split(';').next().unwrap_or("").trim());
        media.any(|media| media.eq_ignore_ascii_case("application/problem+json"))
    }
}
