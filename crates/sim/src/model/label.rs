//! Names as people say them.

use crate::value::Text;

/// `dueDate` is a `Due date`, `userId` a `User`, `AddItem` an `Add item`. Runs of capitals stay: `TODO list`.
pub fn label(name: &str) -> Text {
    let stem = name.strip_suffix("Id").or_else(|| name.strip_suffix("ID")).filter(|stem| !stem.is_empty());
    let words = words(stem.unwrap_or(name));
    let mut said = String::with_capacity(words.len());
    for (at, word) in words.split(' ').enumerate() {
        let shouted = word.len() > 1 && word.chars().nth(1).is_some_and(char::is_uppercase);
        let mut characters = word.chars();
        let first = characters.next();
        if at > 0 {
            said.push(' ');
        }
        match first {
            Some(first) if at == 0 => said.extend(first.to_uppercase()),
            Some(first) if shouted => said.push(first),
            Some(first) => said.extend(first.to_lowercase()),
            None => {}
        }
        said.push_str(characters.as_str());
    }
    said.into()
}

/// `AddItem` as `Add Item`: a new word begins at a capital, at the last of a run of them, and instead of a `_`.
pub fn words(name: &str) -> Text {
    let between = |at: usize| at > 0 && at + 1 < name.len();
    let parted = name.char_indices().map(|(at, one)| if one == '_' && between(at) { ' ' } else { one });
    eml::names::spaced(&parted.collect::<String>()).into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_said_as_people_say_them() {
        assert_eq!(label("dueDate"), "Due date");
        assert_eq!(label("userId"), "User");
        assert_eq!(label("fromUserId"), "From user");
        assert_eq!(label("isComplete"), "Is complete");
        assert_eq!(label("Id"), "Id");
        assert_eq!(label("guest_name"), "Guest name");
        assert_eq!(label("eMail"), "E mail");
        assert_eq!(label("homeURL"), "Home URL");
        assert_eq!(label(""), "");
        assert_eq!(words("AddItem"), "Add Item");
        assert_eq!(words("TODOList"), "TODO List");
        assert_eq!(words("Add2Items"), "Add2 Items");
    }
}
