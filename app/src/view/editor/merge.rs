//! Two changes of one name: mine in the field, and what came in meanwhile.

use crate::diff::{TextSplice, difference};
use board::command::Splice;

/// What a name becomes that was `seen`, is `mine` in the field by now, and `theirs` in the document.
pub fn merged(seen: &str, mine: &str, theirs: &str) -> String {
    if seen == theirs {
        return mine.to_owned();
    }
    let (Some(my), Some(their)) = (difference(seen, mine, None), difference(seen, theirs, None)) else {
        return theirs.to_owned();
    };
    let my = after(&my, &their);
    my.clamped(theirs).apply(theirs).unwrap_or_else(|| mine.to_owned())
}

/// My splice, as it has to be once theirs is done.
fn after(my: &TextSplice, their: &TextSplice) -> Splice {
    let inserted = their.insert.encode_utf16().count() as u32;
    let (their_end, my_end) = (their.at + their.delete, my.at + my.delete);
    let moved = |at: u32| match at {
        at if at < their.at => at,
        at if at >= their_end => at - their.delete + inserted,
        _ => their.at + inserted,
    };
    let start = if my.at == their.at && their.delete == 0 { my.at + inserted } else { moved(my.at) };
    let end = moved(my_end).max(start);
    Splice { at: start, delete: if my.delete == 0 { 0 } else { end - start }, insert: my.insert.clone() }
}

#[cfg(test)]
mod tests {
    use super::merged;

    #[test]
    fn both_changes_of_a_name_stay() {
        assert_eq!(merged("Order", "Order Placed", "My Order"), "My Order Placed");
        assert_eq!(merged("Order Placed", "Order Paid", "The Order Placed"), "The Order Paid");
        assert_eq!(merged("Order", "Orders", "Order"), "Orders");
    }

    #[test]
    fn what_did_not_change_here_is_theirs() {
        assert_eq!(merged("Order", "Order", "Orders"), "Orders");
    }
}
