//! Colours for code blocks: a dozen short classes of our own. Grammars are loaded at the first block.

/// The code as HTML with `span`s, or nothing where the language is not known.
#[cfg(not(feature = "highlight"))]
pub fn html(_: &str, _: &str) -> Option<String> {
    None
}

#[cfg(feature = "highlight")]
pub use coloured::html;

#[cfg(feature = "highlight")]
mod coloured {
    use std::collections::HashMap;
    use std::sync::{Arc, LazyLock, Mutex, PoisonError};

    use syntect::parsing::{ParseState, Scope, ScopeStack, SyntaxReference, SyntaxSet};

    use crate::markdown::escape_into;

    static GRAMMARS: LazyLock<SyntaxSet> = LazyLock::new(SyntaxSet::load_defaults_newlines);

    /// Scopes from the most special to the most general, and the class each gets.
    static CLASSES: LazyLock<Vec<(Scope, &'static str)>> = LazyLock::new(|| {
        let classes = [
            ("comment", "c"),
            ("string", "s"),
            ("constant.numeric", "n"),
            ("constant.character.escape", "s"),
            ("constant", "n"),
            ("entity.name.function", "f"),
            ("support.function", "f"),
            ("variable.function", "f"),
            ("entity.name.tag", "a"),
            ("entity.other.attribute-name", "a"),
            ("entity.name.type", "t"),
            ("entity.name.class", "t"),
            ("support.type", "t"),
            ("storage.type", "k"),
            ("storage.modifier", "k"),
            ("keyword.operator", "o"),
            ("keyword", "k"),
            ("variable", "v"),
            ("meta.preprocessor", "m"),
        ];
        classes.into_iter().filter_map(|(scope, class)| Some((Scope::new(scope).ok()?, class))).collect()
    });

    /// Lines already coloured: the same line after the same line comes out the same, and vendors' code
    /// blocks repeat each other a great deal. Digits are read as zeros, because lines often differ in
    /// nothing but a number, and a number has one colour whatever it is.
    #[derive(Default)]
    struct Seen {
        states: Vec<(ParseState, ScopeStack)>,
        lines: HashMap<(usize, String), Coloured>,
    }

    /// The state after a line, and its pieces.
    type Coloured = (usize, Arc<[Piece]>);

    /// A run of bytes of a line, and its class.
    type Piece = (usize, Option<&'static str>);

    /// By language, for all threads: what one has coloured, the others need not, and a pattern keeps its memory once.
    static SEEN: LazyLock<Mutex<HashMap<String, Seen>>> = LazyLock::new(Mutex::default);

    /// Lines remembered for one language.
    const MOST_LINES: usize = 8_000;
    /// A longer line is shown plain: grammars take too long over it.
    const LONGEST: usize = 4_000;

    pub fn html(language: &str, code: &str) -> Option<String> {
        let syntax = GRAMMARS.find_syntax_by_token(language).filter(|_| !language.is_empty())?;
        let lines = {
            let mut seen = SEEN.lock().unwrap_or_else(PoisonError::into_inner);
            seen.entry(syntax.name.clone()).or_default().colour(syntax, code)
        };
        let mut out = String::with_capacity(code.len() * 2);
        code.split_inclusive('\n').zip(lines).for_each(|(line, pieces)| push(&mut out, line, &pieces));
        Some(out)
    }

    impl Seen {
        /// The pieces of each line.
        fn colour(&mut self, syntax: &SyntaxReference, code: &str) -> Vec<Arc<[Piece]>> {
            if self.lines.len() > MOST_LINES || self.states.is_empty() {
                *self = Seen { states: vec![(ParseState::new(syntax), ScopeStack::new())], lines: HashMap::new() };
            }
            let mut state = 0;
            let line = |line: &str| {
                if line.len() > LONGEST {
                    return Arc::new([(line.len(), None)]) as Arc<[Piece]>;
                }
                let plain: String = line.chars().map(|c| if c.is_ascii_digit() { '0' } else { c }).collect();
                let key = (state, plain);
                let (next, pieces) = match self.lines.get(&key) {
                    Some(known) => known.clone(),
                    None => {
                        let made = self.line(state, &key.1);
                        self.lines.insert(key, made.clone());
                        made
                    }
                };
                state = next;
                pieces
            };
            code.split_inclusive('\n').map(line).collect()
        }

        fn line(&mut self, state: usize, line: &str) -> Coloured {
            let (mut parse, mut stack) = self.states[state].clone();
            let Ok(changes) = parse.parse_line(line, &GRAMMARS) else { return (state, Arc::new([(line.len(), None)])) };
            let mut pieces: Vec<Piece> = Vec::new();
            let mut add = |length: usize, class| match pieces.last_mut() {
                // What looks alike is one piece, however many scopes it has.
                Some((last, known)) if *known == class => *last += length,
                _ if length > 0 => pieces.push((length, class)),
                _ => {}
            };
            let mut at = 0;
            for (offset, change) in changes {
                add(offset - at, class(&stack));
                at = offset;
                if stack.apply(&change).is_err() {
                    break;
                }
            }
            add(line.len() - at, class(&stack));
            let after = (parse, stack);
            let next = self.states.iter().position(|known| *known == after).unwrap_or_else(|| {
                self.states.push(after);
                self.states.len() - 1
            });
            (next, pieces.into())
        }
    }

    fn class(stack: &ScopeStack) -> Option<&'static str> {
        let of = |scope: &Scope| CLASSES.iter().find(|(prefix, _)| prefix.is_prefix_of(*scope)).map(|(_, class)| *class);
        stack.scopes.iter().rev().find_map(of)
    }

    fn push(out: &mut String, line: &str, pieces: &[Piece]) {
        let mut at = 0;
        for (length, class) in pieces {
            let text = &line[at..at + length];
            at += length;
            match class {
                Some(class) if !text.trim().is_empty() => {
                    let (text, end) = text.strip_suffix('\n').map_or((text, ""), |text| (text, "\n"));
                    out.push_str("<span class=\"hl-");
                    out.push_str(class);
                    out.push_str("\">");
                    escape_into(out, text);
                    out.push_str("</span>");
                    out.push_str(end);
                }
                _ => escape_into(out, text),
            }
        }
    }
}
