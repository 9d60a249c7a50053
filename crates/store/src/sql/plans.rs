//! Every statement is served by an index: the store is asked everything it can be asked, and SQLite says how it would go
//! about it.

use std::collections::BTreeSet;

use baton_core::{
    AgentId, Conversation, ConversationId, CustomerId, Event, HandoffId, Language, OfferId, Seq, Timestamp, VerdictKind,
};
use uuid::Uuid;

use super::{Row, Sql, SqlTx, Value};
use crate::batch::Session as _;
use crate::sqlite::{SqliteSession, open_writer};
use crate::words::Document;
use crate::{
    AgentState, Append, Attachment, AuditEntry, Body, ControllerKind, Credential, Customer, HeadFilter, Marks,
    MessageSearch, QuickReply, Reminder, ReminderKind, SectionRow, ShadowExample, ShadowJudgement, StoreError,
    TokenKind, TokenRow, Tx,
};

/// Lists that are read whole, and are short or asked for whole.
const READ_WHOLE: [&str; 9] = [
    "SCAN CONSTANT ROW",
    "SCAN agent_state",
    "SCAN article",
    "SCAN audit",
    "SCAN config",
    "SCAN shadow_count",
    "SCAN slot",
    // What a word was found in, which is few.
    "SCAN found",
    // The search index is asked by its own means.
    "SCAN section_index VIRTUAL TABLE",
];

/// A connection that writes down how SQLite would run each statement, and runs it.
struct Explaining {
    session: SqliteSession,
    plans: BTreeSet<String>,
}

impl Explaining {
    fn explain(&mut self, sql: &str, values: &[Value<'_>]) {
        if sql.contains("SAVEPOINT") {
            return;
        }
        for mut row in self.session.query(&format!("EXPLAIN QUERY PLAN {sql}"), values).unwrap() {
            let _numbers: Vec<_> = (0..3).map(|_| row.int().unwrap()).collect();
            self.plans.insert(format!("{}\n    {sql}", row.text().unwrap()));
        }
    }
}

impl Sql for Explaining {
    fn execute(&mut self, sql: &str, values: &[Value<'_>]) -> Result<u64, StoreError> {
        self.explain(sql, values);
        self.session.execute(sql, values)
    }

    fn query(&mut self, sql: &str, values: &[Value<'_>]) -> Result<Vec<Row>, StoreError> {
        self.explain(sql, values);
        self.session.query(sql, values)
    }

    fn failed(&self) -> bool {
        self.session.failed()
    }

    fn index_section(&mut self, section: i64, document: &Document) -> Result<(), StoreError> {
        self.session.index_section(section, document)
    }

    fn unindex_article(&mut self, slug: &str) -> Result<(), StoreError> {
        self.session.unindex_article(slug)
    }

    fn find_sections(&mut self, words: &[String], limit: u32) -> Result<Vec<(i64, f64)>, StoreError> {
        self.session.find_sections(words, limit)
    }
}

#[test]
fn no_question_reads_a_whole_table_that_grows() {
    let folder = tempfile::tempdir().unwrap();
    let session = open_writer(&folder.path().join("baton.db")).unwrap();
    let mut explaining = Explaining { session, plans: BTreeSet::new() };
    explaining.session.begin(true).unwrap();
    ask_everything(&mut SqlTx::writing(&mut explaining)).unwrap();

    let is_whole = |plan: &&String| {
        plan.starts_with("SCAN") && !plan.contains("USING") && !READ_WHOLE.iter().any(|short| plan.starts_with(short))
    };
    let whole: Vec<_> = explaining.plans.iter().filter(is_whole).collect();
    assert!(whole.is_empty(), "{whole:#?}");
    for (list, index) in [
        ("head.customer = ", "head_by_customer"),
        ("head.last_agent = ", "head_by_last_agent"),
        ("head.queue IN ", "head_by_queue"),
        ("AND head.queue IS NOT NULL", "head_by_queue"),
        ("deadline_ms <= ", "head_by_deadline"),
        ("at_rest = 0", "head_awake"),
        ("WHERE offer = ", "head_by_offer"),
        ("FROM head  ORDER BY head.last_message_at_ms", "head_by_time"),
        ("event.client_id = ", "event_by_client_id"),
        ("FROM token WHERE kind = ", "token_by_subject"),
        ("requested_at_ms >= ", "handoff_by_time"),
    ] {
        let plans: Vec<_> = explaining.plans.iter().filter(|plan| plan.contains(list)).collect();
        let served = |plan: &&String| plan.split_whitespace().any(|word| word == index);
        assert!(plans.iter().any(served), "{list}: {plans:#?}");
    }
}

/// Everything that [`Tx`] can do, once.
// One line a question.
#[allow(clippy::too_many_lines)]
fn ask_everything(tx: &mut SqlTx<'_>) -> Result<(), StoreError> {
    let (at, ana) = (Timestamp(1), AgentId::new("ana").unwrap());
    let (id, handoff) = (ConversationId(Uuid::now_v7()), HandoffId(Uuid::now_v7()));
    let mut before = Conversation::empty(id);
    let start = Event::ConversationStarted {
        channel: "website".parse().unwrap(),
        bot: "support".parse().unwrap(),
        customer: CustomerId(Uuid::now_v7()),
        language: Language::ENGLISH,
    };
    let request = Event::HandoffRequested {
        handoff,
        by: baton_core::Requester::Customer,
        triggers: Vec::new(),
        needs: baton_core::Needs::default(),
        queue: "general".parse().unwrap(),
        message: None,
        staffed: true,
    };
    let offered = Event::OfferMade {
        offer: OfferId(Uuid::now_v7()),
        handoff,
        agent: ana.clone(),
        slots: vec![baton_core::Slot(0)],
        expires_at: at,
    };
    let declined = Event::OfferExpired { offer: OfferId(Uuid::now_v7()), agent: ana.clone() };
    let message = Event::MessagePosted { author: baton_core::Author::Customer, body_bytes: 1 };
    for (place, event) in [start, request, offered, declined, message].into_iter().enumerate() {
        let mut after = before.clone();
        after.apply(at, &event);
        let bodies = [Body { seq: after.seq, text: "x".into(), extra: serde_json::Value::Null }];
        let client_id = place.to_string();
        tx.append(&Append {
            conversation: id,
            client_id: Some(&client_id),
            at,
            events: std::slice::from_ref(&event),
            bodies: &bodies,
            before: &before,
            after: &after,
            deadline: None,
        })?;
        before = after;
    }
    tx.events(id, Seq(0), 9)?;
    tx.bodies(id, Seq(0), Seq(9))?;
    tx.by_client_id(id, "c")?;
    tx.head(id)?;
    let base = HeadFilter { limit: 9, ..HeadFilter::default() };
    for filter in [
        base.clone(),
        HeadFilter { after: Some((at, id)), ..base.clone() },
        HeadFilter { agent: Some(ana.clone()), ..base.clone() },
        HeadFilter { queues: Some(vec!["general".parse().unwrap()]), ..base.clone() },
        HeadFilter { customer: Some(CustomerId(Uuid::nil())), ..base.clone() },
        HeadFilter { channels: Some(vec!["website".parse().unwrap()]), ..base.clone() },
        HeadFilter { controllers: vec![ControllerKind::Queued], ..base.clone() },
        HeadFilter { last_agent: Some(ana.clone()), ..base },
    ] {
        tx.heads(&filter)?;
    }
    tx.open_heads()?;
    tx.due(at, 9)?;
    tx.next_deadline()?;
    tx.put_deadline(id, Seq(5), Some(at))?;
    tx.slots()?;
    tx.handoff(handoff)?;
    tx.handoffs(at, 9)?;
    tx.handoffs_of(id)?;
    tx.conversation_of_offer(OfferId(Uuid::nil()))?;
    tx.raise_marks(id, Marks::default())?;
    tx.put_decision(handoff, at, "{}")?;
    tx.decisions(handoff)?;
    tx.put_brief(handoff, "{}")?;
    let example = ShadowExample {
        shadow: "stricter".into(),
        version: 1,
        conversation: id,
        message: Seq(2),
        at,
        live: VerdictKind::Keep,
        would: VerdictKind::Suggest,
        record: "{}".into(),
    };
    tx.record_shadow(&ShadowJudgement { example })?;
    tx.shadow_counts()?;
    tx.shadow_examples("stricter", 10)?;
    tx.brief(handoff)?;
    tx.make_searchable(9)?;
    let search = MessageSearch { query: "every wo".into(), limit: 9, ..MessageSearch::default() };
    tx.search_texts(&search)?;
    tx.search_texts(&MessageSearch {
        reach: Some((ana.clone(), vec!["general".parse().unwrap()])),
        queue: Some("general".parse().unwrap()),
        channel: Some("website".parse().unwrap()),
        agent: Some(ana.clone()),
        closed: Some(false),
        since: Some(at),
        until: Some(at),
        ..search
    })?;
    tx.put_quick_reply(&ana, &QuickReply { shortcut: "hi".into(), text: "Hello".into() })?;
    tx.quick_replies(&ana)?;
    tx.delete_quick_reply(&ana, "hi")?;
    let reminder = Reminder {
        id: Uuid::nil(),
        agent: ana.clone(),
        conversation: id,
        kind: ReminderKind::Mention,
        made_by: ana.clone(),
        due: at,
        note: "look".into(),
        done_at: None,
    };
    tx.put_reminder(&reminder)?;
    tx.reminder(reminder.id)?;
    tx.reminders_of(&ana, 9)?;
    tx.is_mentioned(id, &ana)?;
    tx.finish_reminder(reminder.id, at)?;
    let file = Attachment {
        id: Uuid::nil(),
        conversation: id,
        uploader: "agent:ana".into(),
        name: "a.txt".into(),
        media_type: "text/plain".into(),
        bytes: 1,
        created_at: at,
        message: None,
    };
    tx.put_attachment(&file, b"a")?;
    tx.attachment(file.id)?;
    tx.attachment_content(file.id)?;
    tx.attachments_held(id)?;
    tx.attach(file.id, id, Seq(5))?;
    tx.delete_stray_attachments(at)?;
    tx.delete_attachment(file.id)?;
    let customer = CustomerId(Uuid::nil());
    tx.put_customer(&Customer {
        id: customer,
        channel: "website".parse().unwrap(),
        subject: Some("s".into()),
        name: None,
        email: None,
        tier: None,
        attributes: serde_json::Map::new(),
        created_at: at,
    })?;
    tx.customer(customer)?;
    tx.customer_by_subject(&"website".parse().unwrap(), "s")?;
    tx.put_agent_state(&AgentState {
        agent: ana.clone(),
        availability: "away".into(),
        reason: None,
        changed_at: at,
        idle_since: at,
    })?;
    tx.agent_states()?;
    let credential = Credential { agent: ana.clone(), email: "a@b".into(), password_hash: "h".into(), changed_at: at };
    tx.put_credential(&credential)?;
    tx.credential(&ana)?;
    tx.credential_by_email("a@b")?;
    tx.put_token(&TokenRow {
        hash: [0; 32],
        kind: TokenKind::Session,
        subject: "ana".into(),
        family: "f".into(),
        created_at: at,
        expires_at: None,
        used_at: None,
        label: String::new(),
    })?;
    tx.token(TokenKind::Session, &[0; 32])?;
    tx.tokens_of(TokenKind::Session, "ana")?;
    tx.use_token(&[0; 32], at)?;
    tx.delete_token(&[0; 32])?;
    tx.delete_token_family("f")?;
    tx.delete_tokens_of(TokenKind::Session, "ana")?;
    tx.delete_expired_tokens(at)?;
    tx.put_config(0, at, "sam", Some("why"), "{}")?;
    tx.config()?;
    tx.config_newest()?;
    tx.config_version(1)?;
    tx.config_versions(None, 9)?;
    let section = SectionRow { heading: "h".into(), anchor: "a".into(), text: "word".into() };
    tx.put_article("slug", "Title", "d", &[section])?;
    tx.article_digests()?;
    tx.search(&["word".to_owned()], 9)?;
    tx.delete_article("slug")?;
    tx.put_audit(&AuditEntry { at, who: "w".into(), action: "a".into(), what: "x".into() })?;
    tx.audit(9)?;
    tx.log_epoch().map(|_| ())
}
