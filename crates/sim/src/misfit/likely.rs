//! Which of several names is likely the new one of an old one.

use crate::model::folded;

/// From 0 for nothing in common to 100 for equal but for capitals and spaces: by pairs of letters that both have.
pub fn likeness(left: &str, right: &str) -> u32 {
    let (left, right) = (folded(left), folded(right));
    if left == right {
        return 100;
    }
    let pairs = |name: &str| {
        let letters: Vec<char> = name.chars().take(200).collect();
        letters.windows(2).map(|pair| (pair[0], pair[1])).collect::<Vec<_>>()
    };
    let (left, mut right) = (pairs(&left), pairs(&right));
    let total = (left.len() + right.len()) as u32;
    let mut shared = 0u32;
    for pair in &left {
        if let Some(at) = right.iter().position(|other| other == pair) {
            right.swap_remove(at);
            shared += 1;
        }
    }
    (shared * 200).checked_div(total).unwrap_or(0).min(99)
}

#[cfg(test)]
mod tests {
    use super::likeness;

    #[test]
    fn the_new_name_is_liker_than_any_other() {
        for (old, new, other) in [
            ("TodoAdded", "TodoCreated", "UserRegistered"),
            ("description", "itemDescription", "dueDate"),
            ("OrderPlaced", "OrderPlacedOnline", "OrderPaid"),
            ("todoId", "taskId", "text"),
        ] {
            assert!(likeness(old, new) > likeness(old, other), "{old}");
        }
        assert_eq!(likeness("dueDate", "duedate"), 100);
        assert_eq!((likeness("", "a"), likeness("a", "b")), (0, 0));
    }
}
