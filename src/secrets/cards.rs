//! Card numbers in a text: 13 to 19 digits in groups, with a check digit that fits, as in ISO/IEC 7812.

use crate::diagnostic::places_of;

/// Where each begins and ends.
pub fn places(text: &str) -> impl Iterator<Item = (usize, usize)> {
    let bytes = text.as_bytes();
    let mut done = 0;
    places_of(text, |byte| byte.is_ascii_digit()).filter_map(move |start| {
        if start < done {
            return None;
        }
        let (count, end) = digits_from(bytes, start);
        done = end;
        ((13..=19).contains(&count) && is_card(bytes, start, end)).then_some((start, end))
    })
}

fn is_card(bytes: &[u8], start: usize, end: usize) -> bool {
    let digits: Vec<u8> = bytes[start..end].iter().filter(|byte| byte.is_ascii_digit()).map(|digit| digit - b'0').collect();
    let is_part = |byte: &u8| byte.is_ascii_alphanumeric() || *byte == b'_';
    let free = start == 0 || !(is_part(&bytes[start - 1]) || matches!(bytes[start - 1], b'+' | b'-' | b'.' | b'/'));
    let closed = !bytes.get(end).is_some_and(is_part);
    let four = leading(&digits);
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

/// How many digits follow each other with single spaces, hyphens or no-break spaces between them, and where they end.
fn digits_from(bytes: &[u8], start: usize) -> (usize, usize) {
    let (mut count, mut at) = (0, start);
    while at < bytes.len() {
        let gap = match &bytes[at..] {
            [b' ' | b'-', next, ..] if next.is_ascii_digit() => 1,
            [0xC2, 0xA0, next, ..] if next.is_ascii_digit() => 2,
            _ => 0,
        };
        if bytes[at].is_ascii_digit() {
            count += 1;
            at += 1;
        } else if gap > 0 {
            at += gap;
        } else {
            break;
        }
    }
    (count, at)
}

fn leading(digits: &[u8]) -> u32 {
    digits.iter().take(4).fold(0, |n, d| 10 * n + u32::from(*d))
}

fn luhn(digits: &[u8]) -> bool {
    let doubled = |d: u8| if d > 4 { 2 * d - 9 } else { 2 * d };
    let sum: u32 = digits.iter().rev().enumerate().map(|(n, d)| u32::from(if n % 2 == 1 { doubled(*d) } else { *d })).sum();
    sum.is_multiple_of(10)
}
