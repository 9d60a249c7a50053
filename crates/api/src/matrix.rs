//! Who may do what: one table, asked on every path. Rows are actions, columns are kinds of principals, cells say how far
//! a right reaches. Whether the conversation's state allows it as well is `decide`'s question, answered with 409.

mod reach;

use baton_core::Action;

pub use reach::{Target, allow};

/// The columns.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    AnonymousCustomer,
    IdentifiedCustomer,
    Bot,
    Agent,
    Supervisor,
    Admin,
}

impl Kind {
    pub const ALL: [Self; 6] =
        [Self::AnonymousCustomer, Self::IdentifiedCustomer, Self::Bot, Self::Agent, Self::Supervisor, Self::Admin];

    /// The word on the wire.
    pub fn role(self) -> &'static str {
        match self {
            Self::AnonymousCustomer | Self::IdentifiedCustomer => "customer",
            Self::Bot => "bot",
            Self::Agent => "agent",
            Self::Supervisor => "supervisor",
            Self::Admin => "admin",
        }
    }
}

/// How far a right reaches.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Scope {
    Denied,
    /// The customer's own conversations.
    Own,
    /// The bot's channels, and the conversations that it answers there.
    Channel,
    /// Conversations whose queue, of the handoff under way or the last one, is one of theirs, and those that they hold,
    /// are offered, wrap up or held.
    Queues,
    /// As far as `Queues`; that they control it is checked by `decide` inside the append, so that who lost it a moment
    /// ago learns it from a 409 and not from a 404.
    Controlling,
    /// What concerns themselves alone: their account, their offers, their socket.
    Themselves,
    All,
}

macro_rules! acts {
    ($($(#[$doc:meta])* $act:ident = $name:literal: $anonymous:ident $identified:ident $bot:ident $agent:ident $supervisor:ident $admin:ident;)+) => {
        /// The rows. Every route and every frame names one.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Act { $($(#[$doc])* $act),+ }

        impl Act {
            pub const ALL: &[Self] = &[$(Self::$act),+];

            /// The word in the API's document: `x-baton-action`.
            pub fn name(self) -> &'static str {
                match self { $(Self::$act => $name),+ }
            }

            /// The row's cells, in the order of [`Kind::ALL`].
            pub const fn cells(self) -> [Scope; 6] {
                match self {
                    $(Self::$act => [
                        Scope::$anonymous, Scope::$identified, Scope::$bot, Scope::$agent, Scope::$supervisor, Scope::$admin,
                    ]),+
                }
            }
        }
    };
}

// Nobody sets an author, a number or a time: no request has a field for them, and unknown fields are refused.
acts! {
    //                                              anonymous  identified bot        agent       supervisor admin
    StartConversation = "start_conversation":       Themselves Themselves Channel    Denied      Denied     Denied;
    ListConversations = "list_conversations":       Themselves Themselves Channel    Queues      Queues     All;
    ReadMessages = "read_messages":                 Own        Own        Channel    Queues      Queues     All;
    /// Notes, verdicts, briefs, routing decisions.
    ReadPrivate = "read_private":                   Denied     Denied     Denied     Queues      Queues     All;
    /// Looks for words in all conversations that one reads, notes included.
    SearchTexts = "search_texts":                   Denied     Denied     Denied     Queues      Queues     All;
    /// How far one's side has received and read.
    Mark = "mark":                                  Own        Own        Denied     Queues      Queues     All;
    /// Messages and typing.
    Send = "send":                                  Own        Own        Channel    Controlling Queues     All;
    /// Uploads, and takes back what was not sent; reading is reading messages.
    AttachFiles = "attach_files":                   Own        Own        Channel    Queues      Queues     All;
    PostNote = "post_note":                         Denied     Denied     Denied     Queues      Queues     All;
    RequestHandoff = "request_handoff":             Own        Own        Channel    Queues      Queues     All;
    /// While waiting: stay with the bot, leave a message; afterwards: answer the survey; rate a bot's answer.
    ChooseAsCustomer = "choose_as_customer":        Own        Own        Denied     Denied      Denied     Denied;
    /// Says more of themselves: attributes, unverified.
    DescribeSelf = "describe_self":                 Themselves Themselves Denied     Denied      Denied     Denied;
    AnswerOffer = "answer_offer":                   Denied     Denied     Denied     Themselves  Themselves Themselves;
    /// From a queue that shows its handoffs to everybody or is pulled from. What is theirs to take the routing says.
    TakeHandoff = "take_handoff":                   Denied     Denied     Denied     Themselves  Themselves Themselves;
    Transfer = "transfer":                          Denied     Denied     Denied     Controlling Queues     All;
    HandBack = "hand_back":                         Denied     Denied     Denied     Controlling Queues     All;
    Close = "close":                                Own        Own        Denied     Controlling Queues     All;
    EndWrapUp = "end_wrap_up":                      Denied     Denied     Denied     Controlling Queues     All;
    Assign = "assign":                              Denied     Denied     Denied     Denied      Queues     All;
    ChangePriority = "change_priority":             Denied     Denied     Denied     Denied      Queues     All;
    /// Says when a handoff came: too late, or for nothing.
    MarkTiming = "mark_timing":                     Denied     Denied     Denied     Queues      Queues     All;
    /// Tries messages on the policy, reads what shadows judged and what marks suggest, turns thresholds.
    TunePolicy = "tune_policy":                     Denied     Denied     Denied     Denied      All        All;
    CheckAvailability = "check_availability":       All        All        All        All         All        All;
    /// The live queues and colleagues: no customer's words.
    ReadFloor = "read_floor":                       Denied     Denied     Denied     All         All        All;
    /// Away or offline for somebody who forgot; available is for people to say themselves.
    SetOthersAway = "set_others_away":              Denied     Denied     Denied     Denied      Queues     All;
    /// Opens or closes a queue for a while.
    ExceptQueue = "except_queue":                   Denied     Denied     Denied     Denied      Queues     All;
    OpenSocket = "open_socket":                     Themselves Themselves Themselves Themselves  Themselves Themselves;
    /// One's own account: who am I, availability, password, sign-out.
    UseAccount = "use_account":                     Denied     Denied     Denied     Themselves  Themselves Themselves;
    ManagePeople = "manage_people":                 Denied     Denied     Denied     Denied      Denied     All;
    ManageKeys = "manage_keys":                     Denied     Denied     Denied     Denied      Denied     All;
    ManageConfiguration = "manage_configuration":   Denied     Denied     Denied     Denied      Denied     All;
    /// What became of what was promised, by queue.
    ReadReports = "read_reports":                   Denied     Denied     Denied     Denied      Queues     All;
    /// Numbers of the whole deployment for a monitor; no customer's words.
    ReadMetrics = "read_metrics":                   Denied     Denied     Denied     Denied      Denied     All;
    ReadAudit = "read_audit":                       Denied     Denied     Denied     Denied      Denied     All;
}

/// The cell.
pub fn scope(act: Act, kind: Kind) -> Scope {
    let [anonymous, identified, bot, agent, supervisor, admin] = act.cells();
    match kind {
        Kind::AnonymousCustomer => anonymous,
        Kind::IdentifiedCustomer => identified,
        Kind::Bot => bot,
        Kind::Agent => agent,
        Kind::Supervisor => supervisor,
        Kind::Admin => admin,
    }
}

/// The row that an action of a conversation belongs to: what a client is told that it `can` do passes through the matrix.
pub fn act_of(action: Action) -> Act {
    match action {
        Action::PostMessage => Act::Send,
        Action::PostNote => Act::PostNote,
        Action::RequestHandoff => Act::RequestHandoff,
        Action::CancelHandoff | Action::LeaveContact | Action::AnswerSurvey | Action::AnswerSuggestion => {
            Act::ChooseAsCustomer
        }
        Action::AcceptOffer | Action::DeclineOffer => Act::AnswerOffer,
        Action::Assign => Act::Assign,
        Action::Transfer => Act::Transfer,
        Action::ChangePriority => Act::ChangePriority,
        Action::HandBack => Act::HandBack,
        Action::Close => Act::Close,
        Action::EndWrapUp => Act::EndWrapUp,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn customers_never_reach_further_than_themselves() {
        for act in Act::ALL {
            for kind in [Kind::AnonymousCustomer, Kind::IdentifiedCustomer] {
                let narrow = matches!(scope(*act, kind), Scope::Denied | Scope::Own | Scope::Themselves);
                assert!(narrow || *act == Act::CheckAvailability, "{act:?} of {kind:?}");
            }
        }
    }
}
