//! `newshound index`: a corpus into an index, with progress and a closing report.

use super::Outcome;
use super::quotes::of;
use crate::engine::{Error, Place, Share};
use crate::indexing::{Indexing, Ledger, Plan, Progress, Report, carry_out};
use crate::render::clean;
use crate::source::Options;
use anyhow::{Context, bail};
use std::collections::{BTreeMap, BTreeSet};
use std::io::{IsTerminal, Write};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};

/// Most skipped inputs named on the terminal.
const MOST_NAMED: usize = 10;

#[derive(clap::Args)]
pub(super) struct Arguments {
    /// The directory (or file) of articles
    #[arg(default_value = "corpus", env = "NEWSHOUND_CORPUS", hide_env_values = true)]
    corpus: PathBuf,
    /// Where the index is written
    #[arg(long, default_value = "index", value_name = "DIR|URL", env = "NEWSHOUND_INDEX", hide_env_values = true, value_parser = super::options::place())]
    index: Place,
    /// Threads to read and index with [default: one for each core]
    #[arg(long, value_name = "N")]
    threads: Option<usize>,
    /// Write every skipped or doubtful input to FILE, one JSON object a line
    #[arg(long, value_name = "FILE")]
    report: Option<PathBuf>,
    /// Read every corpus of the index again, whether anything has changed or not
    #[arg(long, conflicts_with = "dry_run")]
    rebuild: bool,
    /// Only say which files are new, changed, moved or gone
    #[arg(long)]
    dry_run: bool,
    /// Also forget files that are gone from other corpora of the index, and a corpus that is gone as a whole
    #[arg(long)]
    prune: bool,
    /// Memory of the run as a whole, in MB, at least 128 [default: 512 for every two threads]
    #[arg(long, value_name = "MB", value_parser = clap::value_parser!(u32).range(128..))]
    memory: Option<u32>,
    /// Read only the Kth of N equal shares of the files, while others read theirs into the same index on a cluster
    #[arg(long, value_name = "K/N", conflicts_with_all = ["rebuild", "prune"])]
    share: Option<Share>,
    #[command(flatten)]
    options: super::options::ReadOptions,
}

pub(super) fn run(arguments: &Arguments) -> anyhow::Result<Outcome> {
    let threads = arguments.threads.unwrap_or_else(super::threads).clamp(1, 64);
    let Arguments { corpus, index, rebuild, prune, .. } = arguments;
    let memory = arguments.memory.map(|megabytes| (megabytes as usize) << 20);
    let options = arguments.options.clone();
    let stop = stop_on_interrupt();
    let share = arguments.share;
    let job = Job { corpus, index, threads, memory, options, rebuild: *rebuild, held: &[], share, prune: *prune, stop };
    if arguments.dry_run {
        return dry_run(&job.plan()?.0);
    }
    let report = if job.rebuild { job.rebuild_all()? } else { job.run()? };
    if let Some(file) = &arguments.report {
        write_report(file, &report).with_context(|| format!("writing {}", file.display()))?;
    }
    Ok(if report.total > 0 && report.left == 0 { Outcome::Found } else { Outcome::Nothing })
}

/// Builds the index of `corpus` in `place` and says on stderr what was read.
pub(super) fn build(corpus: &Path, place: &Place) -> anyhow::Result<()> {
    let options = super::options::ReadOptions::default();
    let threads = super::threads();
    let stop = stop_on_interrupt();
    let job =
        Job { corpus, index: place, threads, memory: None, options, rebuild: false, held: &[], share: None, prune: false, stop };
    job.run().map(drop)
}

/// An index to bring up to date.
pub(super) struct Job<'a> {
    pub corpus: &'a Path,
    pub index: &'a Place,
    pub threads: usize,
    pub memory: Option<usize>,
    pub options: super::options::ReadOptions,
    /// Forget what the index holds.
    pub rebuild: bool,
    /// The corpora that an index begun anew lists from the start.
    pub held: &'a [PathBuf],
    /// Which of the files are read.
    pub share: Option<Share>,
    pub prune: bool,
    /// Set by somebody who wants the run to end.
    pub stop: &'static AtomicBool,
}

impl Job<'_> {
    /// What is to be done, and how files are read.
    fn plan(&self) -> anyhow::Result<(Plan, Options)> {
        let corpus = self.corpus;
        self.is_there()?;
        let ledger = match self.rebuild {
            true => Ledger { corpora: self.held.to_vec(), ..Ledger::default() },
            false => self.ledger()?,
        };
        // A part of a corpus is read as the whole is.
        let whole = corpus.canonicalize()?;
        let root = ledger.corpora.iter().find(|root| whole.starts_with(root) && root.is_dir());
        let mut options = self.options.of_corpus(root.map_or(corpus, |root| root))?;
        let plan = Plan::new(ledger, corpus, &options, self.share, self.prune).with_context(|| corpus.display().to_string())?;
        // Not part of the plan: with other memory the same files are as they were.
        if let Some(memory) = self.memory {
            options.settings.limits = options.settings.limits.within(memory as u64);
        }
        Ok((plan, options))
    }

    /// Of the last commit; empty when there is none, or none that can be read.
    fn ledger(&self) -> anyhow::Result<Ledger> {
        let bytes = match self.index.index()?.ledger() {
            Err(Error::Broken(..)) => None,
            read => read?,
        };
        let Some(bytes) = bytes else { return Ok(Ledger::default()) };
        Ledger::decode(&bytes).with_context(|| {
            let index = clean(&self.index.to_string());
            format!(
                "the list of files in {index} is damaged\nhint: rebuild with `newshound index CORPUS --index {index} --rebuild`"
            )
        })
    }

    /// Runs if there is anything to do, and says nothing if not.
    #[cfg(feature = "watch")]
    pub(super) fn update(&self) -> anyhow::Result<()> {
        if self.index.index()?.exists() && self.plan()?.0.is_idle() {
            return Ok(());
        }
        self.run().map(drop)
    }

    /// Reads all corpora of an index again, also of one of another version, and this one.
    fn rebuild_all(&self) -> anyhow::Result<Report> {
        self.is_there()?;
        let whole = self.corpus.canonicalize()?;
        let held = self.held()?;
        if held.is_none() && self.index.index()?.exists() {
            let (index, corpus) = (clean(&self.index.to_string()), self.corpus.display());
            eprintln!("the list of files in {index} cannot be read: whatever else it held, only {corpus} is read again");
        }
        let mut corpora = self.besides(held.unwrap_or_default())?;
        let missing: Vec<String> =
            corpora.iter().filter(|corpus| !corpus.exists()).map(|corpus| corpus.display().to_string()).collect();
        if !missing.is_empty() && !self.prune {
            let (are, them) = if missing.len() == 1 { ("is", "it") } else { ("are", "them") };
            bail!(
                "the index holds {} too, which {are} not there to be read again\nhint: --rebuild --prune forgets {them}",
                missing.join(", ")
            );
        }
        corpora.retain(|corpus| corpus.exists());
        if !corpora.iter().any(|corpus| whole.starts_with(corpus)) {
            corpora.push(whole);
        }
        let index = self.index.index()?;
        if let Err(Error::OtherVersion { .. }) = index.check_version() {
            index.remove()?;
        }
        self.read_again(&corpora)
    }

    /// The corpora an index of any version holds; none when its list of files cannot be read.
    fn held(&self) -> anyhow::Result<Option<Vec<PathBuf>>> {
        let ledger = self.index.index()?.ledger_of_any_version().and_then(|bytes| Ledger::decode(&bytes));
        Ok(ledger.map(|ledger| ledger.corpora))
    }

    /// Of some corpora those that do not lie within this one: what does is read with it. In their order, for names begin at the first.
    fn besides(&self, corpora: Vec<PathBuf>) -> anyhow::Result<Vec<PathBuf>> {
        let whole = self.corpus.canonicalize()?;
        Ok(corpora.into_iter().filter(|corpus| *corpus == whole || !corpus.starts_with(&whole)).collect())
    }

    /// Begins the index anew with these corpora. From the first commit on it lists them all, so that a run that is killed can be begun again.
    fn read_again(&self, corpora: &[PathBuf]) -> anyhow::Result<Report> {
        let mut all = Report::default();
        for (number, corpus) in corpora.iter().enumerate() {
            let options = self.options.clone();
            let report = Job { corpus, options, rebuild: number == 0, prune: false, held: corpora, ..*self }.run()?;
            all.total = report.total;
            all.left += report.left;
            all.unread.extend(report.unread);
            all.doubts.extend(report.doubts);
            if all.left > 0 {
                break;
            }
        }
        Ok(all)
    }

    fn is_there(&self) -> anyhow::Result<()> {
        let corpus = self.corpus;
        if !corpus.exists() {
            bail!("no corpus in {}\nhint: give the directory of your articles: newshound index CORPUS", corpus.display());
        }
        Ok(())
    }

    fn run(&self) -> anyhow::Result<Report> {
        let index = self.index.index()?;
        if let Err(other @ Error::OtherVersion { .. }) = index.check_version() {
            let corpora: Vec<String> =
                self.held()?.unwrap_or_default().iter().map(|corpus| corpus.display().to_string()).collect();
            let held = if corpora.is_empty() { String::new() } else { format!("\nit holds {}", corpora.join(", ")) };
            bail!("{other}{held}");
        }
        if !self.rebuild {
            self.begin_anew_if_damaged()?;
        }
        let (plan, _) = self.plan()?;
        if plan.is_idle() && index.exists() && index.is_complete() && !self.rebuild {
            eprintln!("nothing to do: {} files are as they were, {} articles", plan.unchanged, plan.articles());
            return Ok(Report { total: plan.articles(), ..Report::default() });
        }
        let mut writer = index.write(self.threads, self.memory, self.share)?;
        // Nobody else writes these files now; somebody may have before.
        let (plan, options) = self.plan()?;
        if plan.is_fresh() && self.share.is_none() {
            writer.clear()?;
        }
        let changes = changes(&plan);
        let terminal = std::io::stderr().is_terminal();
        let progress = |progress: &Progress| {
            if terminal {
                eprint!("\r\u{1b}[K{}", line(progress));
                let _ = std::io::stderr().flush();
            }
        };
        let how = Indexing { threads: self.threads, options, edit: None, progress: &progress, stop: Some(self.stop) };
        let report = carry_out(plan, &mut *writer, &how)?;
        writer.close()?;
        if terminal {
            eprint!("\r\u{1b}[K");
        }
        eprint!("{}", closing(&report, &changes, index.size()));
        Ok(report)
    }

    /// An index that is damaged is begun anew: all its corpora are read again, in their order, for names begin at the first.
    fn begin_anew_if_damaged(&self) -> anyhow::Result<()> {
        let Err(Error::Broken(_, why)) = self.index.open() else { return Ok(()) };
        let corpora = self.besides(self.ledger()?.corpora)?;
        if let Some(missing) = corpora.iter().find(|corpus| !corpus.exists()) {
            let missing = missing.display();
            bail!(
                "the index is damaged ({why}), and its corpus {missing} is not there to be read again\nhint: --rebuild --prune forgets it"
            );
        }
        eprintln!("the index is damaged ({why}): everything is read again");
        self.index.index()?.remove()?;
        self.read_again(&corpora).map(drop)
    }
}

/// Set by Ctrl-C. The second one ends the program at once: the last commit stays as it is.
pub(super) fn stop_on_interrupt() -> &'static AtomicBool {
    static STOP: AtomicBool = AtomicBool::new(false);
    let _ = ctrlc::set_handler(|| {
        if STOP.swap(true, Ordering::Relaxed) {
            std::process::exit(130);
        }
    });
    &STOP
}

fn dry_run(plan: &Plan) -> anyhow::Result<Outcome> {
    let mut out = std::io::BufWriter::new(std::io::stdout().lock());
    let moved: BTreeMap<&str, &str> = plan.moved.iter().map(|(new, old)| (new.as_str(), old.as_str())).collect();
    for task in &plan.tasks {
        let name = clean(&task.found.name);
        match (task.known, moved.get(task.found.name.as_str())) {
            (true, _) => writeln!(out, "changed  {name}")?,
            (false, Some(before)) => writeln!(out, "moved    {name} (was {})", clean(before))?,
            (false, None) => writeln!(out, "new      {name}")?,
        }
    }
    let left: BTreeSet<&str> = plan.moved.iter().map(|(_, old)| old.as_str()).collect();
    for name in plan.gone.iter().filter(|name| !left.contains(name.as_str())) {
        writeln!(out, "gone     {}", clean(name))?;
    }
    out.flush()?;
    let changes = changes(plan);
    eprintln!("{}; nothing was written", if changes.is_empty() { "all files are new" } else { &changes });
    Ok(Outcome::Found)
}

/// `2 files new, 1 changed, 0 moved, 3 gone, 95 as they were`; nothing for a first run.
fn changes(plan: &Plan) -> String {
    if plan.is_fresh() {
        return String::new();
    }
    let changed = plan.tasks.len() - plan.new_files();
    let moved = plan.moved.len();
    format!(
        "{} new, {changed} changed, {moved} moved, {} gone, {} as they were",
        plan.new_files() - moved,
        plan.gone.len() - moved,
        plan.unchanged
    )
}

/// `12,345 articles, 14.2 MB/s, 0:12 left`
fn line(progress: &Progress) -> String {
    let seconds = progress.elapsed.as_secs_f64().max(0.001);
    let rate = progress.bytes_read as f64 / seconds;
    let left = if rate > 0.0 { (progress.bytes - progress.bytes_read.min(progress.bytes)) as f64 / rate } else { 0.0 };
    let left = left as u64;
    format!("{} articles, {:.1} MB/s, {}:{:02} left", progress.articles, rate / 1e6, left / 60, left % 60)
}

fn closing(report: &Report, changes: &str, size: u64) -> String {
    let seconds = report.elapsed.as_secs_f64();
    let formats: Vec<String> = report.formats.iter().map(|(format, count)| format!("{format} {count}")).collect();
    let mut out = format!(
        "read     {}, {} in {seconds:.1} s ({:.1} MB/s)\nindexed  {}{}, {} ({} with a speaker)\nindex    {}\n",
        of(report.files, "file"),
        bytes(report.bytes),
        report.bytes as f64 / 1e6 / seconds.max(0.001),
        of(report.articles, "article"),
        if formats.is_empty() { String::new() } else { format!(" ({})", formats.join(", ")) },
        of(report.quotations, "quotation"),
        report.attributed,
        bytes(size),
    );
    if !changes.is_empty() {
        out += &format!("changes  {changes}; {} in the index\n", of(report.total, "article"));
    }
    if report.left > 0 {
        out += &format!("stopped  {} files are left; the same command goes on with them\n", report.left);
    }
    let mut reasons: BTreeMap<String, usize> = BTreeMap::new();
    for unread in &report.unread {
        *reasons.entry(name_of(&unread.reason)).or_default() += 1;
    }
    let reasons: Vec<String> = reasons.iter().map(|(reason, count)| format!("{reason} {count}")).collect();
    out += &format!(
        "skipped  {}{}\n",
        report.unread.len(),
        if reasons.is_empty() { String::new() } else { format!(" ({})", reasons.join(", ")) }
    );
    for unread in report.unread.iter().take(MOST_NAMED) {
        out += &format!("  {}\n", clean(&unread.to_string()));
    }
    if report.unread.len() > MOST_NAMED {
        out += &format!("  and {} more; --report FILE names all of them\n", report.unread.len() - MOST_NAMED);
    }
    if !report.doubts.is_empty() {
        let mut kinds: BTreeMap<String, usize> = BTreeMap::new();
        for doubt in &report.doubts {
            *kinds.entry(name_of(&doubt.kind)).or_default() += doubt.records as usize;
        }
        let records: usize = kinds.values().sum();
        let kinds: Vec<String> = kinds.iter().map(|(kind, count)| format!("{kind} {count}")).collect();
        out += &format!("doubtful {records} ({}), all kept\n", kinds.join(", "));
        for doubt in report.doubts.iter().take(MOST_NAMED) {
            out += &format!("  {}\n", clean(&doubt.to_string()));
        }
        if report.doubts.len() > MOST_NAMED {
            out += &format!("  and {} more; --report FILE names all of them\n", report.doubts.len() - MOST_NAMED);
        }
    }
    out
}

fn bytes(count: u64) -> String {
    match count {
        0..1_000 => format!("{count} bytes"),
        1_000..1_000_000 => format!("{:.1} kB", count as f64 / 1e3),
        1_000_000..1_000_000_000 => format!("{:.1} MB", count as f64 / 1e6),
        _ => format!("{:.2} GB", count as f64 / 1e9),
    }
}

fn write_report(file: &Path, report: &Report) -> anyhow::Result<()> {
    let mut out = std::io::BufWriter::new(std::fs::File::create(file)?);
    for unread in &report.unread {
        write_case(&mut out, unread, "skipped")?;
    }
    for doubt in &report.doubts {
        write_case(&mut out, doubt, "kept")?;
    }
    out.flush()?;
    Ok(())
}

/// One line of the report: the case, and what was done with its input.
fn write_case(out: &mut impl Write, case: &impl serde::Serialize, done: &str) -> anyhow::Result<()> {
    let mut object = serde_json::to_value(case)?;
    object["done"] = done.into();
    writeln!(out, "{object}")?;
    Ok(())
}

/// The name of a reason or doubt in the report: `empty`, `date-order`.
fn name_of(kind: &impl serde::Serialize) -> String {
    serde_json::to_value(kind).ok().and_then(|value| value.as_str().map(str::to_owned)).unwrap_or_default()
}
