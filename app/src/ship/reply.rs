//! What the generator says, taken out of its JSON by hand: the readers that serde would make of the same types are ten
//! times as large, and the page waits for them.
//!
//! Invariant: what serde writes of a reply is read as that reply; what is no reply is nothing.

use protocol::ship::{Answer, Care, Failed, File, Finding, Operation, Parameter, Reply, Say, Target};
use serde_json::Value;

pub fn read(words: &str) -> Option<Reply> {
    let json: Value = serde_json::from_str(words).ok()?;
    let id = u32::try_from(json.get("id")?.as_u64()?).ok()?;
    Some(Reply { id, say: say(json.get("say")?)? })
}

fn say(json: &Value) -> Option<Say> {
    let (name, inside) = tagged(json)?;
    Some(match name {
        "targets" => Say::Targets(list(inside, target)?),
        "files" => Say::Files(list(inside, file)?),
        "not_ready" => Say::NotReady(list(inside, finding)?),
        "text" => Say::Text(whole(inside)?),
        "zip" => Say::Zip,
        "operations" => Say::Operations(list(inside, operation)?),
        "answer" => Say::Answer(answer(inside)?),
        "failed" => Say::Failed(failed(inside)?),
        _ => return None,
    })
}

fn failed(json: &Value) -> Option<Failed> {
    let (name, why) = tagged(json)?;
    Some(match name {
        "no_such_target" => Failed::NoSuchTarget,
        "no_such_file" => Failed::NoSuchFile,
        "behind" => Failed::Behind,
        "not_raised" => Failed::NotRaised(whole(why)?),
        "no_zip" => Failed::NoZip(whole(why)?),
        "unreadable" => Failed::Unreadable(whole(why)?),
        "stopped" => Failed::Stopped(whole(why)?),
        _ => return None,
    })
}

fn target(json: &Value) -> Option<Target> {
    Some(Target { id: text(json, "id")?, title: text(json, "title")? })
}

fn file(json: &Value) -> Option<File> {
    let care = match json.get("care")?.as_str()? {
        "owned" => Care::Owned,
        "once" => Care::Once,
        "merged" => Care::Merged,
        _ => return None,
    };
    Some(File {
        path: text(json, "path")?,
        care,
        size: number(json.get("size")?)?,
        hash: text(json, "hash")?,
    })
}

fn finding(json: &Value) -> Option<Finding> {
    Some(Finding {
        rule: text(json, "rule")?,
        message: text(json, "message")?,
        help: text(json, "help")?,
        line: json.get("line").and_then(number),
    })
}

fn operation(json: &Value) -> Option<Operation> {
    Some(Operation {
        method: text(json, "method")?,
        path: text(json, "path")?,
        tag: text(json, "tag")?,
        summary: text(json, "summary")?,
        description: text(json, "description")?,
        parameters: list(json.get("parameters")?, parameter)?,
        body: json.get("body").and_then(whole),
        responses: list(json.get("responses")?, pair)?,
    })
}

fn parameter(json: &Value) -> Option<Parameter> {
    Some(Parameter {
        name: text(json, "name")?,
        place: text(json, "place")?,
        required: json.get("required")?.as_bool()?,
        description: text(json, "description")?,
        example: text(json, "example")?,
    })
}

fn answer(json: &Value) -> Option<Answer> {
    Some(Answer {
        status: u16::try_from(json.get("status")?.as_u64()?).ok()?,
        headers: list(json.get("headers")?, pair)?,
        body: text(json, "body")?,
        events: list(json.get("events")?, whole)?,
    })
}

/// A variant and what is in it; nothing is in one that is a word alone.
fn tagged(json: &Value) -> Option<(&str, &Value)> {
    match json.as_str() {
        Some(name) => Some((name, &Value::Null)),
        None => json.as_object()?.iter().next().map(|(name, inside)| (name.as_str(), inside)),
    }
}

fn text(json: &Value, name: &str) -> Option<String> {
    json.get(name).and_then(whole)
}

fn whole(json: &Value) -> Option<String> {
    json.as_str().map(str::to_owned)
}

fn number(json: &Value) -> Option<usize> {
    usize::try_from(json.as_u64()?).ok()
}

fn pair(json: &Value) -> Option<(String, String)> {
    let both = json.as_array()?;
    Some((whole(both.first()?)?, whole(both.get(1)?)?))
}

fn list<T>(json: &Value, read: fn(&Value) -> Option<T>) -> Option<Vec<T>> {
    json.as_array()?.iter().map(read).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn all() -> Vec<Say> {
        let file = |care| File { path: "a \"b\"/é".into(), care, size: 7, hash: "0f".into() };
        let operation = Operation {
            method: "POST".into(),
            parameters: vec![Parameter { required: true, ..Parameter::default() }],
            body: Some("{}".into()),
            responses: vec![("202".into(), "Accepted".into())],
            ..Operation::default()
        };
        let answer = Answer {
            status: 202,
            headers: vec![("A".into(), "b".into())],
            body: "{}".into(),
            events: vec!["Order Placed".into()],
        };
        let said = |failed| Say::Failed(failed);
        vec![
            Say::Targets(vec![Target { id: "node".into(), title: "Node".into() }]),
            Say::Files([Care::Owned, Care::Once, Care::Merged].map(file).into()),
            Say::NotReady(vec![Finding::default(), Finding { line: Some(3), ..Finding::default() }]),
            Say::Text("a\nb".into()),
            Say::Zip,
            Say::Operations(vec![operation, Operation::default()]),
            Say::Answer(answer),
            said(Failed::NoSuchTarget),
            said(Failed::NoSuchFile),
            said(Failed::Behind),
            said(Failed::NotRaised("x".into())),
            said(Failed::NoZip("x".into())),
            said(Failed::Unreadable("x".into())),
            said(Failed::Stopped("x".into())),
        ]
    }

    #[test]
    fn what_serde_writes_is_read() {
        for say in all() {
            let reply = Reply { id: 7, say };
            let words = serde_json::to_string(&reply).unwrap_or_default();
            assert_eq!(read(&words), Some(reply), "{words}");
        }
    }

    #[test]
    fn what_is_no_reply_is_nothing() {
        for words in
            ["", "[]", "{\"id\":1}", "{\"id\":-1,\"say\":\"zip\"}", "{\"id\":1,\"say\":{\"files\":[{}]}}"]
        {
            assert_eq!(read(words), None, "{words}");
        }
    }
}
