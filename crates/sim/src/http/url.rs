//! Percent-encoding of paths and queries.

/// The text that an encoded part of a path stands for. `None`: it stands for none.
pub fn decode(part: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(part.len());
    let mut rest = part.bytes();
    while let Some(byte) = rest.next() {
        match byte {
            b'%' => bytes.push(hex(rest.next()?)? << 4 | hex(rest.next()?)?),
            byte => bytes.push(byte),
        }
    }
    String::from_utf8(bytes).ok()
}

fn hex(digit: u8) -> Option<u8> {
    char::from(digit).to_digit(16).and_then(|digit| u8::try_from(digit).ok())
}

/// The values of a parameter of a query, in their order. What is encoded badly stands for itself.
pub fn query<'a>(query: &'a str, name: &'a str) -> impl Iterator<Item = String> + 'a {
    let plain = |part: &str| {
        let part = part.replace('+', " ");
        decode(&part).unwrap_or(part)
    };
    let pairs = query.split('&').map(|pair| pair.split_once('=').unwrap_or((pair, "")));
    pairs.filter(move |(key, _)| plain(key) == name).map(move |(_, value)| plain(value))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_are_decoded_or_none() {
        assert_eq!(decode("a%20b%C3%A9%2f").as_deref(), Some("a bé/"));
        for bad in ["%", "%2", "%zz", "%ff"] {
            assert_eq!(decode(bad), None, "{bad}");
        }
    }

    #[test]
    fn a_plus_in_a_query_is_a_space() {
        let filters: Vec<String> = query("a=1&filter=%7B+%7D&filter=x", "filter").collect();
        assert_eq!(filters, ["{ }", "x"]);
        assert_eq!(query("", "filter").count(), 0);
    }
}
