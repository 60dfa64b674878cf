//! Card numbers: 13 to 19 digits in groups, with a check digit that fits, as in ISO/IEC 7812.

use super::Place;

/// Card numbers of a text, found by looking at its digits from left to right.
pub struct Cards<'t> {
    bytes: &'t [u8],
    /// Everything before has been looked at.
    next: usize,
    pub found: Vec<Place>,
}

impl Cards<'_> {
    pub fn of(text: &str) -> Cards<'_> {
        Cards { bytes: text.as_bytes(), next: 0, found: Vec::new() }
    }

    /// Looks at two bytes, one of which is a digit.
    pub fn look(&mut self, at: usize) {
        for start in at..at + 2 {
            if start >= self.next && self.bytes[start].is_ascii_digit() {
                let (count, end) = run(self.bytes, start);
                if (13..=19).contains(&count) && is_card(self.bytes, start, end) {
                    self.found.push((start, end, "a card number"));
                }
                self.next = end;
            }
        }
    }
}

/// How many digits follow, with single spaces, hyphens or no-break spaces between them, and where they end.
fn run(bytes: &[u8], start: usize) -> (usize, usize) {
    let (mut count, mut at) = (0, start);
    loop {
        at += match &bytes[at..] {
            [b'0'..=b'9', ..] => {
                count += 1;
                1
            }
            [b' ' | b'-', b'0'..=b'9', ..] => 1,
            [0xC2, 0xA0, b'0'..=b'9', ..] => 2,
            _ => return (count, at),
        };
    }
}

fn is_card(bytes: &[u8], start: usize, end: usize) -> bool {
    let is_joined = |byte: &u8| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'-' | b'.' | b'/' | b'_');
    let free = !bytes[..start].last().is_some_and(is_joined);
    let closed = bytes.get(end).is_none_or(|byte| !byte.is_ascii_alphanumeric() && *byte != b'_');
    let digits: Vec<u8> = bytes[start..end].iter().filter(|byte| byte.is_ascii_digit()).map(|byte| byte - b'0').collect();
    let four = digits.iter().take(4).fold(0, |n, digit| 10 * n + u32::from(*digit));
    // The lengths and first digits that card issuers use.
    let issuer = match digits.len() {
        13 | 19 => four / 1000 == 4,
        14 => matches!(four / 100, 30 | 36 | 38 | 39),
        15 => matches!(four / 100, 34 | 37),
        16 => four / 1000 == 4 || matches!(four / 100, 35 | 51..=55 | 62 | 64 | 65) || four == 6011 || (2221..=2720).contains(&four),
        _ => false,
    };
    let varied = digits.iter().any(|digit| *digit != digits[0]);
    free && closed && issuer && varied && luhn(&digits)
}

fn luhn(digits: &[u8]) -> bool {
    let doubled = |d: u8| if d > 4 { 2 * d - 9 } else { 2 * d };
    let sum: u32 = digits.iter().rev().enumerate().map(|(n, d)| u32::from(if n % 2 == 1 { doubled(*d) } else { *d })).sum();
    sum.is_multiple_of(10)
}
