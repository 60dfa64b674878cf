//! Themes of your own.

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
}
