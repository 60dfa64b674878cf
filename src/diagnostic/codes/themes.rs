//! Themes and branding.

codes! {
    /// Looks for a template of your theme that cannot be read, or asks for something there is not, which is tried on one page of each kind. The built-in theme stands in for it until then.
    ///
    /// ## Why it matters
    ///
    /// A theme shapes every page, so a slip in one file would otherwise leave the whole handbook blank. Picture an exit meeting in an hour, and no sheet to print. Because the built-in theme takes over, you always have something to work with, if without your colours. Put the template right at the place the message names. This is our own rule, because paper counts more than looks.
    ///
    /// ## Fires
    ///
    /// ```text
    /// themes/ours/vendor.html with a block that is opened and never closed:
    ///
    /// {% block main %}
    /// <h1>{{ title }}</h1>
    /// ```
    ///
    /// ## Put right
    ///
    /// ```text
    /// {% block main %}
    /// <h1>{{ title }}</h1>
    /// {% endblock %}
    /// ```
    THM001 "theme-template" Error;

    /// Looks for a logo that is named under `brand`, and is none of the files in `content/`, or no picture by its ending.
    ///
    /// ## Why it matters
    ///
    /// Everything works without it, so nobody notices: the handbook comes out plain, and so does the paper. Picture a client who opens what should look like yours, and sees a name in plain letters. Put the file into `content/`, and write its path from there; a file beside `handbook.yaml` is not read. This is our own rule, because what is missing is better named than left out.
    ///
    /// ## Fires
    ///
    /// ```yaml handbook
    /// brand: {logo: logo.svg}
    /// ```
    ///
    /// ## Put right
    ///
    /// ```text
    /// handbook.yaml, with the file at content/pictures/logo.svg:
    ///
    /// brand: {logo: pictures/logo.svg}
    /// ```
    THM002 "logo-missing" Warning;
}
