use super::*;
use board::{Author, PersonId, Replica, Step};

/// A board with this text; `^` marks the ends of the selection.
struct Table {
    replica: Replica,
    selection: (u32, u32),
    seed: u64,
}

impl Table {
    fn of(marked: &str) -> Table {
        let text = marked.replace('^', "");
        let start = marked.find('^').unwrap_or(0) as u32;
        let end = marked.rfind('^').map_or(start, |at| (at as u32).max(start + 1) - 1);
        let end = if marked.matches('^').count() < 2 { start } else { end };
        let mut table =
            Table { replica: Replica::new(1, PersonId::default(), || 0), selection: (start, end), seed: 7 };
        table.run(Command::Splice { at: 0, delete: 0, insert: text });
        table
    }

    fn run(&mut self, command: Command) {
        let seed = &mut self.seed;
        let mut random = || {
            *seed = seed.wrapping_mul(6364136223846793005).wrapping_add(1442695040888963407);
            *seed
        };
        let me = PersonId::default();
        let mut author = Author { me: &me, now: 1.0e6, random: &mut random };
        let plan = board::plan(self.replica.board(), &command, &mut author);
        self.replica.apply(&plan.ops, Step::New);
    }

    fn shown(&self) -> Shown {
        Shown::read(self.replica.board())
    }

    fn does(&mut self, deed: impl Fn(&Desk<'_>) -> Option<Deed>) -> (String, Option<Caret>) {
        let shown = self.shown();
        let (start, end) = self.selection;
        let deed = deed(&Desk { board: self.replica.board(), shown: &shown, start, end });
        let caret = deed.as_ref().map(|deed| deed.caret);
        for command in deed.map(|deed| deed.commands).unwrap_or_default() {
            self.run(command);
        }
        (self.replica.board().text(), caret)
    }

    fn id(&self, text: &str) -> Option<LineId> {
        self.shown().rows.iter().find(|row| &*row.text == text).map(|row| row.id.clone())
    }
}

#[test]
fn a_line_moves_past_its_neighbour_and_stays_itself() {
    let mut table = Table::of("# T\nTodo ^Added\nTodo Done");
    let before = table.id("Todo Added");
    assert_eq!(table.does(|desk| desk.move_lines(Way::Down)).0, "# T\nTodo Done\nTodo Added");
    assert_eq!(table.id("Todo Added"), before);
}

#[test]
fn a_sticky_takes_its_annotations_along_and_leaves_others_theirs() {
    let text = "Todo ^Added\n// @pivotal\nTodo Done\n// @hashed b\nLast One";
    let mut table = Table::of(text);
    let moved = "Todo Done\n// @hashed b\nTodo Added\n// @pivotal\nLast One";
    assert_eq!(table.does(|desk| desk.move_lines(Way::Down)).0, moved);
    let mut table = Table::of("Todo Added\n// @pivotal\nTodo ^Done\n// @hashed b\nLast One");
    assert_eq!(table.does(|desk| desk.move_lines(Way::Up)).0, moved);
}

#[test]
fn an_annotation_moves_by_itself() {
    let mut table = Table::of("Todo Added\n// @piv^otal\nTodo Done");
    assert_eq!(table.does(|desk| desk.move_lines(Way::Down)).0, "Todo Added\nTodo Done\n// @pivotal");
}

#[test]
fn nothing_moves_beyond_the_ends() {
    let mut table = Table::of("^Todo Added\nTodo Done");
    assert_eq!(table.does(|desk| desk.move_lines(Way::Up)).1, None);
    let mut table = Table::of("Todo Added\nTodo^ Done");
    assert_eq!(table.does(|desk| desk.move_lines(Way::Down)).1, None);
}

#[test]
fn a_copy_stands_below_and_the_caret_goes_where_the_key_points() {
    let mut table = Table::of("One ^Done\nTwo^ Done\nThree");
    let copied = "One Done\nTwo Done\nOne Done\nTwo Done\nThree";
    assert_eq!(table.does(|desk| desk.copy_lines(Way::Down)), (copied.into(), Some(Caret::At(22, 30))));
    let mut table = Table::of("One ^Done\nTwo^ Done\nThree");
    assert_eq!(table.does(|desk| desk.copy_lines(Way::Up)), (copied.into(), Some(Caret::At(4, 12))));
}

#[test]
fn deleted_lines_leave_the_caret_in_its_column() {
    let mut table = Table::of("One Done\nTwo ^Done\nThree Done");
    assert_eq!(
        table.does(|desk| desk.delete_lines()),
        ("One Done\nThree Done".into(), Some(Caret::At(13, 13)))
    );
    let mut table = Table::of("One Done\nTwo^ Done");
    assert_eq!(table.does(|desk| desk.delete_lines()), ("One Done".into(), Some(Caret::At(3, 3))));
}

#[test]
fn a_new_line_opens_below_from_the_middle_of_a_line() {
    let mut table = Table::of("One ^Done\nTwo Done");
    let ids = (table.id("One Done"), table.id("Two Done"));
    let opened = table.does(|desk| desk.open_line(Way::Down));
    assert_eq!(opened, ("One Done\n\nTwo Done".into(), Some(Caret::At(9, 9))));
    assert_eq!((table.id("One Done"), table.id("Two Done")), ids);
}

#[test]
fn indentation_never_changes_what_a_line_means() {
    let mut table = Table::of("^Todo Added\n\n// @policy Whenever A, B\nTodo Done\nLast^");
    let ids: Vec<LineId> = table.shown().rows.into_iter().map(|row| row.id).collect();
    let indented = "  Todo Added\n\n// @policy Whenever A, B\n  Todo Done\n  Last";
    assert_eq!(table.does(|desk| desk.indent()).0, indented);
    assert_eq!(table.shown().rows.into_iter().map(|row| row.id).collect::<Vec<_>>(), ids);
    assert_eq!(
        table.does(|desk| desk.outdent()).0,
        "Todo Added\n\n// @policy Whenever A, B\nTodo Done\n  Last"
    );
}

#[test]
fn comments_come_and_go_and_give_every_byte_back() {
    let text = "^Todo Added // a\n\n// @policy Whenever A, B\n// a note^";
    let plain = text.replace('^', "");
    let mut table = Table::of(text);
    let commented = "// Todo Added // a\n\n// // @policy Whenever A, B\n// // a note";
    assert_eq!(table.does(|desk| desk.comment()).0, commented);
    table.selection.1 = commented.len() as u32;
    assert_eq!(table.does(|desk| desk.comment()).0, plain);
}

#[test]
fn home_goes_to_the_first_word_and_then_to_the_start() {
    let mut table = Table::of("  Todo Added");
    table.selection = (6, 6);
    let shown = table.shown();
    let desk = Desk { board: table.replica.board(), shown: &shown, start: 6, end: 6 };
    assert_eq!((desk.home(6), desk.home(2), desk.home(0)), (Some(2), Some(0), Some(2)));
}
