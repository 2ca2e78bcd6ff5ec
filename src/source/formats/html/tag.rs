//! The elements of HTML, as far as reading a page tells them apart.

/// Kinds of elements.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Tag {
    Document,
    Text,
    Html,
    Head,
    Body,
    Title,
    Meta,
    Link,
    Script,
    Style,
    Time,
    Article,
    Main,
    Section,
    Div,
    Header,
    Footer,
    Nav,
    Aside,
    P,
    H1,
    H2,
    /// `h3` to `h6`.
    Heading,
    Quote,
    Pre,
    /// `ul`, `ol`, `dl`.
    List,
    Li,
    /// `dt`, `dd`.
    Definition,
    Table,
    Row,
    Cell,
    Br,
    A,
    /// `b`, `em`, `span` and their like.
    Inline,
    /// `q`: a browser prints marks around it.
    Q,
    /// `rt`, `rp`: how the word above is read.
    Reading,
    /// `rb`, the word itself.
    Read,
    /// `hr`.
    Rule,
    /// `figure`, `figcaption`, `picture`.
    Figure,
    Svg,
    Form,
    /// `button`, `select`, `input`, `label`, `textarea`.
    Control,
    Option,
    /// `iframe`, `video`, `object`, `dialog` and their like.
    Foreign,
    /// `noscript`, `template`: shown by some browsers, or later, or never.
    Unshown,
    /// Void and without meaning for reading.
    Void,
    Other,
}

impl Tag {
    /// The kind of an element by its name, in any case.
    pub fn from_name(name: &str) -> Tag {
        let mut lower = [0u8; 12];
        if name.len() > lower.len() {
            return Tag::Other;
        }
        for (to, from) in lower.iter_mut().zip(name.bytes()) {
            *to = from.to_ascii_lowercase();
        }
        match &lower[..name.len()] {
            b"html" => Tag::Html,
            b"head" => Tag::Head,
            b"body" => Tag::Body,
            b"title" => Tag::Title,
            b"meta" => Tag::Meta,
            b"link" => Tag::Link,
            b"script" => Tag::Script,
            b"style" => Tag::Style,
            b"time" => Tag::Time,
            b"article" => Tag::Article,
            b"main" => Tag::Main,
            b"section" => Tag::Section,
            b"div" | b"center" | b"address" | b"details" | b"summary" | b"hgroup" | b"fieldset" | b"legend" | b"caption"
            | b"search" => Tag::Div,
            b"header" => Tag::Header,
            b"footer" => Tag::Footer,
            b"nav" | b"menu" => Tag::Nav,
            b"aside" => Tag::Aside,
            b"p" => Tag::P,
            b"h1" => Tag::H1,
            b"h2" => Tag::H2,
            b"h3" | b"h4" | b"h5" | b"h6" => Tag::Heading,
            b"blockquote" => Tag::Quote,
            b"pre" | b"listing" | b"xmp" | b"plaintext" => Tag::Pre,
            b"ul" | b"ol" | b"dl" | b"dir" => Tag::List,
            b"li" => Tag::Li,
            b"dt" | b"dd" => Tag::Definition,
            b"table" => Tag::Table,
            b"tr" => Tag::Row,
            b"td" | b"th" => Tag::Cell,
            b"br" => Tag::Br,
            b"a" => Tag::A,
            b"b" | b"strong" | b"i" | b"em" | b"span" | b"font" | b"u" | b"small" | b"sup" | b"sub" | b"mark" | b"cite"
            | b"abbr" | b"s" | b"del" | b"ins" | b"code" | b"big" | b"bdi" | b"bdo" | b"data" | b"tt" | b"kbd" | b"samp"
            | b"var" | b"dfn" => Tag::Inline,
            b"q" => Tag::Q,
            b"rt" | b"rp" | b"rtc" => Tag::Reading,
            b"rb" => Tag::Read,
            b"hr" => Tag::Rule,
            b"figure" | b"figcaption" | b"picture" | b"amp-img" => Tag::Figure,
            b"svg" | b"math" => Tag::Svg,
            b"form" => Tag::Form,
            b"button" | b"select" | b"label" | b"textarea" | b"datalist" => Tag::Control,
            b"option" => Tag::Option,
            b"iframe" | b"video" | b"audio" | b"object" | b"canvas" | b"dialog" | b"map" | b"noembed" => Tag::Foreign,
            b"noscript" | b"template" => Tag::Unshown,
            b"img" | b"input" | b"source" | b"track" | b"embed" | b"area" | b"base" | b"col" | b"wbr" | b"param" => Tag::Void,
            _ => Tag::Other,
        }
    }

    /// Has neither content nor end tag.
    pub fn is_void(self) -> bool {
        matches!(self, Tag::Void | Tag::Meta | Tag::Link | Tag::Br | Tag::Rule)
    }

    /// Stands on lines of its own.
    pub fn is_block(self) -> bool {
        self.is_container()
            || matches!(
                self,
                Tag::P
                    | Tag::H1
                    | Tag::H2
                    | Tag::Heading
                    | Tag::Quote
                    | Tag::Pre
                    | Tag::Li
                    | Tag::Definition
                    | Tag::Row
                    | Tag::Figure
                    | Tag::Rule
            )
    }

    /// Holds blocks; what is open within is closed with it.
    pub fn is_container(self) -> bool {
        matches!(
            self,
            Tag::Document
                | Tag::Html
                | Tag::Body
                | Tag::Article
                | Tag::Main
                | Tag::Section
                | Tag::Div
                | Tag::Header
                | Tag::Footer
                | Tag::Nav
                | Tag::Aside
                | Tag::List
                | Tag::Table
                | Tag::Cell
                | Tag::Form
                | Tag::Quote
                | Tag::Figure
        )
    }

    /// A heading of any rank.
    pub fn is_heading(self) -> bool {
        matches!(self, Tag::H1 | Tag::H2 | Tag::Heading)
    }
}
