//! The words of a Markdown body as a reader sees them, without a full parse: the search reads every body of a
//! build, and its words have to cost less than the page. A test compares them with a real parse.

use std::borrow::Cow;

/// What a line of text is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    Heading,
    Prose,
}

/// How far a mark looks for its other half, so that a text full of marks is still read in one go.
const FAR: usize = 500;

/// Hands on the text of a body: headings, paragraphs, list items, rows of tables, code.
pub fn lines(body: &str, visit: &mut impl FnMut(Kind, &str)) {
    let mut reader = Reader { raw: String::new(), shown: Vec::new(), visit };
    let mut fence: Option<(u8, usize)> = None;
    for line in body.lines() {
        let line = line.trim_start_matches([' ', '\t', '>']).trim_end();
        if let Some((sign, length)) = fence {
            let run = run_of(line, sign);
            if run >= length && run == line.len() {
                reader.code();
                fence = None;
            } else {
                reader.add(line);
            }
            continue;
        }
        fence = reader.block(line);
    }
    if fence.is_some() { reader.code() } else { reader.flush(Kind::Prose) }
}

struct Reader<'v, V> {
    /// The paragraph so far, as written.
    raw: String,
    shown: Vec<u8>,
    visit: &'v mut V,
}

impl<V: FnMut(Kind, &str)> Reader<'_, V> {
    /// One line outside code; the fence that it opens.
    fn block(&mut self, line: &str) -> Option<(u8, usize)> {
        let first = line.bytes().next().unwrap_or(b'\n');
        match first {
            b'\n' => self.flush(Kind::Prose),
            b'#' if matches!(line.as_bytes().get(run_of(line, b'#')), None | Some(b' ' | b'\t')) && run_of(line, b'#') <= 6 => {
                self.flush(Kind::Prose);
                self.add(line.trim_matches('#').trim());
                self.flush(Kind::Heading);
            }
            b'=' | b'-' if run_of(line, first) == line.len() => self.flush(Kind::Heading),
            b'`' | b'~' if run_of(line, first) >= 3 => {
                self.flush(Kind::Prose);
                return Some((first, run_of(line, first)));
            }
            b':' if line.starts_with(":::") => self.flush(Kind::Prose),
            b'|' | b':' | b'-' if line.contains('|') => {
                self.flush(Kind::Prose);
                if line.bytes().any(|b| !matches!(b, b'|' | b':' | b'-' | b' ' | b'\t')) {
                    let cells: Vec<&str> = line.trim_matches('|').split('|').map(str::trim).filter(|cell| !cell.is_empty()).collect();
                    self.add(&cells.join(" · "));
                    self.flush(Kind::Prose);
                }
            }
            b'[' if self.raw.is_empty() && !line.starts_with("[^") && line.contains("]: ") => {}
            _ => {
                let item = after_marker(line);
                if item.len() < line.len() {
                    self.flush(Kind::Prose);
                }
                self.add(item);
            }
        }
        None
    }

    fn add(&mut self, text: &str) {
        if !self.raw.is_empty() {
            self.raw.push(' ');
        }
        self.raw.push_str(text);
    }

    /// Code stands as it is written.
    fn code(&mut self) {
        if !self.raw.trim().is_empty() {
            (self.visit)(Kind::Prose, self.raw.trim());
        }
        self.raw.clear();
    }

    fn flush(&mut self, kind: Kind) {
        if !self.raw.is_empty() {
            let shown = inline(&self.raw, &mut self.shown);
            if !shown.trim().is_empty() {
                (self.visit)(kind, shown.trim());
            }
            self.raw.clear();
        }
    }
}

fn run_of(line: &str, sign: u8) -> usize {
    line.bytes().take_while(|byte| *byte == sign).count()
}

/// The line after the sign or number of a list item, and after its box.
fn after_marker(line: &str) -> &str {
    let digits = line.bytes().take_while(u8::is_ascii_digit).count();
    let rest = match line.as_bytes() {
        [b'-' | b'*' | b'+', b' ' | b'\t', ..] => &line[2..],
        bytes if (1..10).contains(&digits) && matches!(bytes.get(digits..), Some([b'.' | b')', b' ', ..])) => &line[digits + 2..],
        _ => return line,
    };
    let rest = rest.trim_start();
    ["[ ] ", "[x] ", "[X] "].iter().find_map(|mark| rest.strip_prefix(mark)).unwrap_or(rest)
}

/// Signs that may mean something; everything between them is copied.
static SIGNS: [bool; 256] = {
    let mut table = [false; 256];
    let signs = b"\\`*_~![]<&\0";
    let mut n = 0;
    while n < signs.len() {
        table[signs[n] as usize] = true;
        n += 1;
    }
    table
};

/// A piece of text without the signs that give it its form.
fn inline<'o>(text: &'o str, out: &'o mut Vec<u8>) -> Cow<'o, str> {
    let bytes = text.as_bytes();
    let Some(first) = bytes.iter().position(|byte| SIGNS[usize::from(*byte)]) else { return Cow::Borrowed(text) };
    out.clear();
    out.extend(&bytes[..first]);
    let mut open: Vec<usize> = Vec::new();
    let mut at = first;
    while at < bytes.len() {
        let plain = bytes[at..].iter().position(|byte| SIGNS[usize::from(*byte)]).unwrap_or(bytes.len() - at);
        out.extend(&bytes[at..at + plain]);
        at += plain;
        let Some(&sign) = bytes.get(at) else { break };
        let next = bytes.get(at + 1).copied().unwrap_or(b' ');
        let before = out.last().copied().unwrap_or(b' ');
        at += match sign {
            b'\\' if next.is_ascii_punctuation() => {
                out.push(next);
                2
            }
            b'`' => code_span(text, at, out),
            b'*' if before != b' ' || next != b' ' => 1,
            b'_' if !(is_word(before) && is_word(next)) && (before != b' ' || next != b' ') => 1,
            b'~' if next == b'~' => 2,
            b'!' if next == b'[' => 1,
            b'[' if next == b'^' => length_to(bytes, at, b']').unwrap_or(1),
            b'[' => {
                open.push(out.len());
                out.push(sign);
                1
            }
            b']' => match (open.pop(), target(bytes, at + 1)) {
                (Some(begun), Some(length)) => {
                    // The bracket is blotted out here and left away at the end.
                    out[begun] = 0;
                    1 + length
                }
                _ => {
                    out.push(sign);
                    1
                }
            },
            b'&' => entity(&text[at..], out),
            0 => 1,
            b'<' if [&b"http"[..], b"mailto:"].iter().any(|scheme| bytes[at + 1..].starts_with(scheme)) => match length_to(bytes, at, b'>')
            {
                Some(length) => {
                    out.extend(&bytes[at + 1..at + length - 1]);
                    length
                }
                None => {
                    out.push(sign);
                    1
                }
            },
            _ => {
                out.push(sign);
                1
            }
        };
    }
    out.retain(|byte| *byte != 0);
    String::from_utf8_lossy(out)
}

fn is_word(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte >= 128
}

/// From a sign to the end of the next closing one.
fn length_to(bytes: &[u8], at: usize, close: u8) -> Option<usize> {
    bytes[at..].iter().take(FAR).position(|byte| *byte == close).map(|n| n + 1)
}

/// The length of a link's target, `(…)` or `[…]`, that follows its text.
fn target(bytes: &[u8], at: usize) -> Option<usize> {
    match bytes.get(at)? {
        b'[' => length_to(bytes, at, b']'),
        b'(' => {
            let mut depth = 0;
            let end = bytes[at..].iter().take(FAR).position(|byte| {
                depth += match byte {
                    b'(' => 1,
                    b')' => -1,
                    _ => 0,
                };
                depth == 0
            });
            end.map(|n| n + 1)
        }
        _ => None,
    }
}

/// Copies a code span whole, or leaves its backticks away where it is never closed.
fn code_span(text: &str, at: usize, out: &mut Vec<u8>) -> usize {
    let bytes = &text.as_bytes()[at..];
    let length = bytes.iter().take_while(|byte| **byte == b'`').count();
    let mut end = length;
    while end < bytes.len().min(FAR) {
        if bytes[end] != b'`' {
            end += 1;
            continue;
        }
        let run = bytes[end..].iter().take_while(|byte| **byte == b'`').count();
        if run == length {
            out.extend(bytes[length..end].iter().filter(|byte| **byte != 0));
            return end + run;
        }
        end += run;
    }
    length
}

/// Writes the sign an entity stands for.
fn entity(text: &str, out: &mut Vec<u8>) -> usize {
    const NAMED: &[(&str, &str)] =
        &[("&amp;", "&"), ("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&nbsp;", " "), ("&ndash;", "–"), ("&mdash;", "—")];
    if let Some((name, sign)) = NAMED.iter().find(|(name, _)| text.starts_with(name)) {
        out.extend(sign.as_bytes());
        return name.len();
    }
    let number = text.strip_prefix("&#").and_then(|rest| rest.get(..rest.bytes().take(9).position(|byte| byte == b';')?));
    let code = number.and_then(|number| match number.strip_prefix(['x', 'X']) {
        Some(hex) => u32::from_str_radix(hex, 16).ok(),
        None => number.parse().ok(),
    });
    match (number, code.and_then(char::from_u32).filter(|c| *c != '\0')) {
        (Some(number), Some(c)) => {
            out.extend(c.encode_utf8(&mut [0; 4]).as_bytes());
            number.len() + 3
        }
        _ => {
            out.push(b'&');
            1
        }
    }
}
