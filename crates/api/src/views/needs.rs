//! Needs, in and out.

use baton_core::{AgentId, Language, Level, Needs, Priority, QueueId, SkillId, Tier, TopicId, Weight};

use crate::problem::{Problem, invalid_key};
use crate::wire::NeedsView;

/// Most skills that one handoff can need.
const SKILLS_MAX: usize = 16;

pub(crate) fn needs_view(needs: &Needs) -> NeedsView {
    NeedsView {
        queue: needs.queue.as_ref().map(ToString::to_string),
        topic: needs.topic.as_ref().map(ToString::to_string),
        tier: needs.tier.as_ref().map(ToString::to_string),
        language: needs.language.map(|language| language.to_string()),
        skills: needs.skills.iter().map(|(skill, level)| (skill.to_string(), level.get())).collect(),
        preferred_agent: needs.preferred_agent.as_ref().map(ToString::to_string),
        priority: needs.priority.get(),
        weight: needs.weight.get(),
    }
}

/// What a principal asks for; `needs.…` is where it stands in the request.
pub(crate) fn needs_of(view: &NeedsView) -> Result<Needs, Problem> {
    if view.skills.len() > SKILLS_MAX {
        return Err(Problem::invalid_field(
            "needs.skills",
            format!("at most {SKILLS_MAX} skills can be needed at once"),
        ));
    }
    let mut needs = Needs {
        queue: view.queue.as_deref().map(QueueId::new).transpose().map_err(invalid_key("needs.queue"))?,
        topic: view.topic.as_deref().map(TopicId::new).transpose().map_err(invalid_key("needs.topic"))?,
        tier: view.tier.as_deref().map(Tier::new).transpose().map_err(invalid_key("needs.tier"))?,
        language: view.language.as_deref().map(|tag| language_of("needs.language", tag)).transpose()?,
        preferred_agent: view
            .preferred_agent
            .as_deref()
            .map(AgentId::new)
            .transpose()
            .map_err(invalid_key("needs.preferred_agent"))?,
        priority: priority_of("needs.priority", view.priority)?,
        weight: match view.weight {
            0 => Weight::default(),
            weight => Weight::new(weight).ok_or_else(|| {
                Problem::invalid_field("needs.weight", format!("a weight is 1 to {} slots", Weight::MAX))
            })?,
        },
        ..Needs::default()
    };
    for (skill, level) in &view.skills {
        let field = format!("needs.skills.{}", skill.chars().take(64).collect::<String>());
        let level = Level::new(*level).ok_or_else(|| Problem::invalid_field(&field, "a level is 1 to 5"))?;
        needs.skills.insert(SkillId::new(skill).map_err(invalid_key(&field))?, level);
    }
    Ok(needs)
}

pub(crate) fn priority_of(field: &str, priority: i8) -> Result<Priority, Problem> {
    Priority::new(priority)
        .ok_or_else(|| Problem::invalid_field(field, format!("a priority is {} to {}", Priority::MIN, Priority::MAX)))
}

pub(crate) fn language_of(field: &str, tag: &str) -> Result<Language, Problem> {
    Language::new(tag).ok_or_else(|| Problem::invalid_field(field, "a language is a BCP 47 tag like `en` or `pt-BR`"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn needs_go_out_as_they_came_in() {
        let asked = NeedsView {
            queue: Some("billing".into()),
            language: Some("es".into()),
            skills: [("refunds".to_owned(), 3)].into(),
            priority: 2,
            weight: 3,
            ..NeedsView::default()
        };
        assert_eq!(needs_view(&needs_of(&asked).unwrap()), asked);
    }

    #[test]
    fn what_cannot_be_needed_is_named() {
        let field = |view: NeedsView| needs_of(&view).unwrap_err().field.unwrap();
        assert_eq!(field(NeedsView { queue: Some("No Key".into()), ..NeedsView::default() }), "needs.queue");
        assert_eq!(field(NeedsView { weight: 17, ..NeedsView::default() }), "needs.weight");
        assert_eq!(field(NeedsView { priority: 11, ..NeedsView::default() }), "needs.priority");
        let skills = [("refunds".to_owned(), 9)].into();
        assert_eq!(field(NeedsView { skills, ..NeedsView::default() }), "needs.skills.refunds");
    }
}
