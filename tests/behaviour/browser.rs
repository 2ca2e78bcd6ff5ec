//! The pages in a real browser: headless Chromium, driven through its WebDriver. Skipped where there is no `chromedriver`.
//!
//! `NEWSHOUND_AXE` names a copy of axe-core's `axe.min.js`; without it the check of accessibility is skipped.

mod driver;
mod rendered;
mod served;

use crate::given::shared;
use crate::serve::payloads::{PAYLOADS, encoded};
use driver::{Browser, Driver};
use serde_json::json;
use served::started;

/// A driver, or the word that there is none.
fn driver() -> Option<Driver> {
    let driver = Driver::start();
    if driver.is_none() {
        eprintln!("skipped: no chromedriver and Chromium");
    }
    driver
}

/// One page in ten where a hand waits for the answer (12 seconds), all where `CI` is set (two minutes).
#[test]
fn the_words_of_saved_pages_are_those_a_browser_shows() {
    let (Some(corpora), Some(driver)) = (shared("corpora"), driver()) else { return };
    let step = if std::env::var_os("CI").is_some() { 1 } else { 10 };
    let (pages, words, wrong) = rendered::compared(&driver, &corpora, step);
    println!("{pages} pages, {words} words");
    assert!(pages * step > 300 && words > 300 * pages, "{pages} pages, {words} words");
    assert!(wrong.is_empty(), "{} of {pages} pages: {wrong:#?}", wrong.len());
}

/// What there is in all stands on the page.
const COUNTED: &str = "return document.querySelector('.count strong') !== null";

#[test]
fn a_page_that_is_seen_again_looks_as_before() {
    let Some(driver) = driver() else { return };
    let served = started();
    let browser = driver.browser(1200, 900, true);
    for time in ["first", "again"] {
        for path in ["/", "/?q=peace"] {
            browser.open(&served.page(path));
            let styled =
                browser.run("return [document.styleSheets.length, getComputedStyle(document.querySelector('header')).position]");
            assert_eq!(styled, json!([1, "sticky"]), "{path} {time}");
        }
    }
}

#[test]
fn names_are_offered_while_they_are_typed() {
    let Some(driver) = driver() else { return };
    let served = started();
    let browser = driver.browser(1200, 900, true);
    browser.open(&served.page("/?q=bridges"));
    browser.keys("/");
    browser.keys("peace bran");
    browser
        .wait("return [...document.querySelectorAll('#near option')].some(o => o.value === 'peace speaker:\"Ilse Brandauer\"')");
}

#[test]
fn a_reader_searches_narrows_opens_and_goes_back() {
    let Some(driver) = driver() else { return };
    let served = started();
    let browser = driver.browser(1200, 900, true);
    browser.open(&served.page("/"));
    browser.keys("/");
    assert_eq!(browser.run("return document.activeElement.id"), json!("q"));
    browser.keys("\"long-term peace\"\u{e007}");
    browser.wait("return document.querySelectorAll('.clipping').length > 0");
    assert_eq!(browser.run("return document.querySelector('mark').textContent"), json!("long-term peace"));
    assert_eq!(browser.run("return new URL(location.href).searchParams.get('q')"), json!("\"long-term peace\""));
    // What there is in all comes after the answers, and the address is that of the whole page.
    browser.wait(COUNTED);
    assert_eq!(
        browser.run("return [location.search.includes('part='), document.querySelectorAll('.timeline a').length > 0]"),
        json!([false, true])
    );
    browser.run("document.activeElement.blur()");
    // Keys go from clipping to clipping and open one.
    let at = "return [...document.querySelectorAll('.clipping')].findIndex(c => c.contains(document.activeElement))";
    for (key, wanted) in [("j", 0), ("j", 1), ("k", 0)] {
        browser.keys(key);
        assert_eq!(browser.run(at), json!(wanted), "{key}");
    }
    browser.keys("o");
    browser.wait("return location.pathname.startsWith('/articles/')");
    assert!(browser.run("return document.querySelectorAll('.story mark').length").as_u64() > Some(0));
    assert_eq!(
        browser.run("return document.querySelectorAll('.unit.lit').length + document.querySelectorAll('h1 mark').length > 0"),
        json!(true)
    );
    // The key of speakers leads from quotation to quotation.
    browser.run("document.querySelector('.key a.said').click()");
    assert_eq!(browser.run("return document.querySelectorAll('.said.here').length"), json!(1));
    browser.back();
    browser.wait("return location.pathname === '/' && document.querySelectorAll('.clipping').length > 0");
    // A filter narrows, stands in the address, and can be taken away.
    browser.open(&served.page("/?q=peace"));
    let all = browser.run("return document.querySelector('.count').textContent");
    browser.run("document.querySelector('.rail li a').click()");
    browser.wait("return document.querySelectorAll('.filters li').length === 1");
    browser.wait(COUNTED);
    assert_ne!(browser.run("return document.querySelector('.count').textContent"), all);
    browser.run("document.querySelector('.filters a').click()");
    browser.wait("return document.querySelectorAll('.filters li').length === 0");
    browser.wait(COUNTED);
    assert_eq!(browser.run("return document.querySelector('.count').textContent"), all);
    // Dragging over the bars chooses a time.
    browser.drag(".timeline svg", 0.02, 0.6);
    browser.wait("return new URL(location.href).searchParams.has('from')");
    let time = browser.run("const p = new URL(location.href).searchParams; return [p.get('from'), p.get('to')]");
    assert_eq!(time, json!(["2025-03", "2025-04"]));
    browser.keys("?");
    assert_eq!(browser.run("return document.getElementById('keys').open"), json!(true));
}

#[test]
fn what_is_kept_on_two_pages_is_taken_along_together() {
    let Some(driver) = driver() else { return };
    let served = started();
    let browser = driver.browser(1200, 900, true);
    for query in ["ferry", "thaw"] {
        browser.open(&served.page(&format!("/?q={query}")));
        browser.click(".clipping .keep input");
    }
    let told = browser.run("return document.querySelector('.along #basket button').textContent");
    assert_eq!(told, json!("Take the kept ones along (2)"));
    browser.click(".along #basket button");
    let kept = "return [location.pathname, document.querySelectorAll('.clipping').length, document.querySelectorAll('.keep input:checked').length]";
    assert_eq!(browser.run(kept), json!(["/basket", 2, 2]));
    browser.click(".clipping .keep input");
    browser.click("#basket > button");
    assert_eq!(browser.run(kept), json!(["/basket", 1, 1]));
}

#[test]
fn narrow_dark_and_without_script() {
    let Some(driver) = driver() else { return };
    let served = started();
    let browser = driver.browser(1200, 900, true);
    for path in [
        "/",
        "/?q=peace",
        "/?q=peace&show=lines",
        "/?q=peace&show=lines&sort=speaker",
        "/?q=peace&show=quotations",
        "/speakers",
        "/outlets",
        "/timeline?q=peace%0Aferry",
        "/alerts",
        &served.basket("peace"),
        "/help",
        "/?q=%22nothing+of+the+sort%22",
        "/speaker?speaker=Brandauer",
        "/speaker?speaker=Brandauer&with=Tom+Alder",
        &served.article("peace"),
    ] {
        browser.width(380);
        browser.open(&served.page(path));
        let width = browser.run("return document.documentElement.scrollWidth").as_u64().unwrap();
        assert!(width <= 380, "{path} is {width} wide");
    }
    let background = "return getComputedStyle(document.body).backgroundColor";
    let light = browser.run(background);
    browser.dark();
    assert_ne!(browser.run(background), light);
    // Without script the page is whole, and its links lead on.
    let plain = driver.browser(1200, 900, false);
    plain.open(&served.page("/?q=%22long-term+peace%22"));
    assert!(plain.source().contains("<mark>long-term peace</mark>"), "{}", plain.source());
    plain.click(".clipping h2 a");
    assert!(plain.source().contains("class=\"story\""), "{}", plain.source());
}

#[test]
fn two_hundred_payloads_run_nothing() {
    let Some(driver) = driver() else { return };
    let served = started();
    let browser = driver.browser(1200, 900, true);
    let mut looked = 0;
    for payload in PAYLOADS {
        for path in [
            "/?q=",
            "/?q=peace&place=",
            "/?q=peace&outlet=",
            "/?speaker=",
            "/speaker?speaker=",
            "/speaker?speaker=Brandauer&with=",
            "/verify?q=",
            "/alerts?search=",
            "/basket?ids=",
            "/?q=peace&from=",
            "/articles/",
            "/?q=%22peace%22+",
        ] {
            browser.open(&served.page(&format!("{path}{}", encoded(payload))));
            let foreign = "return [window.pwned ?? null, document.scripts.length, document.querySelectorAll('iframe,img,base,[onload],[onerror],[onfocus],[onclick],[onmouseover]').length, location.host]";
            assert_eq!(browser.run(foreign), json!([null, 1, 0, served.address]), "{path}{payload}");
            looked += 1;
        }
    }
    // And those that stand in the archive, on every page of answers and in every article.
    for path in served.poisoned() {
        browser.open(&served.page(&path));
        assert_eq!(
            browser.run(
                "return [window.pwned ?? null, document.scripts.length, document.querySelectorAll('iframe,img,base').length]"
            ),
            json!([null, 1, 0]),
            "{path}"
        );
        looked += 1;
    }
    assert!(looked >= 225, "{looked}");
}

/// Serious findings of axe-core, by rule and place.
fn findings(browser: &Browser, axe: &str) -> Vec<String> {
    browser.run(axe);
    let found = browser.run_async("const done = arguments[0]; axe.run().then(r => done(r.violations), e => done([{id: String(e), impact: 'serious', nodes: []}]))");
    let serious = |finding: &&serde_json::Value| matches!(finding["impact"].as_str(), Some("serious" | "critical"));
    found
        .as_array()
        .unwrap()
        .iter()
        .filter(serious)
        .map(|finding| format!("{}: {}", finding["id"], finding["nodes"][0]["html"]))
        .collect()
}

#[test]
fn axe_finds_nothing_serious() {
    let Some(driver) = driver() else { return };
    let Ok(axe) = std::env::var("NEWSHOUND_AXE") else {
        eprintln!("skipped: NEWSHOUND_AXE names no axe.min.js");
        return;
    };
    let axe = std::fs::read_to_string(axe).expect("axe-core");
    let served = started();
    let browser = driver.browser(1200, 900, true);
    for dark in [false, true] {
        if dark {
            browser.dark();
        }
        for path in [
            "/",
            "/?q=peace",
            "/?q=peace&sort=date&place=Velden",
            "/?q=peace&place=Velden&place=Hallmere&speaker=Ilse+Brandauer",
            "/?q=speaker:brandauer&show=lines",
            "/?q=peace&show=lines&sort=speaker",
            "/?q=peace&show=quotations",
            "/speakers",
            "/outlets",
            "/timeline?q=peace%0Aferry",
            "/alerts",
            "/alerts?search=peace",
            &served.basket("peace"),
            "/help",
            "/?q=%22nothing+of+the+sort%22",
            "/speaker?speaker=Brandauer",
            "/speaker?speaker=Brandauer&with=Tom+Alder",
            &served.article("peace"),
            "/?q=peace&sort=wrong",
            "/verify?q=We+want+a+lasting+peace,+said+Ilse",
        ] {
            browser.open(&served.page(path));
            assert_eq!(findings(&browser, &axe), Vec::<String>::new(), "{path}, dark: {dark}");
        }
    }
}
