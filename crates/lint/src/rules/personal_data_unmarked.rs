//! Data about people that nobody has marked as such.

use super::prelude::*;
use foldhash::HashMap;

pub const RULE: Rule = Rule {
    id: RuleId("PersonalDataUnmarked"),
    severity: Severity::Hint,
    scope: Scope::Squall,
    from: Level::SoftwareDesign,
    help: "Events are kept for ever. What is marked `// @personal email` is stored so that it can be erased.",
    check: Check::Model(check),
};

pub const EXPLANATION: Explanation = Explanation {
    what: "A property of an event looks like data about a person, and is not marked as personal.",
    why: "Events are never changed or deleted, but a person may ask to be forgotten. Only what is marked can be made unreadable.",
    mend: "Put `// @personal` and the property behind every event that carries it; if it is no data about a person, give it a name that says so. Passwords are stored hashed without being asked.",
    example: "`User Registered // userId, email`, then `// @personal email`",
};

/// Names, and ends of names, in lower case, by their last letter: each property of each event is looked up here.
const PERSONAL: [(u8, &[&str]); 12] = [
    (b'l', &["email", "mail"]),
    (b's', &["address"]),
    (
        b'e',
        &[
            "phone",
            "telephone",
            "mobile",
            "postcode",
            "zipcode",
            "birthdate",
            "surname",
            "firstname",
            "lastname",
        ],
    ),
    (b'e', &["familyname", "fullname", "maidenname", "username", "nickname"]),
    (b'r', &["phonenumber", "mobilenumber", "gender", "passportnumber", "creditcardnumber"]),
    (b't', &["street", "passport"]),
    (b'h', &["dateofbirth"]),
    (b'y', &["birthday"]),
    (b'b', &["dob"]),
    (b'n', &["iban", "ssn"]),
    (b'o', &["creditcardno"]),
    (b'd', &["nameoncard"]),
];

fn check(model: &Checked<'_>, findings: &mut Findings) {
    for context in model.contexts() {
        let mut found: Vec<(&str, Vec<Place>)> = Vec::new();
        let mut numbers: HashMap<&str, usize> = HashMap::default();
        for event in context.streams.iter().flat_map(|stream| &stream.events) {
            for property in &event.properties {
                let marked = property.is_personal || property.is_hashed;
                let (false, Some(place)) = (marked || !is_personal(&property.name), property.place) else {
                    continue;
                };
                let next = found.len();
                let number = *numbers.entry(&property.name).or_insert(next);
                if number == next {
                    found.push((&property.name, Vec::new()));
                }
                found[number].1.push(place);
            }
        }
        for (name, places) in found.into_iter().filter(|(_, places)| !places.is_empty()) {
            if findings.is_full() {
                return;
            }
            let text = emd::edit::write(Kind::Annotation(emd::Annotation::Personal), name, &[]);
            let edits = places.iter().map(|place| Edit::Insert { line: place.line + 1, text: text.clone() });
            let edits = edits.collect();
            let finding = findings.at(places[0], format!("'{name}' looks like data about a person."));
            finding.subject.context = context.name.clone();
            if context.has_notation() {
                finding.fix(format!("Mark '{name}' as personal"), edits);
            }
        }
    }
}

fn is_personal(name: &str) -> bool {
    let Some(last) = name.bytes().last() else { return false };
    let last = last.to_ascii_lowercase();
    let lists = PERSONAL.iter().filter(|(letter, _)| *letter == last);
    lists.flat_map(|(_, words)| words.iter()).any(|known| ends_with_word(name, known))
}

/// Whether a name is that word or ends with it: `candidateEmail`, but not `voicemail`.
fn ends_with_word(name: &str, word: &str) -> bool {
    let Some(start) = name.len().checked_sub(word.len()).filter(|at| name.is_char_boundary(*at)) else {
        return false;
    };
    let (before, end) = name.split_at(start);
    end.eq_ignore_ascii_case(word)
        && (before.is_empty()
            || before.ends_with('_')
            || end.starts_with(|first: char| first.is_ascii_uppercase()))
}
