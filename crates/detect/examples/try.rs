//! Tries the detector by hand: `try [LANGUAGE]` reads customer messages from standard input, one a line, and prints for
//! each the verdict, its signals with what they rest on, and the words that gave rise to them.

use std::io::{BufRead, Write};
use std::process::ExitCode;

use baton_core::{ChannelId, Language, VerdictKind};
use baton_detect::{Detector, Policy, Turn};

fn main() -> ExitCode {
    let hint = match std::env::args().nth(1).map(|tag| (Language::new(&tag), tag)) {
        Some((None, tag)) => {
            eprintln!("usage: try [LANGUAGE]; `{tag}` is not a language tag");
            return ExitCode::FAILURE;
        }
        Some((hint, _)) => hint,
        None => None,
    };
    match judge_lines(hint) {
        Ok(()) => ExitCode::SUCCESS,
        // Whoever reads our output may stop early.
        Err(error) if error.kind() == std::io::ErrorKind::BrokenPipe => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("judge standard input: {error}");
            ExitCode::FAILURE
        }
    }
}

fn judge_lines(language_hint: Option<Language>) -> std::io::Result<()> {
    let detector = Detector::new(Policy::default()).expect("the default policy holds");
    let channel = ChannelId::new("try").expect("a valid key");
    let mut out = std::io::stdout().lock();
    for line in std::io::stdin().lock().lines() {
        let text = line?;
        let turn = Turn { language_hint, ..Turn::alone(&text, &channel) };
        let verdict = detector.assess(&turn);
        let kind = match verdict.kind {
            VerdictKind::Keep => "keep",
            VerdictKind::Suggest => "suggest",
            VerdictKind::HandOff => "hand off",
        };
        writeln!(out, "{kind:<9} {text}  ({} {:.2})", verdict.language.as_str(), verdict.language_confidence)?;
        for signal in &verdict.signals {
            let words = signal.span.and_then(|span| text.get(span.start as usize..span.end as usize)).unwrap_or("");
            let (name, value) = (signal.name, signal.value);
            let threshold = signal.threshold.map_or("never".to_owned(), |threshold| format!("{threshold:.2}"));
            writeln!(out, "          {name:?} {value:.2} of {threshold} [{}] \"{words}\"", signal.evidence)?;
        }
        for said in &verdict.would_change {
            writeln!(out, "          {said}")?;
        }
    }
    Ok(())
}
