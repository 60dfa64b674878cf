//! Marks that say who may see something.

codes! {
    /// Looks for an audience mark that is not one of `internal`, `client` and `vendor`, on a page, a section, an item, or a line `:::` of the text.
    ///
    /// ## Why it matters
    ///
    /// A mark says who may read something. If a misspelt one were read as "everybody", a private note could end up with the very person it is about. Picture `intrenal` beside a remark on prices. So nothing is published until the word is right, and nobody has to hope. This is our own rule, and it cannot be waived: what has been sent out cannot be called back.
    ///
    /// ## Fires
    ///
    /// ```yaml
    /// tags: [shop, {text: watch the price, visibility: intrenal}]
    /// ```
    ///
    /// ## Put right
    ///
    /// ```yaml
    /// tags: [shop, {text: watch the price, visibility: internal}]
    /// ```
    AUD001 "audience-unknown" Error blocking;

    /// Looks for a part of the text that is opened with `::: internal`, or another audience, and never closed with `:::`.
    ///
    /// ## Why it matters
    ///
    /// Where a private part ends cannot be guessed. Taken too short, it shows what was meant to stay inside; taken too long, it hides what the others need. Picture a page for the vendor that stops in the middle, because one line was forgotten. Nothing is published until the end is marked. This is our own rule, and it cannot be waived.
    ///
    /// ## Fires
    ///
    /// ```markdown
    /// The floors are done every day.
    ///
    /// ::: internal
    /// We think the price is high.
    /// ```
    ///
    /// ## Put right
    ///
    /// ```markdown
    /// The floors are done every day.
    ///
    /// ::: internal
    /// We think the price is high.
    /// :::
    /// ```
    AUD002 "audience-block-open" Error blocking;

    /// Looks for a part of the front matter or of the text that is marked for more people than the part around it.
    ///
    /// ## Why it matters
    ///
    /// A part inside a private part stays private: marks only narrow. A wider mark inside says two things at once, and one of them would be a leak. Picture a paragraph for the client in the middle of a note that only your own people may read. Close the outer part first, then open the other one. This is our own rule, and it cannot be waived.
    ///
    /// ## Fires
    ///
    /// ```markdown
    /// ::: internal
    /// We think the price is high.
    ///
    /// ::: client
    /// The contract is up for renewal.
    /// :::
    /// :::
    /// ```
    ///
    /// ## Put right
    ///
    /// ```markdown
    /// ::: internal
    /// We think the price is high.
    /// :::
    ///
    /// ::: client
    /// The contract is up for renewal.
    /// :::
    /// ```
    AUD003 "audience-widened" Error blocking;
}
