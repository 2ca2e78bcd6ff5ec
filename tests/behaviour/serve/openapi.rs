//! `/openapi.json` beside the service it describes.

use super::started;
use serde_json::Value;
use std::process::Command;

/// Every `$ref` below `value`.
fn references<'a>(value: &'a Value, found: &mut Vec<&'a str>) {
    match value {
        Value::Object(object) => {
            found.extend(object.get("$ref").and_then(Value::as_str));
            object.values().for_each(|inner| references(inner, found));
        }
        Value::Array(items) => items.iter().for_each(|inner| references(inner, found)),
        _ => {}
    }
}

#[test]
fn the_description_of_the_service_is_whole() {
    let served = started(&[]);
    let document = served.json("/openapi.json");
    assert_eq!(document["openapi"], "3.1.0");
    let mut found = Vec::new();
    references(&document, &mut found);
    assert!(found.len() > 50, "{}", found.len());
    for reference in found {
        assert!(document.pointer(reference.trim_start_matches('#')).is_some(), "{reference}");
    }
    // The routes of the service are those described, but for those that describe or are no plain questions.
    let routes = include_str!("../../../src/serve/http.rs").split(".route(").skip(1);
    let mut routes: Vec<&str> = routes.filter_map(|route| route.split('"').nth(1)).collect();
    routes.retain(|route| !matches!(*route, "/mcp" | "/openapi.json"));
    routes.sort_unstable();
    let described: Vec<&String> = document["paths"].as_object().unwrap().keys().collect();
    assert_eq!(routes, described);
    let groups: Vec<&Value> = document["tags"].as_array().unwrap().iter().map(|tag| &tag["name"]).collect();
    let mut names = Vec::new();
    for (path, operations) in document["paths"].as_object().unwrap() {
        let operation = operations.get("get").or(operations.get("post")).unwrap();
        names.push(operation["operationId"].as_str().unwrap());
        assert!(names.last().unwrap().chars().all(char::is_alphabetic), "{names:?}");
        assert!(groups.contains(&&operation["tags"][0]), "{path}");
        for parameter in operation["parameters"].as_array().unwrap() {
            let shown = !matches!(parameter["name"].as_str(), Some("q" | "by" | "about" | "id" | "ids"))
                || parameter.get("example").is_some();
            assert!(shown, "{path}: {parameter}");
        }
        let responses = operation["responses"].as_object().unwrap();
        assert!(responses.contains_key("200") && responses.contains_key("400"), "{path}");
        let path = path.replace("{id}", "4ca8dca46acf1d41.0");
        if operations.get("post").is_some() {
            let refused = served.post(&path, "application/json", r#"{"no_such_member": 1}"#);
            assert!(refused.0 == 400 && served.get(&path).0 == 405, "{path}: {refused:?}");
            continue;
        }
        let known = served.get(&format!("{path}?no_such_parameter=1"));
        let takes_none = matches!(path.as_str(), "/metrics" | "/healthz" | "/v1/status");
        assert!(takes_none || known.0 == 400, "{path}: {known:?}");
    }
    let count = names.len();
    names.sort_unstable();
    names.dedup();
    assert_eq!(names.len(), count);
}

/// The program that asks the service what its description promises: `NEWSHOUND_SCHEMATHESIS`.
#[test]
fn the_service_keeps_what_its_description_promises() {
    let Ok(program) = std::env::var("NEWSHOUND_SCHEMATHESIS") else {
        eprintln!("skipped: NEWSHOUND_SCHEMATHESIS names no schemathesis");
        return;
    };
    let served = started(&["--alerts", "."]);
    // A text that is too long may make the address too long, which is told first.
    let settings = "[checks]\nnegative_data_rejection.expected-statuses = [400, 404, 405, 414]\n";
    std::fs::write(served.dir.path().join("schemathesis.toml"), settings).unwrap();
    let url = format!("http://{}/openapi.json", served.address);
    let output = Command::new(program)
        .args(["run", &url, "--checks", "all", "--max-examples", "60", "--seed", "7", "--generation-database", "none"])
        .args(["--phases", "examples,coverage,fuzzing", "--no-color"])
        .current_dir(served.dir.path())
        .output()
        .expect("schemathesis runs");
    let told = String::from_utf8_lossy(&output.stdout);
    assert!(output.status.success(), "{told}\n{}", String::from_utf8_lossy(&output.stderr));
}

/// A client in another language, made of the description alone by the program `NEWSHOUND_CLIENT_MAKER` (openapi-python-client).
#[test]
fn a_client_made_of_the_description_is_answered() {
    let Ok(maker) = std::env::var("NEWSHOUND_CLIENT_MAKER") else {
        eprintln!("skipped: NEWSHOUND_CLIENT_MAKER names no openapi-python-client");
        return;
    };
    let served = started(&[]);
    let here = served.dir.path();
    std::fs::write(here.join("openapi.json"), served.get("/openapi.json").2).unwrap();
    // Formatting what was made is left to who wants it.
    std::fs::write(here.join("maker.yml"), "post_hooks: []\n").unwrap();
    let made = Command::new(&maker)
        .args(["generate", "--path", "openapi.json", "--config", "maker.yml", "--meta", "none", "--output-path", "made/archive"])
        .current_dir(here)
        .output()
        .expect("openapi-python-client runs");
    let told = String::from_utf8_lossy(&[made.stdout, made.stderr].concat()).into_owned();
    assert!(made.status.success(), "{told}");
    // It knows no feeds, and leaves out the answers of these two addresses.
    let left_out = told.lines().filter(|line| line.contains("WARNING parsing")).collect::<Vec<_>>();
    assert_eq!(
        left_out,
        ["/v1/alerts.atom", "/v1/search.atom"].map(|path| format!("WARNING parsing GET {path} within search.")),
        "{told}"
    );
    let script = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/behaviour/serve/generated_client.py");
    let python = std::path::Path::new(&maker).with_file_name("python");
    let url = format!("http://{}", served.address);
    let output = Command::new(python).args([script, "made", &url]).current_dir(here).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let heard: Value = serde_json::from_slice(&output.stdout).unwrap();
    let answer = served.json("/v1/search?q=%22long-term+peace%22&limit=2");
    assert_eq!(heard["mentions"], answer["summary"]["mentions"]);
    assert_eq!(heard["headline"], answer["passages"][0]["headline"]);
    assert_eq!(heard["marked"][0].as_str().unwrap().to_lowercase(), "long-term peace");
    assert_eq!(heard["said"][0], "We want a long-term peace,");
    assert_eq!(heard["speakers"][0], served.json("/v1/speakers?limit=1")["speakers"][0]["name"]);
    assert!(heard["citation"].as_str().unwrap().starts_with("article"), "{heard}");
    assert_eq!(heard["articles"], served.json("/v1/status")["articles"]);
    assert_eq!(heard["refused"][0], 400);
}
