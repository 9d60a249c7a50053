//! A supervisor who interferes: gives handoffs to people, raises priorities, passes on from outside.

use std::sync::Arc;
use std::time::Duration;

use baton_core::{AgentId, Priority, QueueId};
use baton_engine::TransferTo;
use baton_store::{ControllerKind, HeadFilter};

use crate::house::House;
use crate::world::{World, asked};

pub(crate) async fn interferes(world: Arc<World>, house: Arc<House>, agents: Vec<AgentId>) {
    let me = AgentId::new("sam").expect("a key");
    while !world.is_calm() {
        world.pause(2_000, 12_000).await;
        let Some(running) = house.any() else { continue };
        let controllers = vec![ControllerKind::Queued, ControllerKind::Offered, ControllerKind::Agent];
        let filter = HeadFilter { controllers, limit: 100, ..HeadFilter::default() };
        let Ok(heads) = world.store.read(move |tx| tx.heads(&filter)).await else { continue };
        if heads.is_empty() {
            continue;
        }
        let id = world.dice().one_of(&heads).conversation;
        let (roll, agent) = {
            let mut dice = world.dice();
            (dice.below(10), dice.one_of(&agents).clone())
        };
        let by = me.clone();
        match roll {
            0..4 => drop(asked(running.engine.assign(id, agent, by)).await),
            4..7 => {
                let priority = Priority::new(3).expect("a priority");
                drop(asked(running.engine.change_priority(id, priority, "it is urgent".to_owned(), by)).await);
            }
            7..9 => {
                let to = TransferTo::Queue(QueueId::new("general").expect("a key"));
                drop(asked(running.engine.transfer(id, by, None, to, baton_core::Needs::default(), None)).await);
            }
            _ => tokio::time::sleep(Duration::from_secs(5)).await,
        }
    }
}
