//! Boards by their address: who may read them, as what, and that nothing in them runs.

mod common;

use common::{Client, Links, Response, TestServer, add, request};
use server::{Config, Limits, Server};

const HOSTILE: &str = include_str!("../../crates/draw/tests/common/hostile.txt");
const FORMATS: [(&str, &str); 7] = [
    ("emd", "text/plain; charset=utf-8"),
    ("eml.yaml", "application/yaml; charset=utf-8"),
    ("svg", "image/svg+xml"),
    ("png", "image/png"),
    ("mmd", "text/vnd.mermaid; charset=utf-8"),
    ("dot", "text/vnd.graphviz; charset=utf-8"),
    ("squall", "application/json"),
];

async fn get(server: &TestServer, path: &str) -> Response {
    request(server.address, "GET", path, &[], "").await
}

fn starts(ending: &str) -> &'static str {
    match ending {
        "emd" => "# TODO List",
        "eml.yaml" => "EmlVersion: 0.1-alpha\nSolution: TODO List\n",
        "svg" => "<svg xmlns=\"http://www.w3.org/2000/svg\"",
        "png" => "\u{fffd}PNG",
        "dot" => "digraph \"TODO List\" {\n",
        "mmd" => "eventmodeling\n%% TODO List\n",
        _ => "{\n\"squall\": 1,",
    }
}

#[tokio::test]
async fn any_link_of_a_board_reads_it_in_every_format() {
    let server = TestServer::start().await;
    let board =
        server.make_board("# TODO List\nAdd Todo -> // description\nTodo Added // todoId, description").await;
    for (letter, segment) in [("b", &board.edit), ("v", &board.view), ("f", &board.facilitate)] {
        for (ending, kind) in FORMATS {
            let answer = get(&server, &format!("/{letter}/{segment}.{ending}")).await;
            assert_eq!((answer.status, answer.header("content-type")), (200, Some(kind)), "{ending}");
            assert!(answer.body.starts_with(starts(ending)), "{ending}: {}", answer.body);
            let name = format!("inline; filename=\"TODO-List.{ending}\"");
            assert_eq!(answer.header("content-disposition"), Some(name.as_str()));
            assert_eq!(answer.header("cache-control"), Some("private, no-cache"));
            assert_eq!(answer.header("x-content-type-options"), Some("nosniff"));
            let policy = answer.header("content-security-policy").unwrap();
            assert!(policy.starts_with("default-src 'none'") && !policy.contains("script-src"), "{policy}");
        }
    }
    let saved = get(&server, &format!("/v/{}.emd?download=1", board.view)).await;
    assert_eq!(saved.header("content-disposition"), Some("attachment; filename=\"TODO-List.emd\""));
    server.stop().await;
}

#[tokio::test]
async fn a_text_is_given_back_as_the_file_that_it_was_made_from() {
    let server = TestServer::start().await;
    for (file, again) in [
        ("# One\nTodo Added\n", "# One\nTodo Added\n"),
        ("# One\nTodo Added\n\n", "# One\nTodo Added\n\n"),
        ("# One\r\nTodo Added\r\n", "# One\nTodo Added\n"),
        ("# One", "# One\n"),
    ] {
        let board = server.make_board(file).await;
        assert_eq!(get(&server, &format!("/v/{}.emd", board.view)).await.body, again, "{file:?}");
    }
    server.stop().await;
}

#[tokio::test]
async fn a_wrong_link_reads_nothing_and_shows_nothing() {
    let server = TestServer::start().await;
    let board = server.make_board("# Secret plans\nTodo Added").await;
    let wrong = format!("{}-{}", &board.view[..12], "b".repeat(22));
    let other = server.make_board("# Other").await;
    let crossed = format!("{}{}", &board.view[..12], &other.view[12..]);
    for segment in [wrong.as_str(), &crossed, "x", &board.view[..34], ""] {
        for (ending, _) in FORMATS {
            let answer = get(&server, &format!("/v/{segment}.{ending}")).await;
            assert_eq!(answer.status, 404, "{segment}.{ending}");
            assert!(!answer.body.contains("Secret"));
        }
        let page = get(&server, &format!("/v/{segment}")).await;
        assert!(!page.body.contains("Secret") && !page.body.contains("og:title"), "{segment}");
    }
    let answer = get(&server, &format!("/v/{}.exe", board.view)).await;
    assert_eq!(answer.status, 404);
    server.stop().await;
}

#[tokio::test]
async fn what_somebody_types_is_there_before_it_is_saved_elsewhere_and_a_copy_is_known_by_its_tag() {
    let server = TestServer::start().await;
    let board = server.make_board("# One").await;
    let path = format!("/v/{}.emd", board.view);
    let first = get(&server, &path).await;
    assert_eq!(first.body, "# One\n");
    let tag = first.header("etag").unwrap().to_owned();
    let same = request(server.address, "GET", &path, &[("If-None-Match", &tag)], "").await;
    assert_eq!((same.status, same.body.as_str()), (304, ""));
    let mut ann = Client::join(server.address, &board.edit, 1).await;
    ann.until_synced().await;
    ann.command(add("Todo Added")).await;
    ann.until_saved().await;
    let changed = request(server.address, "GET", &path, &[("If-None-Match", &tag)], "").await;
    assert_eq!((changed.status, changed.body.as_str()), (200, "# One\nTodo Added\n"));
    // Each format and theme is a thing of its own.
    let svg = get(&server, &format!("/v/{}.svg", board.view)).await;
    let dark = get(&server, &format!("/v/{}.svg?theme=dark", board.view)).await;
    assert_ne!(svg.header("etag"), dark.header("etag"));
    assert!(svg.body.contains("#F6F5F1") && dark.body.contains("#15171C"));
    let head = request(server.address, "HEAD", &path, &[], "").await;
    assert_eq!((head.status, head.body.as_str()), (200, ""));
    assert_eq!(head.header("content-type"), Some("text/plain; charset=utf-8"));
    server.stop().await;
}

#[tokio::test]
async fn hostile_words_stay_words_in_every_format() {
    let server = TestServer::start().await;
    let board = server.make_board(HOSTILE).await;
    for (ending, kind) in FORMATS {
        let answer = get(&server, &format!("/v/{}.{ending}", board.view)).await;
        assert_eq!((answer.status, answer.header("content-type")), (200, Some(kind)), "{ending}");
        let policy = answer.header("content-security-policy").unwrap();
        assert!(policy.contains("sandbox"), "{policy}");
        let name = answer.header("content-disposition").unwrap();
        assert!(name.starts_with("inline; filename=\"script-alert-1-script-"), "{name}");
    }
    let svg = get(&server, &format!("/v/{}.svg", board.view)).await.body;
    assert!(!svg.contains("<script") && !svg.contains("<img"));
    let page = get(&server, &format!("/v/{}", board.view)).await.body;
    assert!(!page.contains("<script>alert"), "{page}");
    let squall = get(&server, &format!("/v/{}.squall", board.view)).await.body;
    let emd = get(&server, &format!("/v/{}.emd", board.view)).await.body;
    let again = make_from_file(&server, &squall).await;
    assert_eq!(get(&server, &format!("/v/{}.emd", again.view)).await.body, emd);
    assert_eq!(get(&server, &format!("/v/{}.squall", again.view)).await.body, squall, "ids are kept");
    server.stop().await;
}

async fn make_from_file(server: &TestServer, squall: &str) -> Links {
    let body = serde_json::json!({ "squall": squall }).to_string();
    let made = request(server.address, "POST", "/api/boards", &[], &body).await;
    assert_eq!(made.status, 201, "{made:?}");
    let links: serde_json::Value = serde_json::from_str(&made.body).unwrap();
    let segment = |name: &str| links[name].as_str().unwrap()[3..].to_owned();
    Links { edit: segment("edit"), view: segment("view"), facilitate: segment("facilitate") }
}

#[tokio::test]
async fn a_file_that_is_no_board_is_refused_with_a_sentence() {
    let limits = Limits { document: 3_000, ..Limits::default() };
    let server = TestServer::with(limits).await;
    let post = async |body: String| request(server.address, "POST", "/api/boards", &[], &body).await;
    for (file, words) in [
        ("", "line 1 of the file is damaged"),
        ("{}", "this is not a Squall board"),
        ("{\"squall\": 99, \"level\": \"design\", \"people\": {}, \"lines\": []}", "newer Squall"),
    ] {
        let refused = post(serde_json::json!({ "squall": file }).to_string()).await;
        assert_eq!(refused.status, 400, "{file}");
        assert!(refused.body.contains(words), "{file}: {}", refused.body);
    }
    assert_eq!(post("{\"text\": \"a\", \"squall\": \"b\"}".to_owned()).await.status, 400);
    assert_eq!(post("{\"name\": \"a\"}".to_owned()).await.status, 400);
    let large = "Todo Added\n".repeat(500);
    assert_eq!(post(serde_json::json!({ "text": large }).to_string()).await.status, 413);
    server.stop().await;
}

#[tokio::test]
async fn a_page_names_its_board_for_who_shares_the_link() {
    let server = TestServer::start().await;
    let board = server.make_board("# Caf\u{e9} & \"Bar\"\nOrder Placed // id\n// @hotspot Who pays?").await;
    let page = get(&server, &format!("/v/{}", board.view)).await;
    if !page.body.contains("<head>") {
        // Without a built page there is nothing to name.
        return server.stop().await;
    }
    let title = "Caf\u{e9} &amp; &quot;Bar&quot;";
    assert!(page.body.contains(&format!("<title>{title} \u{b7} Squall</title>")), "{}", page.body);
    assert!(page.body.contains(&format!("<meta property=\"og:title\" content=\"{title}\">")));
    assert!(page.body.contains("content=\"3 stickies on a Squall board\""));
    let picture = format!("http://{}/v/{}.png?preview=1", server.address, board.view);
    assert!(page.body.contains(&format!("<meta property=\"og:image\" content=\"{picture}\">")));
    let png = get(&server, &format!("/v/{}.png?preview=1", board.view)).await;
    assert!(png.body.starts_with("\u{fffd}PNG"));
    // The page says which build it is, on a board and at home.
    assert!(page.body.contains("<meta name=\"squall-build\""));
    assert!(get(&server, "/").await.body.contains("<meta name=\"squall-build\""));
    server.stop().await;
}

#[tokio::test]
async fn links_in_a_preview_lead_to_the_public_address() {
    let directory = tempfile::tempdir().unwrap();
    let config = Config {
        public_url: Some("https://storm.example.org/".into()),
        ..Config::new(directory.path().to_owned())
    };
    let server = TestServer::on(Server::open(config).unwrap(), directory.path()).await;
    let board = server.make_board("# One").await;
    let page = get(&server, &format!("/b/{}", board.edit)).await;
    if page.body.contains("<head>") {
        let picture = format!("https://storm.example.org/b/{}.png?preview=1", board.edit);
        assert!(page.body.contains(&picture), "{}", page.body);
    }
    server.stop().await;
}
