//! What a plan fixes about its agents: a number for each, and sets of them by queue, skill and language.

use std::collections::{BTreeMap, HashMap};
use std::hash::{BuildHasherDefault, Hasher};

use baton_core::{AgentId, Language, Level, QueueId, SkillId};

use crate::bits::Mask;
use crate::plan::Plan;

/// A map that is only ever looked into: nothing depends on its order.
pub(crate) type Lookup<K, V> = HashMap<K, V, BuildHasherDefault<Mix>>;

/// The set that holds nobody.
pub(crate) const NOBODY: u32 = 0;

/// The plan, numbered.
#[derive(Debug, Default)]
pub(crate) struct Staff {
    pub(crate) agents: Vec<AgentId>,
    numbers: Lookup<AgentId, u32>,
    pub(crate) queues: Vec<QueueId>,
    queue_numbers: Lookup<QueueId, u32>,
    masks: Vec<Mask>,
    queue_masks: Vec<u32>,
    /// Who has the skill at levels 1 to 5 or above.
    skills: Lookup<SkillId, [u32; 5]>,
    languages: Lookup<Language, u32>,
    /// Agents who differ in nothing but name and slots share a profile.
    pub(crate) profiles: Vec<u32>,
    pub(crate) profile_count: usize,
}

impl Staff {
    pub(crate) fn of(plan: &Plan) -> Self {
        let mut staff = Self { masks: vec![Mask::default()], ..Self::default() };
        for (number, queue) in (0..).zip(plan.queues.keys()) {
            staff.queues.push(queue.clone());
            staff.queue_numbers.insert(queue.clone(), number);
        }
        let mut by_queue: Vec<Mask> = vec![Mask::default(); staff.queues.len()];
        let mut by_skill: BTreeMap<&SkillId, [Mask; 5]> = BTreeMap::new();
        let mut by_language: BTreeMap<Language, Mask> = BTreeMap::new();
        let mut profiles = BTreeMap::new();
        for (number, (agent, of)) in (0..).zip(&plan.agents) {
            staff.agents.push(agent.clone());
            staff.numbers.insert(agent.clone(), number);
            let next = staff.profile_count;
            let profile = *profiles.entry((&of.queues, &of.skills, &of.languages)).or_insert(next);
            staff.profile_count = profiles.len();
            staff.profiles.push(u32::try_from(profile).unwrap_or(u32::MAX));
            for queue in of.queues.iter().filter_map(|queue| staff.queue_numbers.get(queue)) {
                by_queue[*queue as usize].add(number);
            }
            for (skill, level) in &of.skills {
                let levels = by_skill.entry(skill).or_default();
                for mask in &mut levels[..usize::from(level.get())] {
                    mask.add(number);
                }
            }
            for language in &of.languages {
                by_language.entry(*language).or_default().add(number);
            }
        }
        for mask in by_queue {
            let number = staff.keep(mask);
            staff.queue_masks.push(number);
        }
        for (skill, levels) in by_skill {
            // Levels that the same people have share one set.
            let mut numbers = [NOBODY; 5];
            let mut last = None;
            for (number, mask) in numbers.iter_mut().zip(levels) {
                let count = mask.count();
                *number = match last {
                    Some((known, number)) if known == count => number,
                    Some(_) | None => staff.keep(mask),
                };
                last = Some((count, *number));
            }
            staff.skills.insert(skill.clone(), numbers);
        }
        for (language, mask) in by_language {
            let number = staff.keep(mask);
            staff.languages.insert(language, number);
        }
        staff
    }

    fn keep(&mut self, mask: Mask) -> u32 {
        if mask.count() == 0 {
            return NOBODY;
        }
        self.masks.push(mask);
        u32::try_from(self.masks.len() - 1).unwrap_or(NOBODY)
    }

    pub(crate) fn number(&self, agent: &AgentId) -> Option<u32> {
        self.numbers.get(agent).copied()
    }

    pub(crate) fn queue_number(&self, queue: &QueueId) -> Option<u32> {
        self.queue_numbers.get(queue).copied()
    }

    pub(crate) fn mask(&self, number: u32) -> &Mask {
        &self.masks[number as usize]
    }

    /// Every set that an agent is in.
    pub(crate) fn sets_with(&self, agent: u32) -> Vec<u32> {
        (0..).zip(&self.masks).filter(|(_, mask)| mask.has(agent)).map(|(number, _)| number).collect()
    }

    pub(crate) fn of_queue(&self, queue: u32) -> u32 {
        self.queue_masks[queue as usize]
    }

    pub(crate) fn with_skill(&self, skill: &SkillId, level: Level) -> u32 {
        self.skills.get(skill).map_or(NOBODY, |levels| levels[usize::from(level.get()) - 1])
    }

    /// Who has the skill, for each level from 1 to 5, at that level or the needed one if it is higher.
    pub(crate) fn levels(&self, skill: &SkillId, needed: Level) -> [u32; 5] {
        let mut levels = self.skills.get(skill).copied().unwrap_or([NOBODY; 5]);
        let least = levels[usize::from(needed.get()) - 1];
        levels[..usize::from(needed.get())].fill(least);
        levels
    }

    pub(crate) fn speaking(&self, language: Language) -> u32 {
        self.languages.get(&language).copied().unwrap_or(NOBODY)
    }
}

/// A fast hash that is the same in every run; the keys are our own ids and the configuration's.
#[derive(Default, Clone, Copy)]
pub(crate) struct Mix(u64);

impl Hasher for Mix {
    fn finish(&self) -> u64 {
        // The table takes its place from the low bits and its tag from the high ones.
        self.0 ^ (self.0 >> 32)
    }

    fn write(&mut self, bytes: &[u8]) {
        let (words, rest) = bytes.as_chunks::<8>();
        for word in words {
            self.write_u64(u64::from_le_bytes(*word));
        }
        if !rest.is_empty() {
            let mut last = [0; 8];
            last[..rest.len()].copy_from_slice(rest);
            self.write_u64(u64::from_le_bytes(last));
        }
    }

    fn write_u8(&mut self, number: u8) {
        self.write_u64(number.into());
    }

    fn write_u32(&mut self, number: u32) {
        self.write_u64(number.into());
    }

    fn write_u64(&mut self, number: u64) {
        self.0 = (self.0.rotate_left(5) ^ number).wrapping_mul(0x9E37_79B9_7F4A_7C15);
        self.0 ^= self.0 >> 29;
    }

    fn write_usize(&mut self, number: usize) {
        self.write_u64(number as u64);
    }
}
