//! Customers, agents' declared states and credentials.

use baton_core::{AgentId, ChannelId, CustomerId};

use super::{Row, Sql, Value};
use crate::{AgentState, Credential, Customer, StoreError};

/// Served by the primary key.
const CHANGE_CUSTOMER: &str = "UPDATE customer SET channel = ?2, subject = ?3, name = ?4, email = ?5, tier = ?6, \
    attributes = ?7 WHERE id = ?1";
/// No row means that another customer of the channel has this subject.
const ADD_CUSTOMER: &str = "INSERT INTO customer (id, channel, subject, name, email, tier, attributes, created_at_ms) \
    VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8) ON CONFLICT DO NOTHING";
const CUSTOMER: &str = "SELECT id, channel, subject, name, email, tier, attributes, created_at_ms FROM customer";
const BY_ID: &str = "WHERE id = ?1";
/// Served by `customer_by_subject`.
const BY_SUBJECT: &str = "WHERE channel = ?1 AND subject = ?2";

const PUT_AGENT_STATE: &str = "INSERT INTO agent_state (agent, availability, reason, changed_at_ms, idle_since_ms) \
    VALUES (?1, ?2, ?3, ?4, ?5) ON CONFLICT (agent) DO UPDATE SET availability = excluded.availability, \
    reason = excluded.reason, changed_at_ms = excluded.changed_at_ms, idle_since_ms = excluded.idle_since_ms";
const AGENT_STATES: &str = "SELECT agent, availability, reason, changed_at_ms, idle_since_ms FROM agent_state \
    ORDER BY agent";

/// An address belongs to one agent: the row that had it with another agent is in the way, and no row is written.
const PUT_CREDENTIAL: &str = "INSERT INTO credential (agent, email, email_lower, password_hash, changed_at_ms) \
    SELECT ?1, ?2, ?3, ?4, ?5 WHERE NOT EXISTS (SELECT 1 FROM credential WHERE email_lower = ?3 AND agent <> ?1) \
    ON CONFLICT (agent) DO UPDATE SET email = excluded.email, email_lower = excluded.email_lower, \
    password_hash = excluded.password_hash, changed_at_ms = excluded.changed_at_ms";
const CREDENTIAL: &str = "SELECT agent, email, password_hash, changed_at_ms FROM credential";
const BY_AGENT: &str = "WHERE agent = ?1";
/// Served by `credential_by_email`.
const BY_EMAIL: &str = "WHERE email_lower = ?1";

pub(super) fn put_customer(sql: &mut dyn Sql, customer: &Customer) -> Result<(), StoreError> {
    let attributes = serde_json::Value::Object(customer.attributes.clone()).to_string();
    let values: [Value<'_>; 8] = [
        (&customer.id.0).into(),
        customer.channel.as_str().into(),
        customer.subject.as_ref().into(),
        customer.name.as_ref().into(),
        customer.email.as_ref().into(),
        customer.tier.as_ref().into(),
        (&attributes).into(),
        customer.created_at.into(),
    ];
    if sql.execute(CHANGE_CUSTOMER, &values[..7])? == 1 || sql.execute(ADD_CUSTOMER, &values)? == 1 {
        return Ok(());
    }
    Err(StoreError::Conflict {
        doing: String::new(),
        what: format!("another customer of the channel {} has this identity", customer.channel),
    })
}

fn read_customer(mut row: Row) -> Result<Customer, StoreError> {
    Ok(Customer {
        id: CustomerId(row.uuid()?),
        channel: row.key()?,
        subject: row.maybe_text()?,
        name: row.maybe_text()?,
        email: row.maybe_text()?,
        tier: row.maybe_text()?,
        attributes: serde_json::from_str(&row.text()?)
            .map_err(|error| StoreError::corrupt(format!("a customer's attributes: {error}")))?,
        created_at: row.at()?,
    })
}

pub(super) fn customer(sql: &mut dyn Sql, id: CustomerId) -> Result<Option<Customer>, StoreError> {
    sql.query_one(&format!("{CUSTOMER} {BY_ID}"), &[(&id.0).into()])?.map(read_customer).transpose()
}

pub(super) fn customer_by_subject(
    sql: &mut dyn Sql,
    channel: &ChannelId,
    subject: &str,
) -> Result<Option<Customer>, StoreError> {
    let values = [channel.as_str().into(), subject.into()];
    sql.query_one(&format!("{CUSTOMER} {BY_SUBJECT}"), &values)?.map(read_customer).transpose()
}

pub(super) fn put_agent_state(sql: &mut dyn Sql, state: &AgentState) -> Result<(), StoreError> {
    let values = [
        state.agent.as_str().into(),
        (&state.availability).into(),
        state.reason.as_ref().into(),
        state.changed_at.into(),
        state.idle_since.into(),
    ];
    sql.execute(PUT_AGENT_STATE, &values).map(|_| ())
}

pub(super) fn agent_states(sql: &mut dyn Sql) -> Result<Vec<AgentState>, StoreError> {
    let rows = sql.query(AGENT_STATES, &[])?;
    rows.into_iter()
        .map(|mut row| {
            Ok(AgentState {
                agent: row.key()?,
                availability: row.text()?,
                reason: row.maybe_text()?,
                changed_at: row.at()?,
                idle_since: row.at()?,
            })
        })
        .collect()
}

pub(super) fn put_credential(sql: &mut dyn Sql, credential: &Credential) -> Result<(), StoreError> {
    let email_lower = credential.email.to_lowercase();
    let values = [
        credential.agent.as_str().into(),
        (&credential.email).into(),
        (&email_lower).into(),
        (&credential.password_hash).into(),
        credential.changed_at.into(),
    ];
    if sql.execute(PUT_CREDENTIAL, &values)? == 1 {
        return Ok(());
    }
    Err(StoreError::Conflict { doing: String::new(), what: "another agent signs in with this address".to_owned() })
}

fn read_credential(mut row: Row) -> Result<Credential, StoreError> {
    Ok(Credential { agent: row.key()?, email: row.text()?, password_hash: row.text()?, changed_at: row.at()? })
}

pub(super) fn credential(sql: &mut dyn Sql, agent: &AgentId) -> Result<Option<Credential>, StoreError> {
    sql.query_one(&format!("{CREDENTIAL} {BY_AGENT}"), &[agent.as_str().into()])?.map(read_credential).transpose()
}

pub(super) fn credential_by_email(sql: &mut dyn Sql, email: &str) -> Result<Option<Credential>, StoreError> {
    let email_lower = email.to_lowercase();
    sql.query_one(&format!("{CREDENTIAL} {BY_EMAIL}"), &[(&email_lower).into()])?.map(read_credential).transpose()
}
