//! What can be found of one vendor or page: a pure function of it, and the expensive part of the search.

use super::plain::{self, Kind};
use crate::book::{Book, OWN, Own};
use crate::config;
use crate::diagnostic::Code;
use crate::library::{Page, Vendor, routes};
use crate::markdown::Outline;
use crate::schema::json_schema;
use crate::schema::{AnyField, Field, Generated, Person, Section};

/// Where a word stands, the weightiest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
#[repr(u8)]
pub enum Place {
    /// The title and the name.
    Name,
    Person,
    System,
    Service,
    Tag,
    /// Headings, status and tier, telephone numbers, and words that come again and again.
    Heading,
    Prose,
}

impl Place {
    pub const ALL: &'static [Place] =
        &[Place::Name, Place::Person, Place::System, Place::Service, Place::Tag, Place::Heading, Place::Prose];

    /// True where a query may ask for this place, so that a word counts there as well as elsewhere.
    pub fn is_field(self) -> bool {
        self < Place::Heading
    }
}

/// Something that can be found: a vendor, a page of the author's, a page that every handbook has, the manual page of
/// a code.
#[derive(Debug, Clone, Copy)]
pub enum Entry<'a> {
    Vendor(&'a Vendor),
    Page(&'a Page),
    Own(&'static Own),
    Code(&'static Code, &'a Page),
}

/// Everything that can be found, in the order of its numbers: vendors, pages, the handbook's own, codes, each by
/// address. An edit of a text moves no number.
pub fn entries(book: &Book) -> Vec<Entry<'_>> {
    let library = &book.library;
    let reference = library.pages.iter().find(|page| page.matter.shows.copied() == Some(Generated::Findings));
    let codes = reference.into_iter().flat_map(|page| crate::rules::all_codes().iter().map(move |code| Entry::Code(code, page)));
    // The home page is the author's where there is an `index.md`.
    let own = OWN.iter().filter(|own| !library.pages.iter().any(|page| page.route == own.route)).map(Entry::Own);
    let pages = library.pages.iter().map(|page| Entry::Page(page));
    library.vendors.iter().map(Entry::Vendor).chain(pages).chain(own).chain(codes).collect()
}

impl Entry<'_> {
    pub fn title(&self) -> String {
        let title = match self {
            Entry::Vendor(vendor) => vendor.title().to_owned(),
            Entry::Page(page) => page.title.clone(),
            Entry::Own(own) => own.title.to_owned(),
            Entry::Code(code, _) => format!("{} {}", code.id, code.name),
        };
        title.split_whitespace().collect::<Vec<_>>().join(" ")
    }

    pub fn route(&self) -> String {
        match self {
            Entry::Vendor(vendor) => routes::vendor_page(&vendor.slug),
            Entry::Page(page) => page.route.clone(),
            Entry::Own(own) => own.route.to_owned(),
            Entry::Code(code, page) => routes::code_page(&page.route, code.id),
        }
    }
}

/// The words of one entry. Lines hold one text each; one that begins with `#` says which part of the page
/// follows, as its anchor and name with a tab between.
#[derive(Debug, Default)]
pub struct Document {
    pub text: String,
    /// Texts that show elsewhere, the title first: found, and not part of an excerpt.
    pub names: String,
    /// Telephone numbers as a telephone shows them, without gaps; no part of an excerpt either.
    pub numbers: String,
    /// Where each line of the text ends, and how much its words weigh. Names of parts are not searched.
    pub lines: Vec<(u32, Option<Place>)>,
}

impl Document {
    pub fn of(entry: &Entry<'_>) -> Document {
        let mut document = Document { names: entry.title(), ..Document::default() };
        document.text.reserve(match entry {
            Entry::Vendor(vendor) => vendor.text.len(),
            Entry::Page(page) => page.text.len(),
            Entry::Own(own) => own.about.len(),
            Entry::Code(code, _) => code.docs.len(),
        });
        match entry {
            Entry::Vendor(vendor) => document.vendor(vendor),
            Entry::Page(page) => document.page(page),
            Entry::Own(own) => document.text(own.about, Place::Prose),
            Entry::Code(code, _) => document.markdown(&code.manual(), &Outline::default()),
        }
        document
    }

    fn vendor(&mut self, vendor: &Vendor) {
        let playbook = &vendor.playbook;
        self.names.push('\n');
        self.names.push_str(vendor.name());
        for phone in playbook.contacts.items().iter().filter_map(|contact| contact.phone.text()) {
            self.numbers.extend(phone.chars().filter(char::is_ascii_digit));
            self.numbers.push('\n');
        }
        self.text(playbook.summary.text().unwrap_or_default(), Place::Prose);
        let mut part = "";
        playbook.each(&mut |info, field| {
            let Some((anchor, name)) = part_of(info.key).filter(|_| field.is_written()) else { return };
            if part != anchor {
                part = anchor;
                self.part(anchor, name);
            }
            match info.key {
                "contacts" => self.list(playbook.contacts.items(), "name", Place::Person),
                "services" => self.list(playbook.services.items(), "name", Place::Service),
                "access" => self.list(playbook.access.items(), "system", Place::System),
                "tags" => self.field(field, Place::Tag),
                // The name stands above everything already.
                "vendor" => field.texts(&mut |text, _| self.text(if text == vendor.name() { "" } else { text }, Place::Prose)),
                _ => self.field(field, Place::Prose),
            }
        });
        self.part("contacts", "People");
        self.others(vendor);
        self.part("waivers", "Record");
        for (key, value) in playbook.base.own() {
            self.text(&format!("{key}: {}", crate::schema::plain(value)), Place::Prose);
        }
        self.part("", "");
        let labels = [playbook.status.copied().map(|word| word.label()), playbook.tier.copied().map(|word| word.label())];
        labels.iter().flatten().for_each(|label| self.text(label, Place::Heading));
        let body = vendor.body_text();
        if !body.trim().is_empty() {
            self.part("notes", "Notes");
            self.markdown(body, &vendor.outline);
        }
    }

    /// Whoever is named as someone in charge and is no contact.
    fn others(&mut self, vendor: &Vendor) {
        let playbook = &vendor.playbook;
        let reach = playbook.access.items().iter().flat_map(|access| [&access.holder, &access.admin]);
        let mut others: Vec<&str> = std::iter::once(&playbook.owner).chain(reach).filter_map(|field| other(field, vendor)).collect();
        others.sort_unstable();
        others.dedup();
        others.into_iter().for_each(|name| self.text(name, Place::Person));
    }

    /// A list of sections, one field of which is a name of its own.
    fn list<S: Section>(&mut self, items: &[S], name: &str, place: Place) {
        for item in items {
            item.each(&mut |info, field| match info.key {
                key if key == name => self.field(field, place),
                "id" => {}
                _ => self.field(field, Place::Prose),
            });
        }
    }

    fn field(&mut self, field: &dyn AnyField, place: Place) {
        field.texts(&mut |text, _| self.text(text, place));
    }

    fn page(&mut self, page: &Page) {
        self.text(page.matter.summary.text().unwrap_or_default(), Place::Prose);
        self.markdown(&page.text[page.body..], &page.outline);
        let entries: [&[json_schema::Entry]; 2] = match page.matter.shows.copied() {
            Some(Generated::Fields) => [json_schema::entries(), &[]],
            Some(Generated::Settings) => [config::settings(), json_schema::page_entries()],
            Some(Generated::Findings) | None => [&[], &[]],
        };
        for entry in entries.into_iter().flatten() {
            self.part(&entry.path, &entry.path);
            self.text(&entry.path, Place::Heading);
            plain::lines(entry.info.docs, &mut |_, text| self.text(text, Place::Prose));
        }
    }

    /// A body. The outline knows what its headings are called in an address.
    fn markdown(&mut self, body: &str, outline: &Outline) {
        let mut ahead = outline.headings.as_slice();
        plain::lines(body, &mut |kind, text| match kind {
            Kind::Prose => self.text(text, Place::Prose),
            Kind::Heading => {
                if let Some(n) = ahead.iter().position(|heading| heading.text == text) {
                    self.part(&ahead[n].id, text);
                    ahead = &ahead[n + 1..];
                }
                self.text(text, Place::Heading);
            }
        });
    }

    /// A part of the page begins. One that nothing was said in is taken back.
    fn part(&mut self, anchor: &str, name: &str) {
        if let Some((_, None)) = self.lines.last() {
            self.lines.pop();
            self.text.truncate(self.lines.last().map_or(0, |(end, _)| *end as usize + 1));
        }
        self.text.push('#');
        self.text.push_str(anchor);
        self.text.push('\t');
        self.text.push_str(name);
        self.close(None);
    }

    fn text(&mut self, text: &str, place: Place) {
        let text = text.trim();
        if text.is_empty() {
            return;
        }
        if text.starts_with('#') {
            self.text.push(' ');
        }
        // Without a way out in between: many bytes are looked at in one go.
        if text.bytes().fold(false, |any, byte| any | matches!(byte, b'\n' | b'\r')) {
            text.lines().for_each(|line| {
                self.text.push_str(line);
                self.text.push(' ');
            });
        } else {
            self.text.push_str(text);
        }
        self.close(Some(place));
    }

    fn close(&mut self, place: Option<Place>) {
        self.lines.push((self.text.len() as u32, place));
        self.text.push('\n');
    }
}

/// The person of a field who is no contact, and so a name.
fn other<'a>(field: &'a Field<Person>, vendor: &Vendor) -> Option<&'a str> {
    let person = field.get()?;
    (!vendor.names.people.iter().any(|(id, _)| *id == person.0)).then_some(person.0.as_str())
}

/// The part of a vendor's page that shows a field: its anchor and its name. Nothing for what no page shows, and
/// for what stands in the heading.
fn part_of(field: &str) -> Option<(&'static str, &'static str)> {
    Some(match field {
        "title" | "summary" | "schema" | "owner" | "aliases" => return None,
        "brief" | "onboarding" => ("brief", "Brief for the vendor"),
        "contacts" => ("contacts", "Contacts"),
        "services" => ("services", "Services"),
        "contract" => ("contract", "Contract"),
        "expectations" => ("expectations", "Expectations"),
        "slas" => ("service-levels", "Service levels"),
        "communication" => ("rhythm", "Communication"),
        "control" => ("decisions", "Decisions"),
        "nda" => ("nda", "Confidentiality"),
        "access" => ("access", "Access"),
        "deliverables" => ("deliverables", "Deliverables"),
        "feedback" | "reviews" => ("feedback", "Feedback"),
        "exit" | "knowledge_transfer" | "goodwill" | "successor" | "regulatory" => ("exit", "Exit"),
        "debrief" => ("debrief", "Debrief"),
        "allow" => ("waivers", "Record"),
        _ => ("why", "Why we work together"),
    })
}
