//! The shape of a playbook: what can be read, and what is missing for it.

codes! {
    /// Looks for front matter that cannot be read: no `---` on the first line, a slip in the YAML, or a key written twice.
    ///
    /// ## Why it matters
    ///
    /// What cannot be read cannot be shown, and a guess could change a date. Picture a colon too many in one sentence, and a whole contract gone from the register. Quote values that contain a colon and a space, or a space and `#`; indent with spaces, not tabs. Where one part is broken, the others are still read. This is our own rule.
    ///
    /// ## Fires
    ///
    /// ```yaml
    /// purpose: A clean shop: every morning
    /// ```
    ///
    /// ## Put right
    ///
    /// ```yaml
    /// purpose: "A clean shop: every morning"
    /// ```
    STR001 "front-matter-unreadable" Error;

    /// Looks for a field that every playbook needs: `title`, `vendor`, `status`, `owner`, and the main field of each item in a list.
    ///
    /// ## Why it matters
    ///
    /// Four lines say what this is, with whom, where it stands, and who answers for it. Without them a page cannot be found, or belongs to nobody. Picture a leak in the stock room, and a list of firms without a name to call. Add the line; the message shows an example. This is our own rule, because less than that is not yet a playbook.
    ///
    /// ## Fires
    ///
    /// ```yaml
    /// services: [{description: Daily cleaning}]
    /// ```
    ///
    /// ## Put right
    ///
    /// ```yaml
    /// services: [{name: Cleaning, description: Daily cleaning}]
    /// ```
    STR002 "required-field-missing" Error;

    /// Looks for a key that is not part of the schema.
    ///
    /// ## Why it matters
    ///
    /// A misspelt key would lose what you wrote, without a word. Picture a notice period under `notise`: it stands in the file, and no date is worked out from it. The message names the nearest key it knows. Keys that begin with `x-` are yours, and are never touched. This is our own rule, because nothing you write should get lost.
    ///
    /// ## Fires
    ///
    /// ```yaml
    /// sumary: Cleans the shop every morning.
    /// ```
    ///
    /// ## Put right
    ///
    /// ```yaml
    /// summary: Cleans the shop every morning.
    /// ```
    STR003 "unknown-field" Error;

    /// Looks for a value of the wrong kind, an unknown choice, a number out of range, or nothing at all behind a key.
    ///
    /// ## Why it matters
    ///
    /// A value that is not understood is left out, and what hangs on it is not known. Picture a status of "activ": is the vendor running, or was somebody interrupted? The message lists what is possible. A value that begins with `#` is a comment to YAML, so put it in quotes. This is our own rule, because a gap that is named is safer than a guess.
    ///
    /// ## Fires
    ///
    /// ```yaml
    /// tier: tactial
    /// ```
    ///
    /// ## Put right
    ///
    /// ```yaml
    /// tier: tactical
    /// ```
    STR004 "bad-value" Error;

    /// Looks for dates that are not written as year, month and day, or that are not a day of the calendar.
    ///
    /// ## Why it matters
    ///
    /// Deadlines are counted from these dates, so nothing may be unclear about them. Picture 03/04/2027: a day in March to some of your readers, and one in April to the others. Write `2027-04-03`. A day that does not exist, such as 30 February, is usually a slip for the last day of the month. This is our own rule, because a date is not guessed.
    ///
    /// ## Fires
    ///
    /// ```yaml
    /// reviewed: 2026-02-30
    /// ```
    ///
    /// ## Put right
    ///
    /// ```yaml
    /// reviewed: 2026-02-28
    /// ```
    STR005 "bad-date" Error;

    /// Looks for a length of time without a clear unit.
    ///
    /// ## Why it matters
    ///
    /// Thirty days, thirty business days and a month end on three different days. `m` could mean minutes or months, so neither is guessed. Picture a notice of three somethings, and a letter that arrives a month late. Write `30d`, `10bd`, `4w`, `3mo` or `1y`. This is our own rule, because the last day to write depends on it.
    ///
    /// ## Fires
    ///
    /// ```yaml
    /// review_every: 6m
    /// ```
    ///
    /// ## Put right
    ///
    /// ```yaml
    /// review_every: 6mo
    /// ```
    STR006 "bad-duration" Error;

    /// Looks for the same id twice in a list, or two playbooks with one page name.
    ///
    /// ## Why it matters
    ///
    /// Ids are how one line points to another. If two things share one, nobody knows which is meant. Picture two contacts called `sam`, and an alarm that the wrong one is asked to switch off. Items without an `id` get one from their name, so two items of the same name need an `id` each. This is our own rule, because each reference should lead to one thing.
    ///
    /// ## Fires
    ///
    /// ```yaml
    /// services: [{name: Cleaning}, {name: Cleaning}]
    /// ```
    ///
    /// ## Put right
    ///
    /// ```yaml
    /// services: [{id: day, name: Cleaning}, {id: night, name: Cleaning}]
    /// ```
    STR007 "duplicate-id" Error;

    /// Looks for a reference to a person, a step, a service, an access or a playbook that is not there.
    ///
    /// ## Why it matters
    ///
    /// The line looks complete and leads nowhere. Picture an owner `diana` in a team where everybody is called something else: nobody feels asked. The message lists the ids it knows. A word of small letters, digits and hyphens is read as an id; a person's name, such as Dana Reyes, is fine as it is. This is our own rule, because every task needs somebody real.
    ///
    /// ## Fires
    ///
    /// ```yaml
    /// owner: diana
    /// ```
    ///
    /// ## Put right
    ///
    /// ```yaml
    /// owner: dana
    /// ```
    STR008 "unknown-reference" Error;

    /// Looks for anything that resembles a password, a key, a token or a card number.
    ///
    /// ## Why it matters
    ///
    /// Playbooks are copied, printed and sent, often to the people whose access is about to end. Picture the code of your alarm on a sheet that lies on the meeting table. Take it out, change it at its source, because it has been seen, and write down only where it is kept. It is never repeated in any output, and nothing is published until it is gone. This is our own rule, and it cannot be waived.
    ///
    /// ## Fires
    ///
    /// ```yaml
    /// summary: "Alarm panel, password: tulip-4711"
    /// ```
    ///
    /// ## Put right
    ///
    /// ```yaml
    /// summary: "Alarm panel, password kept in the vault"
    /// ```
    STR009 "secret-in-playbook" Error blocking;
}
