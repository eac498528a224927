//! Boards made of texts.

use board::{Author, Board, Command, PersonId, Replica, Step, layout, plan};
use draw::Theme;

pub fn board(text: &str) -> Board {
    let me = PersonId("ada".into());
    let mut replica = Replica::new(1, me.clone(), || 0);
    let mut count = 0u64;
    let mut draw = || {
        count += 1;
        count.wrapping_mul(0x9e37_79b9_7f4a_7c15)
    };
    let mut run = |command: Command| {
        let mut author = Author { me: &me, now: 0.0, random: &mut draw };
        let plan = plan(replica.board(), &command, &mut author);
        replica.apply(&plan.ops, Step::Untracked);
    };
    run(Command::Introduce { name: "Ada Byron".into(), colour: "#123456".into() });
    run(Command::Replace { text: text.to_owned() });
    replica.board().clone()
}

pub fn svg(text: &str, theme: Theme) -> String {
    let board = board(text);
    draw::svg(&board, &layout::layout(&board), theme)
}
