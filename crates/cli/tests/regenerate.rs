//! A service lives on: it is generated, its domain is edited by hand, the model gets a command, it is generated again.
//!
//! What only concerns files is tested always. With `--ignored` the languages' own compilers and the service's own tests
//! judge, with what `cargo xtask services` has installed.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use tempfile::TempDir;

const BOARD: &str = include_str!("../../../app/assets/todolist.emd");
const MORE: &str = "Star Item -> // todoId\nTodo Starred // todoId\n";

/// What a developer does to a service, and how its language tells what is missing.
struct Life {
    target: &'static str,
    /// The file with the decisions, and two edits of it: one before the model changes, one that handles the new command.
    domain: &'static str,
    edit: (&'static str, &'static str),
    handle: (&'static str, &'static str),
    /// A file that both write, and what the developer adds to it.
    shared: &'static str,
    addition: (&'static str, &'static str),
    /// What is installed: the folder of the cache begins so, and holds this, which goes there.
    cache: &'static str,
    installed: (&'static str, &'static str),
    /// Fails as long as the new command is not handled, and names it.
    compile: &'static [&'static str],
    test: &'static [&'static str],
}

const NODE: Life = Life {
    target: "node",
    domain: "src/domain/todo.ts",
    edit: (
        "    MarkComplete: todo.markComplete,\n",
        "    // Ours from now on.\n    MarkComplete: (command, state, lookups) => todo.markComplete(command, state, lookups),\n",
    ),
    handle: ("    // Ours from now on.\n", "    StarItem: todo.starItem,\n    // Ours from now on.\n"),
    shared: "package.json",
    addition: ("\"scripts\": {", "\"scripts\": {\n    \"ours\": \"tsc --version\","),
    cache: "npm-",
    installed: ("node_modules", "node_modules"),
    compile: &["node_modules/.bin/tsc", "--noEmit"],
    test: &["npm", "test"],
};

const PYTHON: Life = Life {
    target: "python",
    domain: "todo_list/domain.py",
    edit: (
        "            case commands.MarkComplete():\n",
        "            # Ours from now on.\n            case commands.MarkComplete():\n",
    ),
    handle: (
        "            # Ours from now on.\n",
        "            case commands.StarItem():\n                yield events.TodoStarred(todo_id=command.todo_id)\n            # Ours from now on.\n",
    ),
    shared: "pyproject.toml",
    addition: ("[project]\n", "[project]\nkeywords = [\"ours\"]\n"),
    cache: "venv-",
    installed: ("", ".venv"),
    compile: &[".venv/bin/python", "-m", "mypy"],
    test: &[".venv/bin/python", "-m", "pytest", "-q"],
};

struct Service {
    life: &'static Life,
    folder: TempDir,
}

impl Service {
    fn new(life: &'static Life) -> Service {
        let service = Service { life, folder: tempfile::tempdir().expect("a folder") };
        service.generate(BOARD);
        service
    }

    fn path(&self, path: &str) -> PathBuf {
        self.folder.path().join("service").join(path)
    }

    fn read(&self, path: &str) -> String {
        fs::read_to_string(self.path(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
    }

    fn replace(&self, path: &str, (old, new): (&str, &str)) {
        let text = self.read(path);
        assert!(text.contains(old), "{path} has no {old:?}:\n{text}");
        fs::write(self.path(path), text.replacen(old, new, 1)).expect("written");
    }

    fn generate(&self, board: &str) -> String {
        fs::write(self.folder.path().join("model.emd"), board).expect("written");
        let output = Command::new(env!("CARGO_BIN_EXE_squall"))
            .args(["generate", "model.emd", "-t", self.life.target, "-o", "service"])
            .current_dir(self.folder.path())
            .output()
            .expect("squall runs");
        let told = String::from_utf8_lossy(&output.stdout) + String::from_utf8_lossy(&output.stderr);
        assert_eq!(output.status.code(), Some(0), "{told}");
        told.into_owned()
    }

    /// The hand-written lines of a file are still there.
    fn keeps(&self, path: &str, line: &str) {
        let text = self.read(path);
        assert!(text.contains(line), "{path} lost {line:?}:\n{text}");
    }

    fn edit(&self) {
        self.replace(self.life.domain, self.life.edit);
        self.replace(self.life.shared, self.life.addition);
    }

    fn install(&self) {
        let cache = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../target/services/cache");
        let (from, to) = self.life.installed;
        let entries = fs::read_dir(&cache).into_iter().flatten().flatten().map(|entry| entry.path());
        let ready = entries.filter(|path| path.join("installed").exists());
        let of_kind = |path: &PathBuf| {
            path.file_name().is_some_and(|name| name.to_string_lossy().starts_with(self.life.cache))
        };
        let found = ready
            .filter(of_kind)
            .max_by_key(|path| fs::metadata(path).and_then(|found| found.modified()).ok());
        let found = found.expect("`cargo xtask services` installs what services need");
        let found = found.canonicalize().expect("a folder").join(from);
        #[cfg(unix)]
        std::os::unix::fs::symlink(found, self.path(to)).expect("a link");
        #[cfg(not(unix))]
        panic!("links to {} are made on Unix only: {to}", found.display());
    }

    fn run(&self, words: &[&str]) -> Output {
        let own = self.path(words[0]);
        let program = if own.exists() { own } else { PathBuf::from(words[0]) };
        Command::new(program).args(&words[1..]).current_dir(self.path("")).output().expect("it starts")
    }

    fn passes(&self, words: &[&str]) {
        let output = self.run(words);
        assert!(output.status.success(), "{words:?}: {}", told(&output));
    }
}

fn told(output: &Output) -> String {
    (String::from_utf8_lossy(&output.stdout) + String::from_utf8_lossy(&output.stderr)).into_owned()
}

fn hand_written_code_survives(life: &'static Life) {
    let service = Service::new(life);
    service.edit();
    let domain = service.read(life.domain);
    let told = service.generate(&(BOARD.to_owned() + MORE));
    assert!(told.contains("TodoStarred is new."), "{told}");
    assert_eq!(service.read(life.domain), domain);
    service.keeps(life.shared, "ours");
    // Nobody touched anything since.
    let told = service.generate(&(BOARD.to_owned() + MORE));
    assert!(told.contains("Everything is up to date."), "{told}");
}

fn a_new_command_is_missed_until_it_is_handled(life: &'static Life) {
    let service = Service::new(life);
    service.install();
    service.passes(life.compile);
    service.edit();
    service.passes(life.compile);
    service.generate(&(BOARD.to_owned() + MORE));
    let missed = service.run(life.compile);
    assert!(!missed.status.success() && told(&missed).contains("StarItem"), "{}", told(&missed));
    assert!(told(&missed).contains(life.domain), "{}", told(&missed));
    service.replace(life.domain, life.handle);
    service.passes(life.compile);
    service.passes(life.test);
}

#[test]
fn what_was_written_by_hand_survives_in_node() {
    hand_written_code_survives(&NODE);
}

#[test]
fn what_was_written_by_hand_survives_in_python() {
    hand_written_code_survives(&PYTHON);
}

#[test]
#[ignore = "wants what cargo xtask services installs"]
fn a_new_command_is_missed_until_it_is_handled_in_node() {
    a_new_command_is_missed_until_it_is_handled(&NODE);
}

#[test]
#[ignore = "wants what cargo xtask services installs"]
fn a_new_command_is_missed_until_it_is_handled_in_python() {
    a_new_command_is_missed_until_it_is_handled(&PYTHON);
}
