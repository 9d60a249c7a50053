//! Thresholds, shadows and advice for those who tune the policy.

use baton_engine::{Advice, Lever, LeverInfo, Share};
use baton_store::ShadowCount;

use super::verdict::verdict_name;
use crate::wire::{AdviceView, LeverActName, LeverView, ShadowCountView, ShadowView, ShareView};

pub(crate) fn lever_view(lever: &LeverInfo) -> LeverView {
    let (act, graded) = match lever.lever {
        Lever::Suggest(graded) => (LeverActName::Suggest, graded),
        Lever::HandOff(graded) => (LeverActName::HandOff, graded),
    };
    LeverView {
        key: lever.lever.key().to_owned(),
        signal: graded.signal().as_str().to_owned(),
        act,
        value: lever.value,
    }
}

/// The shadows that run and those that ran, each with its counts of the newest version that it judged by.
pub(crate) fn shadow_views(running: &[String], counts: &[ShadowCount], version: u64) -> Vec<ShadowView> {
    let mut names: Vec<&str> = running.iter().map(String::as_str).collect();
    names.extend(counts.iter().map(|count| count.shadow.as_str()));
    names.sort_unstable();
    names.dedup();
    names
        .into_iter()
        .map(|name| {
            let own = || counts.iter().filter(|count| count.shadow == name);
            let newest = own().map(|count| count.version).max().unwrap_or(version);
            let judged = own().filter(|count| count.version == newest);
            ShadowView {
                name: name.to_owned(),
                running: running.iter().any(|own| own == name),
                version: newest,
                counts: judged
                    .map(|count| ShadowCountView {
                        live: verdict_name(count.live),
                        would: verdict_name(count.would),
                        turns: count.turns,
                    })
                    .collect(),
            }
        })
        .collect()
}

pub(crate) fn advice_view(advice: &Advice) -> AdviceView {
    AdviceView {
        key: advice.lever.key().to_owned(),
        from: advice.from,
        to: advice.to,
        sooner: share_view(advice.sooner),
        spared: share_view(advice.spared),
        disturbed: share_view(advice.disturbed),
        turned: advice.turned.iter().map(|conversation| conversation.0).collect(),
    }
}

fn share_view(share: Share) -> ShareView {
    ShareView { of: share.of as u64, all: share.all as u64, low: share.low, high: share.high }
}
