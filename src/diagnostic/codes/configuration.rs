//! `handbook.yaml`.

codes! {
    /// Looks for a configuration that is missing or cannot be read: no `handbook.yaml` at the root of the project, an empty one, a slip in its YAML, or a key written twice.
    ///
    /// ## Why it matters
    ///
    /// Everything else depends on this small file: the day the handbook is for, the calendars, the title. A part that is guessed makes every date doubtful. Picture two lines with `calendar`, and nobody who knows which of them counts. One line is enough to begin with: `title: Vendor handbook`. `partwell init` writes it for you. This is our own rule, because nothing can be built on half a configuration.
    ///
    /// ## Fires
    ///
    /// ```text
    /// A folder without `handbook.yaml`, or one with a bracket that is never closed:
    ///
    /// title: Vendor handbook
    /// weekend: [sat, sun
    /// ```
    ///
    /// ## Put right
    ///
    /// ```yaml handbook
    /// weekend: [sat, sun]
    /// ```
    CFG001 "configuration-unreadable" Error;

    /// Looks for a key of the configuration that has to be there: the title, both ends of the business hours, the date of a holiday, or `calendar` where several holiday calendars are written down.
    ///
    /// ## Why it matters
    ///
    /// What is left out here would have to be guessed for every playbook at once. Picture a reply promised within four business hours, and hours that begin at nine and never end. Add the key; the message shows an example. This is our own rule, because a half value cannot be counted with.
    ///
    /// ## Fires
    ///
    /// ```yaml handbook
    /// business_hours: {start: "09:00"}
    /// ```
    ///
    /// ## Put right
    ///
    /// ```yaml handbook
    /// business_hours: {start: "09:00", end: "17:30"}
    /// ```
    CFG002 "configuration-key-missing" Error;

    /// Looks for a key in `handbook.yaml` that Partwell does not know.
    ///
    /// ## Why it matters
    ///
    /// A misspelt key would be ignored silently, and the handbook would be wrong in a place where nobody looks. Picture a `papper` of Letter, and a stack of sheets printed on the wrong size on the morning of the meeting. The message names the nearest key. Keys that begin with `x-` are yours, and are left alone. This is our own rule, because what you wrote should never be lost.
    ///
    /// ## Fires
    ///
    /// ```yaml handbook
    /// papper: A4
    /// ```
    ///
    /// ## Put right
    ///
    /// ```yaml handbook
    /// paper: A4
    /// ```
    CFG003 "configuration-key-unknown" Error;

    /// Looks for a value in `handbook.yaml` that does not fit its key: an unknown choice, the wrong kind of value, a week without an open day, or hours that end before they start.
    ///
    /// ## Why it matters
    ///
    /// The configuration counts for every vendor, so one wrong value is wrong on every page. Picture a weekend of seven days: no notice could ever be sent. The message says what is expected and shows an example. This is our own rule, because a value that is not understood is better named than guessed.
    ///
    /// ## Fires
    ///
    /// ```yaml handbook
    /// paper: a4
    /// ```
    ///
    /// ## Put right
    ///
    /// ```yaml handbook
    /// paper: A4
    /// ```
    CFG004 "configuration-value" Error;

    /// Looks for a date in `handbook.yaml` that is not a day of the calendar, or is not written as year, month and day.
    ///
    /// ## Why it matters
    ///
    /// A holiday that does not exist moves no deadline, and the day you meant to name stays an ordinary one. Picture 31 November as the day of the whole handbook: no days left could be counted from it. Write dates as `2026-11-21`. This is our own rule, because 03/04 is one day to some readers and another to the rest.
    ///
    /// ## Fires
    ///
    /// ```yaml handbook
    /// as_of: 2026-11-31
    /// ```
    ///
    /// ## Put right
    ///
    /// ```yaml handbook
    /// as_of: 2026-11-21
    /// ```
    CFG005 "configuration-date" Error;

    /// Looks for a length of time in `handbook.yaml` without a clear unit.
    ///
    /// ## Why it matters
    ///
    /// Sixty of what? Days, business days and weeks give different dates, and the difference is often the one that counts. Picture a warning that comes sixty minutes before the last notice day. Write `60d`, `10bd`, `4w`, `3mo` or `1y`; a bare `m` could mean minutes or months, so neither is guessed. This is our own rule.
    ///
    /// ## Fires
    ///
    /// ```yaml handbook
    /// notice_alert: 60
    /// ```
    ///
    /// ## Put right
    ///
    /// ```yaml handbook
    /// notice_alert: 60d
    /// ```
    CFG006 "configuration-duration" Error;

    /// Looks for a code under `rules` in `handbook.yaml` that no finding has.
    ///
    /// ## Why it matters
    ///
    /// You meant to change how much something counts, and nothing has changed. Picture a rule you made an error last spring, to be safe, and that has been advice all along, because of a letter O in place of a zero. The codes stand beside every finding, and each has a page like this one. This is our own rule, because a setting without effect looks just like one that works.
    ///
    /// ## Fires
    ///
    /// ```yaml handbook
    /// rules: {COM099: off}
    /// ```
    ///
    /// ## Put right
    ///
    /// ```yaml handbook
    /// rules: {COM006: off}
    /// ```
    CFG007 "rule-level-for-unknown-code" Error;

    /// Looks for something the configuration refers to and that is not there: a holiday calendar without days, or a theme without a folder in the project.
    ///
    /// ## Why it matters
    ///
    /// Business days are counted by the calendars you name. If one of them is empty, Christmas is a working day like any other, and a notice arrives at a closed door. Picture a logo and colours that everybody expects, and a handbook that comes out plain. Check the spelling first; then add the days, or the folder. This is our own rule, because what is missing is better named than left out.
    ///
    /// ## Fires
    ///
    /// ```yaml handbook
    /// calendar: uk
    /// ```
    ///
    /// ## Put right
    ///
    /// ```yaml handbook
    /// calendar: uk
    /// holidays: {uk: [2026-12-25, 2027-12-27, 2028-12-26]}
    /// ```
    CFG008 "configuration-reference" Error;

    /// Looks for a year in which dates of the handbook fall, and for which a holiday calendar names no day.
    ///
    /// ## Why it matters
    ///
    /// Business days of that year are then counted by weekends alone, so a date can come out a day too late. Picture a letter planned for a public holiday, in an office with nobody at the door. Partwell says so instead of guessing; it brings no holidays of its own, because they differ from place to place. Add that year to `holidays`. This is our own rule.
    ///
    /// ## Fires
    ///
    /// ```yaml handbook
    /// holidays: {uk: [2026-12-25]}
    /// ```
    ///
    /// ## Put right
    ///
    /// ```yaml handbook
    /// holidays: {uk: [2026-12-25, 2027-12-27, 2028-12-26]}
    /// ```
    CFG009 "holidays-missing-for-year" Info;
}
