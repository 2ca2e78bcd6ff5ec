//! Reads the words of a settings file. Every error carries the line it is about.

use super::{BadSettings, FileSettings, Rule, Settings, nearest};
use crate::source::desk::format::Format;
use crate::source::desk::limits::Limits;
use crate::source::print::date::DateOrder;
use globset::GlobBuilder;

use std::ops::Range;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

type RuleTable<'a> = Spanned<DeValue<'a>>;

/// The settings that `text` holds.
pub(super) fn settings(text: &str, file: &str) -> Result<Settings, BadSettings> {
    let reader = Reader { text, file };
    let document = DeTable::parse(text).map_err(|error| reader.bad(error.span(), error.message()))?;
    let mut settings = Settings::default();
    for (key, value) in document.get_ref() {
        match key.get_ref().as_ref() {
            "files" => {
                let DeValue::Array(rules) = value.get_ref() else {
                    return Err(reader.bad(Some(value.span()), "write `[[files]]`, with two brackets, for each group of files"));
                };
                for rule in rules.iter() {
                    settings.rules.push(reader.rule(rule)?);
                }
            }
            "limits" => reader.limits(value, &mut settings.limits)?,
            other => return Err(reader.unknown(key.span(), other, &["files", "limits"])),
        }
    }
    Ok(settings)
}

struct Reader<'a> {
    text: &'a str,
    file: &'a str,
}

const RULE: &[&str] = &["path", "fields", "format", "delimiter", "encoding", "date_order", "language", "outlet"];

impl Reader<'_> {
    fn rule(&self, rule: &RuleTable<'_>) -> Result<Rule, BadSettings> {
        let mut read = Rule { paths: Vec::new(), said: FileSettings::default() };
        for (key, value) in self.table(rule, "files")? {
            match key.get_ref().as_ref() {
                "path" => self.paths(value, &mut read)?,
                "fields" => self.fields(value, &mut read.said)?,
                "format" => read.said.format = Some(self.format(value)?),
                "delimiter" => read.said.delimiter = Some(self.delimiter(value)?),
                "encoding" => read.said.encoding = Some(self.encoding(value)?),
                "date_order" => read.said.date_order = Some(self.order(value)?),
                "language" => read.said.language = Some(self.language(value)?),
                "outlet" => read.said.outlet = Some(self.words(value, "outlet")?.to_owned()),
                other => return Err(self.unknown(key.span(), other, RULE)),
            }
        }
        if read.paths.is_empty() {
            return Err(self.bad(Some(rule.span()), "`[[files]]` without a `path`; `path = \"**\"` means every file"));
        }
        Ok(read)
    }

    fn paths(&self, value: &RuleTable<'_>, rule: &mut Rule) -> Result<(), BadSettings> {
        let DeValue::Array(list) = value.get_ref() else {
            return self.path(value, rule);
        };
        list.iter().try_for_each(|one| self.path(one, rule))
    }

    fn path(&self, value: &RuleTable<'_>, rule: &mut Rule) -> Result<(), BadSettings> {
        let pattern = self.words(value, "path")?;
        match GlobBuilder::new(pattern).literal_separator(true).build() {
            Ok(glob) => rule.paths.push(glob.compile_matcher()),
            Err(error) => return Err(self.bad(Some(value.span()), &format!("`path` does not read as a pattern: {error}"))),
        }
        Ok(())
    }

    fn fields(&self, value: &RuleTable<'_>, said: &mut FileSettings) -> Result<(), BadSettings> {
        for (key, column) in self.table(value, "fields")? {
            let by = format!("{}:{}", self.file, self.line(key.span().start));
            let column = self.words(column, key.get_ref())?;
            said.field(key.get_ref(), column, &by).map_err(|message| self.bad(Some(key.span()), &message))?;
        }
        Ok(())
    }

    fn delimiter(&self, value: &RuleTable<'_>) -> Result<u8, BadSettings> {
        match self.words(value, "delimiter")?.as_bytes() {
            [byte] if byte.is_ascii() && !matches!(byte, b'"' | b'\n' | b'\r') => Ok(*byte),
            _ => Err(self.bad(Some(value.span()), "`delimiter` is one ASCII character, such as \";\" or \"\\t\"")),
        }
    }

    fn format(&self, value: &RuleTable<'_>) -> Result<Format, BadSettings> {
        let name = self.words(value, "format")?;
        Format::named(name).ok_or_else(|| {
            let (known, near) = (Format::names(), nearest(name, &Format::names()));
            self.bad(Some(value.span()), &format!("unknown format `{name}`{near}; there are {}", known.join(", ")))
        })
    }

    fn encoding(&self, value: &RuleTable<'_>) -> Result<&'static encoding_rs::Encoding, BadSettings> {
        let label = self.words(value, "encoding")?;
        encoding_rs::Encoding::for_label(label.as_bytes()).ok_or_else(|| {
            let message =
                format!("unknown encoding `{label}`; names are those of the web, such as utf-8, windows-1252, shift_jis");
            self.bad(Some(value.span()), &message)
        })
    }

    fn order(&self, value: &RuleTable<'_>) -> Result<DateOrder, BadSettings> {
        self.words(value, "date_order")?.parse().map_err(|message: String| self.bad(Some(value.span()), &message))
    }

    fn language(&self, value: &RuleTable<'_>) -> Result<String, BadSettings> {
        let word = self.words(value, "language")?;
        crate::source::print::language::code(word).ok_or_else(|| {
            self.bad(Some(value.span()), &format!("unknown language `{word}`; write its two letters, such as \"en\""))
        })
    }

    fn limits(&self, value: &RuleTable<'_>, limits: &mut Limits) -> Result<(), BadSettings> {
        for (key, value) in self.table(value, "limits")? {
            let name = key.get_ref().as_ref();
            let number = match value.get_ref() {
                DeValue::Integer(number) => {
                    i64::from_str_radix(number.as_str(), number.radix()).ok().filter(|number| *number > 0)
                }
                _ => None,
            };
            let Some(number) = number else {
                return Err(self.bad(Some(value.span()), &format!("`{name}` is a whole number above 0")));
            };
            if !limits.set(name, number as u64) {
                return Err(self.unknown(key.span(), name, Limits::NAMES));
            }
        }
        Ok(())
    }

    fn table<'v>(&self, value: &'v RuleTable<'v>, name: &str) -> Result<&'v DeTable<'v>, BadSettings> {
        match value.get_ref() {
            DeValue::Table(table) => Ok(table),
            _ => Err(self.bad(Some(value.span()), &format!("`{name}` is a table: `[{name}]`, and a line for each key"))),
        }
    }

    fn words<'v>(&self, value: &'v RuleTable<'_>, key: &str) -> Result<&'v str, BadSettings> {
        match value.get_ref() {
            DeValue::String(words) => Ok(words),
            _ => Err(self.bad(Some(value.span()), &format!("`{key}` is a text in quotation marks"))),
        }
    }

    fn unknown(&self, span: Range<usize>, key: &str, known: &[&str]) -> BadSettings {
        let message = format!("unknown key `{key}`{}; there are {}", nearest(key, known), known.join(", "));
        self.bad(Some(span), &message)
    }

    fn bad(&self, span: Option<Range<usize>>, message: &str) -> BadSettings {
        let line = span.map(|span| self.line(span.start));
        BadSettings { file: self.file.to_owned(), line, message: message.to_owned() }
    }

    /// 1-based line of the character at `byte`.
    fn line(&self, byte: usize) -> usize {
        1 + self.text.as_bytes()[..byte.min(self.text.len())].iter().filter(|byte| **byte == b'\n').count()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &str) {
        let error = settings(text, "newshound.toml").expect_err(text);
        assert_eq!(error.to_string(), expected);
    }

    #[test]
    fn what_is_not_understood_is_named_with_its_line() {
        check(
            "[[files]]\npath = \"*.csv\"\nlanguag = \"de\"\n",
            "newshound.toml:3: unknown key `languag` (did you mean `language`?); there are path, fields, format, delimiter, encoding, date_order, language, outlet",
        );
        check(
            "[[files]]\npath = \"*.csv\"\n[files.fields]\nheadlin = \"Titel\"\n",
            "newshound.toml:4: unknown field `headlin` (did you mean `headline`?); there are headline, text, date, author, place, outlet, section, language, id, summary, url",
        );
        check(
            "[[files]]\nlanguage = \"de\"\n",
            "newshound.toml:1: `[[files]]` without a `path`; `path = \"**\"` means every file",
        );
        check("[files]\npath = \"*\"\n", "newshound.toml:1: write `[[files]]`, with two brackets, for each group of files");
        check(
            "[[files]]\npath = \"[\"\n",
            "newshound.toml:2: `path` does not read as a pattern: error parsing glob '[': unclosed character class; missing ']'",
        );
        check(
            "[[files]]\npath = \"*\"\ndelimiter = \";;\"\n",
            "newshound.toml:3: `delimiter` is one ASCII character, such as \";\" or \"\\t\"",
        );
        check(
            "[[files]]\npath = \"*\"\nencoding = \"latin-99\"\n",
            "newshound.toml:3: unknown encoding `latin-99`; names are those of the web, such as utf-8, windows-1252, shift_jis",
        );
        check(
            "[[files]]\npath = \"*\"\ndate_order = \"dmy\"\n",
            "newshound.toml:3: unknown order `dmy`; write day-first or month-first",
        );
        check(
            "[limits]\nrecords = 3\n",
            "newshound.toml:2: unknown key `records` (did you mean `record`?); there are file, record, inflated, ratio, nesting, archives, attributes",
        );
        check("[limits]\nfile = -3\n", "newshound.toml:2: `file` is a whole number above 0");
        assert!(settings("path = ", "newshound.toml").expect_err("half a line").to_string().starts_with("newshound.toml:1: "));
    }

    #[test]
    fn the_first_rule_that_fits_counts() {
        let text = "[[files]]\npath = [\"a/*.csv\", \"b/**\"]\noutlet = \"One\"\n[[files]]\npath = \"**\"\noutlet = \"Two\"\n[limits]\nfile = 1\n";
        let settings = settings(text, "newshound.toml").expect("settings");
        let outlet = |name: &str| settings.about(name).and_then(|said| said.outlet.as_deref());
        assert_eq!(outlet("a/x.csv"), Some("One"));
        assert_eq!(outlet("a/c/x.csv"), Some("Two"));
        assert_eq!(outlet("b/c/x.csv.gz"), Some("One"));
        assert_eq!(outlet("b/x.zip!y/z.csv"), Some("One"));
        assert_eq!(settings.limits.file, 1);
    }
}
