//! A service over a small archive, some of whose articles mean harm.

use crate::given::archive::Archive;
use crate::given::served::Served;
use crate::serve::payloads;
use newshound::alerts::Watcher;
use newshound::engine::Place;
use std::sync::atomic::AtomicBool;

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

pub fn started() -> Served {
    let archive = Archive::new();
    // What comes in afterwards is told of for two saved searches.
    archive.write("first.txt", "The first\n\nNothing.\n");
    archive.build();
    std::fs::create_dir(archive.path().join("searches")).unwrap();
    for (name, query) in [("peace", "# <b>truce</b> talk\npeace"), ("harm", "harm")] {
        std::fs::write(archive.path().join(format!("searches/{name}.query")), query).unwrap();
    }
    let mut watcher = Watcher::open(&archive.path().join("searches"), &archive.path().join("alerts"), None).unwrap();
    let mut look = || watcher.look(&*Place::directory(&archive.index()).index().unwrap(), &AtomicBool::new(false)).unwrap();
    look();
    std::fs::remove_file(archive.corpus().join("first.txt")).unwrap();
    for (name, story) in STORIES {
        archive.write(&format!("Orlec Herald/{name}"), story);
    }
    payloads::write(&archive.corpus());
    archive.build();
    assert!(look().passages > 20);
    Served::over(archive, &["--quiet", "--searches", "searches"])
}

impl Served {
    pub fn page(&self, path: &str) -> String {
        format!("http://{}{path}", self.address)
    }

    fn articles(&self, path: &str) -> Vec<String> {
        let page = self.get(path).2;
        let addresses = page.split("href=\"/articles/").skip(1).filter_map(|rest| rest.split('"').next());
        addresses.map(|address| format!("/articles/{}", address.replace("&amp;", "&"))).collect()
    }

    /// The path of the basket with the passages that answer a query.
    pub fn basket(&self, query: &str) -> String {
        let page = self.get(&format!("/?q={query}")).2;
        let ids = page.split("name=\"ids\" value=\"").skip(1).filter_map(|rest| rest.split('"').next());
        format!("/basket?ids={}", ids.collect::<Vec<_>>().join(","))
    }

    /// The path of the first article that answers a query.
    pub fn article(&self, query: &str) -> String {
        self.articles(&format!("/?q={query}+velden")).remove(0)
    }

    /// The pages on which the harmful articles stand.
    pub fn poisoned(&self) -> Vec<String> {
        let mut paths = vec!["/?q=harm".to_owned(), "/?q=harm&sort=date".to_owned(), "/?q=harm&sort=-date".to_owned()];
        paths.extend(["/alerts".to_owned(), "/alerts?search=harm".to_owned()]);
        let articles: Vec<String> = paths.iter().flat_map(|path| self.articles(path)).collect();
        paths.extend(articles);
        paths
    }
}
