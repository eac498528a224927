//! How well a few letters fit a title: each word of the query has to be found in order, letter by letter; beginnings
//! of words and letters in a row count more.

/// The higher, the better; `None` if it does not fit. `also` fits too, but counts less.
pub fn score(query: &str, title: &str, also: &str) -> Option<i32> {
    let (title, also) = (lower(title), lower(also));
    query.split_whitespace().try_fold(0, |sum, word| {
        let word = lower(word);
        let best = fit(&word, &title).or_else(|| fit(&word, &also).map(|points| points / 4));
        best.map(|points| sum + points)
    })
}

fn lower(text: &str) -> Vec<char> {
    text.chars().flat_map(char::to_lowercase).collect()
}

/// The best way to find the letters of a word in a text.
fn fit(word: &[char], text: &[char]) -> Option<i32> {
    let starts = (0..text.len()).filter(|at| text[*at] == word[0]);
    starts.filter_map(|start| from(word, text, start)).max()
}

fn from(word: &[char], text: &[char], start: usize) -> Option<i32> {
    let mut at = start;
    let mut points = 0;
    let mut before: Option<usize> = None;
    for letter in word {
        at += text[at..].iter().position(|other| other == letter)?;
        points += match before {
            Some(before) if before + 1 == at => 8,
            _ if is_start(text, at) => 10,
            Some(before) => -((at - before) as i32).min(4),
            None => 1,
        };
        before = Some(at);
        at += 1;
    }
    // A short title that is all of it says more than a long one that happens to hold it.
    Some(points * 10 - text.len() as i32 / 4 - i32::from(start > 0) * 5)
}

fn is_start(text: &[char], at: usize) -> bool {
    at == 0 || !text[at - 1].is_alphanumeric()
}

#[cfg(test)]
mod tests {
    use super::score;

    fn best<'a>(query: &str, titles: &[&'a str]) -> Vec<&'a str> {
        let mut fitting: Vec<_> =
            titles.iter().filter_map(|title| Some((score(query, title, "")?, *title))).collect();
        fitting.sort_by_key(|(score, _)| -score);
        fitting.into_iter().map(|(_, title)| title).collect()
    }

    #[test]
    fn beginnings_of_words_win() {
        let titles = ["Show the selection", "Select everything", "Align left edges"];
        assert_eq!(best("sel", &titles), ["Select everything", "Show the selection"]);
    }

    #[test]
    fn letters_may_be_left_out_but_not_swapped() {
        assert_eq!(best("dpl", &["Duplicate", "Delete"]), ["Duplicate"]);
        assert_eq!(best("lpd", &["Duplicate"]), Vec::<&str>::new());
    }

    #[test]
    fn words_come_in_any_order() {
        assert_eq!(best("left align", &["Align left edges", "Align top edges"]), ["Align left edges"]);
    }

    #[test]
    fn nothing_asked_fits_everything() {
        assert_eq!(score("", "Undo", ""), Some(0));
        assert_eq!(score("  ", "Undo", ""), Some(0));
    }
}
