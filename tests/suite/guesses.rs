//! A value that hangs on something unreadable is not known, and never a guess: of a full playbook each value in turn is
//! made unreadable, and every line of the register and of the top of the vendor's page that changes has to say so.

use std::collections::BTreeMap;

use crate::bundle::{repository, site_of, words};

/// Lines that count what can be read, or that fall back on what is written, by the line and the key that is broken.
const OTHERWISE: &[(&str, &str)] = &[
    // The number of errors stands there.
    ("Vendor", ""),
    ("Exit readiness", ""),
    // Without a name, the id that is written.
    ("Owner", "contacts"),
    ("Owner", "id"),
    ("Owner", "name"),
    ("on the page, Owner", "contacts"),
    ("on the page, Owner", "id"),
    ("on the page, Owner", "name"),
    // Where there is none, nothing is said about it.
    ("how it stands, Day to day", "email"),
    ("how it stands, Day to day", "knows"),
    ("how it stands, Doing the work", "email"),
    ("how it stands, Doing the work", "knows"),
];

#[test]
fn what_hangs_on_an_unreadable_value_is_not_known() {
    for base in ["full", "calm"] {
        let text = std::fs::read_to_string(repository().join(format!("tests/bases/{base}.md"))).unwrap();
        let (front, body) = text[4..].split_once("\n---").unwrap();
        let whole = lines(&text);
        let mut guesses = Vec::new();
        let values = values(front);
        assert!(values.len() > 60);
        for (key, start, end, wrong) in values {
            let broken = lines(&format!("---\n{}{wrong}{}\n---{body}", &front[..start], &front[end..]));
            let shown = |line: &String| !OTHERWISE.iter().any(|(other, by)| line == other && (by.is_empty() || *by == key));
            for (line, said) in broken.iter().filter(|(line, _)| shown(line)) {
                if let Some(before) = whole.get(line).filter(|before| *before != said && !said.contains("not known")) {
                    guesses.push(format!("{base}.md: {key} at {start} makes {line} of {before:?} {said:?}"));
                }
            }
        }
        assert!(guesses.is_empty(), "{}", guesses.join("\n"));
    }
}

/// Every value of a front matter: its key, where it begins and ends, and what to write instead.
fn values(front: &str) -> Vec<(&str, usize, usize, &str)> {
    let keys = front.match_indices(": ").chain(front.match_indices(":\n"));
    let value = |(colon, sign): (usize, &str)| {
        let key = front[..colon].rsplit(|c: char| !c.is_ascii_lowercase() && c != '_').next().filter(|key| !key.is_empty())?;
        let line = front[..colon].rfind('\n').map_or(0, |n| n + 1);
        if sign == ":\n" {
            let indent = front[line..].len() - front[line..].trim_start().len();
            (line + indent + key.len() == colon).then_some(())?;
            let below = |line: &&str| {
                let depth = line.len() - line.trim_start().len();
                depth > indent || depth == indent && line.trim_start().starts_with("- ")
            };
            let size: usize = front[colon + 2..].split_inclusive('\n').take_while(below).map(str::len).sum();
            return (size > 0).then_some((key, colon + 1, colon + 2 + size, " [[]]\n"));
        }
        let start = colon + 2;
        let end = match &front[start..=start] {
            "[" | "{" => start + closed(&front[start..])?,
            _ => {
                let is_flow = front[line..colon].contains(['{', '[']);
                let stop = |c: char| c == '\n' || is_flow && matches!(c, ',' | '}' | ']');
                front[start..].find(stop).map_or(front.len(), |n| start + n)
            }
        };
        Some((key, start, end, "[[]]"))
    };
    keys.filter_map(value).collect()
}

/// Where what opens first is closed.
fn closed(text: &str) -> Option<usize> {
    let mut depth = 0;
    text.char_indices().find_map(|(n, c)| {
        depth += i32::from(matches!(c, '[' | '{')) - i32::from(matches!(c, ']' | '}'));
        (depth == 0).then_some(n + 1)
    })
}

/// The lines of the register and of the top of the page, by their names.
fn lines(playbook: &str) -> BTreeMap<String, String> {
    let files = site_of(playbook);
    let page = |path: &str| String::from_utf8_lossy(&files[path]).into_owned();
    let register = page("register.html");
    let row = between(&register, "<tbody>", "</tr>")[0];
    let heads = between(&register, "<th scope=\"col\"", "</th>").into_iter().map(|head| head.split_once('>').unwrap().1);
    let cells = row.split("</td>").flat_map(|part| part.split("</th>")).filter(|cell| cell.contains("<t"));
    let mut lines: BTreeMap<String, String> = heads.zip(cells).map(|(head, cell)| (words(head), words(cell))).collect();
    assert_eq!(lines.len(), 18, "{register}");
    let vendor = page("vendors/a.html");
    let strip = between(&vendor, "<dl class=\"strip\">", "</dl>")[0];
    for pair in strip.split("</dd>").filter(|pair| pair.contains("<dt>")) {
        let (name, value) = pair.split_once("</dt>").unwrap();
        lines.insert(format!("on the page, {}", words(name)), words(value));
    }
    for panel in between(&vendor, "<div class=\"panel\">", "</div>") {
        let (name, said) = panel.split_once("</h").unwrap();
        lines.insert(format!("how it stands, {}", words(name)), words(&format!("</h{said}")));
    }
    assert!(lines.len() > 26, "{lines:?}");
    lines.into_iter().filter(|(line, _)| !line.ends_with("Exit readiness")).collect()
}

fn between<'t>(text: &'t str, open: &str, close: &str) -> Vec<&'t str> {
    text.split(open).skip(1).map(|rest| rest.split(close).next().unwrap_or_default()).collect()
}
