//! What the OpenAPI document says is what the reference of HTTP behaviour does: every documented request is sent to
//! `sim::http`, and its answer is among the documented ones.

use codegen::api::{self, Method};
use codegen::{Source, Target, generate};
use serde_json::{Map, Value as Json};
use sim::http::{Gateway, Request, Response};
use sim::model::Model;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// A document, and the service that it is about.
struct Served {
    name: String,
    document: Json,
    gateway: Gateway,
    asked: u64,
}

fn samples() -> Vec<PathBuf> {
    let own = Path::new(env!("CARGO_MANIFEST_DIR"));
    let folders = [own.join("../../app/assets"), own.join("tests/samples")];
    let files = folders.iter().flat_map(|folder| fs::read_dir(folder).unwrap());
    let files = files.map(|entry| entry.unwrap().path());
    let mut samples: Vec<PathBuf> =
        files.filter(|path| path.extension().is_some_and(|end| end == "emd")).collect();
    samples.sort();
    samples
}

fn all() -> Vec<Served> {
    let texts =
        samples().into_iter().map(|path| (path.display().to_string(), fs::read_to_string(path).unwrap()));
    let ready = texts.filter_map(|(name, text)| Some((name, Source::of_text(&text).ok()?)));
    let served = ready.map(|(name, source)| {
        let tree = generate(&source, Target::Specifications);
        let document = serde_json::from_str(&tree.get("openapi.json").unwrap().text).unwrap();
        let gateway = Gateway::new(Arc::new(Model::of_text(&source.text)), 1);
        Served { name, document, gateway, asked: 0 }
    });
    served.collect()
}

impl Served {
    /// What the references lead to.
    fn get<'a>(&'a self, json: &'a Json) -> &'a Json {
        match json.get("$ref").and_then(Json::as_str) {
            Some(place) => self.document.pointer(place.strip_prefix('#').unwrap()).unwrap(),
            None => json,
        }
    }

    fn operations(&self) -> Vec<(String, String, Json)> {
        let paths = self.document["paths"].as_object().unwrap().iter();
        let operations = paths.flat_map(|(path, methods)| {
            let methods = methods.as_object().unwrap().iter();
            methods.map(move |(method, operation)| (method.to_uppercase(), path.clone(), operation.clone()))
        });
        operations.filter(|(_, path, _)| !path.starts_with("/health/")).collect()
    }

    fn ask(&mut self, method: &str, path: &str, query: &str, body: Option<&Json>) -> Response {
        self.asked += 1;
        let media = body.map(|_| ("Content-Type".to_owned(), "application/json".to_owned()));
        let request = Request {
            method: method.to_owned(),
            path: path.replace("{id}", "1"),
            query: query.to_owned(),
            headers: media.into_iter().collect(),
            body: body.map(|body| body.to_string().into_bytes()).unwrap_or_default(),
        };
        let at = 1_767_600_000_000 + self.asked as i64;
        self.gateway.answer(&request, at, self.asked)
    }

    /// The answer that is documented for the status, with its media type and all its headers.
    fn documented(&self, operation: &Json, answer: &Response) -> Json {
        let place = format!("{} {}: {}", self.name, operation["operationId"], answer.status);
        let documented = operation["responses"].get(answer.status.to_string());
        let documented = self.get(documented.unwrap_or_else(|| panic!("{place} {}", answer.body)));
        let header = |name: &str| {
            answer.headers.iter().find(|(known, _)| known.eq_ignore_ascii_case(name)).map(|(_, value)| value)
        };
        for (name, _) in documented["headers"].as_object().into_iter().flatten() {
            assert!(header(name).is_some(), "{place} has no {name}");
        }
        match (documented.get("content"), header("Content-Type")) {
            (Some(content), Some(media)) => {
                assert!(content.get(media).is_some(), "{place} comes as {media}");
                content[media].clone()
            }
            (None, None) => Json::Null,
            (_, media) => panic!("{place} comes as {media:?}"),
        }
    }

    fn schema<'a>(&'a self, media: &'a Json) -> &'a Json {
        let schema = self.get(&media["schema"]);
        schema.get("items").map_or(schema, |items| self.get(items))
    }
}

fn names(of: &Json) -> Vec<&String> {
    of.as_object().map(Map::keys).into_iter().flatten().collect()
}

/// A value of a query, percent-encoded.
fn query(filter: &Json) -> String {
    format!("filter={}", api::percent(&filter.to_string()))
}

#[test]
fn every_example_is_answered_as_the_document_says() {
    let (mut accepted, mut rows) = (0, 0);
    for mut served in all() {
        for (method, path, operation) in served.operations() {
            let body = operation.pointer("/requestBody/content/application~1json/example");
            let filter = operation["parameters"].as_array().unwrap().iter();
            let filter = filter.map(|one| served.get(one)).find(|one| one["name"] == "filter");
            let filter = filter.map(|filter| query(&filter["content"]["application/json"]["example"]));
            let answer = served.ask(&method, &path, &filter.unwrap_or_default(), body);
            let media = served.documented(&operation, &answer);
            if answer.status == 400 {
                // A command that comes too early is refused in LES's words; a query never is.
                assert!(
                    body.is_some() && answer.body.starts_with(r#"{"message":[{"#),
                    "{path} {}",
                    answer.body
                );
            }
            if answer.status == 202 {
                accepted += 1;
                assert_eq!(serde_json::from_str::<Json>(&answer.body).unwrap(), media["example"], "{path}");
            }
            if answer.status == 200 && path != "/events" {
                let said: Json = serde_json::from_str(&answer.body).unwrap();
                let row = said.as_array().map_or(Some(&said), |rows| rows.first());
                let Some(row) = row else { continue };
                rows += 1;
                assert_eq!(names(row), names(&served.schema(&media)["properties"]), "{path}");
            }
        }
    }
    assert!(accepted > 40 && rows > 20, "only {accepted} were accepted, {rows} rows were looked at");
}

#[test]
fn the_feed_is_as_documented() {
    for mut served in all() {
        for (method, path, operation) in served.operations() {
            let body = operation.pointer("/requestBody/content/application~1json/example");
            served.ask(&method, &path, "", body);
        }
        let answer = served.ask("GET", "/events", "", None);
        let events: Vec<Json> = serde_json::from_str(&answer.body).unwrap();
        let components = served.document["components"]["schemas"].as_object().unwrap();
        for event in events {
            let known = |schema: &&Json| {
                schema.pointer("/properties/type/const") == Some(&event["type"])
                    && schema["properties"].get("data").is_some()
            };
            let schema = components.values().find(known).unwrap_or_else(|| panic!("{event}"));
            assert_eq!(names(&event), names(&schema["properties"]));
            let data = &schema["properties"]["data"];
            for name in names(&event["data"]) {
                assert!(data["properties"].get(name).is_some(), "{name} of {event}");
            }
            for name in data["required"].as_array().into_iter().flatten() {
                assert!(event["data"].get(name.as_str().unwrap()).is_some(), "{name} of {event}");
            }
            assert_eq!(
                names(&event["metadata"]),
                names(&served.document["components"]["schemas"]["Metadata"]["properties"])
            );
        }
    }
}

#[test]
fn paths_take_the_documented_methods_only() {
    for mut served in all() {
        for (_, path, operation) in served.operations() {
            let documented: Vec<String> = served.document["paths"][&path]
                .as_object()
                .unwrap()
                .keys()
                .map(|one| one.to_uppercase())
                .collect();
            for method in
                [Method::Get, Method::Post, Method::Delete].map(Method::name).into_iter().chain(["PUT"])
            {
                if documented.iter().any(|one| one == method) {
                    continue;
                }
                let answer = served.ask(method, &path, "", None);
                assert_eq!(answer.status, 405, "{method} {path}");
                served.documented(&operation, &answer);
                let allow = answer.headers.iter().find(|(name, _)| name == "Allow").map(|(_, value)| value);
                assert_eq!(allow, Some(&documented.join(", ")), "{path}");
            }
        }
    }
}

#[test]
fn what_a_schema_asks_for_is_refused_where_it_is_missing() {
    for mut served in all() {
        for (method, path, operation) in served.operations() {
            let Some(content) = operation.pointer("/requestBody/content/application~1json") else { continue };
            let schema = served.schema(content).clone();
            for name in schema["required"].as_array().into_iter().flatten().filter_map(Json::as_str) {
                let mut body = content["example"].clone();
                body.as_object_mut().unwrap().remove(name);
                let answer = served.ask(&method, &path, "", Some(&body));
                assert_eq!(answer.status, 400, "{path} without {name}");
            }
            let mut body = content["example"].clone();
            body["no such parameter"] = Json::Null;
            assert_eq!(served.ask(&method, &path, "", Some(&body)).status, 400, "{path}");
        }
    }
}
