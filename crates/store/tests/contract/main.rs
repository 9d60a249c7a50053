//! One contract for every database: the same stories on SQLite, PostgreSQL and the model.

// The helpers of tests are tests too.
#![allow(clippy::unwrap_used)]

mod attachments;
mod cluster;
mod config;
mod desk;
mod handoffs;
mod knowledge;
mod lists;
mod log;
mod people;
mod races;
mod replay;
mod shadows;
mod talk;
mod world;

macro_rules! contract {
    ($($file:ident: $($case:ident)+;)+) => {
        mod on_sqlite {
            $($(#[test] fn $case() { crate::$file::$case(&crate::world::sqlite()); })+)+
        }
        mod on_postgres {
            $($(#[test] fn $case() {
                if let Some(world) = crate::world::postgres() { crate::$file::$case(&world); }
            })+)+
        }
        mod in_memory {
            $($(#[test] fn $case() { crate::$file::$case(&crate::world::in_memory()); })+)+
        }
    };
}

contract! {
    log:
        what_a_customer_wrote_is_read_back_as_it_was
        sending_twice_is_once
        whoever_comes_second_is_told_where_the_conversation_stands
        a_job_that_fails_leaves_nothing_and_its_neighbours_stand
        a_job_that_panics_is_our_mistake_and_the_next_one_runs
        an_error_that_a_job_passes_over_undoes_it_all_the_same
        a_write_inside_a_read_is_refused
        an_append_that_does_not_fit_its_fold_is_refused
        a_long_conversation_is_read_in_pages
        the_log_has_an_identity_that_stays
        a_request_that_nobody_waits_for_is_done_or_not_but_never_half
        a_text_with_a_zero_in_it_is_kept;
    races:
        of_many_who_append_at_once_exactly_one_wins_each_number
        of_many_conversations_that_want_one_slot_exactly_one_gets_it
        a_slot_moves_in_one_step_when_a_supervisor_reassigns
        a_refused_slot_leaves_the_conversation_as_it_was
        of_many_who_use_a_token_one_does
        of_many_who_apply_a_configuration_one_does;
    cluster:
        whoever_asks_for_what_changed_hears_of_every_append_once
        engines_see_each_other_live_and_who_is_connected_to_them;
    shadows:
        a_shadow_counts_every_turn_and_keeps_what_it_would_have_judged_differently
        the_oldest_examples_of_a_shadow_make_room;
    attachments:
        a_file_is_its_uploaders_until_it_belongs_to_a_message
        files_that_were_never_sent_are_forgotten;
    desk:
        what_was_written_is_found_by_its_words_in_ones_own_conversations
        a_hostile_query_is_words_like_any_other
        quick_replies_are_their_owners
        a_reminder_stays_until_it_is_done;
    replay:
        a_thousand_steps_leave_the_rows_that_the_log_gives;
    handoffs:
        a_handoff_is_reported_from_request_to_survey
        a_customer_who_left_an_address_is_no_abandoned_one
        a_customer_who_leaves_while_waiting_abandoned
        a_conversation_closed_by_its_agent_keeps_the_disposition
        a_transferred_handoff_stands_in_its_other_queue
        decisions_and_the_brief_stay_with_their_handoff
        an_open_offer_leads_to_its_conversation;
    lists:
        an_agents_list_holds_what_they_have_are_asked_and_wrap_up
        the_newest_comes_first_and_pages_miss_nothing
        a_queue_shows_who_waits_in_it
        a_customers_conversations_are_theirs_alone
        what_is_due_comes_earliest_first
        a_deadline_under_other_limits_is_kept_unless_the_conversation_moved_on
        what_is_open_is_found_again_after_a_restart
        receipts_only_grow;
    people:
        a_customer_is_known_by_id_and_by_identity
        one_identity_of_a_channel_is_one_customer
        an_agents_state_survives
        an_address_signs_in_one_agent_in_any_case
        a_token_is_used_once
        a_family_of_tokens_ends_together
        expired_tokens_go;
    config:
        a_configuration_is_written_after_the_one_that_was_read
        every_version_of_the_configuration_is_kept
        the_audit_log_keeps_its_order;
    knowledge:
        an_article_is_found_by_its_words_in_english_and_spanish
        a_chinese_article_is_found_without_spaces
        a_heading_counts_more_and_a_rare_word_too
        a_rewritten_article_is_found_by_its_later_words_alone
        a_question_of_signs_alone_finds_nothing;
}
