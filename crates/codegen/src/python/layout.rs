//! What is broken into lines as the formatter would.

/// Longer lines are broken.
pub const WIDTH: usize = 120;

/// A tuple behind `begun`, which stands at an indentation; what follows it is `end`.
pub fn tuple(begun: &str, items: &[String], indent: usize) -> String {
    if let [only] = items {
        let short = format!("{begun}({only},)");
        if indent + short.len() <= WIDTH && !only.contains('\n') {
            return short;
        }
    }
    if items.is_empty() {
        return format!("{begun}()");
    }
    format!("{begun}({})", listed(items, indent))
}

/// A call at an indentation, with so much behind it in its line.
pub fn call(function: &str, arguments: &[String], indent: usize, behind: usize) -> String {
    let joined = arguments.join(", ");
    let short = format!("{function}({joined})");
    let pad = " ".repeat(indent);
    match (indent + short.len() + behind <= WIDTH, indent + 4 + joined.len() <= WIDTH) {
        (true, _) => short,
        (false, true) => format!("{function}(\n{pad}    {joined}\n{pad})"),
        (false, false) => format!("{function}({})", listed(arguments, indent)),
    }
}

/// One a line, each with a comma.
fn listed(items: &[String], indent: usize) -> String {
    let pad = " ".repeat(indent);
    let lines: String = items.iter().map(|item| format!("\n{pad}    {item},")).collect();
    format!("{lines}\n{pad}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn short_things_stay_on_their_line() {
        assert_eq!(tuple("ALL = ", &["A".into()], 0), "ALL = (A,)");
        assert_eq!(tuple("ALL = ", &["A".into(), "B".into()], 0), "ALL = (\n    A,\n    B,\n)");
        assert_eq!(tuple("ALL = ", &[], 0), "ALL = ()");
        assert_eq!(call("f", &["a".into(), "b=1".into()], 4, 1), "f(a, b=1)");
    }

    #[test]
    fn long_calls_are_broken() {
        let long = "x".repeat(70);
        let fits = [long.clone(), "y".repeat(36)];
        assert_eq!(call("f", &fits, 4, 10).lines().count(), 3);
        assert_eq!(call("f", &[long.clone(), long], 0, 0).lines().count(), 4);
    }
}
