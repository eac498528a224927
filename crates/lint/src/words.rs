//! Words of names: how far apart two are, and English verbs with their past.

/// How many changes of a letter part two names, upper and lower case and spaces aside; `None` from a quarter of the
/// longer one on. Only the beginnings of long names count.
pub fn distance(one: &str, other: &str) -> Option<usize> {
    let plain = |text: &str| -> Vec<char> {
        let signs = text.chars().take(400).filter(|sign| !sign.is_whitespace());
        signs.flat_map(char::to_lowercase).take(80).collect()
    };
    let (one, other) = (plain(one), plain(other));
    let most = one.len().max(other.len()).div_ceil(4);
    if one.len().abs_diff(other.len()) > most {
        return None;
    }
    let mut row: Vec<usize> = (0..=other.len()).collect();
    let mut before = row.clone();
    for (at, letter) in one.iter().enumerate() {
        let older = std::mem::replace(&mut before, row.clone());
        row[0] = at + 1;
        for (to, against) in other.iter().enumerate() {
            let change = before[to] + usize::from(letter != against);
            row[to + 1] = change.min(before[to + 1] + 1).min(row[to] + 1);
            let swapped = at > 0 && to > 0 && *letter == other[to - 1] && one[at - 1] == *against;
            if swapped {
                row[to + 1] = row[to + 1].min(older[to - 1] + 1);
            }
        }
    }
    row.last().copied().filter(|distance| *distance <= most)
}

/// Verbs of business with their past, as they end a command and an event. Words that are as often a noun are left out.
const VERBS: [(&str, &str); 112] = [
    ("accept", "accepted"),
    ("activate", "activated"),
    ("add", "added"),
    ("adjust", "adjusted"),
    ("allocate", "allocated"),
    ("allow", "allowed"),
    ("approve", "approved"),
    ("archive", "archived"),
    ("arrive", "arrived"),
    ("assign", "assigned"),
    ("attach", "attached"),
    ("authenticate", "authenticated"),
    ("authorise", "authorised"),
    ("authorize", "authorized"),
    ("begin", "begun"),
    ("block", "blocked"),
    ("borrow", "borrowed"),
    ("bring", "brought"),
    ("build", "built"),
    ("buy", "bought"),
    ("calculate", "calculated"),
    ("cancel", "cancelled"),
    ("capture", "captured"),
    ("charge", "charged"),
    ("choose", "chosen"),
    ("close", "closed"),
    ("collect", "collected"),
    ("complete", "completed"),
    ("confirm", "confirmed"),
    ("convert", "converted"),
    ("create", "created"),
    ("decline", "declined"),
    ("delete", "deleted"),
    ("deliver", "delivered"),
    ("deny", "denied"),
    ("describe", "described"),
    ("dispatch", "dispatched"),
    ("edit", "edited"),
    ("enrol", "enrolled"),
    ("enroll", "enrolled"),
    ("enter", "entered"),
    ("expire", "expired"),
    ("extend", "extended"),
    ("finish", "finished"),
    ("fulfil", "fulfilled"),
    ("generate", "generated"),
    ("give", "given"),
    ("identify", "identified"),
    ("import", "imported"),
    ("increase", "increased"),
    ("initiate", "initiated"),
    ("inspect", "inspected"),
    ("invite", "invited"),
    ("issue", "issued"),
    ("launch", "launched"),
    ("merge", "merged"),
    ("modify", "modified"),
    ("move", "moved"),
    ("notify", "notified"),
    ("obtain", "obtained"),
    ("pack", "packed"),
    ("pay", "paid"),
    ("place", "placed"),
    ("prepare", "prepared"),
    ("process", "processed"),
    ("provide", "provided"),
    ("publish", "published"),
    ("purchase", "purchased"),
    ("receive", "received"),
    ("record", "recorded"),
    ("reduce", "reduced"),
    ("refund", "refunded"),
    ("refuse", "refused"),
    ("register", "registered"),
    ("reject", "rejected"),
    ("release", "released"),
    ("remind", "reminded"),
    ("remove", "removed"),
    ("rename", "renamed"),
    ("renew", "renewed"),
    ("replace", "replaced"),
    ("request", "requested"),
    ("reserve", "reserved"),
    ("reset", "reset"),
    ("resolve", "resolved"),
    ("restock", "restocked"),
    ("restore", "restored"),
    ("retry", "retried"),
    ("revoke", "revoked"),
    ("schedule", "scheduled"),
    ("select", "selected"),
    ("sell", "sold"),
    ("send", "sent"),
    ("serve", "served"),
    ("ship", "shipped"),
    ("sign", "signed"),
    ("submit", "submitted"),
    ("subscribe", "subscribed"),
    ("suspend", "suspended"),
    ("terminate", "terminated"),
    ("transfer", "transferred"),
    ("unlock", "unlocked"),
    ("unsubscribe", "unsubscribed"),
    ("update", "updated"),
    ("upload", "uploaded"),
    ("validate", "validated"),
    ("verify", "verified"),
    ("view", "viewed"),
    ("withdraw", "withdrawn"),
    ("wrap", "wrapped"),
    ("write", "written"),
    ("stock", "stocked"),
];

/// Pasts that no `-ed` gives away, and words that say a state just as well.
const IRREGULAR: [&str; 84] = [
    "active",
    "available",
    "ate",
    "beaten",
    "became",
    "become",
    "began",
    "begun",
    "bought",
    "broke",
    "broken",
    "brought",
    "built",
    "came",
    "caught",
    "chosen",
    "closed",
    "cut",
    "dealt",
    "done",
    "down",
    "drawn",
    "due",
    "eaten",
    "empty",
    "fallen",
    "fed",
    "fell",
    "felt",
    "forgotten",
    "found",
    "free",
    "frozen",
    "full",
    "given",
    "gone",
    "grown",
    "heard",
    "held",
    "hidden",
    "hit",
    "hurt",
    "kept",
    "known",
    "laid",
    "late",
    "led",
    "left",
    "lent",
    "lost",
    "made",
    "met",
    "open",
    "outofstock",
    "over",
    "overdue",
    "paid",
    "put",
    "read",
    "ready",
    "reset",
    "risen",
    "rose",
    "said",
    "seen",
    "sent",
    "set",
    "shown",
    "shut",
    "sold",
    "spent",
    "split",
    "spoken",
    "stolen",
    "taken",
    "taught",
    "thrown",
    "told",
    "took",
    "understood",
    "went",
    "withdrawn",
    "won",
    "written",
];

/// Whether a word says that something is over: `placed`, `sent`, `ready`.
pub fn is_past(word: &str) -> bool {
    let ends = |end: &str| {
        word.len() > 3
            && word.is_char_boundary(word.len() - end.len())
            && word[word.len() - end.len()..].eq_ignore_ascii_case(end)
    };
    ends("ed") || in_list(&IRREGULAR, word)
}

fn in_list(list: &[&str], word: &str) -> bool {
    word.len() < 16 && list.iter().any(|known| known.eq_ignore_ascii_case(word))
}

/// The past of an imperative (`place`) or a gerund (`placing`) that is known.
pub fn past(word: &str) -> Option<&'static str> {
    VERBS
        .iter()
        .find(|(base, past)| base.eq_ignore_ascii_case(word) || is_gerund(word, base, past))
        .map(|verb| verb.1)
}

/// The imperative of a past or a gerund that is known.
pub fn imperative(word: &str) -> Option<&'static str> {
    let verb =
        VERBS.iter().find(|(base, past)| past.eq_ignore_ascii_case(word) || is_gerund(word, base, past))?;
    // `Reset` is both.
    (verb.0 != verb.1).then_some(verb.0)
}

/// Whether it is the imperative of a known verb.
pub fn is_imperative(word: &str) -> bool {
    VERBS.iter().any(|(base, _)| base.eq_ignore_ascii_case(word))
}

/// `shipping` has the stem of `shipped`, `verifying` that of `verify`.
fn is_gerund(word: &str, base: &str, past: &str) -> bool {
    let Some(stem) = word.len().checked_sub(3).filter(|at| word.is_char_boundary(*at)) else { return false };
    let (stem, end) = word.split_at(stem);
    end.eq_ignore_ascii_case("ing")
        && (stem.eq_ignore_ascii_case(base)
            || past.strip_suffix("ed").is_some_and(|root| stem.eq_ignore_ascii_case(root)))
}

/// The word with the first letter as large as that of another.
pub fn like(word: &str, model: &str) -> String {
    match model.starts_with(char::is_uppercase) {
        true => eml::names::upper_first(word),
        false => word.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_swap_or_a_letter_more_is_one_change() {
        assert_eq!(distance("Inventroy", "Inventory"), Some(1));
        assert_eq!(distance("quanity", "quantity"), Some(1));
        assert_eq!(distance("Order Placed", "orderplaced"), Some(0));
        assert_eq!(distance("Order Placed", "Parcel Sent"), None);
    }

    #[test]
    fn verbs_know_their_past_and_their_imperative() {
        assert_eq!(past("Ship"), Some("shipped"));
        assert_eq!(past("shipping"), Some("shipped"));
        assert_eq!(past("Placing"), Some("placed"));
        assert_eq!(imperative("Sent"), Some("send"));
        assert_eq!(imperative("verifying"), Some("verify"));
        assert_eq!(past("Ordering"), None);
        assert!(is_past("Sent") && is_past("PLACED") && !is_past("Bed") && !is_past("Order"));
    }
}
