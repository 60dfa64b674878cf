//! What is the matter with a waiver.

codes! {
    /// Looks for a waiver of a rule that does not exist, or that cannot be waived: secrets, wrong audience marks and whatever else keeps a site from being published, and the shape of a playbook (the STR codes).
    ///
    /// ## Why it matters
    ///
    /// A waiver with a slip in its code waives nothing, and you go on believing that the matter is settled. Picture a smoke alarm with its battery taken out, in the wrong room. Look the code up in the finding you had in mind; it is three letters and three digits. This is our own rule: what could harm somebody outside the house is not waived.
    ///
    /// ## Fires
    ///
    /// ```yaml
    /// reviewed: 2026-09-01
    /// allow: [{rule: REV010, reason: Read through again when the new term begins}]
    /// ```
    ///
    /// ## Put right
    ///
    /// ```yaml
    /// reviewed: 2025-10-01
    /// allow: [{rule: REV001, reason: Read through again when the new term begins}]
    /// ```
    ALW001 "waiver-of-unknown-rule" Warning;

    /// Looks for a waiver whose `until` has passed. It no longer counts, and the rule speaks again.
    ///
    /// ## Why it matters
    ///
    /// A waiver with an end is a promise to look again. The day has come. Picture a note on a broken step, "only until spring", that is now three springs old. See whether the reason still holds: if so, set a new day and say why; if not, take the waiver out. This is our default: nobody prescribes it, and `handbook.yaml` can change its severity.
    ///
    /// ## Fires
    ///
    /// ```yaml
    /// reviewed: 2026-09-01
    /// allow: [{rule: REV001, reason: Read through again when the new term begins, until: 2026-10-31}]
    /// ```
    ///
    /// ## Put right
    ///
    /// ```yaml
    /// reviewed: 2025-10-01
    /// allow: [{rule: REV001, reason: Read through again when the new term begins, until: 2027-01-31}]
    /// ```
    ALW002 "waiver-expired" Warning;

    /// Looks for a waiver that waives nothing, because its rule has no finding in this playbook.
    ///
    /// ## Why it matters
    ///
    /// What it was written for has been put right, and nobody took the waiver away. Left in place it would silence the next finding of that rule as well, one nobody has thought about. Picture a parking permit that stays on the windscreen for whoever drives next. Take it out; if the matter comes back, so will the finding. This is our default: nobody prescribes it, and `handbook.yaml` can change its severity.
    ///
    /// ## Fires
    ///
    /// ```yaml
    /// reviewed: 2026-09-01
    /// allow: [{rule: REV001, reason: Read through again when the new term begins}]
    /// ```
    ///
    /// ## Put right
    ///
    /// ```yaml
    /// reviewed: 2026-09-01
    /// allow: []
    /// ```
    ALW003 "waiver-unused" Warning;
}
