//! Which page an address means.

use board::wire::Role;

#[derive(Clone, PartialEq, Debug)]
pub enum Route {
    Home,
    Board { segment: String, role: Role },
    Unknown,
}

/// The board's part of a link's last segment: the same for all links to it. The rest is a secret.
pub fn board_of(segment: &str) -> &str {
    segment.get(..12).unwrap_or(segment)
}

/// `/` is home; `/f/`, `/b/` and `/v/` with a segment are boards.
pub fn route(path: &str) -> Route {
    let mut parts = path.trim_start_matches('/').splitn(2, '/');
    let (first, rest) = (parts.next().unwrap_or(""), parts.next().unwrap_or(""));
    let role = match first {
        "" => return Route::Home,
        "f" => Role::Facilitate,
        "b" => Role::Edit,
        "v" => Role::View,
        _ => return Route::Unknown,
    };
    let valid =
        rest.len() >= 16 && rest.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_".contains(&byte));
    if valid { Route::Board { segment: rest.to_owned(), role } } else { Route::Unknown }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_edit_link_leads_to_its_board() {
        let segment = "abcdefghijkl-0123456789012345678901";
        let expected = Route::Board { segment: segment.to_owned(), role: Role::Edit };
        assert_eq!(route(&format!("/b/{segment}")), expected);
    }

    #[test]
    fn a_strange_segment_leads_nowhere() {
        assert_eq!(route("/b/<script>alert(1)</script>"), Route::Unknown);
        assert_eq!(route("/x/abcdefghijkl-0123456789012345678901"), Route::Unknown);
        assert_eq!(route("/"), Route::Home);
    }
}
