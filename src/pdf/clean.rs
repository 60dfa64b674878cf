//! Text as it can be printed: without what no page can hold, and with other letters where no font has the right ones.

use super::fonts::Fonts;

/// What stands for letters that cannot be printed, and what stood there.
pub struct Clean {
    pub text: String,
    pub replaced: Vec<String>,
}

/// Cleans a text for these fonts. Line breaks and tabs become spaces; invisible controls go, except those that join
/// or part letters and those that say which way a word runs.
pub fn clean(text: &str, fonts: &Fonts) -> Clean {
    let mut out = Clean { text: String::with_capacity(text.len()), replaced: Vec::new() };
    let mut missing = String::new();
    let mut letters = text.chars().filter_map(visible).peekable();
    while let Some(letter) = letters.next() {
        let is_missing = is_outside(letter, fonts);
        if is_missing {
            if is_mark(letter) && missing.is_empty() && !out.text.ends_with(' ') {
                // The letter below a missing mark is told with it.
                missing.extend(out.text.pop());
            }
            missing.push(letter);
            continue;
        }
        let follows_missing = !missing.is_empty();
        let goes_on = follows_missing
            && (is_mark(letter) || is_joiner(letter) || (letter == ' ' && letters.peek().is_some_and(|&next| is_outside(next, fonts))));
        if goes_on {
            missing.push(letter);
            continue;
        }
        out.flush(&mut missing);
        out.text.push(letter);
    }
    out.flush(&mut missing);
    out
}

/// Plain ASCII, for the rare cluster whose parts are in different fonts.
pub fn ascii(text: &str) -> String {
    let plain = deunicode::deunicode_with_tofu(text, "?");
    // An `@` stands for a short vowel in some transliterations, and would read as an address.
    let kept: String = plain
        .chars()
        .map(|letter| {
            if letter == '@' {
                'a'
            } else if matches!(letter, ' '..='~') {
                letter
            } else {
                ' '
            }
        })
        .collect();
    let kept = kept.trim();
    if kept.is_empty() && text.chars().any(|letter| !is_mark(letter) && !letter.is_whitespace()) { "?".to_owned() } else { kept.to_owned() }
}

/// Text for properties, bookmarks and descriptions, which are not drawn: no controls, and not endless.
pub fn property(text: &str) -> String {
    const MOST: usize = 800;
    let mut clean: String = text.chars().filter_map(visible).filter(|&letter| !is_private(letter)).take(MOST).collect();
    if clean.chars().count() == MOST {
        clean.push('…');
    }
    clean.trim().to_owned()
}

impl Clean {
    fn flush(&mut self, missing: &mut String) {
        if missing.is_empty() {
            return;
        }
        let written = missing.trim_end_matches(is_joiner);
        self.text.push_str(&ascii(written));
        self.replaced.push(written.to_owned());
        missing.clear();
    }
}

/// The character to print, a space for what parts words, or nothing.
fn visible(letter: char) -> Option<char> {
    match letter {
        '\t' | '\n' | '\r' | '\u{B}' | '\u{C}' | '\u{85}' | '\u{2028}' | '\u{2029}' => Some(' '),
        // Soft hyphens, marks of order, selectors, fillers, tags: invisible, and refused or misread by readers.
        '\u{AD}' | '\u{34F}' | '\u{61C}' | '\u{115F}' | '\u{1160}' | '\u{17B4}' | '\u{17B5}' | '\u{3164}' | '\u{FEFF}' | '\u{FFA0}' => None,
        '\u{180B}'..='\u{180F}' | '\u{200B}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{206F}' | '\u{FE00}'..='\u{FE0F}' => None,
        '\u{FDD0}'..='\u{FDEF}'
        | '\u{FFF0}'..='\u{FFFC}'
        | '\u{1BCA0}'..='\u{1BCA3}'
        | '\u{1D173}'..='\u{1D17A}'
        | '\u{E0000}'..='\u{E0FFF}' => None,
        _ if letter.is_control() || (letter as u32) & 0xFFFE == 0xFFFE => None,
        _ => Some(letter),
    }
}

fn is_outside(letter: char, fonts: &Fonts) -> bool {
    is_private(letter) || !(fonts.has(letter) || is_joiner(letter))
}

/// Characters that are not seen but shape their neighbours.
fn is_joiner(letter: char) -> bool {
    matches!(letter, '\u{200C}'..='\u{200F}')
}

fn is_private(letter: char) -> bool {
    matches!(letter, '\u{E000}'..='\u{F8FF}' | '\u{F0000}'..='\u{FFFFD}' | '\u{100000}'..='\u{10FFFD}')
}

/// Marks that stand on, under or in the letter before them.
fn is_mark(letter: char) -> bool {
    unicode_normalization::char::is_combining_mark(letter)
}
