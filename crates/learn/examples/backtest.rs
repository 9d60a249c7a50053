use baton_learn::assess::Judge;
use baton_learn::backtest::{Case, by, by_trigger, outcome};
use baton_learn::lines::{Lines, Strictness};
fn main() {
    let mut lines = Lines::new(Strictness::Labelled);
    let detector = baton_detect::Detector::new(baton_detect::Policy::default()).unwrap();
    let channel = baton_core::ChannelId::new("website").unwrap();
    let judge = Judge { detector: &detector, topics: None, timing: None, channel: &channel, at: baton_core::Timestamp(0) };
    let mut cases = Vec::new();
    let text = std::fs::read_to_string(std::env::args().nth(1).unwrap()).unwrap();
    for (number, line) in (1..).zip(text.lines()) {
        let conversation = lines.conversation(number, line).unwrap();
        let judgement = judge.judge(&conversation);
        let case = Case::new(&conversation, &judgement).unwrap();
        let first = |row: &[bool]| row.iter().position(|yes| *yes);
        if first(&case.truth) != first(&case.said) {
            println!("{} {:?} right {:?} said {:?} by {:?}", case.id, case.kind, first(&case.truth), first(&case.said), case.trigger);
            if let Some(at) = first(&case.said).or(first(&case.truth)) {
                for said in &conversation.turns[at.saturating_sub(4)..=at] { println!("     {:?} {}", said.author, said.text); }
            }
        }
        cases.push(case);
    }
    let all: Vec<&Case> = cases.iter().collect();
    println!("{:#?}", outcome(&all, 1));
    for (kind, outcome) in by(&cases, |case| case.kind.as_deref(), 1) { println!("{kind} n {} recall {:.3} false {:.3} gt {:.3}", outcome.conversations, outcome.recall.value, outcome.false_handoffs.value, outcome.golden[0].value); }
    println!("{:?}", by_trigger(&cases));
}
