//! Cuts HTML into tags and text, forgiving as browsers are, and knows where each stands.
//!
//! Takes the page and gives one token at a time. Written out here, and not left to a parser library, because every character of
//! the text must be traced to its place in the file, and because no page may cost more than time in proportion to its length.

use std::ops::Range;

/// A piece of a page.
#[derive(Debug)]
pub(crate) enum Token {
    /// Text between tags, entities not decoded.
    Text(Range<usize>),
    /// `<name ...>`; attributes are in [`Tokens::attributes`].
    Start { name: Range<usize>, closed: bool },
    /// `</name>`.
    End { name: Range<usize> },
}

/// An attribute: where its name and its value stand (without quotes).
#[derive(Debug, Clone)]
pub(crate) struct Attribute {
    pub name: Range<usize>,
    pub value: Range<usize>,
}

/// The page being cut.
pub(crate) struct Tokens<'a> {
    text: &'a str,
    at: usize,
    /// Most attributes kept of one tag.
    most: usize,
    /// The attributes of the last start tag.
    pub attributes: Vec<Attribute>,
    /// A tag had more attributes than are kept.
    pub shortened: bool,
    /// The element whose content is no markup (`script`), until it is closed.
    raw: Option<&'static str>,
    /// The first tag, comment or script that is not closed and so may hide words: where it begins.
    pub unclosed: Option<usize>,
    /// No comment that begins from here on is closed.
    comments_end: bool,
    /// Elements without markup that are closed no more.
    never_closed: Vec<&'static str>,
}

impl<'a> Tokens<'a> {
    pub fn new(text: &'a str, most: usize) -> Tokens<'a> {
        Tokens {
            text,
            at: 0,
            most,
            attributes: Vec::new(),
            shortened: false,
            raw: None,
            unclosed: None,
            comments_end: false,
            never_closed: Vec::new(),
        }
    }

    fn byte(&self, at: usize) -> u8 {
        self.text.as_bytes().get(at).copied().unwrap_or(0)
    }

    /// The next token.
    pub fn next(&mut self) -> Option<Token> {
        if let Some(name) = self.raw.take() {
            let start = self.at;
            self.at = self.raw_end(name);
            if self.at > start {
                return Some(Token::Text(start..self.at));
            }
        }
        let bytes = self.text.as_bytes();
        while self.at < bytes.len() {
            let start = self.at;
            let mut open = memchr::memchr(b'<', &bytes[start..]).map_or(bytes.len(), |found| start + found);
            // A `<` before anything but a name, `/`, `!` or `?` is text.
            while open < bytes.len() && !self.opens_tag(open) {
                open = memchr::memchr(b'<', &bytes[open + 1..]).map_or(bytes.len(), |found| open + 1 + found);
            }
            if open > start {
                self.at = open;
                return Some(Token::Text(start..open));
            }
            if let Some(token) = self.tag() {
                return Some(token);
            }
        }
        None
    }

    fn opens_tag(&self, at: usize) -> bool {
        let next = self.byte(at + 1);
        next.is_ascii_alphabetic() || matches!(next, b'!' | b'?') || (next == b'/' && self.byte(at + 2).is_ascii_alphabetic())
    }

    /// The tag at `self.at`; `None` for comments and declarations, which are passed over.
    fn tag(&mut self) -> Option<Token> {
        let next = self.byte(self.at + 1);
        if matches!(next, b'!' | b'?') {
            self.at = self.comment_end();
            return None;
        }
        let is_end = next == b'/';
        let start = self.at + 1 + usize::from(is_end);
        let end = self.skip_until(start, |byte| byte.is_ascii_whitespace() || matches!(byte, b'>' | b'/'));
        self.at = end;
        self.attributes.clear();
        let closed = self.attributes_to_end();
        let name = start..end;
        if self.holds_words(name.clone()) {
            self.unclosed = self.unclosed.or(Some(start));
        }
        if is_end {
            return Some(Token::End { name });
        }
        self.raw = raw_text(&self.text[name.clone()]).filter(|_| !closed);
        Some(Token::Start { name, closed })
    }

    /// Has the tag just read run on over words? Then another tag begins in it, or the page ends, and its attributes have no values.
    fn holds_words(&self, name: Range<usize>) -> bool {
        let bare = self.attributes.iter().filter(|attribute| attribute.value.is_empty()).count();
        let ran_on = |range: Range<usize>| memchr::memchr(b'<', &self.text.as_bytes()[range]).is_some();
        bare >= 3
            && (self.at >= self.text.len()
                || ran_on(name)
                || self.attributes.iter().any(|attribute| ran_on(attribute.name.clone())))
    }

    fn comment_end(&mut self) -> usize {
        let rest = &self.text.as_bytes()[self.at..];
        let length = self.text.len() - self.at;
        if rest.starts_with(b"<!--") {
            let end = if self.comments_end { None } else { memchr::memmem::find(&rest[4..], b"-->") };
            if let Some(end) = end {
                return self.at + end + 7;
            }
            // Never closed: it ends with its tag, as if it were none, for it would hide all that follows.
            self.comments_end = true;
            self.unclosed = self.unclosed.or(Some(self.at));
        }
        self.at + memchr::memchr(b'>', rest).map_or(length, |found| found + 1)
    }

    fn skip_until(&self, from: usize, stop: impl Fn(u8) -> bool) -> usize {
        let bytes = &self.text.as_bytes()[from..];
        from + bytes.iter().position(|byte| stop(*byte)).unwrap_or(bytes.len())
    }

    /// Reads attributes up to and with the `>`; says whether the tag closed itself (`/>`).
    fn attributes_to_end(&mut self) -> bool {
        let mut slash = false;
        loop {
            self.at = self.skip_until(self.at, |byte| !byte.is_ascii_whitespace());
            match self.byte(self.at) {
                _ if self.at >= self.text.len() => return slash,
                b'>' => {
                    self.at += 1;
                    return slash;
                }
                b'/' => {
                    slash = true;
                    self.at += 1;
                }
                _ => {
                    slash = false;
                    self.attribute();
                }
            }
        }
    }

    fn attribute(&mut self) {
        let start = self.at;
        let end = self.skip_until(start + 1, |byte| byte.is_ascii_whitespace() || matches!(byte, b'=' | b'>' | b'/'));
        let mut at = self.skip_until(end, |byte| !byte.is_ascii_whitespace());
        let mut value = end..end;
        if self.byte(at) == b'=' {
            at = self.skip_until(at + 1, |byte| !byte.is_ascii_whitespace());
            let quote = self.byte(at);
            if matches!(quote, b'"' | b'\'') {
                let rest = &self.text.as_bytes()[at + 1..];
                let length = memchr::memchr(quote, rest).unwrap_or(rest.len());
                value = at + 1..at + 1 + length;
                self.at = (value.end + 1).min(self.text.len());
            } else {
                value = at..self.skip_until(at, |byte| byte.is_ascii_whitespace() || byte == b'>');
                self.at = value.end;
            }
        } else {
            self.at = end;
        }
        if self.attributes.len() < self.most {
            self.attributes.push(Attribute { name: start..end, value });
        } else {
            self.shortened = true;
        }
    }

    /// Where the content of a `script` and the like ends: at its own end tag. Never closed, a script hides all that follows; a title
    /// or a field is read as any other element.
    fn raw_end(&mut self, name: &'static str) -> usize {
        let is_code = matches!(name, "script" | "style");
        let unclosed = if is_code { self.text.len() } else { self.at };
        if self.never_closed.contains(&name) {
            return unclosed;
        }
        let bytes = self.text.as_bytes();
        let mut at = self.at;
        while let Some(found) = memchr::memchr(b'<', &bytes[at..]) {
            at += found;
            let rest = &bytes[at + 1..];
            let same =
                rest.first() == Some(&b'/') && rest.get(1..=name.len()).is_some_and(|n| n.eq_ignore_ascii_case(name.as_bytes()));
            if same {
                return at;
            }
            at += 1;
        }
        self.never_closed.push(name);
        self.unclosed = self.unclosed.or(Some(self.at));
        unclosed
    }
}

fn raw_text(name: &str) -> Option<&'static str> {
    ["script", "style", "textarea", "title", "iframe", "noembed", "xmp"].into_iter().find(|raw| raw.eq_ignore_ascii_case(name))
}
