//! What a page hears when it says something to the generator, natively.

use generator::{Desk, Said};
use proptest::prelude::*;
use protocol::ship::{Answer, Ask, Call, Failed, Message, Reply, Say};

const SHOP: &str = "\
# Shop
Register User -> // userId, name
// @required userId
User Registered // userId, name
Users* // userId, name
";

fn ask(desk: &mut Desk, ask: Ask) -> Say {
    let message = serde_json::to_string(&Message { id: 7, ask }).unwrap();
    let words = match desk.hear(&message) {
        Said::Words(words) | Said::Bytes(words, _) => words,
    };
    let reply: Reply = serde_json::from_str(&words).unwrap();
    assert_eq!(reply.id, 7);
    reply.say
}

fn shop() -> String {
    SHOP.to_owned()
}

fn register(body: &str) -> Call {
    Call {
        at: 1_000,
        seed: 3,
        method: "POST".into(),
        path: "/api/v1/User/RegisterUser".into(),
        headers: vec![("Content-Type".into(), "application/json".into())],
        body: body.into(),
        ..Call::default()
    }
}

fn call(desk: &mut Desk, keep: usize, calls: Vec<Call>) -> Result<Answer, Failed> {
    match ask(desk, Ask::Call { text: shop(), keep, calls }) {
        Say::Answer(answer) => Ok(answer),
        Say::Failed(failed) => Err(failed),
        other => panic!("{other:?}"),
    }
}

#[test]
fn every_target_is_listed_and_gives_its_files_one_by_one_and_as_a_zip() {
    let mut desk = Desk::default();
    let Say::Targets(targets) = ask(&mut desk, Ask::Targets) else { panic!("no targets") };
    assert_eq!(
        targets.iter().map(|target| target.id.as_str()).collect::<Vec<_>>(),
        ["specs", "node", "python"]
    );
    for target in targets {
        let target = target.id;
        let Say::Files(files) = ask(&mut desk, Ask::Generate { text: shop(), target: target.clone() }) else {
            panic!("no files of {target}")
        };
        assert!(!files.is_empty(), "{target}");
        for file in &files {
            let path = file.path.clone();
            let said = ask(&mut desk, Ask::File { text: shop(), target: target.clone(), path });
            assert!(matches!(said, Say::Text(text) if text.len() == file.size), "{}", file.path);
        }
        let message = Message { id: 1, ask: Ask::Zip { text: shop(), target: target.clone() } };
        let source = codegen::Source::of_text(SHOP).unwrap();
        let tree = codegen::deliver(&source, codegen::Target::of_id(&target).unwrap());
        let wanted = codegen::zip(&tree).unwrap();
        let said = desk.hear(&serde_json::to_string(&message).unwrap());
        assert!(matches!(said, Said::Bytes(_, bytes) if bytes == wanted), "{target}");
    }
}

#[test]
fn what_prevents_a_generation_is_told_with_its_line() {
    let text = "# Shop\nRegister User -> // name\nUser Registered // userId, name\nUsers* // userId, nme\n";
    let said = ask(&mut Desk::default(), Ask::Generate { text: text.into(), target: "node".into() });
    let Say::NotReady(findings) = said else { panic!("{said:?}") };
    assert_eq!(findings[0].line, Some(3), "{findings:?}");
}

#[test]
fn what_is_not_there_is_said_so() {
    let mut desk = Desk::default();
    let target = || "cobol".to_owned();
    let said = ask(&mut desk, Ask::Generate { text: shop(), target: target() });
    assert_eq!(said, Say::Failed(Failed::NoSuchTarget));
    let said = ask(&mut desk, Ask::File { text: shop(), target: "node".into(), path: "../x".into() });
    assert_eq!(said, Say::Failed(Failed::NoSuchFile));
}

#[test]
fn how_a_file_differs_from_an_earlier_one_is_told_by_making_that_one_again() {
    let mut desk = Desk::default();
    let target = || "specs".to_owned();
    let now = format!("{}Rename User -> // userId, name\nUser Renamed // userId, name\n", shop());
    let Say::Files(taken) = ask(&mut desk, Ask::Generate { text: shop(), target: target() }) else {
        panic!("no files")
    };
    let Say::Files(files) = ask(&mut desk, Ask::Generate { text: now.clone(), target: target() }) else {
        panic!("no files")
    };
    let mut difference = |path: &str, hash: &str, text: &str| {
        let (path, hash, text) = (path.to_owned(), hash.to_owned(), text.to_owned());
        ask(&mut desk, Ask::Difference { before: shop(), hash, text, target: target(), path })
    };
    let hash = |path: &str| taken.iter().find(|file| file.path == path).map_or("", |file| &file.hash);

    let path = "openapi.json";
    assert_ne!(files.iter().find(|file| file.path == path).map_or("", |file| &file.hash), hash(path));
    let Say::Text(lines) = difference(path, hash(path), &now) else { panic!("no difference") };
    assert!(lines.starts_with("@@ ") && lines.contains("\n+"), "{lines}");
    assert!(lines.contains("RenameUser") && !lines.contains("-      \"RenameUser"), "{lines}");

    // What is gone has lost all its lines.
    let (before, after) = (now.clone(), shop());
    let gone = files.iter().find(|file| hash(&file.path).is_empty()).expect("a file of the new command");
    let question = |desk: &mut Desk, hash: &str| {
        let (before, text) = (before.clone(), after.clone());
        let (hash, path) = (hash.to_owned(), gone.path.clone());
        ask(desk, Ask::Difference { before, hash, text, target: target(), path })
    };
    let mut desk = Desk::default();
    let Say::Text(lines) = question(&mut desk, &gone.hash) else { panic!("no difference") };
    assert!(lines.lines().skip(1).all(|line| line.starts_with('-')), "{lines}");

    // Another generator made another file then.
    assert_eq!(question(&mut desk, "0"), Say::Failed(Failed::NoSuchFile));
}

#[test]
fn a_picture_that_squall_drew_gives_its_text_back_and_another_one_is_refused() {
    let mut desk = Desk::default();
    let svg = "<svg xmlns=\"http://www.w3.org/2000/svg\"><metadata><squall:emd xmlns:squall=\"urn:squall:source\"># Shop\n\
               Add Item -&gt; // itemId</squall:emd></metadata></svg>";
    let mut raise = |text: &str| ask(&mut desk, Ask::Raise { name: "Shop.SVG".into(), text: text.into() });
    assert_eq!(raise(svg), Say::Text("# Shop\nAdd Item -> // itemId".into()));
    assert!(matches!(raise("<svg/>"), Say::Failed(Failed::NotRaised(_))));
}

#[test]
fn calls_go_on_from_those_before_and_a_fresh_generator_asks_for_them_all() {
    let mut desk = Desk::default();
    let ann = register(r#"{"userId": "1", "name": "Ann"}"#);
    let list = Call { method: "GET".into(), path: "/api/v1/r/Users".into(), ..Call::default() };
    assert_eq!(call(&mut desk, 0, vec![ann.clone()]).unwrap().status, 202);
    let listed = call(&mut desk, 1, vec![list.clone()]).unwrap();
    assert_eq!((listed.status, listed.body.as_str()), (200, r#"[{"userId":"1","name":"Ann"}]"#));

    let mut fresh = Desk::default();
    assert_eq!(call(&mut fresh, 1, vec![list.clone()]), Err(Failed::Behind));
    let again = call(&mut fresh, 0, vec![ann, list]).unwrap();
    assert_eq!(again.body, listed.body);
    assert_eq!(call(&mut fresh, 5, Vec::new()), Err(Failed::Behind));
}

#[test]
fn a_refusal_is_told_in_the_words_of_les() {
    let answer = call(&mut Desk::default(), 0, vec![register(r#"{"name": "Ann"}"#)]).unwrap();
    assert_eq!(answer.status, 400);
    assert_eq!(answer.body, r#"{"message":[{"field":"userId","msg":"userId is a required field."}]}"#);
}

#[test]
fn what_cannot_be_read_is_answered() {
    let mut desk = Desk::default();
    for (message, id) in [("rubbish", 0), ("{\"id\": 7, \"ask\": \"tea\"}", 7), ("{\"id\": 7}", 7), ("", 0)] {
        let Said::Words(words) = desk.hear(message) else { panic!("{message}") };
        let reply: Reply = serde_json::from_str(&words).unwrap();
        assert!(reply.id == id && matches!(reply.say, Say::Failed(Failed::Unreadable(_))), "{message}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 32, ..ProptestConfig::default() })]

    /// Whatever stands on a board and in a request: an answer, never a panic.
    #[test]
    fn hostile_boards_and_calls_are_answered(
        names in proptest::collection::vec("[ -~é€😀\"'`<>{}$\\\\]{1,12}", 4),
        path in "/[ -~é]{0,30}", query in "[ -~]{0,30}", body in "[ -~\\n]{0,40}", method in "GET|POST|DELETE|[A-Z]{0,5}",
    ) {
        let [a, b, c, d] = &names[..] else { return Ok(()) };
        let text = format!("# {a}\n{b} -> // {c}, {d}\n{b} Done // {c}, {d}\n{d}* // {c}\n");
        let mut desk = Desk::default();
        for target in ["specs", "node", "python"] {
            ask(&mut desk, Ask::Generate { text: text.clone(), target: target.into() });
        }
        ask(&mut desk, Ask::Api { text: text.clone() });
        let call = Call { method, path, query, body, ..register("") };
        let said = ask(&mut desk, Ask::Call { text, keep: 0, calls: vec![call] });
        prop_assert!(matches!(said, Say::Answer(_)), "{said:?}");
    }
}

#[test]
fn models_and_diagrams_are_told_as_event_markdown() {
    let mut desk = Desk::default();
    let mut raise =
        |name: &str, text: &str| ask(&mut desk, Ask::Raise { name: name.into(), text: text.into() });
    let solution = "Solution: Shop\nContexts:\n- Name: Shop\n  Readmodels:\n  - Readmodel: {Name: AllOrders, Key: orderId}\n";
    let Say::Text(text) = raise("a.eml.yaml", solution) else { panic!("no text") };
    assert_eq!(text, "# Shop\nAll Orders* // orderId");
    let diagram = "eventmodeling\nrf 01 cmd BrewTea\ntf 02 evt TeaBrewed\n";
    assert_eq!(raise("a.mmd", diagram), Say::Text("Brew Tea ->\nTea Brewed".into()));
    for (name, text) in [("a.yaml", "Solution: ["), ("a.mmd", "graph TD"), ("a.yml", "")] {
        assert!(matches!(raise(name, text), Say::Failed(Failed::NotRaised(_))), "{name}");
    }
}
