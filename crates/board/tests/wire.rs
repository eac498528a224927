//! What the validator lets through and what it stops, and that nothing it lets through hurts the document.

use board::awareness;
use board::wire::lib0::{write_bytes, write_uint};
use board::wire::{self, CloseCode, FrameError, Hello, Limits, Message, Role};
use board::{Author, Command, PersonId, Replica, Step, plan};

fn uint(number: u64) -> Vec<u8> {
    let mut out = Vec::new();
    write_uint(&mut out, number);
    out
}

fn frame(step: u8, body: &[u8]) -> Vec<u8> {
    let mut out = vec![0, step];
    write_bytes(&mut out, body);
    out
}

fn update(body: impl AsRef<[u8]>) -> Vec<u8> {
    frame(2, body.as_ref())
}

fn presence(body: impl AsRef<[u8]>) -> Vec<u8> {
    let mut out = vec![1];
    write_bytes(&mut out, body.as_ref());
    out
}

/// One block of client 1 at clock 0 in the root `a`, with this content, and no deletions.
fn block(info: u8, content: &[u8]) -> Vec<u8> {
    let mut out = vec![1, 1, 1, 0, info, 1, 1, b'a'];
    out.extend(content);
    out.push(0);
    update(out)
}

fn value(bytes: &[u8]) -> Vec<u8> {
    let mut content = vec![1];
    content.extend(bytes);
    block(8, &content)
}

fn nested(tag: u8, depth: usize) -> Vec<u8> {
    let mut out = Vec::new();
    for _ in 0..depth {
        out.extend([tag, 1]);
        if tag == 118 {
            out.push(0);
        }
    }
    out.push(126);
    out
}

fn state(json: &str) -> Vec<u8> {
    let mut body = vec![1, 1, 1];
    write_bytes(&mut body, json.as_bytes());
    presence(body)
}

/// Half a billion, in five bytes.
const HUGE: [u8; 5] = [0xff, 0xff, 0xff, 0xff, 1];

fn hostile() -> Vec<(&'static str, Vec<u8>, FrameError)> {
    use FrameError::*;
    let long_name = vec![b'n'; 2_000];
    let mut many_presences = uint(2_001);
    (0..2_001u64).for_each(|client| {
        many_presences.extend(uint(client));
        many_presences.extend([1, 4]);
        many_presences.extend(b"null");
    });
    let many_blocks = [uint(1), uint(20_001), vec![1, 0], [0, 1].repeat(20_001), vec![0]].concat();
    let many_values = [vec![1, 1, 1, 0, 8, 1, 1, b'a'], uint(20_001), vec![126; 20_001], vec![0]].concat();
    let many_clients = [uint(1_001), (0..1_001).flat_map(|c| [uint(c), vec![1]].concat()).collect()].concat();
    let long_root = [&[1, 1, 1, 0, 4, 1][..], &uint(2_000), &long_name, &[1, b'x', 0]].concat();
    let long_blob = [uint(70_000), vec![0; 70_000]].concat();
    vec![
        // The frames that kill or bloat yrs.
        ("arrays nested 8,000 deep", value(&nested(117, 8_000)), Nesting),
        ("objects nested 8,000 deep", value(&nested(118, 8_000)), Nesting),
        ("arrays nested 65 deep", value(&nested(117, 65)), Nesting),
        ("a state vector of half a billion", frame(0, &HUGE), Count),
        ("an update of half a billion clients", update(HUGE), Count),
        ("presence of half a billion", presence(HUGE), Count),
        // Frames.
        ("nothing", vec![], Short),
        ("an unknown type", vec![9], Type(9)),
        ("an unknown step", vec![0, 3, 0], Type(3)),
        ("an unknown answer to who one is", vec![2, 1, 0], Type(1)),
        ("a type without its body", vec![0, 2], Short),
        ("a body that is shorter than it says", vec![0, 2, 9, 0, 0], Count),
        ("a body of half a billion bytes", [&[0, 2][..], &HUGE].concat(), Count),
        ("a number that goes on for ever", vec![0xff; 20], Number),
        ("a number spelt too long", vec![0x80, 0], Number),
        ("65 messages in one frame", vec![3; 65], Budget),
        ("more than a megabyte", vec![0; (1 << 20) + 1], TooBig),
        // Updates.
        ("no update at all", update([]), Short),
        ("an update without deletions", update([0]), Short),
        ("bytes after the update", update([0, 0, 0]), Trailing),
        ("half a billion blocks", update([&[1][..], &HUGE, &[1, 0, 0, 0]].concat()), Count),
        ("half a billion deletions", update([&[0][..], &HUGE].concat()), Count),
        ("half a billion deleted ranges", update([&[0, 1, 1][..], &HUGE].concat()), Count),
        ("a client twice", update([2, 1, 1, 0, 0, 1, 1, 1, 1, 0, 1, 0]), Twice),
        ("deletions of a client twice", update([0, 2, 1, 1, 0, 1, 1, 1, 0, 1]), Twice),
        ("a client beyond 53 bits", update([&[1, 1][..], &[0xff; 7], &[0x7f, 0, 0, 1, 0]].concat()), Number),
        (
            "a clock beyond what yrs counts",
            update([&[1, 1, 1][..], &uint(1 << 31), &[0, 1, 0]].concat()),
            Number,
        ),
        (
            "clocks that add up to more",
            update([&[1, 2, 1, 0, 0][..], &uint((1 << 31) - 1), &[0, 1, 0]].concat()),
            Number,
        ),
        (
            "a deleted range that ends beyond it",
            update([&[0, 1, 1, 1][..], &uint((1 << 31) - 1), &[1]].concat()),
            Number,
        ),
        ("a collected block of no length", update([1, 1, 1, 0, 0, 0, 0]), Empty),
        ("a skipped block of no length", update([1, 1, 1, 0, 10, 0, 0]), Empty),
        ("a deleted block of no length", block(1, &[0]), Empty),
        ("a deleted range of no length", update([0, 1, 1, 1, 0, 0]), Empty),
        ("a text of no length", block(4, &[0]), Empty),
        ("values, but none", block(8, &[0]), Empty),
        ("a text that is not UTF-8", block(4, &[2, 0xc3, 0x28]), Utf8),
        ("a key that is not UTF-8", block(0x24, &[1, 0xff, 1, b'x']), Utf8),
        ("half a billion values", block(8, &HUGE), Count),
        ("an array of half a billion", value(&[&[117][..], &HUGE].concat()), Count),
        ("an object of half a billion", value(&[&[118][..], &HUGE].concat()), Count),
        ("a value of an unknown kind", value(&[7]), Content(7)),
        ("a text of half a billion", block(4, &HUGE), Count),
        ("half a number", value(&[123, 0, 0]), Short),
        ("an integer that goes on for ever", value(&[&[125][..], &[0xff; 12]].concat()), Number),
        ("old JSON", block(2, &[1, 1, b'1']), Content(2)),
        ("an embed", block(5, &[2, b'{', b'}']), Content(5)),
        ("a format", block(6, &[1, b'b', 1, b'1']), Content(6)),
        ("a subdocument", block(9, &[1, b'd', 127]), Content(9)),
        ("content of kind 15", block(15, &[]), Content(15)),
        ("content of kind 31", block(31, &[]), Content(31)),
        ("an XML element", block(7, &[3, 1, b'p']), Content(7)),
        ("a weak link", block(7, &[7, 0]), Content(7)),
        ("a parent that is neither name nor id", update([1, 1, 1, 0, 4, 2, 1, b'a', 1, b'x', 0]), Number),
        ("a root with a name of 2 kB", update(long_root), Budget),
        ("a binary value of 70 kB", block(3, &long_blob), Budget),
        ("20,001 blocks", update(many_blocks), Budget),
        ("20,001 values", update(many_values), Budget),
        // State vectors and presence.
        ("a state vector of 1,001 clients", frame(0, &many_clients), Budget),
        ("a state vector that ends early", frame(0, &[1, 1]), Count),
        ("bytes after the state vector", frame(0, &[0, 0]), Trailing),
        ("presence of 2,001", presence(many_presences), Budget),
        ("presence that is no JSON", state("{name:1}"), Json),
        ("presence that ends early", state("{\"a\":[1,2"), Json),
        ("presence with something behind it", state("{} {}"), Json),
        ("presence with a raw newline in a string", state("\"\n\""), Json),
        ("presence with half an escape", state("\"\\u12\""), Json),
        ("presence nested 17 deep", state(&format!("{}{}", "[".repeat(17), "]".repeat(17))), Nesting),
        ("presence nested 2,000 deep", state(&"[".repeat(2_000)), Nesting),
        ("presence of 5 kB", state(&format!("\"{}\"", "x".repeat(5_000))), Budget),
    ]
}

#[test]
fn hostile_frames_are_stopped_each_for_its_reason() {
    let frames = hostile();
    assert!(frames.len() >= 60);
    for (name, bytes, reason) in frames {
        assert_eq!(wire::decode(&bytes, &Limits::LIVE), Err(reason), "{name}");
    }
}

fn messages() -> Vec<Message> {
    vec![
        Message::Step1(vec![0]),
        Message::Step2(vec![0, 0]),
        Message::Update(vec![0, 0]),
        Message::Awareness(awareness::write(&[])),
        Message::Denied("no".into()),
        Message::QueryAwareness,
        Message::Hello(Hello { person: "p".into(), role: Role::Edit, now: 1.5e12, format: 1 }),
        Message::Saved(1 << 40),
        Message::Refused { code: "disk-full".into(), message: "Später".into() },
    ]
}

#[test]
fn every_message_reads_back_alone_and_together() {
    let all = messages();
    for message in &all {
        assert_eq!(wire::decode(&wire::encode(message), &Limits::LIVE), Ok(vec![message.clone()]));
    }
    let together: Vec<u8> = all.iter().flat_map(wire::encode).collect();
    assert_eq!(wire::decode(&together, &Limits::LIVE), Ok(all));
}

#[test]
fn the_empty_answer_is_what_yjs_writes() {
    assert_eq!(wire::encode(&Message::Step2(vec![0, 0])), [0, 1, 2, 0, 0]);
}

#[test]
fn close_codes_read_back_and_differ() {
    for code in CloseCode::ALL {
        assert_eq!(CloseCode::from_code(code.code()), Some(code));
    }
    let names: std::collections::BTreeSet<_> = CloseCode::ALL.iter().map(|code| code.name()).collect();
    assert_eq!(names.len(), CloseCode::ALL.len());
}

fn replica(client: u64) -> Replica {
    Replica::new(client, PersonId("p".into()), || 0)
}

/// What a person's session puts on the wire: lines, typing, moving, deleting, whole boards.
fn session(random: &mut fastrand::Rng) -> (Replica, Vec<Vec<u8>>) {
    let me = PersonId("p".into());
    let mut board = replica(7);
    let mut frames = Vec::new();
    let text = "# One\nAdd Item -> // id\nItem Added // id, name\nItems* // id\n// @hotspot Why? 🎉";
    for step in 0..12 {
        let lines = board.board().order.clone();
        let some = lines.get(random.usize(..lines.len().max(1))).cloned();
        let command = match (step, some) {
            (0, _) | (_, None) => Command::Replace { text: text.to_owned() },
            (1 | 5, Some(line)) => Command::Remove { lines: vec![line] },
            (2 | 6, Some(line)) => {
                Command::Drop { lines: vec![line], by: board::Point { x: 300.5, y: -70.25 } }
            }
            (3, _) => Command::Introduce { name: "Ann".into(), colour: "#ff0000".into() },
            (_, _) => Command::Splice { at: random.u32(..10), delete: 2, insert: "Ä🎉\nb".into() },
        };
        let mut draw = || random.u64(..);
        let mut author = Author { me: &me, now: 5.0, random: &mut draw };
        let plan = plan(board.board(), &command, &mut author);
        board.apply(&plan.ops, Step::New);
        frames.extend(board.outgoing());
    }
    frames.push(board.snapshot());
    (board, frames)
}

#[test]
fn what_people_do_passes_the_validator() {
    let mut random = fastrand::Rng::with_seed(1);
    for _ in 0..20 {
        let (board, updates) = session(&mut random);
        for update in updates {
            wire::validate(&update, &Limits::LIVE).unwrap();
        }
        wire::decode(&wire::encode(&Message::Step1(board.state_vector())), &Limits::LIVE).unwrap();
    }
}

/// `SQUALL_MUTATIONS` sets how many. Memory is looked at where the system tells.
#[test]
fn what_the_validator_lets_through_does_not_hurt_the_document() {
    let runs = std::env::var("SQUALL_MUTATIONS").map_or(20_000, |value| value.parse().unwrap());
    let seed = 20_26;
    let mut random = fastrand::Rng::with_seed(seed);
    let (_, updates) = session(&mut random);
    let base = updates.last().unwrap().clone();
    let before = memory();
    let mut passed = 0;
    let mut document = replica(9);
    document.merge(&base).unwrap();
    for run in 0..runs {
        let mut update = updates[random.usize(..updates.len())].clone();
        for _ in 0..random.usize(1..4) {
            mutate(&mut update, &mut random);
        }
        if wire::validate(&update, &Limits::LIVE).is_err() {
            continue;
        }
        passed += 1;
        if run % 50 == 0 {
            document = replica(9);
            document.merge(&base).unwrap();
        }
        // Refusing is fine; panics, aborts and endless memory are not.
        let _ = document.merge(&update);
        if run % 10 == 0 {
            let _ = document.settled_since(&[0]);
            let _ = document.board().text();
        }
    }
    assert!(passed > runs / 100, "the mutations are too wild: {passed} of {runs} passed (seed {seed})");
    let grown = memory().saturating_sub(before);
    assert!(grown < 200_000, "{grown} kB more at the peak (seed {seed})");
}

fn mutate(bytes: &mut Vec<u8>, random: &mut fastrand::Rng) {
    if bytes.is_empty() {
        return bytes.push(random.u8(..));
    }
    let at = random.usize(..bytes.len());
    match random.u8(..6) {
        0 => bytes[at] ^= 1 << random.u8(..8),
        1 => bytes[at] = random.u8(..),
        2 => bytes[at] = bytes[at].wrapping_add(1),
        3 => bytes.insert(at, random.u8(..)),
        4 => {
            bytes.remove(at);
        }
        _ => {
            let from = random.usize(..bytes.len());
            bytes[at] = bytes[from];
        }
    }
}

/// The most memory this process has used, in kB; 0 where the system does not tell.
fn memory() -> usize {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let peak = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    peak.and_then(|peak| peak.split_whitespace().next()?.parse().ok()).unwrap_or(0)
}
