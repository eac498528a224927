//! What an OpenAPI document says that can be done, in its own order, with an example of everything that is sent.
//!
//! Invariant: whatever the document says or leaves out, there is an answer; references that lead in circles end.

use crate::ordered::{Json, NULL};
use protocol::ship::{Operation, Parameter};
use serde_json::Value;

/// Where the document lies among the specifications.
pub const DOCUMENT: &str = "openapi.json";

const METHODS: [&str; 5] = ["get", "post", "put", "patch", "delete"];
const JSON: &str = "application/json";
/// What only a service that runs somewhere has.
const ELSEWHERE: &str = "/health/";
/// References are followed so far, and schemas so deep.
const DEEPEST: usize = 12;

pub fn of(document: &str) -> Vec<Operation> {
    let root = Json::read(document);
    let reader = Reader { root: &root };
    let mut found = Vec::new();
    for (path, item) in root.get("paths").entries().iter().filter(|(path, _)| !path.starts_with(ELSEWHERE)) {
        let operations = item.entries().iter().filter(|(method, _)| METHODS.contains(&method.as_str()));
        found.extend(operations.map(|(method, operation)| reader.operation(method, path, item, operation)));
    }
    // As the document orders its headings; what has none of those comes last.
    let tags: Vec<&str> = root.get("tags").items().iter().filter_map(|tag| tag.get("name").text()).collect();
    found.sort_by_key(|operation| tags.iter().position(|tag| *tag == operation.tag).unwrap_or(usize::MAX));
    found
}

struct Reader<'a> {
    root: &'a Json,
}

impl<'a> Reader<'a> {
    fn operation(&self, method: &str, path: &str, item: &'a Json, operation: &'a Json) -> Operation {
        let content = self.meant(operation.get("requestBody")).get("content");
        let parameters = item.get("parameters").items().iter().chain(operation.get("parameters").items());
        let response = |(status, response): &'a (String, Json)| {
            (status.clone(), words(self.meant(response).get("description")))
        };
        Operation {
            method: method.to_uppercase(),
            path: path.to_owned(),
            tag: words(operation.get("tags").items().first().unwrap_or(&NULL)),
            summary: words(operation.get("summary")),
            description: words(operation.get("description")),
            parameters: parameters.map(|parameter| self.parameter(self.meant(parameter))).collect(),
            body: content.find(JSON).map(|body| self.body(body).pretty()),
            responses: operation.get("responses").entries().iter().map(response).collect(),
        }
    }

    fn parameter(&self, parameter: &'a Json) -> Parameter {
        let said = self.said(parameter).or_else(|| self.said(self.meant(parameter.get("schema"))));
        Parameter {
            name: words(parameter.get("name")),
            place: words(parameter.get("in")),
            required: *parameter.get("required") == Json::Plain(true.into()),
            description: words(parameter.get("description")),
            example: match said {
                None => String::new(),
                Some(Json::Plain(Value::String(text))) => text.clone(),
                Some(other) => serde_json::to_string(other).unwrap_or_default(),
            },
        }
    }

    fn body(&self, body: &'a Json) -> Json {
        self.said(body).cloned().unwrap_or_else(|| self.made(body.get("schema"), DEEPEST))
    }

    /// What is said to be an example.
    fn said(&self, holder: &'a Json) -> Option<&'a Json> {
        let examples = holder.get("examples");
        let named = || examples.entries().first().and_then(|(_, example)| self.meant(example).find("value"));
        holder
            .find("example")
            .or_else(named)
            .or_else(|| examples.items().first())
            .or_else(|| holder.find("default"))
    }

    /// A value that fits a schema.
    fn made(&self, schema: &'a Json, deep: usize) -> Json {
        let schema = self.meant(schema);
        if let Some(example) = self.said(schema) {
            return example.clone();
        }
        if deep == 0 {
            return NULL;
        }
        let types = schema.get("type");
        let kind = types.text().or_else(|| types.items().first()?.text()).unwrap_or_default();
        let plain: Value = match (kind, schema.get("format").text().unwrap_or_default()) {
            ("object", _) => {
                let properties = schema.get("properties").entries();
                let made =
                    properties.iter().map(|(name, schema)| (name.clone(), self.made(schema, deep - 1)));
                return Json::Object(made.collect());
            }
            ("array", _) => return Json::List(vec![self.made(schema.get("items"), deep - 1)]),
            ("integer" | "number", _) => 1.into(),
            ("boolean", _) => true.into(),
            ("string", "uuid") => "0f8fad5b-d9cb-469f-a165-70867728950e".into(),
            ("string", "date-time") => "2026-01-31T12:00:00Z".into(),
            ("string", "date") => "2026-01-31".into(),
            ("string", "email") => "ann@example.com".into(),
            ("string", _) => "text".into(),
            _ => Value::Null,
        };
        Json::Plain(plain)
    }

    /// What a reference leads to; anything else is meant as it stands.
    fn meant(&self, json: &'a Json) -> &'a Json {
        let mut json = json;
        for _ in 0..DEEPEST {
            let Some(place) = json.get("$ref").text().and_then(|place| place.strip_prefix('#')) else {
                break;
            };
            json = self.root.at(place);
        }
        json
    }
}

fn words(json: &Json) -> String {
    json.text().unwrap_or_default().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    const DOCUMENT: &str = r##"{
      "tags": [{ "name": "Todo" }, { "name": "Read models" }],
      "paths": {
        "/health/live": { "get": {} },
        "/api/v1/r/List": { "get": { "tags": ["Read models"], "parameters": [
          { "name": "filter", "in": "query", "example": { "where": {}, "limit": 5 } },
          { "$ref": "#/components/parameters/Correlation" }
        ] } },
        "/api/v1/Todo/Add": { "post": {
          "tags": ["Todo"], "summary": "Add",
          "requestBody": { "content": { "application/json": { "schema": { "$ref": "#/components/schemas/Add" } } } },
          "responses": { "202": { "description": "Accepted" }, "400": { "$ref": "#/components/responses/Refused" } }
        } }
      },
      "components": {
        "parameters": { "Correlation": { "name": "Correlation-Id", "in": "header", "required": true } },
        "responses": { "Refused": { "description": "Refused" } },
        "schemas": {
          "Add": { "type": "object", "properties": {
            "todoId": { "type": "string", "format": "uuid" },
            "description": { "type": "string", "examples": ["tea"] },
            "count": { "type": ["integer", "null"] },
            "tags": { "type": "array", "items": { "$ref": "#/components/schemas/Add/properties/description" } }
          } },
          "Loop": { "$ref": "#/components/schemas/Loop" }
        }
      }
    }"##;

    #[test]
    fn operations_stand_under_their_headings_and_examples_keep_their_order() {
        let all = of(DOCUMENT);
        let names: Vec<String> = all.iter().map(|one| format!("{} {}", one.method, one.path)).collect();
        assert_eq!(names, ["POST /api/v1/Todo/Add", "GET /api/v1/r/List"]);
        let body: String = all[0].body.iter().flat_map(|body| body.split_whitespace()).collect();
        assert_eq!(
            body,
            r#"{"todoId":"0f8fad5b-d9cb-469f-a165-70867728950e","description":"tea","count":1,"tags":["tea"]}"#
        );
        assert_eq!(all[0].responses[1], ("400".to_owned(), "Refused".to_owned()));
        let [filter, correlation] = &all[1].parameters[..] else { panic!("{:?}", all[1]) };
        assert_eq!((filter.example.as_str(), filter.required), (r#"{"where":{},"limit":5}"#, false));
        assert_eq!((correlation.name.as_str(), correlation.required), ("Correlation-Id", true));
    }

    #[test]
    fn whatever_a_document_is_there_is_an_answer() {
        let strange = [
            "",
            "[]",
            "{\"paths\": 1}",
            "{\"paths\": {\"/a\": {\"get\": 7}}}",
            "{\"paths\": {\"/a\": {\"post\": {\"requestBody\": {\"content\": {\"application/json\": {\"schema\": {\"$ref\": \"#/paths/~1a/post/requestBody/content/application~1json/schema\"}}}}}}}}",
        ];
        let counts = strange.map(|document| of(document).len());
        assert_eq!(counts, [0, 0, 0, 1, 1]);
    }
}
