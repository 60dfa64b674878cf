//! Links and images.

codes! {
    /// Looks for a link to a page or file that is not there.
    ///
    /// ## Why it matters
    ///
    /// People follow links when they are in a hurry. A dead one sends them searching, or makes them think the thing does not exist. Picture "call the number on this page" and no page. Links go by file path, from the file they stand in: `[Parcelway](parcelway.md)`. This is our own rule, because a handbook that is read offline cannot look elsewhere.
    ///
    /// ## Fires
    ///
    /// ```markdown
    /// All dates stand in [the register](../registre.html).
    /// ```
    ///
    /// ## Put right
    ///
    /// ```markdown
    /// All dates stand in [the register](../register.html).
    /// ```
    LNK001 "link-target-missing" Error;

    /// Looks for a link to a place in a page where that page has no such heading.
    ///
    /// ## Why it matters
    ///
    /// The link opens the page at its top, and the reader scrolls and searches. Picture looking for the notice period at the bottom of a long page, on the last day. Headings change; links do not notice. The message lists the places the page has. This is our own rule, because a link should arrive where it says.
    ///
    /// ## Fires
    ///
    /// ```markdown
    /// The term is explained [above](#contrct-terms).
    /// ```
    ///
    /// ## Put right
    ///
    /// ```markdown
    /// The term is explained [above](#contract).
    /// ```
    LNK002 "link-anchor-missing" Error;

    /// Looks for links and images that are neither relative nor one of `https`, `http`, `mailto` and `tel`.
    ///
    /// ## Why it matters
    ///
    /// Other kinds of address can start programs or open files on the reader's computer. Picture a guest who clicks on a line in your handbook, and something begins to install itself. The link is shown as plain text, so nothing is lost. Give a web address, an e-mail address or a number instead. This is our own rule, because readers should be safe.
    ///
    /// ## Fires
    ///
    /// ```markdown
    /// Call [Kim](skype:kim-alder).
    /// ```
    ///
    /// ## Put right
    ///
    /// ```markdown
    /// Call [Kim](tel:+442079460321).
    /// ```
    LNK003 "link-scheme-refused" Warning;

    /// Looks for links whose path differs from the file's name only in upper and lower case.
    ///
    /// ## Why it matters
    ///
    /// It works on your computer and breaks on the next, and on the web. Picture testing every link at home, and hearing from a colleague that none of them works. Write the path exactly as the file is named; small letters throughout are the easiest to keep. This is our own rule, because the handbook should be the same everywhere.
    ///
    /// ## Fires
    ///
    /// ```text
    /// A link to [Parcelway](Parcelway.md), where the file is called parcelway.md.
    /// ```
    ///
    /// ## Put right
    ///
    /// ```text
    /// A link to [Parcelway](parcelway.md).
    /// ```
    LNK004 "link-differs-in-case" Error;

    /// Looks for a page of yours that names a field, a finding or a sheet under `about` which does not exist.
    ///
    /// ## Why it matters
    ///
    /// `about` is what lets the page of a field lead to your guide. With a slip in it the guide is still there, and nobody is sent to it. Picture a fine page on giving notice that is read by no one. Write the path of a field such as `contract.notice`, a code such as `CON005`, or `checklist`. This is our own rule, because a guide is only useful where it is found.
    ///
    /// ## Fires
    ///
    /// ```text
    /// The front matter of content/guides/giving-notice.md:
    ///
    /// about: [contract.notise]
    /// ```
    ///
    /// ## Put right
    ///
    /// ```text
    /// The front matter of content/guides/giving-notice.md:
    ///
    /// about: [contract.notice]
    /// ```
    LNK005 "about-unknown" Error;

    /// Looks for pictures that are not files of the handbook: those on the web, and pages.
    ///
    /// ## Why it matters
    ///
    /// A handbook loads nothing from the network: it opens from a stick, in a meeting room without a connection, and nobody outside learns who reads it. So a picture from the web would be a hole in the page and on the paper, and nobody would notice at their own desk. Its words are shown instead. Copy the picture into `content/`, or link to it. This is our own rule, because a handbook should be whole wherever it is opened.
    ///
    /// ## Fires
    ///
    /// ```markdown
    /// ![How an order runs](https://pictures.example/order.svg)
    /// ```
    ///
    /// ## Put right
    ///
    /// ```markdown
    /// [How an order runs](https://pictures.example/order.svg)
    /// ```
    LNK006 "picture-not-in-handbook" Warning;

    /// Looks for what is written like a link or a picture, and is none because its path has a space.
    ///
    /// ## Why it matters
    ///
    /// A space ends the path, so the whole of it is shown as it is written: brackets on the page, and no picture. Files that come from a phone or a scanner have such names. Picture a client who reads `![The site](Site plan 2.png)` where the plan should be. Put the path between `<` and `>`, or name the file without spaces. The source is the CommonMark specification, version 0.31.2, section 6.3.
    ///
    /// ## Fires
    ///
    /// ```markdown
    /// All prices stand in [the list](https://docs.example/price list.pdf).
    /// ```
    ///
    /// ## Put right
    ///
    /// ```markdown
    /// All prices stand in [the list](<https://docs.example/price list.pdf>).
    /// ```
    LNK007 "link-with-a-space" Warning;
}
