//! What is filled in becomes a request, and the command of a terminal that sends the same.

use super::api::Fields;
use protocol::ship::{Call, Operation, Parameter};

/// Where a service listens unless it is told otherwise.
const HOST: &str = "http://localhost:3001";
const JSON: &str = "application/json";

/// The request itself; its moment and its randomness are the caller's.
pub fn request(operation: &Operation, fields: &Fields) -> Call {
    let value = |parameter: &Parameter| fields.of(&parameter.place, &parameter.name);
    let at = |place: &'static str| operation.parameters.iter().filter(move |it| it.place == place);
    let path = at("path").fold(operation.path.clone(), |path, parameter| {
        path.replace(&format!("{{{}}}", parameter.name), &percent(value(parameter)))
    });
    let query: Vec<String> = at("query")
        .filter(|parameter| !value(parameter).is_empty())
        .map(|parameter| format!("{}={}", percent(&parameter.name), percent(value(parameter))))
        .collect();
    let mut headers: Vec<(String, String)> = at("header")
        .filter(|parameter| !value(parameter).is_empty())
        .map(|parameter| (parameter.name.clone(), value(parameter).to_owned()))
        .collect();
    if operation.body.is_some() && !headers.iter().any(|(name, _)| name.eq_ignore_ascii_case("content-type"))
    {
        headers.insert(0, ("Content-Type".to_owned(), JSON.to_owned()));
    }
    let body = operation.body.as_ref().map(|_| fields.body.clone()).unwrap_or_default();
    Call { method: operation.method.clone(), path, query: query.join("&"), headers, body, ..Call::default() }
}

fn url(call: &Call) -> String {
    let mark = if call.query.is_empty() { "" } else { "?" };
    [HOST, &call.path, mark, &call.query].concat()
}

pub fn curl(call: &Call) -> String {
    let mut parts = vec![format!("curl -i -X {} {}", call.method, quoted(&url(call)))];
    parts.extend(
        call.headers.iter().map(|(name, value)| format!("-H {}", quoted(&format!("{name}: {value}")))),
    );
    if !call.body.is_empty() {
        parts.push(format!("-d {}", quoted(&call.body)));
    }
    parts.join(" \\\n  ")
}

/// As a shell takes it, whatever stands in it.
fn quoted(text: &str) -> String {
    format!("'{}'", text.replace('\'', "'\\''"))
}

/// All but letters, digits and `-._~` as percent-encoded UTF-8.
fn percent(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for byte in text.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' => out.push(char::from(byte)),
            _ => out.push_str(&format!("%{byte:02X}")),
        }
    }
    out
}

/// JSON with a line for each value; every sign of it stays, and what is no JSON is shown as it is.
pub fn pretty(json: &str) -> String {
    let mut out = String::with_capacity(json.len() * 2);
    let (mut deep, mut inside, mut escaped) = (0_usize, false, false);
    let mut signs = json.trim().chars().peekable();
    if !signs.peek().is_some_and(|first| "{[".contains(*first)) {
        return json.to_owned();
    }
    let line = |out: &mut String, deep: usize| {
        out.push('\n');
        out.push_str(&"  ".repeat(deep.min(40)));
    };
    while let Some(sign) = signs.next() {
        if inside {
            out.push(sign);
            inside = escaped || sign != '"';
            escaped = sign == '\\' && !escaped;
            continue;
        }
        match sign {
            '{' | '[' => {
                out.push(sign);
                while signs.next_if(|next| next.is_whitespace()).is_some() {}
                if let Some(end) = signs.next_if(|next| "}]".contains(*next)) {
                    out.push(end);
                } else {
                    deep += 1;
                    line(&mut out, deep);
                }
            }
            '}' | ']' => {
                deep = deep.saturating_sub(1);
                line(&mut out, deep);
                out.push(sign);
            }
            ',' => {
                out.push(',');
                line(&mut out, deep);
            }
            ':' => out.push_str(": "),
            sign if sign.is_whitespace() => {}
            sign => {
                out.push(sign);
                inside = sign == '"';
            }
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn erase() -> Operation {
        let parameter = |name: &str, place: &str| Parameter {
            name: name.into(),
            place: place.into(),
            ..Parameter::default()
        };
        Operation {
            method: "DELETE".into(),
            path: "/api/v1/User/{id}/personal-data".into(),
            parameters: vec![
                parameter("id", "path"),
                parameter("filter", "query"),
                parameter("If-Match", "header"),
            ],
            ..Operation::default()
        }
    }

    #[test]
    fn what_is_filled_in_goes_where_it_belongs() {
        let mut fields = Fields::default();
        fields.put("path", "id", "a/é".into());
        fields.put("query", "filter", "{\"where\":{}}".into());
        let call = request(&erase(), &fields);
        assert_eq!(call.path, "/api/v1/User/a%2F%C3%A9/personal-data");
        assert_eq!(call.query, "filter=%7B%22where%22%3A%7B%7D%7D");
        assert!(call.headers.is_empty() && call.body.is_empty());
    }

    #[test]
    fn a_body_brings_its_type_and_survives_a_shell() {
        let operation = Operation {
            method: "POST".into(),
            path: "/x".into(),
            body: Some("{\"a\": \"it's\"}".into()),
            ..Operation::default()
        };
        let call = request(&operation, &Fields::example(&operation));
        assert_eq!(
            curl(&call),
            "curl -i -X POST 'http://localhost:3001/x' \\\n  -H 'Content-Type: application/json' \\\n  -d '{\"a\": \"it'\\''s\"}'"
        );
    }

    #[test]
    fn json_is_laid_out_and_nothing_in_it_is_lost() {
        assert_eq!(
            pretty("{\"a\":[1.50,{}],\"b\":\"{,\\\"\"}"),
            "{\n  \"a\": [\n    1.50,\n    {}\n  ],\n  \"b\": \"{,\\\"\"\n}"
        );
        for plain in ["", "not JSON", "\"text\"", "]"] {
            assert_eq!(pretty(plain), plain);
        }
    }
}
