//! `squall generate` as people and pipelines run it.

use codegen::{Source, Target};
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::{Command, Output};
use tempfile::TempDir;

const BOARD: &str = "\
# TODO List
Add Todo -> // description
Todo Added // todoId, description
Mark Complete -> // todoId
// @requires Todo Added
Todo Completed // todoId, isComplete
TODO List* // todoId, description, isComplete
";

/// An owned file that says something about every command.
const FILE: &str = "openapi.json";

struct Desk {
    folder: TempDir,
}

impl Desk {
    fn new(board: &str) -> Desk {
        let desk = Desk { folder: tempfile::tempdir().expect("a folder") };
        desk.write("model.emd", board);
        desk
    }

    fn squall(&self, arguments: &[&str]) -> Output {
        Command::new(env!("CARGO_BIN_EXE_squall"))
            .arg("generate")
            .args(arguments)
            .current_dir(self.folder.path())
            .output()
            .expect("squall runs")
    }

    /// Specifications into the folder `out`.
    fn generate(&self, arguments: &[&str]) -> (Option<i32>, String) {
        let usual = ["model.emd", "-t", "specs", "-o", "out"];
        let output = self.squall(&[&usual, arguments].concat());
        assert!(output.stderr.is_empty() || output.status.code() != Some(0), "{output:?}");
        (output.status.code(), String::from_utf8(output.stdout).expect("UTF-8"))
    }

    fn path(&self, path: &str) -> std::path::PathBuf {
        self.folder.path().join(path)
    }

    fn read(&self, path: &str) -> String {
        fs::read_to_string(self.path(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
    }

    fn write(&self, path: &str, text: &str) {
        let path = self.path(path);
        fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
        fs::write(path, text).expect("written");
    }

    fn append(&self, path: &str, text: &str) {
        self.write(path, &(self.read(path) + text));
    }

    /// All files below a folder.
    fn files(&self, folder: &str) -> BTreeMap<String, String> {
        let mut files = BTreeMap::new();
        collect(&self.path(folder), "", &mut files);
        files
    }
}

fn collect(folder: &Path, name: &str, files: &mut BTreeMap<String, String>) {
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = format!("{name}{}", entry.file_name().to_string_lossy());
        match entry.path().is_dir() {
            true => collect(&entry.path(), &format!("{path}/"), files),
            false => drop(files.insert(path, fs::read_to_string(entry.path()).expect("text"))),
        }
    }
}

fn delivered(board: &str) -> codegen::Tree {
    codegen::deliver(&Source::of_text(board).expect("ready"), Target::Specifications)
}

fn texts(tree: &codegen::Tree) -> BTreeMap<String, String> {
    tree.iter().map(|(path, file)| (path.to_owned(), file.text.clone())).collect()
}

const MORE: &str = "Star Todo -> // todoId\nTodo Starred // todoId\n";

#[test]
fn what_is_generated_lies_in_the_folder_and_generating_again_changes_nothing() {
    let desk = Desk::new(BOARD);
    let (code, out) = desk.generate(&[]);
    assert_eq!(code, Some(0), "{out}");
    assert!(out.starts_with("TODO List -> out\n"), "{out}");
    assert_eq!(desk.files("out"), texts(&delivered(BOARD)));
    let (code, out) = desk.generate(&[]);
    assert_eq!((code, out.as_str()), (Some(0), "TODO List -> out\nEverything is up to date.\n"));
}

#[test]
fn files_of_another_system_make_no_difference() {
    for begin in ["", "\u{feff}"] {
        let desk = Desk::new(&(begin.to_owned() + &BOARD.replace('\n', "\r\n")));
        assert_eq!(desk.generate(&[]).0, Some(0));
        assert_eq!(desk.files("out"), texts(&delivered(BOARD)));
    }
}

#[test]
fn empty_lines_at_the_end_stay_as_they_are() {
    for text in [format!("{BOARD}\n"), format!("{BOARD}\n\n"), BOARD.trim_end().to_owned()] {
        let desk = Desk::new(&text);
        assert_eq!(desk.generate(&[]).0, Some(0));
        let whole = if text.ends_with('\n') { text } else { text + "\n" };
        assert_eq!(desk.read("out/Eventstorming.emd"), whole);
    }
}

#[test]
fn what_stands_in_the_way_is_named() {
    let desk = Desk::new(BOARD);
    desk.generate(&[]);
    // A folder where a file should be, and a file where a folder should be: nothing is written, not even by force.
    fs::remove_file(desk.path(&format!("out/{FILE}"))).expect("removed");
    fs::remove_dir_all(desk.path("out/avro")).expect("removed");
    desk.write(&format!("out/{FILE}/mine"), "mine");
    desk.write("out/avro", "mine");
    let before = desk.files("out");
    for force in [&[][..], &["--force"]] {
        let (code, out) = desk.generate(force);
        assert_eq!(code, Some(1), "{out}");
        assert!(out.contains(&format!("conflict  {FILE}  (there is a folder)")), "{out}");
        assert!(out.contains("avro/TodoAdded.avsc  (there is a file where its folder should be)"), "{out}");
        assert!(out.contains("has to be moved away first") && !out.contains("--force"), "{out}");
        assert_eq!(desk.files("out"), before);
    }
    // Nobody knows whose the files are where the manifest cannot be read.
    desk.write("out/.squall/manifest.json", "{");
    let output = desk.squall(&["model.emd", "-t", "specs", "-o", "out", "--force"]);
    assert_eq!(output.status.code(), Some(2), "{output:?}");
    assert!(String::from_utf8_lossy(&output.stderr).contains("manifest.json: it is damaged"), "{output:?}");
}

#[test]
fn a_model_with_errors_generates_nothing_and_says_where_they_are() {
    let desk = Desk::new("# TODO List\nAdd Todo -> // description\nAdded\n");
    let output = desk.squall(&["model.emd", "-t", "specs", "-o", "out"]);
    let told = String::from_utf8(output.stderr).expect("UTF-8");
    assert_eq!(output.status.code(), Some(1));
    assert!(told.contains("model.emd:3:1") && told.contains("nothing was generated"), "{told}");
    assert!(!desk.path("out").exists());
}

#[test]
fn a_rehearsal_writes_nothing() {
    let desk = Desk::new(BOARD);
    let (code, out) = desk.generate(&["--dry-run", "--zip", "out.zip"]);
    assert_eq!(code, Some(0), "{out}");
    assert!(out.contains(&format!("create    {FILE}")) && out.contains("Nothing was written"), "{out}");
    assert!(!desk.path("out").exists() && !desk.path("out.zip").exists());
}

#[test]
fn what_was_edited_is_shown_and_left_alone() {
    let desk = Desk::new(BOARD);
    desk.generate(&[]);
    let edited = desk.read(&format!("out/{FILE}")).replace("\"openapi\"", "\"x-mine\": true,\n  \"openapi\"");
    desk.write(&format!("out/{FILE}"), &edited);
    let before = desk.files("out");
    // As long as the generator has nothing new for it, it stays quietly.
    let (code, out) = desk.generate(&[]);
    assert_eq!(code, Some(0), "{out}");
    assert!(out.contains(&format!("edited    {FILE}")), "{out}");
    desk.append("model.emd", MORE);
    let (code, out) = desk.generate(&[]);
    assert_eq!(code, Some(1), "{out}");
    assert!(out.contains(&format!("conflict  {FILE}")), "{out}");
    assert!(out.contains("-  \"x-mine\": true,\n") && out.contains("Nothing was written"), "{out}");
    assert_eq!(desk.files("out"), before);
}

#[test]
fn both_changes_together_lie_beside_what_was_edited() {
    let desk = Desk::new(BOARD);
    desk.generate(&[]);
    let edited = desk.read(&format!("out/{FILE}")).replace("\"openapi\"", "\"x-mine\": true,\n  \"openapi\"");
    desk.write(&format!("out/{FILE}"), &edited);
    desk.append("model.emd", MORE);
    let (code, out) = desk.generate(&["--three-way"]);
    assert_eq!(code, Some(0), "{out}");
    assert_eq!(desk.read(&format!("out/{FILE}")), edited);
    let both = desk.read(&format!("out/{FILE}.new"));
    assert!(both.contains("\"x-mine\"") && both.contains("StarTodo") && !both.contains("<<<<"), "{both}");
    // Taken over, it is an edit that the generator has nothing against.
    fs::rename(desk.path(&format!("out/{FILE}.new")), desk.path(&format!("out/{FILE}"))).expect("renamed");
    assert_eq!(desk.generate(&[]).0, Some(0));
}

#[test]
fn what_lies_beside_a_file_is_taken_over_before_anything_new_is() {
    let desk = Desk::new(BOARD);
    desk.generate(&[]);
    let edited = desk.read(&format!("out/{FILE}")).replace("\"openapi\"", "\"x-mine\": true,\n  \"openapi\"");
    desk.write(&format!("out/{FILE}"), &edited);
    desk.append("model.emd", MORE);
    assert_eq!(desk.generate(&["--three-way"]).0, Some(0));
    let both = desk.read(&format!("out/{FILE}.new"));
    desk.write(&format!("out/{FILE}.new"), &(both.clone() + "half done"));
    let before = desk.files("out");
    desk.append("model.emd", "Drop Todo -> // todoId\nTodo Dropped // todoId\n");
    for arguments in [&["--three-way"][..], &["--three-way", "--dry-run"]] {
        let (code, out) = desk.generate(arguments);
        assert_eq!(code, Some(1), "{out}");
        assert!(out.contains(&format!("{FILE}.new still lies there from an earlier --three-way")), "{out}");
        assert_eq!(desk.files("out"), before);
    }
    desk.write(&format!("out/{FILE}"), &both);
    fs::remove_file(desk.path(&format!("out/{FILE}.new"))).expect("removed");
    assert_eq!(desk.generate(&["--three-way"]).0, Some(0));
    let all = desk.read(&format!("out/{FILE}.new"));
    assert!(["x-mine", "StarTodo", "DropTodo"].iter().all(|one| all.contains(one)), "{all}");
}

#[test]
fn by_force_the_generator_counts() {
    let desk = Desk::new(BOARD);
    desk.generate(&[]);
    desk.write(&format!("out/{FILE}"), "mine");
    desk.append("model.emd", MORE);
    assert_eq!(desk.generate(&["--force"]).0, Some(0));
    assert_eq!(desk.files("out"), texts(&delivered(&(BOARD.to_owned() + MORE))));
}

#[test]
fn changes_that_break_stored_events_want_to_be_accepted() {
    let desk = Desk::new(BOARD);
    desk.generate(&[]);
    let before = desk.files("out");
    let retold = BOARD.replace("description", "text");
    desk.write("model.emd", &retold);
    let (code, out) = desk.generate(&[]);
    assert_eq!(code, Some(1), "{out}");
    assert!(out.contains("breaking  TodoAdded") && out.contains("--accept-breaking"), "{out}");
    assert_eq!(desk.files("out"), before);
    assert_eq!(desk.generate(&["--accept-breaking"]).0, Some(0));
    assert_eq!(desk.files("out"), texts(&delivered(&retold)));
    // What is added is told, and breaks nobody.
    desk.append("model.emd", MORE);
    let (code, out) = desk.generate(&[]);
    assert_eq!(code, Some(0), "{out}");
    assert!(out.contains("fine      TodoStarred is new."), "{out}");
}

#[test]
fn what_is_no_longer_generated_goes_with_its_folder() {
    let desk = Desk::new(&(BOARD.to_owned() + MORE));
    desk.generate(&[]);
    desk.write("model.emd", BOARD);
    assert_eq!(desk.generate(&["--accept-breaking"]).0, Some(0));
    assert_eq!(desk.files("out"), texts(&delivered(BOARD)));
}

#[test]
fn a_folder_with_other_files_keeps_them() {
    let desk = Desk::new(BOARD);
    desk.write(&format!("out/{FILE}"), "mine");
    desk.write("out/notes.txt", "mine");
    let (code, out) = desk.generate(&[]);
    assert_eq!(code, Some(1), "{out}");
    assert!(out.contains(&format!("conflict  {FILE}  (was there before)")), "{out}");
    let mut wanted = texts(&delivered(BOARD));
    wanted.insert(FILE.to_owned(), "mine".to_owned());
    wanted.insert("notes.txt".to_owned(), "mine".to_owned());
    assert_eq!(desk.files("out"), wanted);
}

#[test]
fn another_target_wants_another_folder() {
    let desk = Desk::new(BOARD);
    desk.generate(&[]);
    let output = desk.squall(&["model.emd", "-t", "node", "-o", "out"]);
    assert_eq!(output.status.code(), Some(2), "{output:?}");
}

#[test]
fn a_manifest_that_names_files_elsewhere_is_refused() {
    let desk = Desk::new(BOARD);
    desk.generate(&[]);
    let manifest = desk.read("out/.squall/manifest.json").replace(&format!("\"{FILE}\""), "\"../model.emd\"");
    desk.write("out/.squall/manifest.json", &manifest);
    let output = desk.squall(&["model.emd", "-t", "specs", "-o", "out", "--force"]);
    assert_eq!(output.status.code(), Some(2), "{output:?}");
    assert_eq!(desk.read("model.emd"), BOARD);
}

#[cfg(unix)]
#[test]
fn nothing_is_written_through_links() {
    use std::os::unix::fs::symlink;
    let desk = Desk::new(BOARD);
    desk.write("elsewhere/file", "mine");
    fs::create_dir_all(desk.path("out")).expect("a folder");
    symlink(desk.path("elsewhere"), desk.path("out/avro")).expect("a link");
    symlink(desk.path("elsewhere/file"), desk.path(&format!("out/{FILE}"))).expect("a link");
    let (code, out) = desk.generate(&["--force"]);
    assert_eq!(code, Some(0), "{out}");
    assert!(out.contains("(there is a link)") && out.contains("(there is a link on the way to it)"), "{out}");
    assert_eq!(desk.files("elsewhere"), BTreeMap::from([("file".to_owned(), "mine".to_owned())]));
    // Where the generator keeps its own files, a link is no accident.
    fs::remove_dir_all(desk.path("out")).expect("removed");
    fs::create_dir_all(desk.path("out")).expect("a folder");
    symlink(desk.path("elsewhere"), desk.path("out/.squall")).expect("a link");
    assert_eq!(desk.generate(&[]).0, Some(2));
    assert_eq!(desk.files("elsewhere").len(), 1);
}

#[test]
fn a_zip_holds_the_same_as_the_folder() {
    let desk = Desk::new(BOARD);
    assert_eq!(desk.generate(&["--zip", "one.zip"]).0, Some(0));
    let output = desk.squall(&["model.emd", "-t", "specs", "-o", "two.zip"]);
    assert_eq!(output.status.code(), Some(0), "{output:?}");
    let wanted = codegen::zip(&delivered(BOARD)).expect("a zip");
    assert!(fs::read(desk.path("one.zip")).expect("a zip") == wanted);
    assert!(fs::read(desk.path("two.zip")).expect("a zip") == wanted);
}

#[test]
fn a_generation_that_was_killed_is_finished_by_the_next() {
    let desk = Desk::new(BOARD);
    desk.generate(&[]);
    // Killed in the middle of the next one: its state lies there, and half of its files.
    let killed = BOARD.to_owned() + MORE;
    for (path, text) in texts(&delivered(&killed)) {
        match path.strip_prefix(".squall/") {
            Some(own) => desk.write(&format!("out/.squall/next/{own}"), &text),
            None if path < "openapi.json".to_owned() + "x" => desk.write(&format!("out/{path}"), &text),
            None => {}
        }
    }
    let latest = killed + "Drop Todo -> // todoId\nTodo Dropped // todoId\n";
    desk.write("model.emd", &latest);
    let (code, out) = desk.generate(&[]);
    assert_eq!(code, Some(0), "{out}");
    assert_eq!(desk.files("out"), texts(&delivered(&latest)));
}

#[test]
fn a_folder_that_somebody_else_generates_into_is_left_alone() {
    let desk = Desk::new(BOARD);
    desk.write("out/.squall/lock", "");
    let other = fs::File::open(desk.path("out/.squall/lock")).expect("a file");
    other.lock().expect("a lock");
    let output = desk.squall(&["model.emd", "-t", "specs", "-o", "out"]);
    assert_eq!(output.status.code(), Some(2), "{output:?}");
    assert!(String::from_utf8_lossy(&output.stderr).contains("another squall is generating into out"));
    assert_eq!(desk.files("out").len(), 1);
    // Killed, it holds nothing any more, and what it left is tidied away.
    drop(other);
    assert_eq!(desk.generate(&[]).0, Some(0));
    assert_eq!(desk.files("out"), texts(&delivered(BOARD)));
}

#[test]
fn of_many_at_once_each_generates_whole_or_not_at_all() {
    let desk = Desk::new(BOARD);
    let codes: Vec<_> = std::thread::scope(|scope| {
        let run = || desk.squall(&["model.emd", "-t", "specs", "-o", "out"]).status.code();
        let all: Vec<_> = (0..8).map(|_| scope.spawn(run)).collect();
        all.into_iter().map(|one| one.join().expect("it ran")).collect()
    });
    assert!(codes.contains(&Some(0)) && codes.iter().all(|code| matches!(code, Some(0 | 2))), "{codes:?}");
    assert_eq!(desk.files("out"), texts(&delivered(BOARD)));
}

#[test]
fn a_generation_that_comes_to_nothing_leaves_nothing() {
    let desk = Desk::new(BOARD);
    desk.write("out.txt", "mine");
    assert_eq!(desk.squall(&["model.emd", "-t", "specs", "-o", "out.txt"]).status.code(), Some(2));
    assert_eq!(desk.squall(&["model.emd", "-t", "specs", "-o", "out.txt/below"]).status.code(), Some(2));
    assert_eq!(desk.files("").keys().collect::<Vec<_>>(), ["model.emd", "out.txt"]);
}

#[test]
fn eml_is_generated_from_too() {
    let desk = Desk::new(BOARD);
    let eml = Command::new(env!("CARGO_BIN_EXE_squall"))
        .args(["convert", "model.emd", "-o", "model.eml.yaml"])
        .current_dir(desk.folder.path())
        .output()
        .expect("squall runs");
    assert_eq!(eml.status.code(), Some(0), "{eml:?}");
    let output = desk.squall(&["model.eml.yaml", "-t", "specs", "-o", "out"]);
    assert_eq!(output.status.code(), Some(0), "{output:?}");
    assert!(desk.read(&format!("out/{FILE}")).contains("AddTodo"));
}
