// Text as it can be compared between a page and its print: no spaces, no marks
// that only draw a shape, one form for letters that have several.
export function plain(text) {
  return text
    .normalize("NFKC")
    .toLowerCase()
    .replace(/[\s\p{Cf}\p{So}\p{Co}]+/gu, "");
}
