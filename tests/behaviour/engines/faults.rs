//! What a cluster does to us: nodes that are lost, workers that are killed, passwords that are refused.
//!
//! The first two need `OPENSEARCH_CLUSTER=DIR`, a directory in which `.ci/opensearch/cluster.sh start DIR 3` has three nodes running, whose
//! addresses `OPENSEARCH_URL` lists.

use super::{OnCluster, differ, number, said, take_in, tried, ways};
use crate::given::archive::{Archive, err, newshound, run};
use crate::given::served::asked_with;
use crate::searching::made::{self, Dice};
use newshound::article::ArticleId;
use newshound::engine::{IndexEngine, IndexIntake, Place};
use newshound::{Article, Quotation};
use std::io::{Read, Write};
use std::net::TcpListener;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

/// Does something with a node of the cluster that the test may break.
fn node(what: &str, number: u32) {
    let dir = std::env::var("OPENSEARCH_CLUSTER").unwrap();
    let script = concat!(env!("CARGO_MANIFEST_DIR"), "/.ci/opensearch/cluster.sh");
    let done = Command::new(script).args([what, &dir, &number.to_string()]).stdout(Stdio::null()).status().unwrap();
    assert!(done.success());
}

fn may_be_broken() -> bool {
    let may = std::env::var_os("OPENSEARCH_CLUSTER").is_some();
    if !may {
        println!("skipped: no OPENSEARCH_CLUSTER");
    }
    may
}

fn stories(count: usize) -> (Vec<(Article, Vec<Quotation>)>, Dice) {
    let mut dice = Dice::new(11);
    let mut stories = Vec::new();
    while stories.len() < count {
        for (mut article, quotations) in made::corpus(&mut dice) {
            article.id = ArticleId(7_919 * (1 + stories.len() as u64));
            stories.push((article, quotations));
        }
    }
    (stories, dice)
}

fn ids_of(engine: &dyn IndexEngine) -> Vec<u64> {
    let mut damages = Vec::new();
    let ids = engine.check(&mut |damage| damages.push(damage.to_string())).unwrap();
    assert!(damages.is_empty(), "{damages:?}");
    ids
}

fn add_with_a_loss(intake: &dyn IndexIntake, stories: &[(Article, Vec<Quotation>)]) {
    for (at, (article, quotations)) in stories.iter().enumerate() {
        if at == stories.len() / 3 {
            node("kill", 2);
        }
        intake.add(article, quotations).unwrap();
    }
}

#[test]
fn a_node_lost_during_intake_and_one_during_searches_cost_no_article_and_no_answer() {
    if !may_be_broken() {
        return;
    }
    let Some(cluster) = OnCluster::with("lost", "shards=3&replicas=1&first=100000") else { return };
    // Of more than 2,000 articles the cluster estimates how many units have a word like a pattern, and scores differ (docs/cluster.md).
    let (stories, mut dice) = stories(number("NEWSHOUND_ARTICLES", 1_900));
    let dir = tempfile::tempdir().unwrap();
    let local = Place::directory(dir.path());
    take_in(&local, &stories);
    let mut intake = cluster.place().index().unwrap().write(1, None, None).unwrap();
    add_with_a_loss(&*intake, &stories);
    intake.commit(None, &[]).unwrap();
    intake.close().unwrap();
    let (local, remote) = (local.open().unwrap(), cluster.place().open().unwrap());
    assert_eq!(ids_of(&*remote), ids_of(&*local));
    println!("{} articles, all there after a node was lost while they were taken in", stories.len());
    node("again", 2);
    let began = Instant::now();
    while began.elapsed() < Duration::from_secs(180) && !cluster.is_green() {
        std::thread::sleep(Duration::from_millis(500));
    }
    let searches = number("NEWSHOUND_SEARCHES", 1_000);
    let (mut wrong, mut refused, mut slowest) = (Vec::new(), Vec::new(), Duration::ZERO);
    for at in 0..searches {
        if at == searches / 3 {
            node("kill", 3);
        }
        let query = made::query(&mut dice);
        let search = &ways(&query)[1];
        let began = Instant::now();
        let answer = tried(&*remote, search);
        slowest = slowest.max(began.elapsed());
        match answer {
            Err(error) => refused.push(error.to_string()),
            Ok(answer) => wrong.extend(differ(search, &said(&*local, search), &answer)),
        }
    }
    node("again", 3);
    println!("{searches} searches while a node is lost: {} wrong, {} refused, slowest {slowest:.1?}", wrong.len(), refused.len());
    assert!(wrong.is_empty(), "{}", wrong[..wrong.len().min(5)].join("\n"));
    assert!(refused.len() < searches / 20, "{:?}", &refused[..refused.len().min(5)]);
}

#[test]
fn a_killed_worker_leaves_nothing_behind_and_two_never_write_at_once() {
    let Some(cluster) = OnCluster::with("workers", "shards=3&replicas=0") else { return };
    let archive = Archive::new();
    for number in 0..60 {
        let body = format!("A story of number {number}.\n\n").repeat(400);
        archive.write(&format!("{}/{number:03}.txt", number % 2), format!("Report number {number}\n\n{body}"));
    }
    let index = cluster.place().to_string();
    let mut killed = newshound(archive.path(), &["index", "corpus", "--index", &index]).stderr(Stdio::null()).spawn().unwrap();
    std::thread::sleep(Duration::from_millis(900));
    let second = run(archive.path(), &["index", "corpus", "--index", &index]);
    let was_running = killed.try_wait().unwrap().is_none();
    killed.kill().unwrap();
    killed.wait().unwrap();
    if was_running {
        assert!(second.status.code() == Some(2) && err(&second).contains("another newshound is writing"), "{}", err(&second));
    }
    // The first half by one worker once the other is not heard of any more, the rest by a second one.
    let began = Instant::now();
    while run(archive.path(), &["index", "corpus", "--index", &index]).status.code() != Some(0) {
        assert!(began.elapsed() < Duration::from_secs(60));
        std::thread::sleep(Duration::from_secs(1));
    }
    let alone = OnCluster::with("alone", "shards=3&replicas=0").unwrap();
    assert_eq!(run(archive.path(), &["index", "corpus", "--index", &alone.place().to_string()]).status.code(), Some(0));
    let (one, other) = (cluster.place().open().unwrap(), alone.place().open().unwrap());
    assert_eq!(ids_of(&*one), ids_of(&*other));
    assert_eq!(one.holdings().unwrap().units, other.holdings().unwrap().units);
}

#[test]
fn three_workers_at_once_one_of_them_killed_make_the_index_that_one_makes() {
    let Some(cluster) = OnCluster::with("shares", "shards=3&replicas=0") else { return };
    let archive = Archive::new();
    for number in 0..60 {
        let body = format!("\"Port {number} stays open,\" Harbour Master Mira Voss said of number {number}.\n\n").repeat(100);
        archive.write(&format!("{}/{number:03}.txt", number % 7), format!("Report number {number}\n\n{body}"));
    }
    let index = cluster.place().to_string();
    let worker = |share: &str| {
        let arguments = ["index", "corpus", "--index", &index, "--share", share];
        newshound(archive.path(), &arguments).stderr(Stdio::piped()).spawn().unwrap()
    };
    // The second has its share to itself, and is killed while it works. What the others commit meanwhile stays.
    let mut workers = [worker("1/3"), worker("2/3"), worker("3/3")];
    let (_, name) = index.rsplit_once('/').unwrap();
    while !by_hand("GET", &format!("{name}.commit/_doc/commit"), "").is_some_and(|commit| commit.contains("\"part\":2")) {
        assert!(workers[1].try_wait().unwrap().is_none(), "the second never wrote");
        std::thread::sleep(Duration::from_millis(5));
    }
    workers[1].kill().unwrap();
    for (number, worker) in workers.into_iter().enumerate() {
        let ended = worker.wait_with_output().unwrap();
        assert!(number == 1 || ended.status.code() == Some(0), "{number}: {}", err(&ended));
    }
    let began = Instant::now();
    loop {
        let again = run(archive.path(), &["index", "corpus", "--index", &index, "--share", "2/3"]);
        if again.status.code() == Some(0) {
            break;
        }
        assert!(err(&again).contains("another newshound is writing"), "{}", err(&again));
        assert!(began.elapsed() < Duration::from_secs(60));
        std::thread::sleep(Duration::from_secs(1));
    }
    let whole = run(archive.path(), &["index", "corpus", "--index", &index]);
    // Where the files are younger than two seconds, their times are written down anew.
    let is_idle =
        |said: &str| said.contains("nothing to do: 60 files are as") || said.contains("0 new, 0 changed, 0 moved, 0 gone, 60 as");
    assert!(is_idle(&err(&whole)) && err(&whole).contains("60 articles"), "{}", err(&whole));
    let dir = tempfile::tempdir().unwrap();
    let local = dir.path().join("index").to_string_lossy().into_owned();
    assert_eq!(run(archive.path(), &["index", "corpus", "--index", &local]).status.code(), Some(0));
    let (one, other) = (cluster.place().open().unwrap(), local.parse::<Place>().unwrap().open().unwrap());
    assert_eq!(ids_of(&*one), ids_of(&*other));
    assert_eq!(one.holdings().unwrap().units, other.holdings().unwrap().units);
    assert_eq!(run(archive.path(), &["check", "--index", &index]).status.code(), Some(0));
    for query in ["port", "\"port 7 stays\"", "said:open"] {
        let asked = |index: &str| run(archive.path(), &["search", query, "--all", "--json", "--index", index]);
        let passages = |index: &str| -> Vec<String> {
            let out = String::from_utf8(asked(index).stdout).unwrap();
            out.lines().filter(|line| line.starts_with("{\"type\":\"passage\"")).map(str::to_owned).collect()
        };
        assert_eq!(passages(&index), passages(&local), "{query}");
    }
}

/// Asks the cluster by hand, as whoever runs it does; none where it refuses.
fn by_hand(method: &str, path: &str, body: &str) -> Option<String> {
    let url = std::env::var("OPENSEARCH_URL").unwrap();
    let host = url.split(',').next().unwrap().trim_start_matches("http://").trim_end_matches('/').to_owned();
    let headers = [format!("Host: {host}"), "Content-Type: application/json".into(), format!("Content-Length: {}", body.len())];
    let (status, _, answer) = asked_with(&host, &format!("{method} /{path}"), &headers, body);
    (status == 200).then_some(answer)
}

#[test]
fn what_a_missing_shard_holds_is_never_missing_without_a_word() {
    let Some(cluster) = OnCluster::with("partly", "shards=3&replicas=0") else { return };
    let archive = Archive::new();
    for number in 0..30 {
        archive.write(&format!("{number:03}.txt"), format!("Port report {number}\n\n\"The port stays open,\" Mira Voss said.\n"));
    }
    let index = cluster.place().to_string();
    assert_eq!(run(archive.path(), &["index", "corpus", "--index", &index]).status.code(), Some(0));
    let whole = run(archive.path(), &["search", "port", "--all", "--json", "--index", &index]);
    assert_eq!(whole.status.code(), Some(0));
    let passages = |out: &str| out.lines().filter(|line| line.starts_with("{\"type\":\"passage\"")).count();
    let (_, name) = index.rsplit_once('/').unwrap();
    let all = passages(&String::from_utf8(whole.stdout).unwrap());
    let cancel =
        format!(r#"{{"commands": [{{"cancel": {{"index": "{name}", "shard": 1, "node": "n1", "allow_primary": true}}}}]}}"#);
    // Refused while the shard is still on its way back from the last time.
    let take_away = || by_hand("POST", "_cluster/reroute", &cancel).is_some();
    let search = || {
        let answer = run(archive.path(), &["search", "port", "--all", "--json", "--index", &index]);
        let out = String::from_utf8(answer.stdout.clone()).unwrap();
        let summary = out.lines().last().unwrap_or_default();
        if answer.status.code() == Some(0) {
            assert_eq!(passages(&out), all, "{summary}");
        } else {
            assert!(summary.contains(r#""shards":{"answered":2,"of":3}"#), "{summary}{}", err(&answer));
            assert!(summary.contains("partial: 2 of 3 shards answered"), "{summary}");
            // What was counted before the shard came back is of some alone, even where all passages are there.
            assert!((1..=all).contains(&passages(&out)), "{} of {all}", passages(&out));
        }
        passages(&out)
    };
    let quotations_refused = || {
        let answer = run(archive.path(), &["quotes", "--by", "Voss", "--index", &index]);
        match answer.status.code() {
            Some(0) => assert!(err(&answer).contains("of 30 quotations"), "{}", err(&answer)),
            _ => assert!(err(&answer).contains("shard"), "{}", err(&answer)),
        }
        answer.status.code() != Some(0)
    };
    // The cluster brings a shard back within a second, while it is asked: an answer is whole, or says what it is not. A slow machine may need more
    // rounds until one of each is asked at that moment.
    let (mut rounds, mut partly, mut refused) = (0, 0, 0);
    while rounds < 20 || (rounds < 200 && (partly == 0 || refused == 0)) {
        rounds += 1;
        take_away();
        partly += usize::from(search() < all);
        take_away();
        refused += usize::from(quotations_refused());
    }
    println!("a shard away {rounds} times: {partly} searches answered in part, {refused} questions of quotations refused");
    assert!(partly > 0);
}

/// A node that refuses whoever asks; gives what it was sent.
fn refusing() -> (String, std::thread::JoinHandle<String>) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap().to_string();
    let heard = std::thread::spawn(move || {
        let (mut caller, _) = listener.accept().unwrap();
        let mut heard = Vec::new();
        let mut byte = [0];
        while !heard.ends_with(b"\r\n\r\n") && caller.read(&mut byte).unwrap() == 1 {
            heard.push(byte[0]);
        }
        caller.write_all(b"HTTP/1.1 401 Unauthorized\r\ncontent-type: application/json\r\ncontent-length: 2\r\nconnection: close\r\n\r\n{}").unwrap();
        String::from_utf8(heard).unwrap()
    });
    (address, heard)
}

#[test]
fn a_password_is_sent_and_never_shown() {
    let here = tempfile::tempdir().unwrap();
    let ask = |address: &str| {
        let (user, password) = ("NEWSHOUND_OPENSEARCH_USER", "NEWSHOUND_OPENSEARCH_PASSWORD");
        let mut command = newshound(here.path(), &["search", "peace", "--index", address]);
        command.env(user, "reader").env(password, "kept-secret").env_remove("NEWSHOUND_OPENSEARCH_API_KEY").output().unwrap()
    };
    let (host, heard) = refusing();
    let refused = ask(&format!("opensearch+http://{host}/news"));
    assert!(heard.join().unwrap().contains("Basic cmVhZGVyOmtlcHQtc2VjcmV0"));
    let talk = err(&refused);
    assert!(refused.status.code() == Some(2) && talk.contains("refuses this user") && talk.contains(&host), "{talk}");
    assert!(!talk.contains("kept-secret") && !talk.contains("cmVhZGVy"), "{talk}");
    let typed = ask(&format!("opensearch+http://reader:hunter2@{host}/news"));
    let talk = err(&typed);
    assert!(
        typed.status.code() == Some(2) && talk.contains("NEWSHOUND_OPENSEARCH_PASSWORD") && !talk.contains("hunter2"),
        "{talk}"
    );
}

#[test]
fn a_cluster_that_is_not_there_is_named() {
    let here = tempfile::tempdir().unwrap();
    // Nobody listens at a port that was just given back.
    let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
    let index = format!("opensearch+http://127.0.0.1:{port}/news");
    for arguments in [["search", "peace", "--index", &index], ["index", ".", "--index", &index]] {
        let asked = run(here.path(), &arguments);
        assert!(asked.status.code() == Some(2) && err(&asked).contains(&index), "{}", err(&asked));
    }
    for wrong in ["opensearch+http://one/News", "opensearch+ftp://one/news", "opensearch+http://one/news?shards=none"] {
        assert_eq!(run(here.path(), &["search", "peace", "--index", wrong]).status.code(), Some(2));
    }
}
