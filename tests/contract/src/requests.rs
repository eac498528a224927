//! Requests to a model's service.

use codegen::api::{Route, Target, percent, routes};
use serde_json::{Map, Value as Json};
use sim::http::Request;
use sim::model::{CommandId, Model, ReadmodelId};

/// All paths of a service.
#[derive(Debug)]
pub struct Paths(Vec<Route>);

impl Paths {
    pub fn of(model: &Model) -> Paths {
        Paths(routes(model))
    }

    fn find(&self, wanted: Target) -> Option<&str> {
        self.0.iter().find(|route| route.target == wanted).map(|route| route.path.as_str())
    }

    pub fn command(&self, id: CommandId) -> &str {
        self.find(Target::Command(id)).unwrap_or("/")
    }

    pub fn rows(&self, id: ReadmodelId) -> &str {
        self.find(Target::Rows(id)).unwrap_or("/")
    }

    /// Those that personal data is erased at, with the category.
    pub fn personal(&self) -> impl Iterator<Item = (sim::model::CategoryId, &str)> {
        self.0.iter().filter_map(|route| match route.target {
            Target::PersonalData(category) => Some((category, route.path.as_str())),
            _ => None,
        })
    }

    pub fn all(&self) -> &[Route] {
        &self.0
    }
}

pub fn post(path: &str, body: &Map<String, Json>) -> Request {
    raw_post(path, Json::Object(body.clone()).to_string())
}

/// A body that need not be JSON.
pub fn raw_post(path: &str, body: impl Into<Vec<u8>>) -> Request {
    Request {
        method: "POST".into(),
        path: path.into(),
        headers: vec![("Content-Type".into(), "application/json".into())],
        body: body.into(),
        ..Request::default()
    }
}

pub fn get(path: &str) -> Request {
    Request { method: "GET".into(), path: path.into(), ..Request::default() }
}

/// Rows that suit a filter; it need not be JSON.
pub fn filtered(path: &str, filter: &str) -> Request {
    Request { query: format!("filter={}", percent(filter)), ..get(path) }
}

/// The same with a header more.
pub fn with(mut request: Request, name: &str, value: impl Into<String>) -> Request {
    request.headers.push((name.into(), value.into()));
    request
}

/// The request as a line for people.
pub fn line(request: &Request) -> String {
    let query = if request.query.is_empty() { String::new() } else { format!("?{}", request.query) };
    let body = crate::ids::cut(&String::from_utf8_lossy(&request.body), 300);
    let own = |name: &str| !name.eq_ignore_ascii_case("content-type");
    let headers = request.headers.iter().filter(|(name, _)| own(name));
    let headers: String = headers.map(|(name, value)| format!(" [{name}: {value}]")).collect();
    format!("{} {}{query}{headers} {body}", request.method, request.path)
}
