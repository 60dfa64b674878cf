//! `handbook.yaml`: what holds for the whole handbook. Decoded like a playbook, with codes of its own.

mod checks;
mod reading;

use std::collections::BTreeMap;
use std::sync::LazyLock;

use serde_json::Value as Json;

use crate::calendar::{Date, Duration, Unit, Workdays, zone::Time};
use crate::diagnostic::{Diagnosed, Diagnostic, FileId, Findings, Severity, Span, codes};
use crate::schema::json_schema::{Entry, entries_of};
use crate::schema::{Colour, Days, Decoder, HANDBOOK, Id, List, Names, OneOrMany, Section, Shape, Shown, Value, Visibility, Zone, slug};
use crate::secrets;
use crate::yaml::{self, NodeId, Source};
use crate::{choice, section};

/// The name of the configuration file, at the root of a project.
pub const FILE: &str = "handbook.yaml";

/// Folders of a project that no site is written to.
pub const SOURCES: [&str; 3] = ["content", "themes", "src"];

/// Everything that `handbook.yaml` can say.
static SETTINGS: LazyLock<Vec<Entry>> = LazyLock::new(|| entries_of(Handbook::info(), ""));

/// Each setting with its path.
pub fn settings() -> &'static [Entry] {
    &SETTINGS
}

section! {
    /// The configuration of a handbook, `handbook.yaml`.
    Handbook {
        /// The title of the handbook.
        title: String, Vendor, Required, "Vendor handbook";
        /// Whose vendors these are.
        client: String, Vendor, Optional, "Harbor & Pine";
        /// A short name for file names and calendars. Default: made from the title.
        id: Id, Vendor, Optional, "harbor-and-pine";
        /// The day the handbook is built for. Default: today.
        as_of: Date, Vendor, Optional, "2026-11-21";
        /// The zone in which days begin and end. Default: UTC.
        timezone: Zone, Vendor, Optional, "Europe/London";
        /// The language of the pages, as a language tag. Default: en.
        language: String, Vendor, Optional, "en";
        /// Closed days of the week. Default: Saturday and Sunday.
        weekend: List<Weekday>, Vendor, Optional, "[sat, sun]";
        /// The holiday calendars to count by. Default: the one that is configured.
        calendar: OneOrMany<String>, Vendor, Optional, "uk";
        /// Holidays by calendar.
        holidays: Holidays, Vendor, Optional, "{uk: [{date: 2026-12-25, name: Christmas Day}]}";
        /// The hours that count as business hours.
        business_hours: BusinessHours, Vendor, Optional, "{start: \"09:00\", end: \"17:30\"}";
        /// The paper you print on. Default: A4.
        paper: Paper, Vendor, Optional, "A4";
        /// How long before a send-by day it is called urgent. Default: 60d.
        notice_alert: Days, Internal, Optional, "60d";
        /// Weights of the scores of a review, by criterion.
        scorecard: Weights, Internal, Optional, "{quality: 40, timeliness: 60}";
        /// Severity of findings by code.
        rules: RuleLevels, Internal, Optional, "{LNK003: error}";
        /// The folder in `themes/` whose files replace or add to the built-in theme.
        theme: String, Vendor, Optional, "ours";
        /// How the handbook presents its owner.
        brand: Brand, Vendor, Optional, "{logo: logo.svg, colour: \"#1f5c4d\"}";
        /// For which vendors a PDF pack is made.
        pdf: PdfFor, Vendor, Optional, "leaving";
        /// Who sees pages that say nothing about it.
        audiences: Audiences, Internal, Optional, "{default: internal}";
        /// The output folder. Default: site.
        out: String, Internal, Optional, "site";
    }
}

section! {
    /// A closed day. A bare date is enough.
    Holiday, main "date" {
        /// The day.
        date: Date, Vendor, Required, "2026-12-25";
        /// What it is called.
        name: String, Vendor, Optional, "Christmas Day";
    }
}

section! {
    /// The hours that count as business hours.
    BusinessHours {
        /// From.
        start: Time, Vendor, Required, "\"09:00\"";
        /// To.
        end: Time, Vendor, Required, "\"17:30\"";
    }
}

section! {
    /// How the handbook presents its owner.
    Brand {
        /// A picture in `content/`, shown at the top of every page and of every sheet that a browser shows or prints. A PDF
        /// has the client's name instead.
        logo: String, Vendor, Optional, "logo.svg";
        /// Font files below `content/` for names in further scripts, tried in this order when a PDF is made.
        fonts: List<String>, Vendor, Optional, "[fonts/NotoSansArabic.ttf]";
        /// The colour of links, marks and the page you are on. Choose one that can be read on white.
        colour: Colour, Vendor, Optional, "\"#1f5c4d\"";
        /// A line at the foot of every page.
        footer: String, Vendor, Optional, "Prepared by Rowan Advisory";
    }
}

section! {
    /// Who sees pages that say nothing about it.
    Audiences {
        /// The audience of a page without `visibility`. Default: internal.
        default: Visibility, Internal, Optional, "internal";
    }
}

choice! {
    /// A day of the week.
    Weekday {
        /// Monday.
        Mon = "mon",
        /// Tuesday.
        Tue = "tue",
        /// Wednesday.
        Wed = "wed",
        /// Thursday.
        Thu = "thu",
        /// Friday.
        Fri = "fri",
        /// Saturday.
        Sat = "sat",
        /// Sunday.
        Sun = "sun",
    }
}

choice! {
    /// A paper size.
    Paper {
        /// 210 by 297 millimetres.
        A4 = "A4",
        /// 8.5 by 11 inches.
        Letter = "Letter",
    }
}

choice! {
    /// For which vendors a PDF pack is made.
    PdfFor {
        /// None.
        None = "none",
        /// Those at risk or leaving.
        Leaving = "leaving",
        /// All.
        All = "all",
    }
}

choice! {
    /// What a finding counts as.
    RuleLevel {
        /// Nothing: it is not reported.
        Off = "off",
        /// A hint.
        Info = "info",
        /// Advice.
        Warning = "warning",
        /// A fault.
        Error = "error",
    }
}

/// Declares a mapping of free names to values.
macro_rules! named_values {
    ($(#[doc = $doc:literal])+ $name:ident, $of:ty, $called:literal, $example:literal) => {
        $(#[doc = $doc])+
        #[derive(Debug, Clone)]
        pub struct $name(pub Vec<(String, Span, $of)>);

        impl Value for $name {
            fn shape() -> Shape {
                Shape::Map(Box::new(<$of as Value>::shape()))
            }

            fn decode(node: NodeId, cx: &mut Decoder<'_>) -> Option<Self> {
                cx.map(node, $called, $example).map($name)
            }

            fn json(&self) -> Json {
                Json::Object(self.0.iter().map(|(name, _, value)| (name.clone(), value.json())).collect())
            }

            fn show(&self, names: &Names) -> Shown {
                Shown::Facts(self.0.iter().map(|(name, _, value)| (name.clone(), value.show(names))).collect())
            }
        }
    };
}

named_values! {
    /// Holidays by calendar.
    Holidays, List<Holiday>, "holiday calendars by name", "{uk: [{date: 2026-12-25, name: Christmas Day}]}"
}
named_values! {
    /// Severities by code.
    RuleLevels, RuleLevel, "severities by code", "{LNK003: error}"
}
named_values! {
    /// Weights by criterion.
    Weights, f64, "weights by criterion", "{quality: 40, timeliness: 60}"
}

/// What the rest of the pipeline asks the configuration.
#[derive(Debug, Clone)]
pub struct Config {
    pub file: FileId,
    pub title: String,
    pub client: Option<String>,
    pub id: String,
    pub as_of: Option<Date>,
    pub timezone: String,
    pub language: String,
    pub notice_alert: Duration,
    pub theme: Option<(String, Span)>,
    pub logo: Option<(String, Span)>,
    pub colour: Option<String>,
    /// Font files for PDFs, by their path below `content/`.
    pub fonts: Vec<String>,
    pub footer: Option<String>,
    pub paper: Option<Paper>,
    /// Which vendors get a PDF of their pack in the site.
    pub pdf: PdfFor,
    /// What a review scores, and how much each criterion weighs; empty where the handbook names none.
    pub scorecard: Vec<(String, f64)>,
    pub out: Option<String>,
    weekend: [bool; 7],
    calendars: Vec<String>,
    holidays: BTreeMap<String, Vec<Date>>,
    rules: BTreeMap<String, (RuleLevel, Span)>,
    /// True where the handbook names its business hours.
    pub has_business_hours: bool,
    /// Where the holidays are written, for findings about them.
    pub holidays_at: Span,
}

impl Config {
    /// Where the files of the theme stand in the project, such as `themes/ours`.
    pub fn theme_folder(&self) -> String {
        format!("themes/{}", self.theme.as_ref().map_or("default", |(name, _)| name))
    }

    /// Reads the text of `handbook.yaml`. Any error among the findings means that nothing can be built.
    pub fn read(text: &str) -> Diagnosed<Config> {
        let file: FileId = FILE.into();
        let mut findings = Findings::new(&file);
        secrets::scan(text, &mut findings);
        let source = Source { text, start: 0, end: text.len() };
        let (nodes, root) = yaml::parse(source, HANDBOOK.unreadable, &mut findings);
        let handbook = match root {
            Some(root) => Decoder::new(&nodes, text, &HANDBOOK, &mut findings).section::<Handbook>(root).unwrap_or_default(),
            None => {
                if findings.is_empty() {
                    findings.add(&codes::CFG001, Span::at(0), "The configuration is empty.").help("Write `title: Vendor handbook`.");
                }
                Handbook::default()
            }
        };
        let config = Config::of(&file, &handbook, &mut findings);
        // Only playbooks and pages are put right by themselves.
        let diagnostics = findings.into_list().into_iter().map(|finding| Diagnostic { patch: None, ..finding }).collect();
        Diagnosed { value: config, diagnostics }
    }

    fn of(file: &FileId, handbook: &Handbook, findings: &mut Findings) -> Config {
        let title = handbook.title.text().unwrap_or("Vendor handbook").to_owned();
        let mut weekend = [false, false, false, false, false, true, true];
        if let Some((days, at)) = handbook.weekend.given_at() {
            weekend = [false; 7];
            days.0.iter().for_each(|day| weekend[*day as usize] = true);
            if weekend.iter().all(|closed| *closed) {
                findings.add(&codes::CFG004, at, "Every day of the week is closed.").help("Leave at least one day open.").field("weekend");
            }
        }
        let mut holidays: BTreeMap<String, Vec<Date>> = BTreeMap::new();
        for (name, _, days) in handbook.holidays.get().map_or(&[][..], |holidays| &holidays.0) {
            let days = days.0.iter().filter_map(|holiday| holiday.date.copied());
            holidays.entry(name.clone()).or_default().extend(days);
        }
        checks::hours(handbook, findings);
        checks::out(handbook, findings);
        Config {
            file: file.clone(),
            client: handbook.client.text().map(str::to_owned),
            id: handbook.id.get().map_or_else(|| slug(&title), |id| id.0.clone()),
            as_of: handbook.as_of.copied(),
            timezone: handbook.timezone.get().map_or("UTC".to_owned(), |zone| zone.0.clone()),
            language: handbook.language.text().unwrap_or("en").to_owned(),
            notice_alert: handbook.notice_alert.copied().map_or(Duration::new(60, Unit::Day), |days| days.0),
            theme: handbook.theme.given_at().map(|(name, at)| (name.clone(), at)),
            logo: handbook.brand.get().and_then(|brand| brand.logo.given_at()).map(|(logo, at)| (logo.clone(), at)),
            fonts: handbook.brand.get().map_or(Vec::new(), |brand| brand.fonts.items().to_vec()),
            colour: handbook.brand.get().and_then(|brand| brand.colour.get()).map(|colour| colour.0.clone()),
            footer: handbook.brand.get().and_then(|brand| brand.footer.text()).map(str::to_owned),
            paper: handbook.paper.copied(),
            pdf: handbook.pdf.copied().unwrap_or(PdfFor::None),
            scorecard: handbook
                .scorecard
                .get()
                .map_or(Vec::new(), |weights| weights.0.iter().map(|(name, _, weight)| (name.clone(), *weight)).collect()),
            out: handbook.out.text().map(str::to_owned),
            calendars: checks::calendars(handbook, &holidays, findings),
            weekend,
            holidays,
            rules: handbook
                .rules
                .get()
                .map_or_else(BTreeMap::new, |rules| rules.0.iter().map(|(code, at, level)| (code.clone(), (*level, *at))).collect()),
            has_business_hours: !handbook.business_hours.is_absent(),
            holidays_at: handbook.holidays.span().unwrap_or_default(),
            title,
        }
    }

    /// The open days by the handbook's own calendars.
    pub fn workdays(&self) -> Workdays {
        self.counting(&self.calendars)
    }

    /// The open days by the named calendars. Names that are not configured count for nothing.
    pub fn counting(&self, names: &[String]) -> Workdays {
        names.iter().fold(Workdays::new(self.weekend), |days, name| match self.holidays.get(name) {
            Some(holidays) => days.with_calendar(name, holidays.iter().copied()),
            None => days,
        })
    }

    pub fn has_calendar(&self, name: &str) -> bool {
        self.holidays.contains_key(name)
    }

    pub fn calendar_names(&self) -> impl Iterator<Item = &str> {
        self.holidays.keys().map(String::as_str)
    }

    /// The codes whose severity the handbook sets, and where.
    pub fn levels(&self) -> impl Iterator<Item = (&str, Span)> {
        self.rules.iter().map(|(code, (_, at))| (code.as_str(), *at))
    }

    /// The severity the handbook gives a code; none where it switches the code off.
    pub fn severity(&self, code: &str, default: Severity) -> Option<Severity> {
        match self.rules.get(code).map(|(level, _)| level) {
            None => Some(default),
            Some(RuleLevel::Off) => None,
            Some(RuleLevel::Info) => Some(Severity::Info),
            Some(RuleLevel::Warning) => Some(Severity::Warning),
            Some(RuleLevel::Error) => Some(Severity::Error),
        }
    }
}
