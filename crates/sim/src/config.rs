//! The deployment that is simulated: small, quick, and with everything in it that can go wrong.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::time::Duration;

use baton_core::{AgentId, Limits};

use crate::dice::Dice;

pub(crate) const DISCONNECT_GRACE: Duration = Duration::from_secs(8);

const HEAD: &str = "\
organisation: Simulation
settings: {wrap_up_s: 12, away_grace_s: 10, disconnect_grace_s: 8, bot_turn_s: 40, nobody_choice_s: 45, decline_pause_s: 15, misses_until_away: 2}
channels:
  website: {title: Website, bot: called}
  app: {title: App, bot: own}
bots:
  called: {kind: api, name: Called}
  own: {kind: api, name: Own}
default_queue: general
queues:
  general: {name: General, ring_s: 8}
  technical: {name: Technical, ring_s: 8}
dispositions: {answered: Answered}
agents:
  sam: {name: Sam, email: sam@example.org, role: admin}
";

const NAMES: [&str; 7] = ["ana", "ben", "cho", "dee", "eli", "fay", "gus"];

pub(crate) fn limits() -> Limits {
    Limits {
        bot_turn: Duration::from_secs(40),
        nobody_choice: Duration::from_secs(45),
        idle: Duration::from_hours(24),
        ..Limits::default()
    }
}

/// Who works, and how many handoffs each can have.
pub(crate) fn capacities() -> BTreeMap<AgentId, u8> {
    NAMES.iter().enumerate().map(|(place, name)| (AgentId::new(name).expect("a key"), [2, 1, 3][place % 3])).collect()
}

/// The document, with so many of the agents as the seed draws.
pub(crate) fn document(dice: &mut Dice) -> (String, Vec<AgentId>) {
    let agents = 4 + dice.below(4);
    let mut text = HEAD.to_owned();
    let people: Vec<(AgentId, u8)> =
        capacities().into_iter().filter(|(agent, _)| NAMES[..agents].contains(&agent.as_str())).collect();
    for (place, (agent, capacity)) in people.iter().enumerate() {
        let queues = ["[general, technical]", "[general]", "[general, technical]"][place % 3];
        let _ = writeln!(
            text,
            "  {agent}: {{name: {agent}, email: {agent}@example.org, queues: {queues}, languages: [en], capacity: {capacity}}}"
        );
    }
    (text, people.into_iter().map(|(agent, _)| agent).collect())
}
