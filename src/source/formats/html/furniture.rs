//! Tells the parts of a page that are no story: navigation, links to other stories, comments, forms, captions, what is hidden.

use super::tag::Tag;
use super::tree::{NodeId, Tree};
use aho_corasick::{AhoCorasick, MatchKind};
use std::sync::LazyLock;

/// Words in the class or id of an element that is no part of the story, as the development pages use them.
#[rustfmt::skip]
const NO_STORY: &[&str] = &[
    "related", "share", "sharing", "social", "comment", "disqus", "newsletter", "subscri", "promo", "advert", "sponsor", "sidebar",
    "footer", "breadcrumb", "navbar", "navigation", "nav-", "-nav", "menu", "recommend", "popular", "trending", "most-read", "mostread",
    "most_read", "bio", "tags", "tag-list", "taglist", "caption", "cookie", "consent", "gdpr", "paywall", "teaser", "toolbar", "readmore",
    "read-more", "read_more", "more-from", "more-on", "also-read", "see-also", "outbrain", "taboola", "banner", "signup", "sign-up",
    "sign_up", "login", "modal", "popup", "overlay", "skip-link", "sr-only", "visually-hidden", "visuallyhidden", "screen-reader", "byline",
    "author", "timestamp", "dateline", "pub-date", "copyright", "credit", "gallery", "slideshow", "carousel", "rating", "poll-", "quiz",
    "infobox", "factbox", "fact-box", "hidden", "print-only", "follow", "feedback", "topics", "keywords", "player", "video", "embed", "tooltip",
    "dropdown", "aside", "rail", "next-article", "prev-", "pagination", "pager", "correction-note", "donat", "support-us", "abo-", "piano", "offer", "onetrust", "ot-sdk", "privacy-", "twitter-tweet", "instagram-media", "tiktok-embed",
];

/// Words among them that never mean the story, however much text they mark.
pub(crate) fn is_certain(word: usize) -> bool {
    const CERTAIN: &[&str] = &[
        "comment",
        "disqus",
        "related",
        "cookie",
        "consent",
        "gdpr",
        "onetrust",
        "recommend",
        "outbrain",
        "taboola",
        "newsletter",
    ];
    CERTAIN.contains(&NO_STORY[word])
}

/// Words in the class or id of an element that is the story, or much of it.
#[rustfmt::skip]
const STORY: &[&str] = &[
    "article-body", "articlebody", "article_body", "article__body", "article-content", "articlecontent", "article_content", "article__content", "article-text",
    "articletext", "article_text", "article__text", "story-body", "storybody", "story_body", "story-content", "storycontent", "story-text", "post-content", "post_content", "postcontent",
    "post-body", "post_body", "postbody", "entry-content", "entry_content", "entrycontent", "body-text", "bodytext", "body-content", "content-body", "contentbody", "content__body",
    "main-content", "maincontent", "page-content", "text-content", "news-body", "newsbody", "news-content", "news-text", "rich-text", "richtext",
];

static WORDS: LazyLock<Option<AhoCorasick>> = LazyLock::new(|| {
    let words = STORY.iter().chain(NO_STORY);
    AhoCorasick::builder().ascii_case_insensitive(true).match_kind(MatchKind::LeftmostFirst).build(words).ok()
});

/// What the class and id of an element hint at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Hint {
    Story,
    /// No story, by the word of this number.
    NoStory(usize),
    Nothing,
}

/// The number of words that hint at no story.
pub(crate) const WORDS_OF_NO_STORY: usize = NO_STORY.len();

/// The hint of one element's class, id and role.
pub(crate) fn hint(tree: &Tree<'_>, id: NodeId) -> Hint {
    let mut seen = Hint::Nothing;
    if tree.attribute(id, "itemprop").is_some_and(|name| name.eq_ignore_ascii_case("articleBody")) {
        return Hint::Story;
    }
    for text in ["class", "id", "data-component", "role"].iter().filter_map(|name| tree.attribute(id, name)) {
        let Some(words) = WORDS.as_ref() else { return seen };
        for found in words.find_iter(text) {
            match found.pattern().as_usize().checked_sub(STORY.len()) {
                None => return Hint::Story,
                Some(word) => seen = if seen == Hint::Nothing { Hint::NoStory(word) } else { seen },
            }
        }
    }
    seen
}

/// Never part of a story, whatever it holds.
pub(crate) fn is_never_story(tree: &Tree<'_>, id: NodeId) -> bool {
    let tag = tree.nodes[id as usize].tag;
    let apart = matches!(tag, Tag::Head | Tag::Script | Tag::Style | Tag::Svg | Tag::Foreign | Tag::Unshown | Tag::Figure);
    apart || matches!(tag, Tag::Control | Tag::Option | Tag::Reading)
}

/// A `figure` around somebody's words, and the line below them that says whose they are.
pub(crate) fn is_quoting(tree: &Tree<'_>, id: NodeId) -> bool {
    let quotes = |id: NodeId| {
        tree.nodes[id as usize].tag == Tag::Figure && tree.within(id).any(|id| tree.nodes[id as usize].tag == Tag::Quote)
    };
    quotes(id) || tree.nodes[id as usize].tag == Tag::Figure && quotes(tree.nodes[id as usize].parent) && has_words(tree, id)
}

/// Has it words and no picture?
fn has_words(tree: &Tree<'_>, id: NodeId) -> bool {
    let is = |wanted: Tag| tree.within(id).any(|id| tree.nodes[id as usize].tag == wanted);
    is(Tag::Text) && !is(Tag::Void)
}

/// Not shown by a browser, at least at first.
pub(crate) fn is_hidden(tree: &Tree<'_>, id: NodeId) -> bool {
    let style = tree.attribute(id, "style").unwrap_or_default();
    let by_style = style.contains("display:none") || style.contains("display: none") || style.contains("visibility:hidden");
    by_style || tree.attribute(id, "hidden").is_some() || tree.attribute(id, "aria-hidden").is_some_and(|value| value == "true")
}

/// Within an element that is no part of the story, by its kind or by the names that cannot mean anything else; what holds the page's
/// heading is none, whatever it is called.
pub(crate) fn is_beside(tree: &Tree<'_>, id: NodeId) -> bool {
    tree.around(id).take_while(|id| !tree.within(*id).contains(&tree.heading)).any(|id| {
        let tag = tree.nodes[id as usize].tag;
        matches!(tag, Tag::Nav | Tag::Aside | Tag::Footer) || word_of_no_story(tree, id).is_some_and(is_certain)
    })
}

/// No part of a story by its element alone.
pub(crate) fn is_aside_by_tag(tag: Tag) -> bool {
    matches!(tag, Tag::Nav | Tag::Aside | Tag::Footer | Tag::Form)
}

/// The word that says an element is no part of the story.
pub(crate) fn word_of_no_story(tree: &Tree<'_>, id: NodeId) -> Option<usize> {
    let tag = tree.nodes[id as usize].tag;
    let may = tag.is_container()
        || matches!(tag, Tag::P | Tag::Inline | Tag::Li | Tag::A | Tag::Other | Tag::Row | Tag::Time | Tag::Definition);
    if !may || matches!(tag, Tag::Body | Tag::Html | Tag::Document | Tag::Article | Tag::Main) {
        return None;
    }
    match hint(tree, id) {
        // A row is called after what it tells: `player-580`, `rating`.
        Hint::NoStory(word) if tag == Tag::Row && !is_certain(word) => None,
        Hint::NoStory(word) => Some(word),
        _ => None,
    }
}
