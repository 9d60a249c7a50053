//! The floor, and what could be promised.

use baton_core::Staffing;
use baton_engine::{AgentInfo, Availability, FloorInfo, QueueInfo};
use baton_routing::{Delivery, QueueAvailability};

use super::event::wait_view;
use super::words::nobody_name;
use crate::principal::Principal;
use crate::wire::{AgentView, AvailabilityName, AvailabilityView, FloorView, PlaceView, QueueView};

pub(crate) fn floor_view(floor: &FloorInfo) -> FloorView {
    FloorView {
        at: floor.at.0,
        queues: floor.queues.iter().map(queue_view).collect(),
        agents: floor.agents.iter().map(agent_view).collect(),
    }
}

pub(crate) fn agent_view(agent: &AgentInfo) -> AgentView {
    AgentView {
        agent: agent.agent.to_string(),
        name: agent.name.clone(),
        role: agent.role.as_str().to_owned(),
        connected: agent.connected,
        availability: availability_name(agent.availability),
        reason: agent.reason.clone(),
        since: agent.since.0,
        load: agent.load,
        capacity: agent.capacity,
        urgent_slots: agent.urgent_slots,
        pull: agent.pull,
        queues: agent.queues.iter().map(ToString::to_string).collect(),
    }
}

fn queue_view(queue: &QueueInfo) -> QueueView {
    QueueView {
        longest_since: queue.longest_since.map(|since| since.0),
        service_level_s: u32::try_from(queue.service_level.as_secs()).unwrap_or(u32::MAX),
        delivery: Some(
            match queue.delivery {
                Delivery::Offer => "offer",
                Delivery::Broadcast => "broadcast",
                Delivery::Pull => "pull",
            }
            .to_owned(),
        ),
        limit: queue.limit,
        exception_until: queue.exception.map(|(_, until)| until.0),
        ..available_queue(&queue.availability)
    }
}

fn available_queue(queue: &QueueAvailability) -> QueueView {
    QueueView {
        queue: queue.queue.to_string(),
        name: queue.name.clone(),
        open: queue.open,
        opens_at: queue.opens_at.map(|at| at.0),
        waiting: queue.waiting,
        longest_since: None,
        agents_connected: queue.agents_connected,
        agents_available: queue.agents_available,
        agents_free: queue.agents_free,
        wait: queue.wait.map(wait_view),
        service_level_s: 0,
        delivery: None,
        limit: None,
        exception_until: None,
    }
}

/// What could be promised. A customer learns the truth about their own chance and nothing about how the house is run.
pub(crate) fn availability_view(availability: &baton_routing::Availability, principal: &Principal) -> AvailabilityView {
    let admission = &availability.admission;
    let (place, reason, opens_at) = match &admission.staffing {
        Staffing::Staffed { position, wait } => {
            (Some(PlaceView { position: *position, wait: wait.map(wait_view) }), None, None)
        }
        Staffing::Nobody { reason, opens_at } => (None, Some(nobody_name(*reason)), opens_at.map(|at| at.0)),
    };
    let alternatives: &[&str] = if place.is_some() {
        &["wait", "leave_message", "call_back", "stay_with_bot"]
    } else {
        &["leave_message", "call_back", "stay_with_bot"]
    };
    let queues = match principal {
        Principal::Customer { .. } => Vec::new(),
        Principal::Bot { .. } | Principal::Agent { .. } | Principal::Supervisor { .. } | Principal::Admin { .. } => {
            availability.queues.iter().map(available_queue).collect()
        }
    };
    AvailabilityView {
        available: place.is_some(),
        queue: admission.queue.to_string(),
        place,
        reason,
        opens_at,
        alternatives: alternatives.iter().map(|word| (*word).to_owned()).collect(),
        queues,
    }
}

pub(crate) fn availability_name(availability: Availability) -> AvailabilityName {
    match availability {
        Availability::Available => AvailabilityName::Available,
        Availability::Away => AvailabilityName::Away,
        Availability::Offline => AvailabilityName::Offline,
    }
}

pub(crate) fn availability_of(name: AvailabilityName) -> Availability {
    match name {
        AvailabilityName::Available => Availability::Available,
        AvailabilityName::Away => Availability::Away,
        AvailabilityName::Offline => Availability::Offline,
    }
}
