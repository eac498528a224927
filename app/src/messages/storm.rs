//! The words of storms: a crowd that nobody has to invite.

pub const STORM: &str = "A crowd";
pub const OPEN: &str = "Let a crowd play";
pub const HELP: &str = "Made-up people play your model, thousands of steps at once. You see what gets busy, what is refused, and what nobody ever manages. Your run stays as it is until you keep what they did.";
pub const PEOPLE: &str = "People";
pub const COMMANDS: &str = "Things they do";
pub const SPEED: &str = "Speed";
pub const MISTAKES: &str = "Careless";
pub const MISTAKES_HELP: &str = "Of a hundred things, how many are done carelessly: with something missing, twice, or at the wrong moment.";
pub const MIX: &str = "What they like to do";
pub const MIX_HELP: &str = "How often each thing is done, beside the others.";
pub const START: &str = "Start";
pub const AGAIN: &str = "Another crowd";
pub const CANCEL: &str = "Stop";
pub const CLOSE: &str = "Close the crowd";
pub const KEEP: &str = "Keep what they did";
pub const KEEP_HELP: &str = "Takes all of it into the run that you look at.";
pub const KEPT: &str = "What the crowd did is now part of the run.";
pub const NOTHING: &str = "There is nothing to do for a crowd yet: no command can be played.";
pub const FAILED: &str = "That came to nothing: the simulator stopped. Start again.";
pub const CANCELLED: &str = "Stopped. Nothing was kept.";

/// Things done in a second.
pub const SPEEDS: [(&str, f64); 5] = [
    ("1 a minute", 1.0 / 60.0),
    ("1 in ten seconds", 0.1),
    ("1 a second", 1.0),
    ("10 a second", 10.0),
    ("100 a second", 100.0),
];
/// Weights of commands.
pub const OFTEN: [(&str, f64); 5] =
    [("never", 0.0), ("rarely", 0.25), ("as often as others", 1.0), ("often", 3.0), ("very often", 10.0)];

pub const DONE: &str = "done";
pub const WORKED: &str = "worked";
pub const REFUSED: &str = "refused";
pub const EVENTS: &str = "events";
pub const OVER_TIME: &str = "Events over time";
pub const FROM: &str = "From";
pub const BY_TYPE: &str = "What happened";
pub const EVENT: &str = "Event";
pub const TIMES: &str = "Times";
pub const REJECTIONS: &str = "What was refused, and why";
pub const REASON: &str = "Reason";
pub const NO_REJECTIONS: &str = "Nothing was refused.";
pub const LONGEST: &str = "The longest stories";
pub const LONGEST_HELP: &str =
    "How much happened to one thing, at most. A very long story is slow to read back.";
pub const THING: &str = "Thing";
pub const HEAT: &str = "Hot spots";
pub const HEAT_HELP: &str = "Where most of it happened.";
pub const HEAT_PICTURE: &str = "The wall: the darker a sticky, the more often it took part";
pub const HEAT_ON_WALL: &str = "Show on the wall";
pub const STICKY: &str = "Sticky";
pub const AS_TABLE: &str = "As a table";
pub const QUESTIONS: &str = "Questions for the wall";
pub const QUESTIONS_HELP: &str = "Found by trying everything that can be reached.";
pub const NO_QUESTIONS: &str =
    "Every command can succeed, nothing gets stuck, and no policies go round in circles.";
pub const BOUNDED: &str = "The model is larger than what was tried: there may be more.";
pub const ADD: &str = "Put on the wall";
pub const ADDED: &str = "On the wall";
pub const PATH: &str = "The way there:";
pub const PATH_NONE: &str = "Right from the beginning.";

pub fn progress(done: u64, of: u64) -> String {
    format!("{} of {}", grouped(done), grouped(of))
}

/// `12,345`
pub fn grouped(count: u64) -> String {
    let digits = count.to_string();
    let mut said = String::with_capacity(digits.len() + digits.len() / 3);
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            said.push(',');
        }
        said.push(digit);
    }
    said
}

pub fn summary(commands: u64, accepted: u64, refused: u64, events: u64) -> String {
    let [commands, accepted, refused, events] = [commands, accepted, refused, events].map(grouped);
    format!(
        "{commands} things were done: {accepted} worked, {refused} were refused. {events} events happened."
    )
}

/// How long after the beginning, in milliseconds: `0:00`, `1:05:00`.
pub fn after(milliseconds: i64) -> String {
    let seconds = milliseconds.max(0) / 1_000;
    let (hours, minutes, rest) = (seconds / 3_600, seconds / 60 % 60, seconds % 60);
    match hours {
        0 if seconds < 1 && milliseconds > 0 => format!("0.{} s", milliseconds / 100),
        0 => format!("{minutes}:{rest:02}"),
        _ => format!("{hours}:{minutes:02}:{rest:02}"),
    }
}

pub fn at_most(most: u64, slice: i64) -> String {
    format!("up to {} in {}", grouped(most), lasting(slice))
}

fn lasting(milliseconds: i64) -> String {
    match milliseconds {
        ..1_000 => format!("{milliseconds} ms"),
        1_000 => "a second".to_owned(),
        1_001..60_000 => format!("{} seconds", milliseconds / 1_000),
        60_000..120_000 => "a minute".to_owned(),
        _ => format!("{} minutes", milliseconds / 60_000),
    }
}

pub fn things(count: u64) -> String {
    if count == 1 { "1 thing took part.".to_owned() } else { format!("{} things took part.", grouped(count)) }
}

/// A hotspot about a command that nobody managed.
pub fn never(label: &str, plain: &str) -> String {
    format!("Why does nobody ever manage to \"{label}\"? {plain}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn large_numbers_are_grouped() {
        assert_eq!([0, 999, 1_000, 1_234_567].map(grouped), ["0", "999", "1,000", "1,234,567"]);
    }

    #[test]
    fn times_are_said_from_the_beginning() {
        assert_eq!([0, 300, 65_000, 3_905_000].map(after), ["0:00", "0.3 s", "1:05", "1:05:05"]);
    }
}
