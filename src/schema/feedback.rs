use super::*;
use crate::calendar::Date;
use crate::{choice, section};

section! {
    /// Something that was said, good or bad. Said early and with an example, it can still change things.
    Feedback {
        /// The day it was written down.
        date: Date, Client, Required, "2026-10-05";
        /// What kind it is.
        kind: FeedbackKind, Client, Advised, "praise";
        /// What it is about.
        text: String, Client, Advised, "Outreach tone is exactly right";
        /// What happened, precisely.
        example: String, Client, Advised, "Reply from Table Talk magazine";
        /// What you asked, instead of assuming.
        question: String, Client, Optional, "What would help you see order numbers?";
        /// What was behind it. Most often a misunderstanding.
        cause: FeedbackCause, Client, Optional, "misunderstanding";
        /// What changes in the process, so that it cannot happen again.
        process_change: String, Client, Advised, "Added orders to the report template";
        /// What you suggest.
        proposal: String, Client, Optional, "Add one line to the template";
        /// The day you noticed it.
        noticed: Date, Client, Optional, "2026-09-02";
        /// The day you raised it.
        raised: Date, Client, Optional, "2026-09-07";
        /// The meeting about it.
        meeting: FeedbackMeeting, Client, Optional, "{date: 2026-09-09, attendees: [dana, priya, marco]}";
        /// The day it was settled. Settled things are let go.
        closed: Date, Client, Optional, "2026-10-05";
    }
}

impl Feedback {
    /// True until the day it is settled. One whose day cannot be read counts as settled: its finding is told.
    pub fn is_open(&self, as_of: Date) -> bool {
        match &self.closed {
            Field::Absent => true,
            Field::Broken(_) => false,
            Field::Given(day, _) => *day > as_of,
        }
    }
}

choice! {
    /// What kind of feedback it is.
    FeedbackKind {
        /// Something done right.
        Praise = "praise",
        /// Something to put right.
        Concern = "concern",
        /// Something that calls for a meeting.
        Complaint = "complaint",
        /// Something to try.
        Idea = "idea",
    }
}

choice! {
    /// What was behind a concern.
    FeedbackCause {
        /// Somebody understood something else.
        Misunderstanding = "misunderstanding",
        /// The process let it happen.
        Process = "process",
        /// Somebody has not learnt it yet.
        Skill = "skill",
        /// There was not enough time or people.
        Capacity = "capacity",
        /// Our own side.
        Client = "client",
        /// Not known.
        Unknown = "unknown",
    }
}

section! {
    /// The meeting about a complaint.
    FeedbackMeeting, main "date", say meeting_words {
        /// When it was held.
        date: Date, Client, Advised, "2026-09-09";
        /// Who sat down.
        attendees: List<Item<Person>>, Client, Advised, "[dana, priya, marco]";
    }
}

section! {
    /// A check-in or review that was held.
    Review {
        /// When it was held.
        date: Date, Client, Required, "2026-11-05";
        /// What kind it was.
        kind: ReviewKind, Client, Advised, "monthly";
        /// Who took part.
        attendees: List<Item<Person>>, Client, Optional, "[dana, priya, marco]";
        /// Scores from 1 to 5 by criterion.
        scores: Scores, Client, Optional, "{quality: 4, timeliness: 5}";
        /// What went right. It comes first.
        went_right: String, Client, Optional, "Outreach";
        /// What could be better.
        improve: String, Client, Optional, "Broader skills";
        /// What could be handed over as well.
        delegate_more: String, Client, Optional, "Product descriptions";
        /// How you can help them grow.
        help_them_grow: String, Client, Optional, "A reference for their website";
        /// Who does what, by when.
        actions: List<Action>, Client, Optional, "[{what: Send the brand guide, who: dana, due: 2026-11-12}]";
    }
}

choice! {
    /// What kind of review it was.
    ReviewKind {
        /// A short check-in.
        CheckIn = "check_in",
        /// The monthly review.
        Monthly = "monthly",
        /// The quarterly review.
        Quarterly = "quarterly",
        /// The yearly review.
        Annual = "annual",
    }
}

section! {
    /// Something someone promised to do.
    Action, main "what", say action_words {
        /// What.
        what: String, Client, Advised, "Send the brand guide";
        /// Who.
        who: Person, Client, Advised, "dana";
        /// By when.
        due: Date, Client, Optional, "2026-11-12";
        /// The day it was done.
        done: Date, Client, Optional, "2026-11-10";
    }
}

/// `Thu 23 Jul 2026, with Dana Reyes, Priya Nair`.
fn meeting_words(meeting: &FeedbackMeeting, names: &Names) -> Option<String> {
    let people: Vec<&str> = meeting.attendees.items().iter().map(|item| names.person(&item.value.0)).collect();
    let with = if people.is_empty() { String::new() } else { format!(", with {}", people.join(", ")) };
    meeting.date.copied().map(|day| format!("{}{with}", day.long()))
}

/// `Send the brand guide (Dana Reyes, by Thu 12 Nov 2026; done Tue 10 Nov 2026)`.
fn action_words(action: &Action, names: &Names) -> Option<String> {
    let who = action.who.get().map(|person| names.person(&person.0).to_owned());
    let due = action.due.copied().map(|day| format!("by {}", day.long()));
    let done = action.done.copied().map(|day| format!("done {}", day.long()));
    let parts: Vec<String> = who.into_iter().chain(due).chain(done).collect();
    let rest = if parts.is_empty() { String::new() } else { format!(" ({})", parts.join(", ")) };
    let broken = action.due.is_broken() || action.done.is_broken();
    action.what.text().filter(|_| !broken).map(|what| format!("{what}{rest}"))
}
