//! Measures: as JSON for reports, and as Prometheus reads them.

use std::fmt::{Display, Write as _};

use baton_core::QueueId;
use baton_engine::{Availability, Deployment, Measures};
use baton_routing::{Coverage, Record};

use crate::wire::{CoverageView, EstimateView};

pub(crate) fn estimate_view(queue: &QueueId, record: &Record, deployment: &Deployment) -> EstimateView {
    EstimateView {
        queue: queue.to_string(),
        name: deployment.queue_name(queue).to_owned(),
        joining: coverage_view(&record.joining),
        waiting: coverage_view(&record.waiting),
        lines: record.lines,
        lines_withheld: record.lines_withheld,
    }
}

fn coverage_view(coverage: &Coverage) -> CoverageView {
    CoverageView {
        promises: coverage.promises,
        coverage: coverage.coverage(),
        coverage_at_most: coverage.coverage_at_most(),
        mean_width_s: coverage.mean_width_s(),
        winkler_s: coverage.winkler_s(),
        bias_s: coverage.bias_s(),
        rrase: coverage.rrase(),
        left: coverage.left,
        left_too_late: coverage.left_too_late,
    }
}

/// The text format, version 0.0.4. Labels are keys of the configuration and words of ours: few, and none a person's.
pub(crate) fn metrics_text(measures: &Measures) -> String {
    let mut text = String::new();
    let out = &mut text;
    let queues = &measures.floor.queues;
    family(out, "baton_config_version", "gauge", "Version of the configuration that runs.");
    line(out, "baton_config_version", &[], measures.config_version);
    family(out, "baton_handoffs_waiting", "gauge", "Handoffs in a queue, those that ring included.");
    for queue in queues {
        let key = queue.availability.queue.as_str();
        line(out, "baton_handoffs_waiting", &[("queue", key)], queue.availability.waiting);
    }
    family(out, "baton_longest_wait_seconds", "gauge", "How long the first of a queue has waited; absent for nobody.");
    for queue in queues {
        if let Some(since) = queue.longest_since {
            let key = queue.availability.queue.as_str();
            let waited = measures.floor.at.since(since).as_secs_f64();
            line(out, "baton_longest_wait_seconds", &[("queue", key)], waited);
        }
    }
    family(out, "baton_agents_free", "gauge", "Agents of a queue who are there with a free slot.");
    for queue in queues {
        let key = queue.availability.queue.as_str();
        line(out, "baton_agents_free", &[("queue", key)], queue.availability.agents_free);
    }
    family(out, "baton_agents", "gauge", "Agents by what they declared; connected ones apart.");
    for (word, declared) in
        [("available", Availability::Available), ("away", Availability::Away), ("offline", Availability::Offline)]
    {
        let these = measures.floor.agents.iter().filter(|agent| agent.availability == declared).count();
        line(out, "baton_agents", &[("availability", word)], these);
    }
    family(out, "baton_agents_connected", "gauge", "Agents whose console is open.");
    line(out, "baton_agents_connected", &[], measures.floor.agents.iter().filter(|agent| agent.connected).count());
    family(out, "baton_slots_held", "gauge", "Slots held by offers, assignments and wrap-ups.");
    line(out, "baton_slots_held", &[], measures.floor.agents.iter().map(|agent| u64::from(agent.load)).sum::<u64>());
    counts(out, measures);
    estimates(out, measures);
    text
}

fn counts(out: &mut String, measures: &Measures) {
    let counts = &measures.counts;
    family(out, "baton_messages_total", "counter", "Messages written by this process.");
    line(out, "baton_messages_total", &[], counts.messages);
    family(out, "baton_handoffs_total", "counter", "Handoffs by what became of them.");
    for ((queue, event), count) in &counts.handoffs {
        line(out, "baton_handoffs_total", &[("queue", queue.as_str()), ("event", event)], count);
    }
    family(out, "baton_offers_total", "counter", "Offers by what became of them.");
    for (outcome, count) in &counts.offers {
        line(out, "baton_offers_total", &[("outcome", outcome)], count);
    }
    family(out, "baton_assignments_total", "counter", "Assignments by how they came.");
    for (how, count) in &counts.assignments {
        line(out, "baton_assignments_total", &[("how", how)], count);
    }
    family(out, "baton_wait_seconds", "summary", "Waits that ended with an agent.");
    for (queue, (count, sum)) in &counts.waits {
        line(out, "baton_wait_seconds_sum", &[("queue", queue.as_str())], sum);
        line(out, "baton_wait_seconds_count", &[("queue", queue.as_str())], count);
    }
}

fn estimates(out: &mut String, measures: &Measures) {
    family(out, "baton_estimates_total", "counter", "Promised waits whose wait is known.");
    for (queue, record) in &measures.estimates {
        line(out, "baton_estimates_total", &[("queue", queue.as_str())], record.joining.promises);
    }
    family(out, "baton_estimate_coverage", "gauge", "Share of waits inside the 80 % interval that was promised.");
    for (queue, record) in &measures.estimates {
        if let Some(coverage) = record.joining.coverage() {
            line(out, "baton_estimate_coverage", &[("queue", queue.as_str())], coverage);
        }
    }
    family(
        out,
        "baton_estimate_coverage_at_most",
        "gauge",
        "Share of waits of no more than what was promised at most.",
    );
    for (queue, record) in &measures.estimates {
        if let Some(coverage) = record.joining.coverage_at_most() {
            line(out, "baton_estimate_coverage_at_most", &[("queue", queue.as_str())], coverage);
        }
    }
    family(out, "baton_estimate_lines_withheld", "gauge", "Kinds of handoffs whose estimates are withheld at present.");
    for (queue, record) in &measures.estimates {
        line(out, "baton_estimate_lines_withheld", &[("queue", queue.as_str())], record.lines_withheld);
    }
}

fn family(out: &mut String, name: &str, kind: &str, help: &str) {
    let _ = writeln!(out, "# HELP {name} {help}\n# TYPE {name} {kind}");
}

/// Keys and our own words need no escaping.
fn line(out: &mut String, name: &str, labels: &[(&str, &str)], value: impl Display) {
    let labels: Vec<String> = labels.iter().map(|(label, value)| format!("{label}=\"{value}\"")).collect();
    let labels = if labels.is_empty() { String::new() } else { format!("{{{}}}", labels.join(",")) };
    let _ = writeln!(out, "{name}{labels} {value}");
}
