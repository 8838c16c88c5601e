//! Measures the language core: `speed FILE [THREADS] [PASSES]`, FILE holding a JSON line with a `text` each. Prints one JSON
//! object: seconds and words of each pass, the first with nothing met before; seconds of each step in the last; load time;
//! memory; and what the arithmetic alone would take. `bench/language` runs it.

use onrecord_language::{Model, ParsingStep, Scratch};
use serde_json::{Value, json};
use std::time::Instant;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut arguments = std::env::args().skip(1);
    let file = arguments.next().ok_or("usage: speed FILE [THREADS] [PASSES]")?;
    let mut number = |default: usize| arguments.next().map_or(Ok(default), |argument| argument.parse());
    let (threads, passes): (usize, usize) = (number(1)?, number(3)?);
    let start = Instant::now();
    let model = Model::english();
    let loaded = start.elapsed().as_secs_f64();
    model.parse("A first sentence.", &mut Scratch::default());
    let first = start.elapsed().as_secs_f64();
    let after_load = memory("VmRSS");

    let mut texts = Vec::new();
    for line in std::fs::read_to_string(file)?.lines() {
        let line: Value = serde_json::from_str(line)?;
        texts.push(line["text"].as_str().unwrap_or("").to_owned());
    }
    let before = memory("VmRSS");
    let mut scratches: Vec<Scratch> = (0..threads).map(|_| Scratch::default()).collect();
    let mut runs = Vec::new();
    for _ in 0..passes {
        let start = Instant::now();
        let words: usize = std::thread::scope(|scope| {
            let run = |(at, scratch): (usize, &mut Scratch)| {
                let mine = texts.iter().skip(at).step_by(threads);
                mine.map(|text| model.parse(text, scratch).tokens.len()).sum::<usize>()
            };
            let handles: Vec<_> = scratches.iter_mut().enumerate().map(|one| scope.spawn(move || run(one))).collect();
            handles.into_iter().map(|handle| handle.join().unwrap_or(0)).sum()
        });
        runs.push(json!({"words": words, "seconds": start.elapsed().as_secs_f64()}));
    }
    let mut steps = [0.0; ParsingStep::ALL.len()];
    let mut last = Instant::now();
    for text in &texts {
        last = Instant::now().max(last);
        model.parse_in_steps(text, &mut scratches[0], &mut |step| {
            steps[step as usize] += last.elapsed().as_secs_f64();
            last = Instant::now();
        });
    }
    let steps: Vec<Value> =
        ParsingStep::ALL.iter().zip(steps).map(|(step, seconds)| json!([format!("{step:?}"), seconds])).collect();
    println!(
        "{}",
        json!({
            "threads": threads, "load": loaded, "first": first, "after_load_kb": after_load, "texts_kb": before - after_load,
            "peak_kb": memory("VmHWM"), "passes": runs, "stages": steps,
            "multiply_adds_per_word": model.multiply_adds_per_word(),
            "multiply_adds_per_second": model.multiply_adds_per_second(200),
        })
    );
    Ok(())
}

/// A figure of this process, in kB; 0 where the system doesn't tell.
fn memory(name: &str) -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(':').map(str::to_owned));
    line.and_then(|line| line.split_whitespace().next()?.parse().ok()).unwrap_or(0)
}
