//! `baton backtest`: what a policy would have done with conversations that are over, in words, figures and a picture.

use std::fmt::Write as _;
use std::fs::{self, File};
use std::io::{BufReader, IsTerminal, Write as _};
use std::path::Path;

use anyhow::{Context, bail};
use baton_learn::backtest::{Case, Outcome, Share, by, by_trigger, differences, outcome, sweep};
use baton_learn::lines::{Conversation, Lines, Strictness};
use baton_learn::picture;

use crate::arguments::Backtest;
use crate::assess::{Bench, each_line};
use crate::{database, past};

/// Turns before and after the place that matters, when a conversation is printed.
const AROUND: usize = 3;
const PRINTED_CHARS: usize = 160;

pub(crate) fn run(arguments: &Backtest) -> anyhow::Result<()> {
    let conversations = match (&arguments.transcripts, &arguments.database) {
        (Some(file), _) => read(file)?,
        (None, Some(name)) => {
            let store = database::open_blocking(name)?;
            let past = past::conversations(&store);
            store.close();
            past?
        }
        (None, None) => bail!("name a file of conversations, or --database for the deployment's own"),
    };
    let policies: Vec<Option<&Path>> = match arguments.policy.as_slice() {
        [] => vec![None],
        [one] => vec![Some(one)],
        [one, other] => vec![Some(one), Some(other)],
        more => bail!("{} policies: at most two can be compared", more.len()),
    };
    let mut all: Vec<(String, Vec<Case>)> = Vec::new();
    let mut judged: Vec<&Conversation> = Vec::new();
    for policy in policies {
        let name = policy.map_or_else(|| "the default policy".to_owned(), |file| file.display().to_string());
        let bench = Bench::open(policy, &arguments.judging)?;
        let judge = bench.judge();
        judged.clear();
        let mut cases = Vec::new();
        for (done, conversation) in (1..).zip(&conversations) {
            if let Some(case) = Case::new(conversation, &judge.judge(conversation)) {
                cases.push(case);
                judged.push(conversation);
            }
            show_progress(done, conversations.len());
        }
        if cases.is_empty() {
            bail!(
                "none of the {} conversations has a turn with a label, so there is nothing to compare with",
                conversations.len()
            );
        }
        all.push((name, cases));
    }
    let mut text = String::new();
    for (name, cases) in &all {
        report(&mut text, name, cases, arguments);
    }
    match all.as_slice() {
        [(_, first), (_, second)] => compare(&mut text, first, second, &judged, arguments.read),
        [(_, only)] => misses(&mut text, only, &judged, arguments.read),
        _ => {}
    }
    print!("{text}");
    if let (Some(file), Some((_, cases))) = (&arguments.picture, all.first()) {
        let svg = picture::sweep(&sweep(cases, arguments.missed_cost), arguments.missed_cost);
        fs::write(file, svg).with_context(|| format!("write the picture {}", file.display()))?;
        println!("\nThe sweep is drawn in {}.", file.display());
    }
    Ok(())
}

fn read(file: &Path) -> anyhow::Result<Vec<Conversation>> {
    let open = File::open(file).with_context(|| format!("open {}", file.display()))?;
    let mut lines = Lines::new(Strictness::Labelled);
    let mut read = Vec::new();
    each_line(BufReader::new(open), |number, line| {
        read.push(lines.conversation(number, line).with_context(|| file.display().to_string())?);
        Ok(())
    })?;
    if !lines.unused().is_empty() {
        let fields: Vec<&str> = lines.unused().keys().map(String::as_str).collect();
        eprintln!("not used: {}", fields.join(", "));
    }
    Ok(read)
}

fn show_progress(done: usize, all: usize) {
    if std::io::stderr().is_terminal() && (done.is_multiple_of(50) || done == all) {
        eprint!("\rjudged {done} of {all}{}", if done == all { "\n" } else { "" });
        // A terminal that is gone stops no backtest.
        let _ = std::io::stderr().flush();
    }
}

fn percent(share: Share) -> String {
    format!("{:.1} % ({:.1} to {:.1})", share.value * 100.0, share.low * 100.0, share.high * 100.0)
}

fn plain(share: Share) -> String {
    format!("{:.2} ({:.2} to {:.2})", share.value, share.low, share.high)
}

/// Writing into a text cannot fail, so its result is set aside everywhere here.
fn report(text: &mut String, name: &str, cases: &[Case], arguments: &Backtest) {
    let refs: Vec<&Case> = cases.iter().collect();
    let whole: Outcome = outcome(&refs, arguments.seed);
    let _ = writeln!(text, "\nWith {name}: {} conversations, {} needed a person", whole.conversations, whole.needed);
    let _ = writeln!(text, "  recall              {}", percent(whole.recall));
    let _ = writeln!(text, "  precision           {}", percent(whole.precision));
    let _ = writeln!(text, "  needless handoffs   {}", percent(whole.false_handoffs));
    let _ = writeln!(text, "  turns too late      {}", plain(whole.late));
    let _ = writeln!(text, "  turns too early     {}", plain(whole.early));
    for (name, share) in ["GT-I", "GT-II", "GT-III"].into_iter().zip(whole.golden) {
        let _ = writeln!(text, "  {name:<20}{}", plain(share));
    }
    part(text, "language", by(cases, |case| Some(&case.language), arguments.seed));
    part(text, "topic", by(cases, |case| case.topic.as_deref(), arguments.seed));
    part(text, "kind", by(cases, |case| case.kind.as_deref(), arguments.seed));
    let triggers = by_trigger(cases);
    if !triggers.is_empty() {
        let _ = writeln!(text, "  by trigger: handoffs, and how many of them were needed");
        for (trigger, handoffs, needed) in triggers {
            let _ = writeln!(text, "    {trigger:<24}{handoffs:>6}{needed:>6}");
        }
    }
    let points = sweep(cases, arguments.missed_cost);
    let _ = writeln!(text, "  one threshold for all evidence: recall, needless handoffs, cost");
    for point in points.iter().step_by(2) {
        let (recall, falsely) = (point.recall * 100.0, point.false_handoffs * 100.0);
        let _ = writeln!(text, "    {:.2}{recall:>10.1} %{falsely:>9.1} %{:>9.3}", point.threshold, point.cost);
    }
}

fn part(text: &mut String, what: &str, parts: Vec<(String, Outcome)>) {
    if parts.len() < 2 {
        return;
    }
    let _ = writeln!(text, "  by {what}: conversations, recall, needless handoffs, GT-I");
    for (name, outcome) in parts {
        let of = |share: Share| {
            if share.value.is_finite() { format!("{:.1} %", share.value * 100.0) } else { "–".to_owned() }
        };
        let (recall, falsely, golden) = (of(outcome.recall), of(outcome.false_handoffs), outcome.golden[0].value);
        let _ = writeln!(text, "    {name:<24}{:>6}{recall:>10}{falsely:>10}{golden:>8.2}", outcome.conversations);
    }
}

fn compare(text: &mut String, first: &[Case], second: &[Case], conversations: &[&Conversation], count: usize) {
    let differing = differences(first, second);
    let _ = writeln!(text, "\nThe policies differ on {} of {} conversations.", differing.len(), first.len());
    for differs in differing.iter().take(count) {
        let told = |at: Option<usize>| at.map_or_else(|| "never".to_owned(), |at| format!("at turn {at}"));
        let _ = writeln!(
            text,
            "\n{}: the first hands off {}, the second {}; right: {}",
            first[differs.place].id,
            told(differs.first),
            told(differs.second),
            told(differs.right)
        );
        let places = [differs.first, differs.second, differs.right];
        print_turns(text, conversations[differs.place], &places);
    }
}

/// Conversations that were missed, or handed off needlessly.
fn misses(text: &mut String, cases: &[Case], conversations: &[&Conversation], count: usize) {
    let place = |row: &[bool]| row.iter().position(|yes| *yes);
    let wrong =
        cases.iter().zip(conversations).filter(|(case, _)| place(&case.truth).is_some() != place(&case.said).is_some());
    for (case, conversation) in wrong.take(count) {
        let what = if place(&case.said).is_some() { "handed off needlessly" } else { "missed" };
        let trigger = case.trigger.as_deref().map(|trigger| format!(" ({trigger})")).unwrap_or_default();
        let _ = writeln!(text, "\n{}: {what}{trigger}", case.id);
        print_turns(text, conversation, &[place(&case.truth), place(&case.said)]);
    }
}

fn print_turns(text: &mut String, conversation: &Conversation, places: &[Option<usize>]) {
    let first = places.iter().flatten().min().copied().unwrap_or(0).saturating_sub(AROUND);
    let last = places.iter().flatten().max().copied().unwrap_or(0).saturating_add(1);
    for (index, said) in conversation.turns.iter().enumerate().take(last + 1).skip(first) {
        let mark = if places.contains(&Some(index)) { ">" } else { " " };
        let words: String = said.text.chars().take(PRINTED_CHARS).collect();
        let who = match said.author {
            baton_detect::timing::Speaker::Customer => "customer",
            baton_detect::timing::Speaker::Bot => "bot",
            baton_detect::timing::Speaker::Agent => "agent",
        };
        let _ = writeln!(text, "  {mark} {index:>3} {who:<8} {}", words.replace('\n', " "));
    }
}
