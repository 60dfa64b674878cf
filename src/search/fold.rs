//! Text into the words that are searched: without case and accents, in any script. `search.js` does the same
//! in the browser, and a file of vectors holds the two together.
//!
//! Scripts without spaces between words are cut into pairs of letters, each overlapping the next, and the last
//! letter once more alone.

use unicode_normalization::char::{decompose_compatible, is_combining_mark};

/// Letters of a word that count; what follows is left off.
pub const LONGEST: usize = 32;

/// True for each byte of an ASCII letter or digit.
static ASCII: [bool; 256] = {
    let mut table = [false; 256];
    let mut byte = 0;
    while byte < 128 {
        table[byte] = (byte as u8).is_ascii_alphanumeric();
        byte += 1;
    }
    table
};

/// Hands on each word of a text.
pub fn words(text: &str, visit: &mut impl FnMut(&[u8])) {
    low_words(&text.to_ascii_lowercase(), visit);
}

/// Hands on each word of a text without capitals of ASCII.
pub fn low_words(text: &str, visit: &mut impl FnMut(&[u8])) {
    let bytes = text.as_bytes();
    let mut cutter = Cutter::default();
    let mut at = 0;
    while let Some(&byte) = bytes.get(at) {
        let start = at;
        while bytes.get(at).is_some_and(|byte| ASCII[usize::from(*byte)]) {
            at += 1;
        }
        // What is too long is cut off.
        let run = &bytes[start..at.min(start + LONGEST)];
        if byte >= 128 {
            // Always a character: everything before it was one byte long.
            let Some(c) = text[at..].chars().next() else { break };
            at += c.len_utf8();
            fold(c, &mut |folded| cutter.letter(folded, visit));
        } else if run.is_empty() {
            cutter.end(visit);
            at += 1;
        } else if cutter.word.is_empty() && bytes.get(at).is_none_or(|next| *next < 128) {
            visit(run);
        } else {
            cutter.ascii(run, visit);
        }
    }
    cutter.end(visit);
}

/// A name as people type it who leave the apostrophes out: `OBrien`. Nothing where it has none.
pub fn closed(text: &str) -> Option<String> {
    const APOSTROPHES: [char; 2] = ['\'', '’'];
    text.contains(APOSTROPHES).then(|| text.replace(APOSTROPHES, ""))
}

/// What a letter becomes, one sign at a time.
fn fold(c: char, emit: &mut impl FnMut(char)) {
    if is_han(c) {
        return emit(c);
    }
    decompose_compatible(c, |part| {
        for low in part.to_lowercase().filter(|low| !is_dropped(*low)) {
            match spelled(low) {
                Some(letters) => letters.chars().for_each(&mut *emit),
                None => emit(low),
            }
        }
    });
}

/// Letters that no decomposition takes apart, and that people type as others.
fn spelled(c: char) -> Option<&'static str> {
    Some(match c {
        'ß' => "ss",
        'æ' => "ae",
        'œ' => "oe",
        'ø' => "o",
        'đ' | 'ð' => "d",
        'ħ' => "h",
        'ı' => "i",
        'ł' => "l",
        'þ' => "th",
        'ς' => "σ",
        _ => return None,
    })
}

/// Accents, points and signs that are not seen.
fn is_dropped(c: char) -> bool {
    matches!(c,
        '\u{AD}' | '\u{300}'..='\u{36F}' | '\u{591}'..='\u{5BD}' | '\u{5BF}' | '\u{5C1}' | '\u{5C2}' | '\u{5C4}' | '\u{5C5}'
        | '\u{5C7}' | '\u{64B}'..='\u{65F}' | '\u{670}' | '\u{1AB0}'..='\u{1AFF}' | '\u{1DC0}'..='\u{1DFF}'
        | '\u{200B}'..='\u{200F}' | '\u{20D0}'..='\u{20FF}' | '\u{2060}' | '\u{FE00}'..='\u{FE0F}' | '\u{FE20}'..='\u{FE2F}' | '\u{FEFF}')
}

fn is_han(c: char) -> bool {
    matches!(c, '\u{3400}'..='\u{4DBF}' | '\u{4E00}'..='\u{9FFF}' | '\u{20000}'..='\u{2A6DF}')
}

/// Letters of scripts that put no spaces between words: Thai, Lao, Burmese, Khmer, kana, Han.
fn is_unspaced(c: char) -> bool {
    matches!(c, '\u{E00}'..='\u{EFF}' | '\u{1000}'..='\u{109F}' | '\u{1780}'..='\u{17FF}' | '\u{3005}'..='\u{3007}'
        | '\u{3040}'..='\u{30FF}' | '\u{31F0}'..='\u{31FF}' | '\u{3400}'..='\u{9FFF}' | '\u{F900}'..='\u{FAFF}'
        | '\u{20000}'..='\u{3FFFF}')
}

/// Where we are: in a word, or in a run of letters without spaces.
#[derive(Default)]
struct Cutter {
    word: Vec<u8>,
    letters: usize,
    /// In a run: where its last letter begins. The one before it begins at 0.
    run: Option<usize>,
}

impl Cutter {
    /// Letters and digits of ASCII, lowered.
    fn ascii(&mut self, run: &[u8], visit: &mut impl FnMut(&[u8])) {
        if self.run.is_some() {
            self.end(visit);
        }
        let room = LONGEST.saturating_sub(self.letters).min(run.len());
        self.word.extend(&run[..room]);
        self.letters += room;
    }

    fn letter(&mut self, c: char, visit: &mut impl FnMut(&[u8])) {
        let is_mark = !c.is_ascii() && is_combining_mark(c);
        if !is_mark && !c.is_alphanumeric() {
            return self.end(visit);
        }
        let mut bytes = [0; 4];
        let bytes = c.encode_utf8(&mut bytes).as_bytes();
        if (!is_mark || self.word.is_empty()) && is_unspaced(c) {
            match self.run {
                None => self.end(visit),
                Some(0) => {}
                Some(last) => {
                    visit(&self.word);
                    self.word.drain(..last);
                }
            }
            self.run = Some(self.word.len());
            self.word.extend(bytes);
            self.letters = 0;
            return;
        }
        if self.run.is_some() && !is_mark {
            self.end(visit);
        }
        if self.letters < LONGEST {
            self.word.extend(bytes);
            self.letters += 1;
        }
    }

    fn end(&mut self, visit: &mut impl FnMut(&[u8])) {
        if !self.word.is_empty() {
            visit(&self.word);
            if let Some(last) = self.run.filter(|last| *last > 0) {
                visit(&self.word[last..]);
            }
        }
        self.word.clear();
        self.letters = 0;
        self.run = None;
    }
}
