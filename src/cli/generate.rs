//! `newshound completions` and `newshound man`: what shells and `man` want to know of the command line.

use super::{Arguments as CommandLine, Outcome};
use anyhow::Context;
use clap::CommandFactory;
use std::io::Write;
use std::path::{Path, PathBuf};

#[derive(clap::Args)]
pub(super) struct Completions {
    /// The shell
    #[arg(value_enum)]
    shell: clap_complete::Shell,
}

#[derive(clap::Args)]
pub(super) struct Man {
    /// Write a page for each command into DIR [default: newshound(1) to standard output]
    #[arg(value_name = "DIR")]
    dir: Option<PathBuf>,
}

pub(super) fn completions(arguments: &Completions) -> anyhow::Result<Outcome> {
    let mut script = Vec::new();
    clap_complete::generate(arguments.shell, &mut CommandLine::command(), "newshound", &mut script);
    std::io::stdout().write_all(&script)?;
    Ok(Outcome::Found)
}

pub(super) fn man(arguments: &Man) -> anyhow::Result<Outcome> {
    let mut command = CommandLine::command().disable_help_subcommand(true);
    command.build();
    let Some(dir) = &arguments.dir else {
        clap_mangen::Man::new(command).render(&mut std::io::stdout())?;
        return Ok(Outcome::Found);
    };
    std::fs::create_dir_all(dir).with_context(|| format!("making {}", dir.display()))?;
    for subcommand in command.get_subcommands().filter(|subcommand| !subcommand.is_hide_set()) {
        let name = format!("newshound-{}", subcommand.get_name());
        page(dir, subcommand.clone().name(name.clone()), &name)?;
    }
    page(dir, command, "newshound")?;
    Ok(Outcome::Found)
}

fn page(dir: &Path, command: clap::Command, name: &str) -> anyhow::Result<()> {
    let path = dir.join(format!("{name}.1"));
    let mut text = Vec::new();
    clap_mangen::Man::new(command).render(&mut text)?;
    std::fs::write(&path, text).with_context(|| format!("writing {}", path.display()))
}
