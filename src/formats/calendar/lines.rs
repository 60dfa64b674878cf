//! Lines of a calendar file as RFC 5545 wants them: folded at 75 octets (3.1), text escaped (3.3.11).

const LONGEST: usize = 75;

/// Adds a line with its end. Where it is long it goes on after a blank: no part has more than 75 octets with that
/// blank, and no character is cut in two.
pub fn push(out: &mut String, line: &str) {
    let mut rest = line;
    let mut room = LONGEST;
    while rest.len() > room {
        let (part, more) = rest.split_at(rest.floor_char_boundary(room));
        out.push_str(part);
        out.push_str("\r\n ");
        rest = more;
        room = LONGEST - 1;
    }
    out.push_str(rest);
    out.push_str("\r\n");
}

/// Adds a property with a text for its value.
pub fn push_text(out: &mut String, name: &str, text: &str) {
    let mut line = String::with_capacity(name.len() + text.len() + 16);
    line.push_str(name);
    line.push(':');
    for c in text.chars() {
        match c {
            '\\' | ';' | ',' => line.extend(['\\', c]),
            '\n' => line.push_str("\\n"),
            c => line.push(c),
        }
    }
    push(out, &line);
}
