// Texts as they can be compared between a page and its PDF.

// Ruled blanks are underscores in one and nothing in the other.
const BLANK = /_{3,}/gu;
// Characters that are not seen: the page keeps them, paper has no use for them.
const UNSEEN = /[\p{Cf}\p{Cc}\p{Cs}\u{34f}\u{115f}\u{1160}\u{17b4}\u{17b5}\u{180b}-\u{180f}\u{3164}\u{ffa0}\u{fe00}-\u{fe0f}]/gu;

// Letters in one form, with single spaces.
export const told = (text) => text.normalize("NFC").replace(/\s+/gu, " ").replace(UNSEEN, "").normalize("NFC").trim();

export const collapsed = (text) => told(text.replace(BLANK, " "));

export const compact = (text) => collapsed(text).replaceAll(" ", "");
