//! Which paths a generated file may have.
//!
//! Invariant: a safe path stays below the folder it is taken in, and every usual system can have it.

/// More bytes no file system takes for one name.
const LONGEST_PART: usize = 255;
/// What Windows calls its devices, with any ending; of the numbered ones there are ten each.
const DEVICES: [&str; 4] = ["con", "prn", "aux", "nul"];
const NUMBERED: [&str; 2] = ["com", "lpt"];

/// Whether a path is relative, with `/` between its parts, and each part is the plain name of a file or folder.
pub fn is_safe(path: &str) -> bool {
    !path.is_empty() && path.split('/').all(is_name)
}

fn is_name(part: &str) -> bool {
    let forbidden = |one: char| one.is_control() || "\\:*?\"<>|".contains(one);
    let ends_well = !part.ends_with(['.', ' ']);
    !part.is_empty()
        && part.len() <= LONGEST_PART
        && ends_well
        && !part.contains(forbidden)
        && !is_device(part)
}

fn is_device(part: &str) -> bool {
    let stem = part.split('.').next().unwrap_or_default().trim_end().to_ascii_lowercase();
    let numbered = stem.strip_suffix(|one: char| one.is_ascii_digit());
    DEVICES.contains(&stem.as_str()) || numbered.is_some_and(|bare| NUMBERED.contains(&bare))
}

#[cfg(test)]
mod tests {
    use super::is_safe;

    #[test]
    fn plain_paths_are_safe() {
        for path in [
            "a",
            "src/todo list.ts",
            ".squall/manifest.json",
            "d/é.md",
            "console.ts",
            "com.ts",
            "__init__.py",
        ] {
            assert!(is_safe(path), "{path}");
        }
    }

    #[test]
    fn what_leads_out_or_cannot_be_everywhere_is_not() {
        let long = "x".repeat(256);
        let paths = [
            "",
            "/a",
            "a/",
            "a//b",
            "..",
            "../a",
            "a/../../b",
            "./a",
            "a\\b",
            "C:a",
            "a\n",
            "a\0",
            "a.",
            "a ",
            "NUL",
            "a/con.ts",
            "lpt1",
            "a*",
            &long,
        ];
        for path in paths {
            assert!(!is_safe(path), "{path:?}");
        }
    }
}
