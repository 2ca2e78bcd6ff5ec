//! Plain text, one article a file, as archives really hold it.
//!
//! Takes the decoded file and gives one article: the headline (repetitions dropped), lines that are nothing but a dateline, a
//! byline or a date, then the paragraphs, whether they are set apart by blank lines, by indents, or stand one on a line.
//! A file whose first line is a sentence has no headline.

use crate::article::ParagraphKind;
use crate::source::desk::desk::Desk;
use crate::source::desk::galley::{Galley, is_blank, trimmed};
use crate::source::desk::traced::{Follower, Position, Traced};
use crate::source::print::{byline, date, dateline};
use std::ops::{ControlFlow, Range};

/// Reads one article from a whole text file.
pub(crate) fn read(text: &str, desk: &mut Desk<'_>) -> ControlFlow<()> {
    let galley = article(text, desk);
    desk.hand_over(galley)
}

/// Sets the body of an article from text in whatever layout, as fields of tables and exports hold it.
pub(crate) fn set_body(galley: &mut Galley, traced: &Traced<'_>) {
    if memchr::memchr(b'\n', traced.text.as_bytes()).is_none() {
        return galley.paragraph(&mut traced.follow(), 0..traced.text.len(), ParagraphKind::Text);
    }
    let lines = lines(&traced.text);
    let wrapped = is_wrapped(&traced.text, &lines);
    let taken = std::mem::replace(galley, Galley::with_room(0));
    let set_apart = is_set_apart(&lines);
    let mut page = TextFile { text: &traced.text, from: traced.follow(), wrapped, set_apart, galley: taken, lines, at: 0 };
    page.body();
    *galley = page.galley;
}

/// Sets a story whose headline is set already, from lines of a printed page: those of a paragraph one below the other, a blank line
/// between two.
pub(crate) fn set_story(galley: &mut Galley, traced: &Traced<'_>, desk: &mut Desk<'_>) {
    let taken = std::mem::replace(galley, Galley::with_room(0));
    let lines = lines(&traced.text);
    let from = traced.follow();
    let mut page = TextFile { text: &traced.text, from, wrapped: true, set_apart: true, galley: taken, lines, at: 0 };
    page.head_lines(desk);
    page.body();
    *galley = page.galley;
}

/// Sets a plain text as an article.
fn article(text: &str, desk: &mut Desk<'_>) -> Galley {
    let traced = Traced::verbatim(text, Position::start());
    let lines = lines(text);
    let mut page = TextFile {
        text,
        from: traced.follow(),
        wrapped: is_wrapped(text, &lines),
        set_apart: is_set_apart(&lines),
        galley: Galley::with_room(text.len() + 16),
        lines,
        at: 0,
    };
    page.skip_blank();
    page.headline();
    page.head_lines(desk);
    page.body();
    page.galley
}

/// A line without the space around it.
#[derive(Debug, Clone, Copy)]
struct TextLine {
    start: u32,
    end: u32,
    /// Characters of space before it.
    indent: u32,
}

impl TextLine {
    fn range(self) -> Range<usize> {
        self.start as usize..self.end as usize
    }

    fn is_blank(self) -> bool {
        self.start == self.end
    }

    fn len(self) -> usize {
        (self.end - self.start) as usize
    }
}

fn lines(text: &str) -> Vec<TextLine> {
    let bytes = text.as_bytes();
    // Old Macintosh files end their lines with a carriage return alone.
    let newline = if memchr::memchr(b'\n', bytes).is_none() { b'\r' } else { b'\n' };
    let mut lines = Vec::with_capacity(text.len() / 80 + 4);
    let mut start = 0;
    for end in memchr::memchr_iter(newline, bytes).chain(std::iter::once(bytes.len())) {
        let range = trimmed(text, start..end);
        let indent = if range.start == start { 0 } else { text[start..range.start].chars().count() };
        lines.push(TextLine { start: range.start as u32, end: range.end as u32, indent: indent as u32 });
        start = end + 1;
    }
    lines
}

/// The widest a hard-wrapped line gets, in bytes: wire copy has 65 to 80 characters, mail 72, in any script.
const WRAP: usize = 132;

/// Are the lines of a paragraph broken by width? Then most of them stop in the middle of a sentence.
fn is_wrapped(text: &str, lines: &[TextLine]) -> bool {
    let (mut breaks, mut unfinished) = (0usize, 0usize);
    for pair in lines.windows(2) {
        if pair[0].len() > WRAP {
            return false;
        }
        if !pair[0].is_blank() && !pair[1].is_blank() {
            breaks += 1;
            unfinished += usize::from(!ends_sentence(&text[pair[0].range()]));
        }
    }
    // A single break tells little, unless the line is as long as lines get.
    let enough = breaks >= 2 || lines.iter().any(|line| line.len() >= 50);
    enough && unfinished * 2 > breaks
}

fn is_set_apart(lines: &[TextLine]) -> bool {
    lines.windows(2).filter(|pair| pair[0].is_blank() && !pair[1].is_blank()).count() >= 3
}

/// Marks that close a quotation; `\u{201c}` in German.
const CLOSING: [char; 6] = ['"', '\'', '\u{201c}', '\u{201d}', '\u{2019}', '»'];

fn ends_sentence(line: &str) -> bool {
    let line = line.trim_end_matches(|c| CLOSING.contains(&c) || c == ')');
    line.ends_with(['.', '?', '!', '\u{2026}', '。', '！', '？', ':', ';'])
}

struct TextFile<'a> {
    text: &'a str,
    from: Follower<'a>,
    lines: Vec<TextLine>,
    /// The line being read.
    at: usize,
    wrapped: bool,
    /// Blank lines stand between the paragraphs.
    set_apart: bool,
    galley: Galley,
}

impl<'a> TextFile<'a> {
    fn line(&self, at: usize) -> Option<TextLine> {
        self.lines.get(at).copied()
    }

    fn words(&self, at: usize) -> &'a str {
        self.line(at).map_or("", |line| &self.text[line.range()])
    }

    fn skip_blank(&mut self) {
        while self.line(self.at).is_some_and(TextLine::is_blank) {
            self.at += 1;
        }
    }

    /// The next line with words in it, at `from` or later.
    fn next_words(&self, from: usize) -> &'a str {
        (from..self.lines.len()).map(|at| self.words(at)).find(|words| !words.is_empty()).unwrap_or("")
    }

    fn headline(&mut self) {
        let length = self.headline_lines();
        if length == 0 {
            return;
        }
        let (first, last) = (self.lines[self.at], self.lines[self.at + length - 1]);
        self.galley.headline(&mut self.from, first.start as usize..last.end as usize);
        self.at += length;
        if let Some(deck) = self.deck() {
            let range = self.lines[self.at].start as usize..self.lines[self.at + deck - 1].end as usize;
            self.galley.paragraph(&mut self.from, range, ParagraphKind::Subhead);
            self.at += deck;
        }
    }

    /// How many lines right below the headline are its deck: above the lines that say who wrote it, and above the story.
    fn deck(&self) -> Option<usize> {
        let block = (self.at..self.lines.len()).take_while(|&at| !self.lines[at].is_blank()).count();
        let is_deck = |at: usize| {
            let words = self.words(at);
            !self.is_head_line(words, self.galley.article.headline())
                && !byline::is_bare(words)
                && !byline::is_of_names(words)
                && dateline::leading(words).is_none()
        };
        let ends = block > 0 && !ends_sentence(self.words(self.at + block - 1));
        (self.wrapped
            && block <= 2
            && ends
            && !self.next_words(self.at + block).is_empty()
            && (self.at..self.at + block).all(is_deck))
        .then_some(block)
    }

    /// How many lines the headline has: none when the file begins with the story.
    fn headline_lines(&self) -> usize {
        let first = self.words(self.at);
        if first.is_empty() || first.len() > 300 || dateline::leading(first).is_some() || byline::line(first).is_some() {
            return 0;
        }
        let second = self.words(self.at + 1);
        if second.is_empty() {
            let alone = self.next_words(self.at + 1).is_empty();
            // `Ann Lee said: "There is none."` alone is somebody's words and no headline.
            let quoted = alone && first.ends_with(CLOSING) && ends_sentence(first);
            let sentence = quoted || first.ends_with('.') && !first.ends_with("..");
            // A first line set apart is the headline even with a full stop, if it is as short as one.
            let fits = if sentence { first.len() <= 90 && !alone } else { first.len() <= 200 };
            return usize::from(fits && !(alone && self.wrapped));
        }
        let signed =
            byline::is_bare(second) && (self.date_below(2) || byline::is_bare(self.words(self.at + 2)) && self.date_below(3));
        if self.is_head_line(second, first)
            || signed
            || (byline::is_of_names(second) && byline::is_outlet(self.words(self.at + 2)))
        {
            return 1;
        }
        if self.wrapped {
            return self.wrapped_headline();
        }
        let opens_story = second.len() > first.len() && ends_sentence(second);
        usize::from(first.len() <= 120 && !ends_sentence(first) && !first.ends_with(['"', '”']) && opens_story)
    }

    /// A block of up to three lines that ends without a full stop, above the story.
    fn wrapped_headline(&self) -> usize {
        let block = (self.at..self.lines.len()).take_while(|&at| !self.lines[at].is_blank()).count();
        let below = self.next_words(self.at + block);
        let last = self.words(self.at + block - 1);
        if block <= 3 && !below.is_empty() && !ends_sentence(last) {
            return self.joined_lines(block);
        }
        // Wire copy: the story is indented, the headline is not.
        let indented = self.line(self.at + 1).is_some_and(|line| line.indent >= 2) && self.lines[self.at].indent == 0;
        usize::from(indented && !ends_sentence(self.words(self.at)))
    }

    /// How many of these lines are one headline that was broken because it was too long: what stands below may be a deck.
    fn joined_lines(&self, block: usize) -> usize {
        let shouts = |line: &str| !line.contains(char::is_lowercase);
        let small = |line: &str| line.starts_with(char::is_lowercase);
        let widest = self.lines.iter().map(|line| line.len()).max().unwrap_or(0);
        let goes_on = |at: usize| {
            let (line, below) = (self.words(at), self.words(at + 1));
            let first = below.split(' ').next().unwrap_or_default();
            // A line with room for the next word was not broken for want of it.
            let is_full = line.len() + first.len() + 1 >= widest * 3 / 4 || widest > WRAP;
            let unfinished = line.ends_with([',', ';', ':', '-', '–'])
                || line.rsplit(' ').next().is_some_and(|word| word.len() <= 3 && small(word));
            shouts(line) == shouts(below) && (is_full || small(below) || unfinished)
        };
        1 + (self.at..self.at + block - 1).take_while(|at| goes_on(*at)).count()
    }

    fn is_head_line(&self, line: &str, headline: &str) -> bool {
        let credit = byline::line(line).is_some() || byline::is_unnamed(line) || date::of_credit(line).is_some();
        repeats(line, headline) || dateline::alone(line).is_some() || credit || date::is_line(line)
    }

    /// Do the outlet and the day stand below? Then a name may stand above them without `By`; one line alone may be the outlet.
    fn outlet_and_date_below(&self) -> bool {
        byline::is_bare(self.next_words(self.at + 1)) && self.date_below(2)
    }

    /// Does the line so many further down say when this was published?
    fn date_below(&self, lines: usize) -> bool {
        let mut below = (self.at + 1..self.lines.len()).map(|at| self.words(at)).filter(|words| !words.is_empty());
        let labels = ["Published", "Updated", "Posted"];
        below.nth(lines - 1).is_some_and(|words| labels.iter().any(|label| words.starts_with(label)) && date::is_line(words))
    }

    /// Between headline and story: repetitions (dropped), a dateline, a byline, a date.
    fn head_lines(&mut self, desk: &mut Desk<'_>) {
        let shouting = !self.galley.article.headline().chars().any(char::is_lowercase);
        // Ten: more lines than any head seen has.
        for _ in 0..10 {
            self.skip_blank();
            let Some(line) = self.line(self.at) else { return };
            let words = self.words(self.at);
            let article = &self.galley.article;
            if article.headline.is_some() && repeats(words, article.headline()) {
                self.at += 1;
                continue;
            }
            if let Some(names) = byline::line(words) {
                let span = self.galley.set(&mut self.from, line.range());
                self.galley.credit(names, span);
            } else if let Some(day) = date::of_credit(words).or_else(|| date::is_line(words).then_some(words))
                && article.published.is_none()
            {
                self.galley.article.published = desk.date(day);
                self.galley.set(&mut self.from, line.range());
            } else if byline::is_bare(words) && article.bylines.is_empty() && self.outlet_and_date_below() {
                let span = self.galley.set(&mut self.from, line.range());
                self.galley.credit(byline::names(words), span);
            } else if article.bylines.is_empty() && byline::is_of_names(words) && byline::is_outlet(self.words(self.at + 1)) {
                let span = self.galley.set(&mut self.from, line.range());
                self.galley.credit(byline::names(words), span);
                self.at += 1;
                let outlet = self.lines[self.at];
                self.galley.paragraph(&mut self.from, outlet.range(), ParagraphKind::Boilerplate);
            } else if byline::is_unnamed(words) || (byline::is_bare(words) && !article.bylines.is_empty() && self.date_below(1)) {
                self.galley.paragraph(&mut self.from, line.range(), ParagraphKind::Boilerplate);
            } else if dateline::alone(words).is_some_and(|printed| {
                // Below a headline in capitals, a line in capitals is more often its second half.
                article.dateline.is_none() && (article.headline.is_none() || !shouting || printed.is_sure())
            }) && !self.next_words(self.at + 1).is_empty()
            {
                if let Some(span) = self.galley.set(&mut self.from, line.range()) {
                    // Read again as set: control characters, now spaces, had another width.
                    let printed = dateline::alone(span.of(&self.galley.article.text));
                    self.galley.article.dateline = printed.map(|printed| printed.at(span.start as usize));
                }
            } else {
                return;
            }
            self.at += 1;
        }
    }

    fn body(&mut self) {
        let first = self.galley.article.paragraphs.len();
        while self.at < self.lines.len() {
            self.skip_blank();
            let Some(line) = self.line(self.at) else { return };
            if self.wrapped && is_tabular(self.words(self.at)) {
                self.galley.paragraph(&mut self.from, line.range(), ParagraphKind::Table);
                self.at += 1;
                continue;
            }
            let begin = self.at;
            self.at += 1;
            while (self.wrapped && self.goes_on(begin)) || (!self.wrapped && self.is_listed()) {
                self.at += 1;
            }
            let range = line.range().start..self.lines[self.at - 1].range().end;
            let is_first = self.galley.article.paragraphs.len() == first;
            let kind = if self.is_subhead(begin, is_first) { ParagraphKind::Subhead } else { ParagraphKind::Text };
            self.galley.paragraph(&mut self.from, range, kind);
        }
    }

    /// In a text whose paragraphs are set apart, a line with a bullet goes on with what it stands below.
    fn is_listed(&self) -> bool {
        self.set_apart && self.words(self.at).starts_with(['-', '•', '*'])
    }

    /// Does the line at `self.at` continue the paragraph that began at line `begin`?
    fn goes_on(&self, begin: usize) -> bool {
        let Some(line) = self.line(self.at) else { return false };
        let indented = line.indent >= 2
            && (line.indent > self.lines[self.at - 1].indent
                || self.lines[begin].indent == line.indent && begin + 1 == self.at && self.is_indented_style());
        !line.is_blank() && !indented && !is_tabular(self.words(self.at))
    }

    /// Most lines stand at the margin: an indent means a new paragraph.
    fn is_indented_style(&self) -> bool {
        let at_margin = self.lines.iter().filter(|line| line.indent < 2 && !line.is_blank()).count();
        at_margin * 2 > self.lines.len()
    }

    /// A short line of its own between paragraphs, without a full stop.
    fn is_subhead(&self, at: usize, is_first: bool) -> bool {
        let words = self.words(at);
        if self.at != at + 1 || words.len() > 100 || is_first || ends_sentence(words) || words.starts_with(['-', '•', '*', '–'])
        {
            return false;
        }
        let below = self.next_words(at + 1);
        if below.is_empty() {
            return false;
        }
        let plain = words.starts_with(|c: char| c.is_uppercase() || "'\"‘“".contains(c)) && !words.ends_with([',', '"', '”']);
        let indented = self.lines[at].indent >= 2 && self.line(at + 1).is_none_or(TextLine::is_blank);
        let set_apart = self.line(at + 1).is_some_and(TextLine::is_blank) || !self.wrapped;
        plain && (indented || (set_apart && words.len() <= 60 && below.len() > words.len() && ends_sentence(below)))
    }
}

/// The headline again, once or several times over, glued or not.
fn repeats(line: &str, headline: &str) -> bool {
    let mut rest = line;
    while let Some(shorter) = rest.strip_prefix(headline) {
        rest = shorter.trim_start_matches(is_blank);
        if headline.is_empty() {
            break;
        }
    }
    rest.is_empty() && !line.is_empty()
}

/// Columns set with spaces or tabs, most of them figures.
fn is_tabular(line: &str) -> bool {
    let gaps = line.contains('\t') || line.contains("   ");
    if !gaps {
        return false;
    }
    let columns = line.split("  ").flat_map(|part| part.split('\t')).filter(|column| !column.trim().is_empty()).count();
    let digits = line.bytes().filter(u8::is_ascii_digit).count();
    columns >= 3 || (columns == 2 && digits * 3 > line.len() - line.matches(' ').count())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article::Article;
    use crate::source::{Options, inspect::inspect};

    fn read_one(text: &str) -> Article {
        let mut read = None;
        let reading = Options::default();
        let mut each = |article: Result<Article, _>| {
            read = article.ok();
            ControlFlow::Continue(())
        };
        let mut desk = Desk::new("vexia/story.txt", &reading, &mut each);
        let _ = super::read(text, &mut desk);
        read.expect("an article")
    }

    fn check(text: &str, headline: Option<&str>, paragraphs: &[&str]) -> Article {
        let article = read_one(text);
        let seen = inspect(&article);
        assert_eq!(seen.headline.as_deref(), headline, "{text}");
        assert_eq!(seen.paragraphs, paragraphs, "{text}");
        article
    }

    #[test]
    fn a_headline_repeated_and_glued_is_printed_once() {
        let text = "Talks resume in Vexia\n\nTalks resume in Vexia\n\nNOVAPOL\nTalks resume in VexiaTalks resume in Vexia\n\n\
                    Envoys said Friday they would meet again.\n\n\u{a0} \u{a0} 'Lasting peace'\u{a0} \n\nBoth sides agreed.";
        let article = check(
            text,
            Some("Talks resume in Vexia"),
            &["Envoys said Friday they would meet again.", "'Lasting peace'", "Both sides agreed."],
        );
        assert_eq!(article.dateline.map(|dateline| dateline.place).as_deref(), Some("NOVAPOL"));
        assert_eq!(article.paragraphs[1].kind, ParagraphKind::Subhead);
    }

    #[test]
    fn a_sentence_alone_that_ends_in_a_mark_is_no_headline() {
        for line in ["Hafenmeisterin Anna Lee sagte: „Es gibt keine Kohle.“", "‘There is no coal,’ Ann Lee said. ‘None.’"]
        {
            check(line, None, &[line]);
        }
        let line = "Harbour master Ann Lee said: \"There is no coal.\"";
        check(line, None, &[line]);
        check(&format!("{line}\n\nThe coal of Tarsk has been burnt."), Some(line), &["The coal of Tarsk has been burnt."]);
    }

    #[test]
    fn a_paragraph_a_line_without_headline() {
        let text = "The talks ended.\r\nThe envoys left on Tuesday.\r\nNobody would say more.\r\n";
        check(text, None, &["The talks ended.", "The envoys left on Tuesday.", "Nobody would say more."]);
    }

    #[test]
    fn dateline_and_date_below_the_headline() {
        let article = check(
            "BANK HOLDS RATE\nNOVAPOL, April 4\n2017-04-04\n\nThe bank held.\n\nIt may not.",
            Some("BANK HOLDS RATE"),
            &["The bank held.", "It may not."],
        );
        assert_eq!(article.published.map(|published| published.date).as_deref(), Some("2017-04-04"));
        assert_eq!(article.dateline.and_then(|dateline| dateline.month_day), Some((4, Some(4))));
    }

    #[test]
    fn hard_wrapped_lines_are_one_paragraph() {
        let text = "Talks resume\n\nThe envoys of both sides met in the old town hall and\nspoke for hours about the govern-\nment's plan.\n\nThey will meet\nagain on Monday.\n";
        check(
            text,
            Some("Talks resume"),
            &[
                "The envoys of both sides met in the old town hall and spoke for hours about the govern-\nment's plan.",
                "They will meet again on Monday.",
            ],
        );
        let indented = "Talks resume\n    The envoys of both sides met in the old hall and\nspoke for hours about the plan.\n    They will meet\nagain on Monday.\n";
        check(
            indented,
            Some("Talks resume"),
            &[
                "The envoys of both sides met in the old hall and spoke for hours about the plan.",
                "They will meet again on Monday.",
            ],
        );
    }
}
