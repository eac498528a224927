//! A base, what people made of it, what the generator says now, and what both are together.

use super::{NoMerge, lines, merge};

fn merged(path: &str, base: &str, ours: &str, theirs: &str) -> String {
    let one = merge(path, Some(base), ours, theirs).expect("a merge");
    let again = merge(path, Some(ours), ours, &one.text).expect("a merge");
    assert_eq!(again.text, one.text, "merging again changes nothing");
    one.text
}

fn kept(path: &str, base: &str, ours: &str, theirs: &str) -> Vec<String> {
    merge(path, Some(base), ours, theirs).expect("a merge").kept
}

const PACKAGE: &str = r#"{
  "name": "todo-list",
  "scripts": {
    "start": "node src/main.ts",
    "test": "node --test"
  },
  "dependencies": {
    "fastify": "5.0.0",
    "zod": "4.0.0"
  },
  "files": []
}
"#;

#[test]
fn json_keeps_what_people_added_and_brings_ours_up_to_date() {
    let theirs = PACKAGE
        .replace("\"zod\": \"4.0.0\"", "\"zod\": \"4.0.0\",\n    \"lodash\": \"4.17.21\"")
        .replace("node --test", "node --test --watch");
    let ours = PACKAGE.replace("5.0.0", "5.12.8").replace("\"zod\"", "\"pg\": \"8.0.0\",\n    \"zod\"");
    let text = merged("package.json", PACKAGE, &ours, &theirs);
    assert_eq!(
        text,
        r#"{
  "name": "todo-list",
  "scripts": {
    "start": "node src/main.ts",
    "test": "node --test --watch"
  },
  "dependencies": {
    "fastify": "5.12.8",
    "pg": "8.0.0",
    "zod": "4.0.0",
    "lodash": "4.17.21"
  },
  "files": []
}
"#
    );
    assert_eq!(kept("package.json", PACKAGE, &ours, &theirs), ["scripts.test"]);
}

#[test]
fn what_the_generator_drops_goes_only_if_nobody_changed_it() {
    let ours = PACKAGE.replace("    \"fastify\": \"5.0.0\",\n", "");
    assert_eq!(merged("package.json", PACKAGE, &ours, PACKAGE), ours);
    let theirs = PACKAGE.replace("5.0.0", "4.9.9");
    assert_eq!(merged("package.json", PACKAGE, &ours, &theirs), theirs);
    assert_eq!(kept("package.json", PACKAGE, &ours, &theirs), ["dependencies.fastify"]);
}

#[test]
fn what_people_took_out_stays_out() {
    let theirs = PACKAGE.replace("    \"fastify\": \"5.0.0\",\n", "");
    let ours = PACKAGE.replace("5.0.0", "5.12.8");
    assert_eq!(merged("package.json", PACKAGE, &ours, &theirs), theirs);
}

#[test]
fn without_a_base_all_that_is_there_stays() {
    let theirs = "{\n\t\"name\": \"mine\",\n\t\"private\": true\n}";
    let one = merge("package.json", None, PACKAGE, theirs).expect("a merge");
    assert!(
        one.text.starts_with("{\n\t\"name\": \"mine\",\n\t\"scripts\": {\n\t\t\"start\""),
        "{}",
        one.text
    );
    assert!(one.text.ends_with("\t\"private\": true\n}"), "{}", one.text);
    assert_eq!(one.kept, ["name"]);
}

const PYPROJECT: &str = r#"[project]
name = "todo-list"
dependencies = [
    "eventsourcing==9.5.0",
    "fastapi==0.165.0",
]

[project.optional-dependencies]
test = ["pytest==9.0.0"]

[tool.pytest.ini_options]
testpaths = ["tests"]
"#;

#[test]
fn toml_keeps_comments_and_merges_requirements_by_name() {
    let theirs = PYPROJECT
        .replace(
            "    \"fastapi==0.165.0\",\n",
            "    \"fastapi==0.165.0\",\n    # for the reports\n    \"pandas>=2\",\n",
        )
        .replace("name = \"todo-list\"", "name = \"todo-list\" # ours")
        .replace("[tool.pytest", "[tool.ruff]\nline-length = 100\n\n[tool.pytest");
    let ours = PYPROJECT
        .replace("9.5.0", "9.5.6")
        .replace("name = \"todo-list\"\n", "name = \"todos\"\nversion = \"1\"\n")
        .replace("\"pytest==9.0.0\"", "\"pytest==9.2.0\", \"hypothesis==6.0.0\"");
    assert_eq!(
        merged("pyproject.toml", PYPROJECT, &ours, &theirs),
        r#"[project]
name = "todos" # ours
dependencies = [
    "eventsourcing==9.5.6",
    "fastapi==0.165.0",
    # for the reports
    "pandas>=2",
]
version = "1"

[project.optional-dependencies]
test = ["pytest==9.2.0", "hypothesis==6.0.0"]

[tool.ruff]
line-length = 100

[tool.pytest.ini_options]
testpaths = ["tests"]
"#
    );
}

#[test]
fn toml_takes_in_and_drops_whole_tables() {
    let ours = PYPROJECT
        .replace("[tool.pytest.ini_options]\ntestpaths = [\"tests\"]\n", "[tool.mypy]\nstrict = true\n");
    let text = merged("pyproject.toml", PYPROJECT, &ours, PYPROJECT);
    assert!(text.contains("[tool.mypy]\nstrict = true\n") && !text.contains("testpaths"), "{text}");
}

const COMPOSE: &str = "\
services:
  api:
    build: .
    ports:
      - \"3001:3001\"
    environment:
      STORE: sqlite
  # The database.
  postgres:
    image: postgres:15
    healthcheck:
      test: [\"CMD\", \"pg_isready\"]
volumes:
  data: {}
";

#[test]
fn yaml_keeps_comments_order_and_indentation() {
    let theirs = COMPOSE
        .replace(
            "      STORE: sqlite\n",
            "      # Ours is larger.\n      STORE: postgres\n      TZ: Europe/Berlin\n",
        )
        .replace("volumes:", "  mailer:\n    image: mail:1\n\nvolumes:");
    let ours = COMPOSE
        .replace("postgres:15", "postgres:17")
        .replace("STORE: sqlite", "STORE: sqlite\n      READMODELS: sqlite")
        .replace("      - \"3001:3001\"\n", "      - \"3001:3001\"\n      - \"9000:9000\"\n")
        .replace("  data: {}\n", "  data: {}\n  # For the fake.\n  kurrentdb: {}\n");
    assert_eq!(
        merged("compose.yaml", COMPOSE, &ours, &theirs),
        "\
services:
  api:
    build: .
    ports:
      - \"3001:3001\"
      - \"9000:9000\"
    environment:
      # Ours is larger.
      STORE: postgres
      READMODELS: sqlite
      TZ: Europe/Berlin
  # The database.
  postgres:
    image: postgres:17
    healthcheck:
      test: [\"CMD\", \"pg_isready\"]
  mailer:
    image: mail:1

volumes:
  data: {}
  # For the fake.
  kurrentdb: {}
"
    );
}

#[test]
fn yaml_takes_in_and_drops_whole_services_with_their_comments() {
    let without = COMPOSE.replace(
        "  # The database.\n  postgres:\n    image: postgres:15\n    healthcheck:\n      test: [\"CMD\", \"pg_isready\"]\n",
        "",
    );
    assert_eq!(merged("compose.yaml", COMPOSE, &without, COMPOSE), without);
    assert_eq!(merged("compose.yaml", &without, COMPOSE, &without), COMPOSE);
    // At another indentation.
    let wide = "services:\n    api:\n        build: .\n        ports:\n          - \"3001:3001\"\n        environment:\n            STORE: sqlite\nvolumes:\n    data: {}\n";
    let text = merged("compose.yaml", &without, COMPOSE, wide);
    assert!(text.contains("    # The database.\n    postgres:\n      image: postgres:15\n"), "{text}");
}

#[test]
fn yaml_knows_texts_in_blocks_and_lists_that_become_empty() {
    let base = "a:\n  run: |\n    x: 1\n    # no comment\n  items:\n  - one\n  - two # the second\nb: 1\n";
    let ours = "a:\n  run: |\n    x: 2\n    # no comment\n  items:\n  - two\n  - three\nb: 1\n";
    assert_eq!(
        merged("a.yml", base, ours, base),
        "a:\n  run: |\n    x: 2\n    # no comment\n  items:\n  - two # the second\n  - three\nb: 1\n"
    );
    let none = "a:\n  run: |\n    x: 1\n    # no comment\n  items: []\nb: 1\n";
    assert_eq!(merged("a.yml", base, none, base), none);
    assert_eq!(
        merged("a.yml", none, base, none),
        base.replace(" # the second", "").replace("  - ", "    - ")
    );
}

#[test]
fn what_cannot_be_read_is_no_merge() {
    for (path, text) in
        [("package.json", "{"), ("pyproject.toml", "a = "), ("compose.yaml", "\ta: 1"), ("c.yaml", "- a\n")]
    {
        assert!(merge(path, None, "", text).is_err(), "{path}");
    }
    assert_eq!(merge("README.md", None, "", ""), Err(NoMerge::Format));
}

#[test]
fn line_ends_stay_as_they_are() {
    let theirs = PACKAGE.replace('\n', "\r\n");
    assert_eq!(merged("package.json", PACKAGE, PACKAGE, &theirs), theirs);
    let new = PACKAGE.replacen('{', "{\n  \"new\": true,", 1);
    assert_eq!(merged("package.json", PACKAGE, &new, &theirs), new.replace('\n', "\r\n"));
}

#[test]
fn texts_are_merged_line_by_line() {
    let base = "one\ntwo\nthree\nfour\nfive\n";
    let ours = base.replace("one", "ONE");
    let theirs = base.replace("five", "FIVE");
    let both = lines::merge(base, &ours, &theirs);
    assert_eq!((both.text.as_str(), both.has_conflicts), ("ONE\ntwo\nthree\nfour\nFIVE\n", false));
    let clash = lines::merge(base, &ours, &base.replace("one", "uno"));
    assert!(clash.has_conflicts && clash.text.contains("<<<<<<< yours\nuno\n"), "{}", clash.text);
    assert_eq!(lines::difference("a\nb\n", "a\nc\n"), "@@ -1,2 +1,2 @@\n a\n-b\n+c\n");
}

#[test]
fn few_changes_to_a_long_text_are_told_one_by_one() {
    let long: String = (0..20_000).map(|line| format!("line {line}\n")).collect();
    let later = long.replace("line 3\n", "").replace("line 19997\n", "new\nlines\n");
    let told = lines::difference(&long, &later);
    assert_eq!(told.lines().filter(|line| line.starts_with("@@")).count(), 2);
    assert!(told.contains("\n-line 3\n") && told.contains("\n+new\n+lines\n"), "{told}");
    let both = lines::merge(&long, &later, &long.replace("line 9\n", "mine\n"));
    assert_eq!((both.text, both.has_conflicts), (later.replace("line 9\n", "mine\n"), false));
}

#[test]
fn texts_that_have_little_in_common_are_compared_as_wholes() {
    let long: String = (0..20_000).map(|line| format!("line {line}\n")).collect();
    let formatted = long.replace("line", "  line");
    let told = lines::difference(&long, &formatted);
    assert!(told.starts_with("@@ -1,20000 +1,20000 @@\n-line 0\n-line 1\n"));
    assert_eq!(told.lines().filter(|line| line.starts_with('+')).count(), 20_000);
    let both = lines::merge(&long, &long.replace("line 7\n", "new\n"), &formatted);
    assert!(both.has_conflicts && both.text.starts_with("<<<<<<< yours\n  line 0\n"));
    assert!(both.text.ends_with("line 19999\n>>>>>>> generated\n"));
}
