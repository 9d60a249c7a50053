//! Plans, differences and versions as people read them in a terminal.

use std::fmt::Write as _;

use baton_api::wire::{
    ConfigChangeKind, ConfigChangeView, ConfigDifferenceView, ConfigFieldView, ConfigPlanView, ConfigView,
    StandingView, WaitingEffectView,
};
use serde_json::Value;

/// Most items of a list that are named when it changes: a topic may have hundreds of examples.
const ITEMS_MAX: usize = 12;

/// What applying would do.
pub(crate) fn plan(plan: &ConfigPlanView) -> String {
    let mut text = String::new();
    if plan.against == 0 {
        text.push_str("There is no configuration yet: all of it would be new.\n");
    } else if plan.changes.is_empty() {
        let _ = writeln!(text, "It says the same as version {}, which runs.", plan.against);
    } else {
        let _ = writeln!(text, "Against version {}, which runs:\n", plan.against);
        changes(&mut text, &plan.changes);
    }
    for warning in &plan.warnings {
        let _ = writeln!(text, "\nCareful: {warning}.");
    }
    if plan.waiting == 0 {
        text.push_str("\nNo handoff waits right now.\n");
    } else {
        let concerned = plan.effects.len() + plan.effects_left_out as usize;
        let _ = writeln!(text, "\n{} wait right now; something would change for {concerned}.", handoffs(plan.waiting));
        for effect in &plan.effects {
            let _ = writeln!(text, "  {}: {}", effect.handoff, effects(effect).join("; "));
        }
        if plan.effects_left_out > 0 {
            let _ = writeln!(text, "  and {} more", plan.effects_left_out);
        }
    }
    for returned in &plan.returned {
        let _ = writeln!(
            text,
            "{} would be gone and holds {}: they would return to their queues.",
            returned.agent,
            conversations(returned.conversations)
        );
    }
    text
}

/// What one version says otherwise than another.
pub(crate) fn difference(difference: &ConfigDifferenceView) -> String {
    let mut text = String::new();
    if difference.changes.is_empty() {
        let _ = writeln!(text, "Versions {} and {} say the same.", difference.from, difference.to);
    } else {
        let _ = writeln!(text, "From version {} to version {}:\n", difference.from, difference.to);
        changes(&mut text, &difference.changes);
    }
    text
}

/// One line a version, newest first.
pub(crate) fn versions(versions: &[ConfigView]) -> String {
    versions.iter().fold(String::new(), |mut text, version| {
        let at = moment(version.at);
        let note = version.note.as_deref().unwrap_or_default();
        let line = format!("{:>5}  {at}  {:<24}  {note}", version.version, version.by);
        let _ = writeln!(text, "{}", line.trim_end());
        text
    })
}

/// A moment as everybody reads it alike.
pub(crate) fn moment(at: i64) -> String {
    let moment = jiff::Timestamp::from_millisecond(at).map(|at| at.strftime("%Y-%m-%d %H:%M:%SZ").to_string());
    moment.unwrap_or_default()
}

fn changes(text: &mut String, changes: &[ConfigChangeView]) {
    for change in changes {
        let sign = match change.kind {
            ConfigChangeKind::Added => '+',
            ConfigChangeKind::Removed => '-',
            ConfigChangeKind::Changed => '~',
        };
        let _ = match &change.key {
            Some(key) => writeln!(text, "  {sign} {} {key}", one_of(&change.section)),
            None => writeln!(text, "  {sign} {}", change.section),
        };
        for field in &change.fields {
            let _ = writeln!(text, "      {}", field_line(field));
        }
    }
}

/// A section's name for one entry of it.
fn one_of(section: &str) -> &str {
    section.strip_suffix('s').unwrap_or(section)
}

fn field_line(field: &ConfigFieldView) -> String {
    let name = if field.path.is_empty() { String::new() } else { format!("{}: ", field.path) };
    match (&field.from, &field.to) {
        (Value::Array(from), Value::Array(to)) => {
            let gone = from.iter().filter(|item| !to.contains(item)).map(|item| format!("-{}", value(item)));
            let come = to.iter().filter(|item| !from.contains(item)).map(|item| format!("+{}", value(item)));
            let mut parts: Vec<String> = gone.chain(come).collect();
            if parts.len() > ITEMS_MAX {
                let more = parts.split_off(ITEMS_MAX).len();
                parts.push(format!("and {more} more"));
            }
            let said = if parts.is_empty() { "in another order".to_owned() } else { parts.join(" ") };
            format!("{name}{said}")
        }
        (Value::Null, to) => format!("{name}{}", value(to)),
        (from, Value::Null) => format!("{name}{} → nothing", value(from)),
        (from, to) if from == to => format!("{name}another {}", value(to).trim_matches(['(', ')', '"'])),
        (from, to) => format!("{name}{} → {}", value(from), value(to)),
    }
}

fn value(value: &Value) -> String {
    match value {
        Value::Array(items) => format!("[{}]", items.iter().map(self::value).collect::<Vec<_>>().join(", ")),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) | Value::Object(_) => value.to_string(),
    }
}

/// What becomes of one who waits, in clauses.
fn effects(effect: &WaitingEffectView) -> Vec<String> {
    let (now, then) = (&effect.now, &effect.then);
    let mut told = Vec::new();
    if now.queue != then.queue {
        told.push(format!("moves from {} to {}, place {} → {}", now.queue, then.queue, now.place, then.place));
    } else if now.place != then.place {
        told.push(format!("in {}, place {} → {}", then.queue, now.place, then.place));
    }
    if now.served_ever && !then.served_ever {
        told.push("no agent of the configuration could ever serve it".to_owned());
    }
    match (now.staffed, then.staffed) {
        (true, false) => told.push("nobody who is there could serve it any more".to_owned()),
        (false, true) => told.push("somebody who is there could serve it".to_owned()),
        (true, true) | (false, false) => {}
    }
    told.extend(asked(now, then));
    told
}

fn asked(now: &StandingView, then: &StandingView) -> Option<String> {
    match (&now.asked, &then.asked) {
        (None, Some(agent)) => Some(format!("{agent} would be asked at once")),
        (Some(before), Some(agent)) if before != agent => Some(format!("{agent} would be asked and not {before}")),
        (Some(before), None) => Some(format!("{before} would not be asked")),
        (None, None) | (Some(_), Some(_)) => None,
    }
}

fn handoffs(count: u32) -> String {
    if count == 1 { "1 handoff".to_owned() } else { format!("{count} handoffs") }
}

fn conversations(count: u32) -> String {
    if count == 1 { "1 conversation".to_owned() } else { format!("{count} conversations") }
}

#[cfg(test)]
mod tests {
    use serde_json::json;
    use uuid::Uuid;

    use super::*;

    fn field(path: &str, from: Value, to: Value) -> ConfigFieldView {
        ConfigFieldView { path: path.to_owned(), from, to }
    }

    fn standing(queue: &str, place: u32, staffed: bool, asked: Option<&str>) -> StandingView {
        StandingView { queue: queue.to_owned(), place, staffed, served_ever: true, asked: asked.map(str::to_owned) }
    }

    #[test]
    fn a_plan_reads_like_a_list_of_what_will_happen() {
        let plan_of = ConfigPlanView {
            against: 3,
            changes: vec![
                ConfigChangeView {
                    section: "queues".to_owned(),
                    key: Some("desk".to_owned()),
                    kind: ConfigChangeKind::Changed,
                    fields: vec![
                        field("ring_s", json!(25), json!(40)),
                        field("topics", json!(["loans", "cards"]), json!(["loans", "fees"])),
                        field("hours", Value::Null, json!("Mo-Fr 09:00-17:00")),
                    ],
                },
                ConfigChangeView {
                    section: "queues".to_owned(),
                    key: Some("night".to_owned()),
                    kind: ConfigChangeKind::Removed,
                    fields: Vec::new(),
                },
            ],
            warnings: Vec::new(),
            waiting: 2,
            effects: vec![WaitingEffectView {
                handoff: Uuid::nil(),
                conversation: Uuid::nil(),
                now: standing("night", 1, true, None),
                then: standing("desk", 2, true, Some("ana")),
            }],
            effects_left_out: 0,
            returned: Vec::new(),
        };
        let expected = "Against version 3, which runs:

  ~ queue desk
      ring_s: 25 → 40
      topics: -\"cards\" +\"fees\"
      hours: \"Mo-Fr 09:00-17:00\"
  - queue night

2 handoffs wait right now; something would change for 1.
  00000000-0000-0000-0000-000000000000: moves from night to desk, place 1 → 2; ana would be asked at once
";
        assert_eq!(plan(&plan_of), expected);
    }
}
