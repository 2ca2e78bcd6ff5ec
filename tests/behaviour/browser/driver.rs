//! As much of a WebDriver client as the tests need.

use serde_json::{Value, json};
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

/// A chromedriver, ended when dropped.
pub struct Driver {
    child: Child,
    port: u16,
}

/// A browser window, closed when dropped.
pub struct Browser {
    port: u16,
    session: String,
}

impl Driver {
    /// Starts chromedriver on a port of its choice; none where it or its browser is missing.
    pub fn start() -> Option<Driver> {
        let mut child = Command::new("chromedriver").arg("--port=0").stdout(Stdio::piped()).stderr(Stdio::null()).spawn().ok()?;
        let mut lines = BufReader::new(child.stdout.take()?).lines();
        let port = lines.find_map(|line| line.ok()?.split("successfully on port ").nth(1)?.trim_end_matches('.').parse().ok());
        std::thread::spawn(move || lines.for_each(drop));
        let driver = Driver { child, port: port? };
        driver.try_browser(800, 600, true).is_ok().then_some(driver)
    }

    /// A window of that size, with or without script.
    pub fn browser(&self, width: u32, height: u32, script: bool) -> Browser {
        self.try_browser(width, height, script).expect("a browser")
    }

    fn try_browser(&self, width: u32, height: u32, script: bool) -> Result<Browser, String> {
        let mut options = json!({"args": ["--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1", format!("--window-size={width},{height}")]});
        if !script {
            options["prefs"] = json!({"profile.managed_default_content_settings.javascript": 2});
        }
        let wanted = json!({"capabilities": {"alwaysMatch": {"browserName": "chrome", "goog:chromeOptions": options, "unhandledPromptBehavior": "ignore"}}});
        let answer = asked(self.port, "POST", "/session", Some(&wanted))?;
        Ok(Browser { port: self.port, session: answer["sessionId"].as_str().ok_or("no session")?.to_owned() })
    }
}

impl Drop for Driver {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Drop for Browser {
    fn drop(&mut self) {
        let _ = asked(self.port, "DELETE", &format!("/session/{}", self.session), None);
    }
}

impl Browser {
    fn ask(&self, method: &str, path: &str, body: &Value) -> Value {
        let path = format!("/session/{}{path}", self.session);
        asked(self.port, method, &path, (method == "POST").then_some(body)).unwrap_or_else(|why| panic!("{path}: {why}"))
    }

    pub fn open(&self, address: &str) {
        self.ask("POST", "/url", &json!({"url": address}));
    }

    pub fn back(&self) {
        self.ask("POST", "/back", &json!({}));
    }

    pub fn source(&self) -> String {
        self.ask("GET", "/source", &Value::Null).as_str().unwrap().to_owned()
    }

    /// What `script` returns.
    pub fn run(&self, script: &str) -> Value {
        self.ask("POST", "/execute/sync", &json!({"script": script, "args": []}))
    }

    /// What `script` gives its last argument, a function.
    pub fn run_async(&self, script: &str) -> Value {
        self.ask("POST", "/execute/async", &json!({"script": script, "args": []}))
    }

    /// Waits until `script` returns true.
    pub fn wait(&self, script: &str) {
        let began = Instant::now();
        while self.run(script) != json!(true) {
            assert!(began.elapsed() < Duration::from_secs(20), "never: {script}");
            std::thread::sleep(Duration::from_millis(30));
        }
    }

    /// Types at whatever has the focus.
    pub fn keys(&self, text: &str) {
        let press = |key: char| [json!({"type": "keyDown", "value": key}), json!({"type": "keyUp", "value": key})];
        let actions: Vec<Value> = text.chars().flat_map(press).collect();
        self.ask("POST", "/actions", &json!({"actions": [{"type": "key", "id": "keys", "actions": actions}]}));
    }

    pub fn click(&self, selector: &str) {
        let element = self.ask("POST", "/element", &json!({"using": "css selector", "value": selector}));
        let id = element.as_object().unwrap().values().next().unwrap().as_str().unwrap().to_owned();
        self.ask("POST", &format!("/element/{id}/click"), &json!({}));
    }

    /// Drags within an element, from one part of its width to another.
    pub fn drag(&self, selector: &str, from: f64, to: f64) {
        let script = format!(
            "const b = document.querySelector({selector:?}).getBoundingClientRect(); return [b.left, b.width, b.top + b.height / 2]"
        );
        let place = self.run(&script);
        let (left, width, y) = (place[0].as_f64().unwrap(), place[1].as_f64().unwrap(), place[2].as_f64().unwrap());
        let go = |part: f64| json!({"type": "pointerMove", "duration": 50, "x": (left + width * part) as i64, "y": y as i64});
        let actions = [
            go(from),
            json!({"type": "pointerDown", "button": 0}),
            go(f64::midpoint(from, to)),
            go(to),
            json!({"type": "pointerUp", "button": 0}),
        ];
        self.ask(
            "POST",
            "/actions",
            &json!({"actions": [{"type": "pointer", "id": "mouse", "parameters": {"pointerType": "mouse"}, "actions": actions}]}),
        );
    }

    /// Shows pages as on a screen so many pixels wide.
    pub fn width(&self, width: u32) {
        self.command(
            "Emulation.setDeviceMetricsOverride",
            &json!({"width": width, "height": 800, "deviceScaleFactor": 1, "mobile": true}),
        );
    }

    /// Shows pages as to somebody who likes them dark.
    pub fn dark(&self) {
        self.command("Emulation.setEmulatedMedia", &json!({"features": [{"name": "prefers-color-scheme", "value": "dark"}]}));
    }

    fn command(&self, name: &str, parameters: &Value) {
        self.ask("POST", "/goog/cdp/execute", &json!({"cmd": name, "params": parameters}));
    }
}

/// The `value` of the driver's answer.
fn asked(port: u16, method: &str, path: &str, body: Option<&Value>) -> Result<Value, String> {
    let said = |error: std::io::Error| error.to_string();
    let mut stream = TcpStream::connect(("127.0.0.1", port)).map_err(said)?;
    stream.set_read_timeout(Some(Duration::from_secs(60))).map_err(said)?;
    let body = body.map(Value::to_string).unwrap_or_default();
    let length = body.len();
    write!(stream, "{method} {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nContent-Type: application/json\r\nContent-Length: {length}\r\nConnection: close\r\n\r\n{body}").map_err(said)?;
    let mut reader = BufReader::new(stream);
    let (mut line, mut length) = (String::new(), 0);
    while reader.read_line(&mut line).map_err(said)? > 2 {
        if let Some((name, value)) = line.split_once(':')
            && name.eq_ignore_ascii_case("content-length")
        {
            length = value.trim().parse().unwrap_or(0);
        }
        line.clear();
    }
    let mut answer = vec![0; length];
    reader.read_exact(&mut answer).map_err(said)?;
    let answer: Value = serde_json::from_slice(&answer).map_err(|error| error.to_string())?;
    match answer["value"]["error"].as_str() {
        Some(error) => Err(format!("{error}: {}", answer["value"]["message"])),
        None => Ok(answer["value"].clone()),
    }
}
