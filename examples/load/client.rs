//! A client of one connection: HTTP/1.1 over a socket, kept open between requests.

use std::io::{BufRead, BufReader, Error, ErrorKind, Read, Result, Write};
use std::net::TcpStream;
use std::time::Duration;

/// How long an answer may take before it counts as none.
const PATIENCE: Duration = Duration::from_secs(30);

/// One connection to `address`, opened when it is needed.
pub struct Client {
    address: String,
    stream: Option<BufReader<TcpStream>>,
}

impl Client {
    pub fn new(address: &str) -> Client {
        Client { address: address.to_owned(), stream: None }
    }

    /// The status and body of the answer at `path`. A connection that was closed while it was idle is opened anew, once.
    pub fn get(&mut self, path: &str) -> Result<(u16, Vec<u8>)> {
        let was_open = self.stream.is_some();
        let answer = self.asked(path);
        match &answer {
            Err(error) if was_open && error.kind() != ErrorKind::TimedOut => {
                self.stream = None;
                self.asked(path)
            }
            _ => answer,
        }
    }

    fn asked(&mut self, path: &str) -> Result<(u16, Vec<u8>)> {
        if self.stream.is_none() {
            let stream = TcpStream::connect(&self.address)?;
            stream.set_read_timeout(Some(PATIENCE))?;
            stream.set_nodelay(true)?;
            self.stream = Some(BufReader::new(stream));
        }
        let stream = self.stream.as_mut().expect("just opened");
        write!(stream.get_mut(), "GET {path} HTTP/1.1\r\nHost: {}\r\n\r\n", self.address)?;
        let answer = answer(stream);
        if !matches!(answer, Ok((_, _, false))) {
            self.stream = None;
        }
        answer.map(|(status, body, _)| (status, body))
    }
}

/// Status, body, and whether the server closes the connection.
fn answer(stream: &mut BufReader<TcpStream>) -> Result<(u16, Vec<u8>, bool)> {
    let status = line(stream)?;
    let status = status.split(' ').nth(1).and_then(|status| status.parse().ok());
    let status = status.ok_or_else(|| Error::new(ErrorKind::InvalidData, "no status"))?;
    let (mut length, mut in_pieces, mut closes) = (0, false, false);
    loop {
        let header = line(stream)?.to_ascii_lowercase();
        let Some((name, value)) = header.split_once(':') else { break };
        match (name, value.trim()) {
            ("content-length", value) => length = value.parse().unwrap_or(0),
            ("transfer-encoding", "chunked") => in_pieces = true,
            ("connection", "close") => closes = true,
            _ => {}
        }
    }
    let mut body = Vec::new();
    if !in_pieces {
        body.resize(length, 0);
        stream.read_exact(&mut body)?;
        return Ok((status, body, closes));
    }
    loop {
        let size = line(stream)?;
        let size =
            usize::from_str_radix(size.trim(), 16).map_err(|_| Error::new(ErrorKind::InvalidData, "no size of a piece"))?;
        let from = body.len();
        body.resize(from + size, 0);
        stream.read_exact(&mut body[from..])?;
        line(stream)?;
        if size == 0 {
            return Ok((status, body, closes));
        }
    }
}

fn line(stream: &mut BufReader<TcpStream>) -> Result<String> {
    let mut line = String::new();
    match stream.read_line(&mut line)? {
        0 => Err(ErrorKind::UnexpectedEof.into()),
        _ => Ok(line.trim_end().to_owned()),
    }
}
