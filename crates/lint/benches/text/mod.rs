//! Texts of any length to measure with.

/// Stories of five lines each, with names of their own and two property names that all of them share.
pub fn distinct(lines: usize) -> String {
    let mut text = String::from("# Model\n");
    for (number, _) in (1..lines).step_by(5).enumerate() {
        let name = letters(number);
        text += &format!(
            "Add {name} Item -> // thing{name}Id, description, dueDate\n\
             Thing{name} Item Added // thing{name}Id, description, dueDate\n\
             Complete {name} Item -> // thing{name}Id\n\
             Thing{name} Item Completed // thing{name}Id, isComplete\n\
             Thing{name} Lookup* // thing{name}Id, description, isComplete\n"
        );
    }
    text
}

/// A name of letters only.
fn letters(mut number: usize) -> String {
    let mut name = String::from("X");
    while number > 0 {
        name.push(char::from(b'a' + u8::try_from(number % 26).unwrap_or(0)));
        number /= 26;
    }
    name + "x"
}
