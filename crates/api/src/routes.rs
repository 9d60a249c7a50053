//! Every address, what it does, and the row of the matrix it asks. A route cannot exist without its documentation, nor
//! without its act.

use axum::Extension;
use axum::extract::DefaultBodyLimit;
use utoipa_axum::router::{OpenApiRouter, UtoipaMethodRouter};
use utoipa_axum::routes;

use crate::app::App;
use crate::extract::BODY_BYTES_MAX;
use crate::matrix::Act;
use baton_engine::ATTACHMENT_BYTES_MAX;

use crate::resources::config::CONFIG_BODY_BYTES_MAX;
use crate::resources::{
    agents, attachments, audit, bot_keys, brief, channels, config, contact, control, conversations, customer,
    customer_sessions, desk, events, floor, handoff, health, invitations, lists, marks, me, measures, messages, offers,
    policy, rating, search, session, socket_tickets, suggestion, supervision, survey, timing, wall,
};
use crate::{openapi, socket};

/// The name of the act in the document.
pub const ACTION_EXTENSION: &str = "x-baton-action";
/// The act of routes that ask nobody who they are.
pub const ANYONE: &str = "anyone";

pub(crate) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::with_openapi(openapi::frame())
        .merge(people())
        .merge(conversations())
        .merge(handoffs())
        .merge(desk())
        .merge(administration())
        .routes(anyone(routes!(health::healthz)))
        .routes(anyone(routes!(health::readyz)))
        .routes(anyone(routes!(openapi::get_openapi)))
        // Who opens it is asked in its first frame.
        .routes(anyone(routes!(socket::open_socket)))
        .layer(DefaultBodyLimit::max(BODY_BYTES_MAX))
}

fn people() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(anyone(routes!(session::sign_in)))
        .routes(act(Act::UseAccount, routes!(session::sign_out)))
        .routes(act(Act::UseAccount, routes!(me::get_me)))
        .routes(act(Act::UseAccount, routes!(me::set_availability)))
        .routes(act(Act::UseAccount, routes!(me::change_password)))
        .routes(anyone(routes!(customer_sessions::open_customer_session)))
        .routes(anyone(routes!(channels::get_channel)))
        .routes(act(Act::DescribeSelf, routes!(customer::describe_customer)))
        .routes(act(Act::OpenSocket, routes!(socket_tickets::make_ticket)))
        .routes(act(Act::ReadFloor, routes!(agents::list_agents)))
        .routes(act(Act::ManagePeople, routes!(agents::set_password)))
        .routes(act(Act::ManagePeople, routes!(invitations::invite)))
        .routes(act(Act::ManagePeople, routes!(invitations::list_invitations)))
        .routes(act(Act::ManagePeople, routes!(invitations::withdraw)))
        .routes(anyone(routes!(invitations::accept_invitation)))
        .routes(act(Act::SetOthersAway, routes!(wall::set_away)))
        .routes(act(Act::ExceptQueue, routes!(wall::except_queue)))
        .routes(act(Act::ExceptQueue, routes!(wall::end_exception)))
        .routes(act(Act::ReadReports, routes!(wall::get_wall)))
        .routes(act(Act::CheckAvailability, routes!(floor::check_availability)))
        .routes(act(Act::ReadFloor, routes!(floor::get_floor)))
}

fn conversations() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(act(Act::StartConversation, routes!(conversations::start_conversation)))
        .routes(act(Act::ListConversations, routes!(lists::list_conversations)))
        .routes(act(Act::ReadMessages, routes!(conversations::get_conversation)))
        .routes(act(Act::ReadMessages, routes!(events::list_events)))
        .routes(act(Act::Send, routes!(messages::post_message)))
        .routes(with_file(act(Act::AttachFiles, routes!(attachments::upload_attachment))))
        .routes(act(Act::ReadMessages, routes!(attachments::get_attachment)))
        .routes(act(Act::AttachFiles, routes!(attachments::discard_attachment)))
        .routes(act(Act::PostNote, routes!(messages::post_note)))
        .routes(act(Act::Mark, routes!(marks::raise_marks)))
        .routes(act(Act::Close, routes!(control::close)))
}

fn handoffs() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(act(Act::RequestHandoff, routes!(handoff::request_handoff)))
        .routes(act(Act::ChooseAsCustomer, routes!(handoff::cancel_handoff)))
        .routes(act(Act::ChooseAsCustomer, routes!(contact::leave_contact)))
        .routes(act(Act::ChooseAsCustomer, routes!(survey::answer_survey)))
        .routes(act(Act::ChooseAsCustomer, routes!(suggestion::answer_suggestion)))
        .routes(act(Act::ChooseAsCustomer, routes!(rating::rate_answer)))
        .routes(act(Act::MarkTiming, routes!(timing::mark_timing)))
        .routes(act(Act::TunePolicy, routes!(policy::assess)))
        .routes(act(Act::TunePolicy, routes!(policy::get_policy)))
        .routes(act(Act::TunePolicy, routes!(policy::get_advice)))
        .routes(act(Act::TunePolicy, routes!(policy::turn_threshold)))
        .routes(act(Act::TunePolicy, routes!(policy::list_shadow_examples)))
        .routes(act(Act::ReadPrivate, routes!(brief::get_brief)))
        .routes(act(Act::ReadPrivate, routes!(brief::list_decisions)))
        .routes(act(Act::ReadPrivate, routes!(brief::explain_handoff)))
        .routes(act(Act::AnswerOffer, routes!(offers::list_offers)))
        .routes(act(Act::AnswerOffer, routes!(offers::accept_offer)))
        .routes(act(Act::AnswerOffer, routes!(offers::decline_offer)))
        .routes(act(Act::TakeHandoff, routes!(offers::list_takeable)))
        .routes(act(Act::TakeHandoff, routes!(offers::take_handoff)))
        .routes(act(Act::Transfer, routes!(control::transfer)))
        .routes(act(Act::HandBack, routes!(control::hand_back)))
        .routes(act(Act::EndWrapUp, routes!(control::end_wrap_up)))
        .routes(act(Act::Assign, routes!(supervision::assign)))
        .routes(act(Act::ChangePriority, routes!(supervision::change_priority)))
}

fn desk() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(act(Act::UseAccount, routes!(desk::list_quick_replies)))
        .routes(act(Act::UseAccount, routes!(desk::put_quick_reply)))
        .routes(act(Act::UseAccount, routes!(desk::delete_quick_reply)))
        .routes(act(Act::UseAccount, routes!(desk::list_reminders)))
        .routes(act(Act::UseAccount, routes!(desk::finish_reminder)))
        .routes(act(Act::UseAccount, routes!(desk::get_day)))
        .routes(act(Act::PostNote, routes!(desk::follow_up)))
        .routes(act(Act::ReadPrivate, routes!(search::suggest_answers)))
        .routes(act(Act::SearchTexts, routes!(search::search)))
}

fn administration() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(with_document(act(Act::ManageConfiguration, routes!(config::apply_config))))
        .routes(with_document(act(Act::ManageConfiguration, routes!(config::plan_config))))
        .routes(act(Act::ManageConfiguration, routes!(config::roll_back_config)))
        .routes(act(Act::ManageConfiguration, routes!(config::get_config)))
        .routes(with_document(act(Act::ManageConfiguration, routes!(config::edit_config))))
        .routes(act(Act::ManageConfiguration, routes!(config::get_config_values)))
        .routes(act(Act::ManageConfiguration, routes!(config::draw_hours)))
        .routes(act(Act::ManageConfiguration, routes!(config::list_config_versions)))
        .routes(act(Act::ManageConfiguration, routes!(config::get_config_version)))
        .routes(act(Act::ManageConfiguration, routes!(config::compare_config_versions)))
        .routes(act(Act::ManageConfiguration, routes!(config::get_config_schema)))
        .routes(act(Act::ManageKeys, routes!(bot_keys::list_bot_keys)))
        .routes(act(Act::ManageKeys, routes!(bot_keys::create_bot_key)))
        .routes(act(Act::ManageKeys, routes!(bot_keys::revoke_bot_key)))
        .routes(act(Act::ReadAudit, routes!(audit::list_audit)))
        .routes(act(Act::ReadReports, routes!(measures::list_estimates)))
        .routes(act(Act::ReadMetrics, routes!(measures::get_metrics)))
}

/// A route whose body may be as long as a configuration.
fn with_document((schemas, paths, methods): UtoipaMethodRouter<App>) -> UtoipaMethodRouter<App> {
    (schemas, paths, methods.layer(DefaultBodyLimit::max(CONFIG_BODY_BYTES_MAX)))
}

/// A route whose body may be a file.
fn with_file((schemas, paths, methods): UtoipaMethodRouter<App>) -> UtoipaMethodRouter<App> {
    (schemas, paths, methods.layer(DefaultBodyLimit::max(ATTACHMENT_BYTES_MAX)))
}

/// A route that asks this row of the matrix; the extractor of whoever calls reads it.
fn act(act: Act, route: UtoipaMethodRouter<App>) -> UtoipaMethodRouter<App> {
    let (schemas, paths, methods) = named(act.name(), route);
    (schemas, paths, methods.layer(Extension(act)))
}

/// A route for anyone: what it hands out is public, or it asks for a secret itself.
fn anyone(route: UtoipaMethodRouter<App>) -> UtoipaMethodRouter<App> {
    named(ANYONE, route)
}

fn named(name: &str, (schemas, mut paths, methods): UtoipaMethodRouter<App>) -> UtoipaMethodRouter<App> {
    for item in paths.paths.values_mut() {
        openapi::operations_of(item).for_each(|operation| openapi::declare_action(operation, name));
    }
    (schemas, paths, methods)
}
