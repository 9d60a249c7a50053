//! The policy: trying a message on it, what its shadows judged, what marks suggest, and turning one threshold.

use axum::extract::State;
use baton_core::{ChannelId, Language, Seq, Tier};
use baton_engine::config::versions::Applying;
use baton_engine::{Lever, Past, PastAuthor, Trial};
use serde::Deserialize;
use utoipa::IntoParams;

use crate::app::App;
use crate::extract::{Json, Path, Query};
use crate::principal::Caller;
use crate::problem::{Code, Problem};
use crate::views::policy::{advice_view, lever_view, shadow_views};
use crate::views::verdict::{verdict_name, verdict_view};
use crate::wire::{
    AdviceListView, Applied, Assess, AssessedView, AuthorKind, PolicyView, ShadowExampleView, ShadowVerdictView,
    TurnThreshold,
};

/// Examples listed at most, and when not said.
const EXAMPLES_MAX: u32 = 100;
const EXAMPLES: u32 = 30;
/// Longest text of an example, in characters.
const EXAMPLE_CHARS: usize = 400;

/// Try a message on the policy.
///
/// The verdict with its trace, and what the policies in the shadow make of it. Nothing is kept.
#[utoipa::path(post, path = "/v1/assess", tag = "policy", request_body = Assess,
    responses((status = 200, description = "What would be concluded.", body = AssessedView), Problem))]
pub(crate) async fn assess(
    State(app): State<App>,
    _: Caller,
    Json(asked): Json<Assess>,
) -> Result<Json<AssessedView>, Problem> {
    let key = |field: &'static str, error: &dyn std::fmt::Display| Problem::invalid_field(field, error.to_string());
    let language = match &asked.language {
        None => None,
        Some(tag) => Some(Language::new(tag).ok_or_else(|| Problem::invalid_field("language", "write it like `en`"))?),
    };
    let channel = asked.channel.map(ChannelId::new).transpose().map_err(|error| key("channel", &error))?;
    let tier = asked.tier.map(Tier::new).transpose().map_err(|error| key("tier", &error))?;
    let history = (1..)
        .zip(asked.history)
        .map(|(seq, line)| {
            let author = match line.author {
                AuthorKind::Customer => PastAuthor::Customer,
                AuthorKind::Bot => PastAuthor::Bot { knew: line.knew.unwrap_or(true) },
                AuthorKind::Agent => PastAuthor::Agent,
            };
            Past { seq: Seq(seq), author, text: line.text }
        })
        .collect();
    let tried = app.engine().assess(&Trial { text: asked.text, history, language, channel, tier })?;
    let shadows = tried.shadows.iter();
    Ok(Json(AssessedView {
        verdict: verdict_view(&tried.verdict),
        shadows: shadows
            .map(|(name, verdict)| ShadowVerdictView { shadow: name.clone(), kind: verdict_name(verdict.kind) })
            .collect(),
    }))
}

/// Get the policy that runs: every threshold, and how its shadows judge.
#[utoipa::path(get, path = "/v1/policy", tag = "policy",
    responses((status = 200, description = "Thresholds and shadows.", body = PolicyView), Problem))]
pub(crate) async fn get_policy(State(app): State<App>, _: Caller) -> Result<Json<PolicyView>, Problem> {
    let engine = app.engine();
    let counts = engine.shadow_counts().await?;
    let deployment = app.deployment();
    Ok(Json(PolicyView {
        version: deployment.version,
        thresholds: engine.levers().iter().map(lever_view).collect(),
        shadows: shadow_views(&engine.shadows(), &counts, deployment.version),
        channels: deployment.channels().keys().map(ToString::to_string).collect(),
    }))
}

/// Get what the marks of agents suggest for the thresholds.
#[utoipa::path(get, path = "/v1/policy/advice", tag = "policy",
    responses((status = 200, description = "The most useful first; none when there is no ground.", body = AdviceListView), Problem))]
pub(crate) async fn get_advice(State(app): State<App>, _: Caller) -> Result<Json<AdviceListView>, Problem> {
    let (advice, marked) = app.engine().advice().await?;
    Ok(Json(AdviceListView { marked: marked as u64, advice: advice.iter().map(advice_view).collect() }))
}

/// Turn one threshold.
///
/// In the live policy, or in one in the shadow, which is made when it is not there. It becomes a next version of the
/// configuration, with who and why.
#[utoipa::path(put, path = "/v1/policy/thresholds/{key}", tag = "policy", request_body = TurnThreshold,
    params(("key" = String, Path, description = "Like `frustration_threshold`.")),
    responses((status = 200, description = "It runs.", body = Applied), Problem))]
pub(crate) async fn turn_threshold(
    State(app): State<App>,
    caller: Caller,
    Path(key): Path<String>,
    Json(request): Json<TurnThreshold>,
) -> Result<Json<Applied>, Problem> {
    let lever = Lever::all().find(|lever| lever.key() == key).ok_or_else(Problem::not_found)?;
    if request.value.is_some_and(|value| !(0.0..=1.0).contains(&value)) {
        return Err(Problem::invalid_field("value", "a threshold lies between 0 and 1; leave it out for never"));
    }
    if let Some(shadow) = request.shadow.as_ref().filter(|shadow| baton_core::RuleId::new(shadow.as_str()).is_err()) {
        return Err(Problem::invalid_field("shadow", format!("`{shadow}` is not a key; write lower case and dashes")));
    }
    let applying =
        Applying { by: caller.principal.named(), note: Some(request.note), expected: request.expected_version };
    let (version, changed) =
        app.engine().turn_lever(lever, request.value, request.shadow.as_deref(), &applying).await?;
    if changed {
        let what = format!("{}:{key}", request.shadow.as_deref().unwrap_or("live"));
        app.audit(&caller.principal, "turn_threshold", what).await?;
    }
    Ok(Json(Applied { version, changed }))
}

#[derive(Debug, Clone, Copy, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct ExamplesQuery {
    /// 1 to 100; 30 when not said.
    limit: Option<u32>,
}

/// List the turns that a policy in the shadow would have judged differently.
///
/// The text is there where the caller may read the conversation.
#[utoipa::path(get, path = "/v1/policy/shadows/{shadow}/examples", tag = "policy",
    params(("shadow" = String, Path, description = "Its name."), ExamplesQuery),
    responses((status = 200, description = "Newest first.", body = Vec<ShadowExampleView>), Problem))]
pub(crate) async fn list_shadow_examples(
    State(app): State<App>,
    caller: Caller,
    Path(shadow): Path<String>,
    Query(query): Query<ExamplesQuery>,
) -> Result<Json<Vec<ShadowExampleView>>, Problem> {
    let limit = query.limit.unwrap_or(EXAMPLES);
    if !(1..=EXAMPLES_MAX).contains(&limit) {
        return Err(Problem::new(Code::InvalidQuery, format!("limit is 1 to {EXAMPLES_MAX}")).at("limit"));
    }
    let mut views = Vec::new();
    for example in app.engine().shadow_examples(shadow, limit).await? {
        let readable =
            app.reach(&caller.principal, crate::matrix::Act::ReadPrivate, example.conversation).await.is_ok();
        let text = if readable { app.message_text(example.conversation, example.message).await? } else { None };
        views.push(ShadowExampleView {
            conversation: example.conversation.0,
            message: example.message.0,
            at: example.at.0,
            version: example.version,
            live: verdict_name(example.live),
            would: verdict_name(example.would),
            text: text.map(|text| text.chars().take(EXAMPLE_CHARS).collect()),
        });
    }
    Ok(Json(views))
}

impl App {
    /// The text of one message, if it is still there.
    async fn message_text(&self, id: baton_core::ConversationId, message: Seq) -> Result<Option<String>, Problem> {
        let before = Seq(message.0.saturating_sub(1));
        let bodies = self.store().read(move |tx| tx.bodies(id, before, message)).await?;
        Ok(bodies.into_iter().next().map(|body| body.text))
    }
}
