//! The boards that this browser knows: where they are, what they are called, when they were opened.
//!
//! A record a board in the browser's small storage, so that two tabs never write over each other's boards; a few
//! lines of `name=value`, of which anything that is not understood is left out. A link that is only for viewing never
//! takes the place of one for working: both are kept. Nothing of it leaves the browser.

use crate::browser;
use crate::route::board_of;
use board::wire::Role;

const PREFIX: &str = "squall.board.";

#[derive(Clone, PartialEq, Debug, Default)]
pub struct Known {
    /// The board's part of its links.
    pub id: String,
    pub title: String,
    /// Milliseconds since 1970, on this device.
    pub opened: f64,
    pub archived: bool,
    /// The last part of each kind of link, as far as this browser has met it.
    pub view: Option<String>,
    pub edit: Option<String>,
    pub facilitate: Option<String>,
}

impl Known {
    /// The path that opens it: with the most a person is used to, but not with the rights of a facilitator where
    /// there is a link to work with.
    pub fn path(&self) -> Option<String> {
        let links = [("/b/", &self.edit), ("/f/", &self.facilitate), ("/v/", &self.view)];
        links
            .into_iter()
            .find_map(|(start, segment)| segment.as_ref().map(|segment| [start, segment].concat()))
    }

    /// The most that this browser may do there.
    pub fn role(&self) -> Role {
        if self.facilitate.is_some() {
            Role::Facilitate
        } else if self.edit.is_some() {
            Role::Edit
        } else {
            Role::View
        }
    }

    fn link(&mut self, role: Role) -> &mut Option<String> {
        match role {
            Role::View => &mut self.view,
            Role::Edit => &mut self.edit,
            Role::Facilitate => &mut self.facilitate,
        }
    }

    fn write(&self) -> String {
        let mut out = format!("opened={}\n", self.opened.round() as i64);
        if self.archived {
            out.push_str("archived=yes\n");
        }
        let links = [("view", &self.view), ("edit", &self.edit), ("facilitate", &self.facilitate)];
        for (name, segment) in links {
            if let Some(segment) = segment {
                out.extend([name, "=", segment, "\n"]);
            }
        }
        // Last, and of one line.
        out.extend(["title=", &self.title.replace(['\n', '\r'], " "), "\n"]);
        out
    }

    fn read(id: &str, kept: &str) -> Option<Known> {
        let mut known = Known { id: id.to_owned(), ..Known::default() };
        for line in kept.lines() {
            let Some((name, value)) = line.split_once('=') else { continue };
            let segment = || (is_segment(value) && board_of(value) == id).then(|| value.to_owned());
            match name {
                "opened" => known.opened = value.parse::<i64>().map_or(0.0, |it| it as f64),
                "archived" => known.archived = value == "yes",
                "view" => known.view = segment(),
                "edit" => known.edit = segment(),
                "facilitate" => known.facilitate = segment(),
                "title" => known.title = value.chars().take(200).collect(),
                _ => {}
            }
        }
        known.path().is_some().then_some(known)
    }
}

fn is_segment(text: &str) -> bool {
    text.len() >= 16 && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_".contains(&byte))
}

/// All boards, the last opened first.
pub fn all() -> Vec<Known> {
    let mut all: Vec<Known> = keys().into_iter().filter_map(|key| known(key.strip_prefix(PREFIX)?)).collect();
    all.sort_by(|one, other| other.opened.total_cmp(&one.opened));
    all
}

/// All keys of the browser's small storage.
fn keys() -> Vec<String> {
    let Some(storage) = browser::window().local_storage().ok().flatten() else { return Vec::new() };
    (0..storage.length().unwrap_or(0)).filter_map(|at| storage.key(at).ok().flatten()).collect()
}

pub fn known(id: &str) -> Option<Known> {
    Known::read(id, &browser::recall(&key(id))?)
}

/// This browser was let in by that link, or has just made the board.
pub fn met(segment: &str, role: Role) {
    update(board_of(segment), |known| {
        known.opened = browser::now();
        *known.link(role) = Some(segment.to_owned());
    });
}

pub fn titled(id: &str, title: &str) {
    update(id, |known| known.title = title.to_owned());
}

pub fn archive(id: &str, archived: bool) {
    update(id, |known| known.archived = archived);
}

/// Takes it off the list, with everything small that is kept about it.
pub fn forget(id: &str) {
    for name in ["board", "camera", "me", "view", "edit", "facilitate"] {
        browser::forget(&["squall.", name, ".", id].concat());
    }
    let shipped = ["squall.shipped.", id, "."].concat();
    keys().iter().filter(|key| key.starts_with(&shipped)).for_each(|key| browser::forget(key));
}

fn update(id: &str, change: impl FnOnce(&mut Known)) {
    let mut known = known(id).unwrap_or_else(|| Known { id: id.to_owned(), ..Known::default() });
    let before = known.clone();
    change(&mut known);
    if known != before && known.path().is_some() {
        browser::remember(&key(id), &known.write());
    }
}

fn key(id: &str) -> String {
    [PREFIX, id].concat()
}

#[cfg(test)]
mod tests {
    use super::*;

    const EDIT: &str = "abcdefghijkl-0123456789012345678901";

    fn shop() -> Known {
        Known {
            id: "abcdefghijkl".into(),
            title: "Web shop = ours".into(),
            opened: 1_700_000_000_000.0,
            edit: Some(EDIT.into()),
            ..Known::default()
        }
    }

    #[test]
    fn a_board_reads_back() {
        let archived = Known { archived: true, ..shop() };
        for known in [shop(), archived] {
            assert_eq!(Known::read(&known.id, &known.write()), Some(known));
        }
    }

    #[test]
    fn bad_data_is_no_board_and_spoils_no_other() {
        for bad in [
            "",
            "{}",
            "title=Without a link",
            "edit=javascript:alert(1)",
            "edit=mnopqrstuvwx-0123456789012345678901",
        ] {
            assert_eq!(Known::read("abcdefghijkl", bad), None, "{bad}");
        }
        let odd = format!("opened=soon\nwhat=ever\nedit={EDIT}\n");
        assert_eq!(Known::read("abcdefghijkl", &odd).unwrap().opened, 0.0);
    }

    #[test]
    fn a_board_opens_with_its_link_for_working() {
        let all = Known {
            view: Some("abcdefghijkl-v".into()),
            facilitate: Some("abcdefghijkl-f".into()),
            ..shop()
        };
        assert_eq!(all.path().unwrap(), format!("/b/{EDIT}"));
        assert_eq!(all.role(), Role::Facilitate);
        let seen = Known { edit: None, facilitate: None, ..all };
        assert_eq!((seen.path().unwrap().as_str(), seen.role()), ("/v/abcdefghijkl-v", Role::View));
    }
}
