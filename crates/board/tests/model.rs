//! A seeded model of a few people on one board: random commands, random delivery, offline spells.
//!
//! `BOARD_RUNS=20000 cargo test -p board --test model` runs more; `BOARD_SEED=n` runs one. Seeds that fail are
//! printed; kept in `tests/data/seeds.txt`, they are run first for ever.

mod common;
use board::layout::{Layout, layout};
use board::{At, Change, Command, Edge, LineId, Op, Point, Replica, Step, wire};
use common::Peer;
use emd::Kind;
use std::collections::{BTreeSet, HashMap};

const RUNS: u64 = 400;

const LINES: [&str; 18] = [
    "Todo Added // todoId, text",
    "Add Todo -> // text",
    "Todo List* // todoId",
    "# Board",
    "// a note",
    "// @pivotal",
    "// @chapter Returns",
    "// @lane Warehouse",
    "// @requires Todo Added",
    "// @hotspot Who pays?",
    "// @actor Ann",
    "// @given Todo Added",
    "",
    "",
    "// ^^^^ NoStreamName: words",
    "Naïve 😀 Event",
    "// @policy Whenever Todo Added, Add Todo",
    "x",
];

/// One person, and what the views of the page would know from changes alone.
struct Actor {
    peer: Peer,
    view: HashMap<LineId, String>,
    layout: Layout,
    /// Updates of others that have not arrived yet.
    post: Vec<Vec<u8>>,
    online: bool,
    typed: u32,
    nth: u32,
    /// Letters that this person wrote, be they copies of what others typed (joining and splitting lines copies).
    copied: BTreeSet<char>,
}

impl Actor {
    fn follow(&mut self) {
        for change in self.peer.replica.changes() {
            let text = |id: &LineId| self.peer.board().line(id).unwrap().text.clone();
            match change {
                Change::Added(id) => {
                    let text = text(&id);
                    assert!(self.view.insert(id, text).is_none(), "added twice");
                }
                Change::Removed(id) => assert!(self.view.remove(&id).is_some(), "removed twice"),
                Change::Text(id, splices) => {
                    let shown = self.view.get_mut(&id).expect("a change of a line in view");
                    for splice in splices {
                        *shown = splice.apply(shown).expect("a splice that fits");
                    }
                }
                Change::Moved(_)
                | Change::Placed(_)
                | Change::Held(_)
                | Change::Person(_)
                | Change::Settings
                | Change::Runs(_) => {}
            }
        }
    }

    fn check_view(&self) {
        let board = self.peer.board();
        assert_eq!(self.view.len(), board.order.len());
        for id in &board.order {
            assert_eq!(self.view[id], board.line(id).unwrap().text);
        }
    }

    /// A layout that says it is the board's is.
    fn check_layout(&mut self) {
        let fresh = layout(self.peer.board());
        if self.layout.is_of(self.peer.board()) {
            assert_eq!(self.layout.frames, fresh.frames);
            assert_eq!((&self.layout.order, &self.layout.regions), (&fresh.order, &fresh.regions));
        }
        self.layout = fresh;
    }

    fn check_mirror(&self) {
        let snapshot = self.peer.replica.snapshot();
        let fresh = Replica::open(99, self.peer.me.clone(), || 1, [&snapshot[..]]).unwrap();
        assert_eq!(fresh.board().lines, self.peer.board().lines);
        assert_eq!(fresh.board().order, self.peer.board().order);
        assert_eq!(fresh.board().people, self.peer.board().people);
    }

    /// A letter that nobody else types and that is typed once.
    fn token(&mut self) -> String {
        self.typed += 1;
        String::from(char::from_u32(self.letters().start + self.typed).unwrap())
    }

    /// The letters of this person, in the private use area.
    fn letters(&self) -> std::ops::Range<u32> {
        let start = 0xE000 + self.nth * 0x400;
        start..start + 0x400
    }
}

fn units(text: &str) -> u32 {
    text.encode_utf16().count() as u32
}

/// A random position in a text that is no half of a letter.
fn position(text: &str, random: &mut fastrand::Rng) -> u32 {
    let letters = text.chars().count();
    let take = random.usize(..=letters);
    text.chars().take(take).map(|letter| letter.len_utf16() as u32).sum()
}

fn spliced(text: &str, at: u32, delete: u32, insert: &str) -> String {
    let units: Vec<u16> = text.encode_utf16().collect();
    let (at, end) = (at as usize, (at + delete) as usize);
    let insert: Vec<u16> = insert.encode_utf16().collect();
    String::from_utf16(&[&units[..at], &insert, &units[end..]].concat()).unwrap()
}

fn some_line(actor: &Actor, random: &mut fastrand::Rng) -> Option<LineId> {
    let order = &actor.peer.board().order;
    (!order.is_empty()).then(|| order[random.usize(..order.len())].clone())
}

fn some_lines(actor: &Actor, random: &mut fastrand::Rng) -> Vec<LineId> {
    let count = random.usize(1..4);
    let mut lines: Vec<LineId> = (0..count).filter_map(|_| some_line(actor, random)).collect();
    lines.dedup();
    lines
}

fn some_text(actor: &mut Actor, random: &mut fastrand::Rng) -> String {
    match random.u8(..3) {
        0 => actor.token(),
        1 => LINES[random.usize(..LINES.len())].to_owned(),
        _ => format!("{} {}", LINES[random.usize(..LINES.len())], actor.token()),
    }
}

fn some_block(actor: &mut Actor, random: &mut fastrand::Rng) -> String {
    let count = random.usize(1..5);
    let lines: Vec<String> = (0..count).map(|_| some_text(actor, random)).collect();
    lines.join("\n")
}

fn some_point(random: &mut fastrand::Rng) -> Point {
    Point { x: f64::from(random.i32(-900..900)), y: f64::from(random.i32(-300..300)) }
}

fn some_at(actor: &Actor, random: &mut fastrand::Rng) -> At {
    match (random.u8(..4), some_line(actor, random)) {
        (0, _) | (_, None) => At::Start,
        (1, _) => At::End,
        (2, Some(id)) => At::Before(id),
        (_, Some(id)) => At::After(id),
    }
}

/// A splice as text areas make them: typing, deleting, Enter, cutting and pasting lines.
fn some_splice(actor: &mut Actor, random: &mut fastrand::Rng) -> Command {
    let text = actor.peer.text();
    let (a, b) = (position(&text, random), position(&text, random));
    let (at, end) = match random.u8(..4) {
        0 => (a.min(b), a.max(b)),
        1 => {
            // Whole lines, as cutting takes them.
            let units: Vec<u16> = text.encode_utf16().collect();
            let start = |at: u32| {
                let before = &units[..at as usize];
                before.iter().rposition(|&unit| unit == 10).map_or(0, |at| at as u32 + 1)
            };
            (start(a.min(b)), start(a.max(b)))
        }
        _ => (a, a),
    };
    let insert = match random.u8(..5) {
        0 => String::new(),
        1 => "\n".to_owned(),
        2 => some_block(actor, random),
        3 => format!("{}\n", some_text(actor, random)),
        _ => actor.token(),
    };
    Command::Splice { at, delete: end - at, insert }
}

fn some_command(actor: &mut Actor, random: &mut fastrand::Rng) -> Option<Command> {
    let place = |random: &mut fastrand::Rng| (random.u8(..4) == 0).then(|| some_point(random));
    Some(match random.u8(..28) {
        0..=1 => {
            Command::Add { at: some_at(actor, random), text: some_text(actor, random), place: place(random) }
        }
        2..=5 => {
            let line = some_line(actor, random)?;
            let text = actor.peer.board().line(&line)?.text.clone();
            let at = position(&text, random);
            let delete = units(&text).saturating_sub(at).min(random.u32(..3));
            let insert = if random.bool() { actor.token() } else { "-> *".to_owned() };
            let splices = vec![board::command::Splice { at, delete, insert }];
            Command::Type { line, splices }
        }
        6..=12 => some_splice(actor, random),
        13 => Command::SetKind {
            lines: some_lines(actor, random),
            kind: [Kind::Event, Kind::Command, Kind::Hotspot, Kind::Note, Kind::Lane][random.usize(..5)],
        },
        14..=15 => Command::Drop { lines: some_lines(actor, random), by: some_point(random) },
        16 => Command::Remove { lines: some_lines(actor, random) },
        17 => {
            let gone = actor.peer.board().lines.iter().filter(|(_, line)| line.gone.is_some());
            let mut gone: Vec<&LineId> = gone.map(|(id, _)| id).collect();
            gone.sort();
            let id = (!gone.is_empty()).then(|| gone[random.usize(..gone.len())].clone())?;
            Command::Restore { lines: vec![id] }
        }
        18 => Command::Duplicate { lines: some_lines(actor, random), by: some_point(random) },
        19 => Command::Paste {
            at: some_at(actor, random),
            text: some_block(actor, random),
            place: place(random),
        },
        20 => {
            let mut lines: Vec<String> = actor.peer.board().texts().map(str::to_owned).collect();
            for _ in 0..random.usize(..4) {
                let at = random.usize(..=lines.len());
                lines.insert(at, some_text(actor, random));
            }
            if lines.len() > 2 {
                let (a, b) = (random.usize(..lines.len()), random.usize(..lines.len()));
                lines.swap(a, b);
                lines.remove(random.usize(..lines.len()));
            }
            Command::Replace { text: lines.join("\n") }
        }
        23 => Command::Align {
            lines: some_lines(actor, random),
            edge: [Edge::Left, Edge::Right, Edge::Top, Edge::Bottom][random.usize(..4)],
        },
        24 => match random.bool() {
            true => Command::Group { lines: some_lines(actor, random) },
            false => Command::Ungroup { lines: some_lines(actor, random) },
        },
        25 => Command::Lock { lines: some_lines(actor, random), locked: random.bool() },
        26 => Command::SetProperties {
            line: some_line(actor, random)?,
            properties: (0..random.usize(..3)).map(|_| actor.token()).collect(),
        },
        21..=22 => Command::Move { lines: some_lines(actor, random), at: some_at(actor, random) },
        _ => match random.u8(..3) {
            0 => Command::Tidy,
            _ => Command::Introduce { name: actor.peer.me.0.to_string(), colour: "#102030".into() },
        },
    })
}

/// The whole world of a run.
struct World {
    actors: Vec<Actor>,
    random: fastrand::Rng,
    made: BTreeSet<LineId>,
}

impl World {
    fn new(seed: u64, people: usize) -> World {
        let mut random = fastrand::Rng::with_seed(seed);
        let actors = (0..people as u64)
            .map(|nth| {
                let mut peer = Peer::new(nth + 1);
                peer.random = fastrand::Rng::with_seed(random.u64(..));
                Actor {
                    peer,
                    view: HashMap::new(),
                    layout: Layout::default(),
                    post: Vec::new(),
                    online: true,
                    typed: 0,
                    nth: nth as u32,
                    copied: BTreeSet::new(),
                }
            })
            .collect();
        let mut world = World { actors, random, made: BTreeSet::new() };
        let count = world.random.usize(..8);
        let text: Vec<&str> = (0..count).map(|_| LINES[world.random.usize(..LINES.len())]).collect();
        world.act(0, Command::Replace { text: text.join("\n") }, Step::Untracked);
        world
    }

    /// Carries a command out and sends what comes of it to all others.
    fn act(&mut self, who: usize, command: Command, step: Step) {
        let actor = &mut self.actors[who];
        actor.peer.now += 1_000.0;
        let expected = match &command {
            Command::Splice { at, delete, insert } => Some(spliced(&actor.peer.text(), *at, *delete, insert)),
            Command::Replace { text } => Some(text.clone()),
            _ => None,
        };
        let plan = actor.peer.run_as(command.clone(), step);
        for op in &plan.ops {
            match op {
                Op::Create { id, line } => {
                    assert!(self.made.insert(id.clone()), "an id was made twice");
                    actor.copied.extend(line.text.chars());
                }
                Op::Splice { splice, .. } => actor.copied.extend(splice.insert.chars()),
                _ => {}
            }
        }
        if let Some(expected) = expected {
            assert_eq!(actor.peer.text(), expected, "after {command:?}");
        }
        self.send(who);
    }

    fn send(&mut self, who: usize) {
        let actor = &mut self.actors[who];
        actor.follow();
        actor.check_view();
        actor.check_layout();
        for update in actor.peer.replica.outgoing() {
            wire::validate(&update, &wire::Limits::LIVE).expect("an update that every server lets through");
            for (other, actor) in self.actors.iter_mut().enumerate() {
                if other != who {
                    actor.post.push(update.clone());
                    if self.random.u8(..8) == 0 {
                        actor.post.push(update.clone());
                    }
                }
            }
        }
    }

    /// Some of what waits for this person arrives, in any order.
    fn deliver(&mut self, who: usize, all: bool) {
        let actor = &mut self.actors[who];
        let count = if all { actor.post.len() } else { self.random.usize(..=actor.post.len()) };
        for _ in 0..count {
            let update = actor.post.swap_remove(self.random.usize(..actor.post.len()));
            actor.peer.replica.merge(&update).expect("an update of a peer");
        }
        actor.follow();
        actor.check_view();
        actor.check_layout();
    }

    fn step(&mut self) {
        let who = self.random.usize(..self.actors.len());
        match self.random.u8(..20) {
            0 => self.actors[who].online ^= true,
            1..=3 if self.actors[who].online => self.deliver(who, false),
            4 => {
                self.actors[who].peer.replica.undo();
                self.send(who);
            }
            5 => {
                self.actors[who].peer.replica.redo();
                self.send(who);
            }
            _ => {
                let mut random = self.random.fork();
                if let Some(command) = some_command(&mut self.actors[who], &mut random) {
                    let step = if random.u8(..4) == 0 { Step::Extend } else { Step::New };
                    self.act(who, command, step);
                }
            }
        }
    }

    fn settle(&mut self) {
        for who in 0..self.actors.len() {
            self.deliver(who, true);
        }
    }

    /// Everybody has everything, nothing is lost, doubled or invented.
    fn check(&self) {
        let first = &self.actors[0].peer;
        for actor in &self.actors {
            assert_eq!(actor.peer.replica.state_vector().len(), first.replica.state_vector().len());
            assert!(!actor.peer.replica.has_pending());
            assert_eq!(actor.peer.text(), first.text());
            assert_eq!(actor.peer.board().lines, first.board().lines);
            actor.check_mirror();
        }
        let there: BTreeSet<LineId> = first.board().lines.keys().cloned().collect();
        assert_eq!(there, self.made, "records that were made are there, and no others");
        let shown: BTreeSet<&LineId> = first.board().order.iter().collect();
        assert_eq!(shown.len(), first.board().order.len(), "a line exists once");
    }

    /// What only others typed and is in a record now, in the text or not.
    fn typed_by_others(&self, who: usize) -> BTreeSet<char> {
        let actor = &self.actors[who];
        let letters = actor.peer.board().lines.values().flat_map(|line| line.text.chars());
        letters
            .filter(|&letter| ('\u{E000}'..='\u{F8FF}').contains(&letter))
            .filter(|&letter| !actor.copied.contains(&letter))
            .collect()
    }
}

fn together(seed: u64) {
    let people = 2 + (seed % 4) as usize;
    let mut world = World::new(seed, people);
    world.settle();
    for _ in 0..20 + seed % 40 {
        world.step();
    }
    world.settle();
    world.check();
    let who = world.random.usize(..people);
    let before = world.typed_by_others(who);
    while world.actors[who].peer.replica.undo() {}
    let after = world.typed_by_others(who);
    let lost: Vec<&char> = before.difference(&after).collect();
    assert!(lost.is_empty(), "undo took what others typed: {lost:?}");
    world.send(who);
    world.settle();
    world.check();
}

fn alone(seed: u64) {
    let mut world = World::new(seed, 1);
    let before = world.actors[0].peer.text();
    for _ in 0..25 {
        let mut random = world.random.fork();
        if let Some(command) = some_command(&mut world.actors[0], &mut random) {
            world.act(0, command, Step::New);
        }
    }
    let after = world.actors[0].peer.text();
    let replica = &mut world.actors[0].peer.replica;
    while replica.undo() {}
    assert_eq!(replica.board().text(), before, "undone");
    while replica.redo() {}
    assert_eq!(replica.board().text(), after, "redone");
    world.send(0);
    world.check();
}

fn seeds() -> Vec<u64> {
    let number = |name: &str| std::env::var(name).ok().and_then(|text| text.parse::<u64>().ok());
    if let Some(seed) = number("BOARD_SEED") {
        return vec![seed];
    }
    let kept = include_str!("data/seeds.txt").lines().filter_map(|line| line.parse().ok());
    kept.chain(0..number("BOARD_RUNS").unwrap_or(RUNS)).collect()
}

/// Runs all seeds and names those that fail.
fn run(model: fn(u64)) {
    let failed: Vec<u64> =
        seeds().into_iter().filter(|&seed| std::panic::catch_unwind(|| model(seed)).is_err()).collect();
    assert!(failed.is_empty(), "seeds that fail (keep them in tests/data/seeds.txt): {failed:?}");
}

#[test]
fn people_who_have_the_same_updates_have_the_same_board_and_undo_takes_nobody_elses_text() {
    run(together);
}

#[test]
fn undoing_all_steps_alone_leads_back_to_the_earlier_text_and_redoing_forth() {
    run(alone);
}
