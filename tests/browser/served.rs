//! A service over a small archive, some of whose articles mean harm.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::process::{Child, ChildStderr, Command, Stdio};

#[path = "../serve/payloads.rs"]
mod payloads;

pub use payloads::{PAYLOADS, encoded};

const STORIES: [(&str, &str); 3] = [
    (
        "2025/03/03/a.txt",
        "Truce talks open in Velden\n\nVELDEN, March 3, 2025 - Envoys met on Monday for talks on a long-term peace.\n\n\"We want a long-term peace,\" Chancellor Ilse Brandauer said. \"The bridges will open.\"\n\nTom Alder, the mayor, said that the ferry would sail.\n\n\"Nobody asked the harbour,\" Alder said.\n",
    ),
    (
        "2025/04/09/b.txt",
        "Bridges of Velden open\n\nVELDEN, April 9, 2025 - A long-term peace is near, envoys said.\n\n\"The bridges are open,\" Ilse Brandauer told reporters.\n",
    ),
    (
        "2025/05/04/c.txt",
        "Peace in Hallmere\n\nHALLMERE, May 4, 2025 - Peace came with the thaw.\n\n\"It is quiet,\" said Mia Penn.\n",
    ),
];

pub struct Served {
    _dir: tempfile::TempDir,
    child: Child,
    pub address: String,
    _talk: BufReader<ChildStderr>,
}

impl Drop for Served {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Served {
    pub fn start() -> Served {
        let dir = tempfile::tempdir().unwrap();
        for (name, story) in STORIES {
            let path = dir.path().join("corpus/Orlec Herald").join(name);
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::fs::write(path, story).unwrap();
        }
        payloads::write(&dir.path().join("corpus"));
        let newshound = |arguments: &[&str]| {
            let mut command = Command::new(env!("CARGO_BIN_EXE_newshound"));
            command.args(arguments).current_dir(dir.path()).stdin(Stdio::null()).stderr(Stdio::piped());
            command
        };
        assert!(newshound(&["index", "corpus"]).output().unwrap().status.success());
        let mut child = newshound(&["serve", "--listen", "127.0.0.1:0", "--quiet"]).spawn().unwrap();
        let mut talk = BufReader::new(child.stderr.take().unwrap());
        let mut line = String::new();
        while !line.contains("http://") {
            line.clear();
            assert_ne!(talk.read_line(&mut line).unwrap(), 0, "it ended");
        }
        let address = line.trim().rsplit("http://").next().unwrap().to_owned();
        Served { _dir: dir, child, address, _talk: talk }
    }

    pub fn page(&self, path: &str) -> String {
        format!("http://{}{path}", self.address)
    }

    fn get(&self, path: &str) -> String {
        let mut stream = TcpStream::connect(&self.address).unwrap();
        write!(stream, "GET {path} HTTP/1.1\r\nHost: {}\r\nConnection: close\r\n\r\n", self.address).unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).unwrap();
        answer
    }

    fn articles(&self, path: &str) -> Vec<String> {
        let page = self.get(path);
        let addresses = page.split("href=\"/articles/").skip(1).filter_map(|rest| rest.split('"').next());
        addresses.map(|address| format!("/articles/{}", address.replace("&amp;", "&"))).collect()
    }

    /// The path of the first article that answers a query.
    pub fn article(&self, query: &str) -> String {
        self.articles(&format!("/?q={query}+velden")).remove(0)
    }

    /// The pages on which the harmful articles stand.
    pub fn poisoned(&self) -> Vec<String> {
        let mut paths = vec!["/?q=harm".to_owned(), "/?q=harm&sort=date".to_owned(), "/?q=harm&sort=-date".to_owned()];
        let articles: Vec<String> = paths.iter().flat_map(|path| self.articles(path)).collect();
        paths.extend(articles);
        paths
    }
}
