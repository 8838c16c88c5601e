//! Asks a desk for pages from many clients at a time, and prints how long answers took.
//!
//! Usage: load ADDRESS CLIENTS SECONDS < TARGETS
//!
//! ADDRESS is as `127.0.0.1:8080`; TARGETS are paths with queries, one a line. Each client keeps one connection, as a browser
//! does, takes targets in a shuffled order, and asks for the next one as soon as it has the whole answer. Printed is a line of
//! JSON: answers, errors (no answer, or a status other than 200), answers a second, and the median and the 99th hundredth of the
//! time from asking to having all of it, in milliseconds.

use std::io::{self, BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::process::ExitCode;
use std::time::{Duration, Instant};

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [address, clients, seconds] = arguments.as_slice() else {
        eprintln!("usage: load ADDRESS CLIENTS SECONDS < TARGETS");
        return ExitCode::from(1);
    };
    let (Ok(clients), Ok(seconds)) = (clients.parse::<u64>(), seconds.parse::<f64>()) else {
        eprintln!("load: CLIENTS and SECONDS are numbers");
        return ExitCode::from(1);
    };
    let targets: Vec<String> = io::stdin().lines().map_while(Result::ok).filter(|line| !line.is_empty()).collect();
    if targets.is_empty() {
        eprintln!("load: no targets on standard input");
        return ExitCode::from(1);
    }
    let begun = Instant::now();
    let end = begun + Duration::from_secs_f64(seconds);
    let all: Vec<Client> = std::thread::scope(|scope| {
        let started: Vec<_> = (0..clients)
            .map(|seed| {
                scope.spawn({
                    let targets = &targets;
                    move || Client::run(address, targets, seed, end)
                })
            })
            .collect();
        started.into_iter().filter_map(|client| client.join().ok()).collect()
    });
    let spent = begun.elapsed().as_secs_f64();
    let mut times: Vec<f64> = all.iter().flat_map(|client| client.times.iter().copied()).collect();
    times.sort_by(f64::total_cmp);
    let errors: u64 = all.iter().map(|client| client.errors).sum();
    let at =
        |share: f64| times.get((times.len() as f64 * share) as usize).or(times.last()).copied().unwrap_or(f64::NAN);
    println!(
        "{{\"answers\": {}, \"errors\": {errors}, \"per_second\": {:.1}, \"median_ms\": {:.2}, \"p99_ms\": {:.2}, \"slowest_ms\": {:.2}}}",
        times.len(),
        times.len() as f64 / spent,
        at(0.5),
        at(0.99),
        at(1.0)
    );
    if let Some(problem) = all.iter().find_map(|client| client.problem.as_deref()) {
        eprintln!("load: {problem}");
    }
    ExitCode::SUCCESS
}

/// What one client saw.
#[derive(Default)]
struct Client {
    /// Milliseconds of each answer.
    times: Vec<f64>,
    errors: u64,
    /// The first thing that went wrong.
    problem: Option<String>,
}

impl Client {
    fn run(address: &str, targets: &[String], seed: u64, end: Instant) -> Client {
        let mut client = Client::default();
        let mut connection = None;
        let mut random = Random(seed + 1);
        while Instant::now() < end {
            let target = &targets[(random.next() % targets.len() as u64) as usize];
            let begun = Instant::now();
            match ask(&mut connection, address, target) {
                Ok(200) => client.times.push(begun.elapsed().as_secs_f64() * 1000.0),
                Ok(status) => client.failed(format!("{target}: status {status}")),
                Err(error) => {
                    connection = None;
                    client.failed(format!("{target}: {error}"));
                }
            }
        }
        client
    }

    fn failed(&mut self, problem: String) {
        self.errors += 1;
        self.problem.get_or_insert(problem);
    }
}

/// Numbers that look random and are the same every time (xorshift64*, Vigna 2016).
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        self.0.wrapping_mul(0x2545_F491_4F6C_DD1D) >> 16
    }
}

/// Asks for a target over a connection that is kept, and reads the whole answer; gives its status.
fn ask(kept: &mut Option<BufReader<TcpStream>>, address: &str, target: &str) -> io::Result<u16> {
    if kept.is_none() {
        let stream = TcpStream::connect(address)?;
        stream.set_nodelay(true)?;
        stream.set_read_timeout(Some(Duration::from_secs(30)))?;
        *kept = Some(BufReader::new(stream));
    }
    let Some(connection) = kept else { return Err(io::ErrorKind::NotConnected.into()) };
    let request = format!("GET {target} HTTP/1.1\r\nHost: {address}\r\nAccept-Encoding: gzip\r\n\r\n");
    connection.get_mut().write_all(request.as_bytes())?;
    let malformed = || io::Error::new(io::ErrorKind::InvalidData, "no HTTP");
    let mut line = String::new();
    connection.read_line(&mut line)?;
    let status: u16 = line.split(' ').nth(1).and_then(|status| status.parse().ok()).ok_or_else(malformed)?;
    let (mut length, mut is_chunked) = (0, false);
    loop {
        line.clear();
        if connection.read_line(&mut line)? == 0 {
            return Err(malformed());
        }
        if line.trim().is_empty() {
            break;
        }
        let Some((name, value)) = line.split_once(':') else { continue };
        if name.eq_ignore_ascii_case("content-length") {
            length = value.trim().parse().map_err(|_| malformed())?;
        }
        is_chunked |= name.eq_ignore_ascii_case("transfer-encoding") && value.trim() == "chunked";
    }
    if !is_chunked {
        skip(connection, length)?;
        return Ok(status);
    }
    loop {
        line.clear();
        connection.read_line(&mut line)?;
        let length = u64::from_str_radix(line.trim(), 16).map_err(|_| malformed())?;
        // Each chunk ends with a line break.
        skip(connection, length + 2)?;
        if length == 0 {
            return Ok(status);
        }
    }
}

/// Reads so many bytes.
fn skip(connection: &mut impl Read, length: u64) -> io::Result<()> {
    let read = io::copy(&mut connection.take(length), &mut io::sink())?;
    if read < length { Err(io::ErrorKind::UnexpectedEof.into()) } else { Ok(()) }
}
