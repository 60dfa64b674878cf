//! The addresses of what Partwell makes for a vendor, and of one page as seen from another.

pub fn vendor_page(slug: &str) -> String {
    format!("vendors/{slug}.html")
}

/// The manual page of a code, below the page that lists the findings.
pub fn code_page(reference: &str, code: &str) -> String {
    format!("{}/{}.html", reference.trim_end_matches(".html"), code.to_lowercase())
}

/// A sheet of a vendor's exit: `exit/brightleaf/checklist.html`.
pub fn sheet_page(slug: &str, sheet: &str) -> String {
    format!("exit/{slug}/{sheet}.html")
}

pub fn checklist_page(slug: &str) -> String {
    sheet_page(slug, "checklist")
}

/// The whole exit pack on one page.
pub fn pack_page(slug: &str) -> String {
    sheet_page(slug, "index")
}

/// The exit pack as a PDF.
pub fn pack_pdf(slug: &str) -> String {
    format!("exit/{slug}/pack.pdf")
}

/// The working sheets of a vendor.
pub fn working_page(slug: &str) -> String {
    format!("sheets/{slug}.html")
}

/// The calendar of a vendor: `calendar/brightleaf.ics`.
pub fn vendor_calendar(slug: &str) -> String {
    format!("calendar/{slug}.ics")
}

/// The calendar of a person of ours: `calendar/owner-dana.ics`.
pub fn owner_calendar(person: &str) -> String {
    format!("calendar/owner-{person}.ics")
}

/// The calendar of a vendor's exit, apart from the others.
pub fn exit_calendar(slug: &str) -> String {
    format!("calendar/exit-{slug}.ics")
}

/// The vendors that an address could be about: the inverse of the functions above.
pub fn slugs_of(path: &str) -> impl Iterator<Item = &str> {
    let (folder, rest) = path.split_once('/').unwrap_or_default();
    let (slug, other) = match folder {
        "vendors" | "sheets" => (rest.strip_suffix(".html"), None),
        "exit" => (rest.split_once('/').map(|(slug, _)| slug), None),
        "calendar" => (rest.strip_suffix(".ics"), rest.strip_suffix(".ics").and_then(|name| name.strip_prefix("exit-"))),
        _ => (None, None),
    };
    slug.into_iter().chain(other)
}

/// The address of a page as seen from another.
pub fn relative(from: &str, to: &str) -> String {
    let same = from.bytes().zip(to.bytes()).take_while(|(a, b)| a == b).count();
    // Both stand in the folders before.
    let inner = from.as_bytes()[..same].iter().rposition(|byte| *byte == b'/').map_or(0, |n| n + 1);
    let up = from.as_bytes()[inner..].iter().filter(|byte| **byte == b'/').count();
    let rest = &to[inner..];
    let mut href = String::with_capacity(3 * up + rest.len());
    (0..up).for_each(|_| href.push_str("../"));
    href.push_str(rest);
    href
}
