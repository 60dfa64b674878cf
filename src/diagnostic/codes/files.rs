//! Files, their names and encodings.

codes! {
    /// Looks for a playbook or page that is not UTF-8 text.
    ///
    /// ## Why it matters
    ///
    /// Other encodings look the same in one program and scrambled in the next. Picture the name of a person you are about to part with, printed with a question mark in it. Save the file as UTF-8; in most editors, that is "Save with encoding". Nothing is guessed until then, and the vendor is listed under its file name. This is our own rule, because a wrong guess would change your words.
    ///
    /// ## Fires
    ///
    /// ```text
    /// A file saved by an older program in Latin-1, so that the é of "café" is a single byte.
    /// ```
    ///
    /// ## Put right
    ///
    /// ```text
    /// The same file saved as UTF-8.
    /// ```
    FIL001 "file-not-utf-8" Error;

    /// Looks for file names that cannot stand on every disk: reserved words of Windows, trailing spaces or dots, signs such as `:`, names that are too long, or names without any letter or digit.
    ///
    /// ## Why it matters
    ///
    /// The handbook is copied to other computers, to a stick, or into an archive. A name that only one system knows breaks there, on the day you need it. Picture an exit pack that will not open on the vendor's laptop. Rename the file; letters, digits and hyphens work everywhere. Nothing is published until then. This is our own rule.
    ///
    /// ## Fires
    ///
    /// ```text
    /// content/vendors/aux.md
    /// content/vendors/what: cleaning.md
    /// ```
    ///
    /// ## Put right
    ///
    /// ```text
    /// content/vendors/aux-power.md
    /// content/vendors/cleaning.md
    /// ```
    FIL002 "file-name-not-portable" Error blocking;

    /// Looks for two sources that would be written to one path: two files whose names differ only in ways a disk may not see, or an earlier address that a page already has.
    ///
    /// ## Why it matters
    ///
    /// One would overwrite the other, and which one wins would be chance. Picture a page that shows last year's contract on one computer and this year's on the next. Rename one of the two. Nothing is published until then. This is our own rule, because the same sources should always give the same handbook.
    ///
    /// ## Fires
    ///
    /// ```yaml
    /// aliases: [register.html]
    /// ```
    ///
    /// ## Put right
    ///
    /// ```yaml
    /// aliases: [vendors/old-alder.html]
    /// ```
    FIL003 "two-sources-for-one-path" Error blocking;

    /// Looks for links, images and symbolic links that lead out of the project.
    ///
    /// ## Why it matters
    ///
    /// A handbook is handed on as one folder. What lies outside stays behind, or, worse, is copied along although nobody meant to share it. Picture a link to a private folder, in a book the vendor reads. Copy the file into `content/` and link to it there, or give its address on the web. Nothing is published until then. This is our own rule.
    ///
    /// ## Fires
    ///
    /// ```markdown
    /// The floor plan is [in my folder](../../../plans/floor.pdf).
    /// ```
    ///
    /// ## Put right
    ///
    /// ```markdown
    /// The floor plan is [on the drive](https://files.harborpine.example/floor.pdf).
    /// ```
    FIL004 "path-leaves-project" Error blocking;

    /// Looks for something that is named like a page and is not an ordinary file: a folder, a pipe, a device; and for symbolic links that lead nowhere, to a folder, or to a hidden file, a backup or a key. It is not opened.
    ///
    /// ## Why it matters
    ///
    /// Opening a pipe can wait for ever, and a folder holds no text. Picture a build that stands still at night, and no handbook in the morning. Rename it, or move it out of `content/`. This is our own rule, because only files can be read safely.
    ///
    /// ## Fires
    ///
    /// ```text
    /// A folder called `content/vendors/alder.md`.
    /// ```
    ///
    /// ## Put right
    ///
    /// ```text
    /// The folder renamed to `content/vendors/alder`, or a file in its place.
    /// ```
    FIL005 "not-a-file" Error;

    /// Looks for a control character, or one that changes the direction of text, in the front matter.
    ///
    /// ## Why it matters
    ///
    /// Such a character is not seen, and can make a line read differently from what it says. Picture an account name that looks like yours and is another one. They mostly come along when text is pasted. Delete it, or type the value again by hand. This is our own rule, because everybody should be able to trust what they see.
    ///
    /// ## Fires
    ///
    /// ```yaml
    /// summary: "Cleans the \u202Epohs every morning"
    /// ```
    ///
    /// ## Put right
    ///
    /// ```yaml
    /// summary: "Cleans the shop every morning"
    /// ```
    FIL006 "deceptive-character" Error;

    /// Looks for a NUL character in the text of a playbook or page. The page shows a replacement sign in its place.
    ///
    /// ## Why it matters
    ///
    /// A NUL ends a text for many programs, so what comes after it can go missing without a word. Picture a handover list that stops half way, in the one program the vendor uses. It usually comes from a file that was damaged or copied from somewhere odd. Delete it, and look whether anything around it is lost. This is our own rule, because a list should end where you ended it.
    ///
    /// ## Fires
    ///
    /// ```text
    /// A text with a byte of the value 0 in the middle of a line.
    /// ```
    ///
    /// ## Put right
    ///
    /// ```text
    /// The same line without that byte.
    /// ```
    FIL007 "nul-in-body" Warning;

    /// Looks for files larger than Partwell reads: more than 1 MiB of front matter, or more than 16 MiB in all.
    ///
    /// ## Why it matters
    ///
    /// No playbook written by hand comes near that size. A file that does is usually something else under a wrong name, and reading it could hold up everything. Picture a film that was saved as `alder.md`. Move prose from the front matter into the text below it, and large things into files of their own. This is our own rule, because one file should not keep the others waiting.
    ///
    /// ## Fires
    ///
    /// ```text
    /// content/vendors/alder.md, 40 MiB, with a picture pasted into it as text
    /// ```
    ///
    /// ## Put right
    ///
    /// ```text
    /// content/vendors/alder.md, 6 KiB, with a link to the picture
    /// ```
    FIL008 "file-too-large" Error;

    /// Looks for a file in which two versions stand side by side, between lines that begin with `<<<<<<<` and `>>>>>>>`.
    ///
    /// ## Why it matters
    ///
    /// Such a file comes of a merge that nobody finished. It says two things at once, and nobody can tell which of them was agreed. Picture a notice period of 30 days and one of 90, one below the other, on the sheet you take into the room. So a playbook in that state is shown by its file name alone, until one of the two is taken out. This is our own rule.
    ///
    /// ## Fires
    ///
    /// ```text
    /// <<<<<<< HEAD
    /// status: active
    /// =======
    /// status: exiting
    /// >>>>>>> ending-alder
    /// ```
    ///
    /// ## Put right
    ///
    /// ```text
    /// status: exiting
    /// ```
    FIL009 "merge-unfinished" Error;

    /// Looks for files below `content/` that are Markdown by their ending, and whose name does not end with `.md` in small letters.
    ///
    /// ## Why it matters
    ///
    /// Some programs save `Alder.MD` or `alder.markdown`. Such a file is no playbook here, and without a word its vendor would be missing from the register, and its notice day from the calendar. One ending for all also keeps two names apart that some disks take for one. This is our own rule.
    ///
    /// ## Fires
    ///
    /// ```text
    /// content/vendors/Alder.MD
    /// ```
    ///
    /// ## Put right
    ///
    /// ```text
    /// content/vendors/alder.md
    /// ```
    FIL010 "ending-not-read" Warning;
}
