//! Answers: JSON, refusals in both bodies, and problems.

use super::Response;
use super::typed::{Object, array};
use protocol::trace::Failure;

const JSON: &str = "application/json";
const PROBLEM: &str = "application/problem+json";

impl Response {
    pub(super) fn json(status: u16, body: String) -> Response {
        Response { status, headers: vec![("Content-Type".into(), JSON.into())], body }
    }

    pub(super) fn empty() -> Response {
        Response { status: 204, headers: Vec::new(), body: String::new() }
    }

    /// A failure that LES has no body for.
    pub(super) fn problem(status: u16, detail: &str) -> Response {
        Response {
            status,
            headers: vec![("Content-Type".into(), PROBLEM.into())],
            body: problem(status, detail).done(),
        }
    }

    /// A command that was refused, in LES's body or in that of RFC 9457.
    pub(super) fn refused(failures: &[Failure], as_problem: bool) -> Response {
        let each = failures.iter();
        let list = array(each.map(|one| {
            Object::new().put("field", one.field.as_str()).put("msg", one.message.as_str()).done()
        }));
        if !as_problem {
            return Response::json(400, Object::new().raw("message", &list).done());
        }
        let mut response = Response::problem(400, "");
        response.body = problem(400, "The command was refused.").raw("errors", &list).done();
        response
    }

    pub(super) fn with(mut self, name: &str, value: impl Into<String>) -> Response {
        self.headers.push((name.into(), value.into()));
        self
    }

    /// In any capitals.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers
            .iter()
            .find(|(known, _)| known.eq_ignore_ascii_case(name))
            .map(|(_, value)| value.as_str())
    }
}

fn problem(status: u16, detail: &str) -> Object {
    let object = Object::new().put("type", "about:blank").put("title", title(status));
    object.put("status", status).put("detail", detail)
}

/// As RFC 9110 says it.
fn title(status: u16) -> &'static str {
    match status {
        400 => "Bad Request",
        404 => "Not Found",
        405 => "Method Not Allowed",
        409 => "Conflict",
        412 => "Precondition Failed",
        413 => "Content Too Large",
        415 => "Unsupported Media Type",
        422 => "Unprocessable Content",
        _ => "Internal Server Error",
    }
}
