//! Content hashes: names that may be cached for ever, and the answer to "did anything change?".

use sha2::{Digest, Sha256};

/// Enough of a hash to tell the versions of one file apart.
pub fn short(bytes: &[u8]) -> String {
    hex(&Sha256::digest(bytes)[..8])
}

/// One hash over named parts, in the order given.
#[derive(Default)]
pub struct Fingerprint(Sha256);

impl Fingerprint {
    pub fn add(&mut self, name: &str, bytes: &[u8]) {
        // Lengths keep two different splits of the same bytes apart.
        self.0.update((name.len() as u64).to_le_bytes());
        self.0.update(name);
        self.0.update((bytes.len() as u64).to_le_bytes());
        self.0.update(bytes);
    }

    pub fn finish(self) -> String {
        hex(&self.0.finalize())
    }
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn moving_a_byte_from_the_name_to_the_content_changes_the_fingerprint() {
        let of = |name: &str, bytes: &[u8]| {
            let mut fingerprint = Fingerprint::default();
            fingerprint.add(name, bytes);
            fingerprint.finish()
        };
        assert_ne!(of("ab", b"c"), of("a", b"bc"));
        assert_eq!(of("ab", b"c"), of("ab", b"c"));
    }
}
