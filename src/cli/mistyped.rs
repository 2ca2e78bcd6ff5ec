//! Options that do not exist. A query may begin with a hyphen (`-ferry harbour`), so that the argument parser would take a mistyped
//! option for one.

use clap::{Arg, Command};
use std::ffi::OsString;

/// What to say of the first argument that looks like an option and is none of this command's; behind `--` everything is a query.
pub(super) fn refusal(command: &Command, arguments: &[OsString]) -> Option<String> {
    let mut arguments = arguments.iter().skip(1).map(|argument| argument.to_string_lossy());
    let name = arguments.next()?;
    let command = command.find_subcommand(&*name)?;
    let options: Vec<&Arg> = command.get_arguments().filter(|option| !option.is_positional()).collect();
    let mut value_of = None;
    for typed in arguments.take_while(|argument| argument != "--") {
        let option = typed.strip_prefix("--").filter(|rest| rest.starts_with(|c: char| c.is_ascii_alphabetic()));
        let written = option.map(|option| option.split('=').next().unwrap_or(option));
        let known = written.and_then(|written| options.iter().find(|option| option.get_long() == Some(written)));
        match (written, known) {
            (Some("help"), _) => return None,
            (Some(written), None) if !typed.contains(' ') => return Some(message(&name, written, &options, value_of)),
            _ => {}
        }
        let takes_value = known.is_some_and(|option| option.get_action().takes_values()) && !typed.contains('=');
        value_of = if takes_value { written.map(str::to_owned) } else { None };
    }
    None
}

fn message(command: &str, written: &str, options: &[&Arg], value_of: Option<String>) -> String {
    let near = options.iter().filter_map(|option| option.get_long());
    let near = near.map(|long| (strsim::normalized_damerau_levenshtein(written, long), long)).filter(|(alike, _)| *alike > 0.6);
    let near = near.max_by(|a, b| a.0.total_cmp(&b.0));
    let tip =
        near.map_or_else(|| format!("`newshound {command} --help` lists them"), |(_, near)| format!("did you mean --{near}?"));
    let search = match value_of {
        Some(option) => format!("to look for it, write --{option}=--{written}"),
        None => format!("to look for it, write it behind --:  newshound {command} -- --{written}"),
    };
    format!("`newshound {command}` has no option --{written}\nhint: {tip}\nhint: {search}")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(line: &str) -> Option<String> {
        let query = Arg::new("query").allow_hyphen_values(true);
        let about = Arg::new("about").long("about").allow_hyphen_values(true);
        let json = Arg::new("json").long("json").action(clap::ArgAction::SetTrue);
        let command = Command::new("newshound").subcommand(Command::new("quotes").args([query, about, json]));
        let line: Vec<OsString> = line.split('|').map(OsString::from).collect();
        refusal(&command, &line).map(|message| message.replace('\n', " / "))
    }

    #[test]
    fn an_option_that_does_not_exist_is_no_query() {
        for line in [
            "newshound",
            "newshound|quotes",
            "newshound|quotes|ferry|--json",
            "newshound|quotes|--help|--no",
            "newshound|quotes|-ferry harbour",
            "newshound|quotes|--about=x",
            "newshound|quotes|--|--csv",
            "newshound|quotes|--about|-x",
            "newshound|quotes|-- a dash",
            "newshound|quotes|--about=--csv",
            "newshound|nothing|--csv",
        ] {
            assert_eq!(of(line), None, "{line}");
        }
        let told = of("newshound|quotes|--jsn|ferry").unwrap();
        assert!(told.contains("no option --jsn") && told.contains("did you mean --json?"), "{told}");
        assert!(told.ends_with("newshound quotes -- --jsn"), "{told}");
        let told = of("newshound|quotes|--about|--csv").unwrap();
        assert!(told.contains("lists them") && told.ends_with("--about=--csv"), "{told}");
    }
}
