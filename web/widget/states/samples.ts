// Every state of the widget as the server would tell it, so that it can be looked at without one. Not shipped.
import { type Conversation, emptyConversation, type Input, reduce } from "@baton/client/conversation";
import type {
  ActionPart,
  AttachmentView,
  CardPart,
  ConversationView,
  EventView,
  FieldView,
  NoticeKind,
  WidgetView,
} from "@baton/client/wire";
import type { WidgetState } from "../src/widget.ts";

export const NOW = Date.UTC(2026, 10, 16, 14, 5);
const ID = "7d8f9a10-0000-4000-8000-000000000001";
const HANDOFF = "7d8f9a10-0000-4000-8000-000000000002";
const MINUTE = 60_000;

const CAN_WITH_BOT = ["post_message", "request_handoff", "close"] as const;
const CAN_WAITING = ["post_message", "cancel_handoff", "leave_contact", "close"] as const;

/** Built like a log: each call adds one event. */
function story(at = NOW - 20 * MINUTE) {
  const events: EventView[] = [];
  const next = () => ({ seq: events.length + 1, at: at + events.length * MINUTE });
  const build = {
    events,
    customer(text: string, attachments: AttachmentView[] = []) {
      const author = { kind: "customer", name: "" } as const;
      events.push({ ...next(), type: "message_posted", author, text, sources: [], attachments, erased: false });
      return build;
    },
    bot(
      html: string,
      sources: { title: string; href: string }[] = [],
      parts: { actions?: ActionPart[]; cards?: CardPart[] } = {},
    ) {
      const author = { kind: "bot", name: "Baton" } as const;
      const answer = { author, text: html, html, sources, ...parts, in_reply_to: events.length, erased: false };
      events.push({ ...next(), type: "message_posted", ...answer });
      return build;
    },
    person(html: string) {
      const author = { kind: "agent", name: "Ana Ruiz" } as const;
      events.push({ ...next(), type: "message_posted", author, text: html, html, sources: [], erased: false });
      return build;
    },
    notice(notice: NoticeKind, text: string, more: { agent_name?: string; opens_at?: number } = {}) {
      events.push({ ...next(), type: "notice_posted", notice, text, ...more });
      return build;
    },
    survey() {
      events.push({ ...next(), type: "survey_offered", handoff: HANDOFF });
      return build;
    },
    rated(rating: number) {
      events.push({ ...next(), type: "survey_answered", handoff: HANDOFF, rating });
      return build;
    },
  };
  events.push({ ...next(), type: "conversation_started", channel: "website", language: "en" });
  return build;
}

const question = () =>
  story()
    .customer("Hi! How do opening hours work with public holidays?")
    .bot(
      "<p>A queue's <strong>hours</strong> say when it is open, in its own time zone. Holidays are listed beside them:</p><ul><li>a day with no hours is closed all day</li><li>a day with hours replaces the usual ones</li></ul><p>Times that a clock change skips are simply not there, so <code>02:30</code> is never promised.</p>",
      [
        { title: "Routing: opening hours", href: "/manual/routing#hours" },
        { title: "Configuration", href: "/manual/configuration" },
      ],
    );

const stuck = () =>
  question()
    .customer("And can one agent work in two time zones?")
    .bot("<p>I did not find this in the manual.</p>")
    .customer("That does not help. I need to plan a team across Madrid and Lima.");

const withPerson = () =>
  stuck()
    .notice("queued", "A person has been asked. You are number 2 in the queue.")
    .notice("agent_joined", "Ana Ruiz has joined and has read the conversation so far.", { agent_name: "Ana Ruiz" })
    .person(
      "<p>Hello, I'm Ana. You can: an agent belongs to queues, and each queue has its own zone. For Madrid and Lima I would make two queues.</p>",
    )
    .customer("Oh, that is simple. Can they share the same skills?");

function conversation(events: EventView[], state: Partial<ConversationView>, ...inputs: Input[]): Conversation {
  const seq = events.length;
  const view: ConversationView = {
    id: ID,
    seq,
    epoch: 1,
    channel: "website",
    language: "en",
    started_at: NOW - 20 * MINUTE,
    last_message_at: NOW,
    controller: { kind: "bot" },
    wrap_ups: [],
    surveys: [],
    suggest_person: false,
    timing_marks: [],
    bot_owes: false,
    can: [...CAN_WITH_BOT],
    ...state,
  };
  const marks = { customer_delivered: 0, customer_read: 0, staff_delivered: 0, staff_read: 0 };
  const frames = [
    { type: "events", conversation: ID, events },
    { type: "subscribed", conversation: ID, state: view, marks },
  ] as const;
  const arrived = frames.map((frame) => ({ type: "frame", frame, now: NOW, epoch: "log" }) satisfies Input);
  return [...arrived, ...inputs].reduce(reduce, emptyConversation(ID));
}

const WIDGET: WidgetView = {
  radius: 18,
  position: "end",
  theme: "auto",
  launcher_label: "",
  sound: true,
  thumbs: true,
  form: [],
  texts: {},
};

const FORM: FieldView[] = [
  { key: "name", label: "Your name", kind: "text", required: true, options: {} },
  { key: "email", label: "E-mail address", kind: "email", required: true, options: {} },
  {
    key: "topic",
    label: "What is it about?",
    kind: "choice",
    required: false,
    options: { order: "An order", other: "Something else" },
  },
];

const withWidget = (widget: Partial<WidgetView>): WidgetState => ({
  ...base,
  channel: base.channel && { ...base.channel, widget: { ...WIDGET, ...widget } },
});

const file = (id: string, name: string, bytes: number) => ({
  id,
  name,
  bytes,
  media_type: "application/pdf",
  picture: false,
});

const base: WidgetState = {
  channel: {
    channel: "website",
    title: "Baton support",
    greeting: "Hello! I answer from Baton's manual. What would you like to know?",
    bot_name: "Baton",
    colour: "#4f46e5",
    suggestions: ["How is an agent chosen?", "What happens outside opening hours?", "Can I bring my own bot?"],
    widget: WIDGET,
  },
  unavailable: null,
  connection: { at: "live" },
  lost: false,
  conversation: null,
  draft: "",
  busy: null,
  trouble: null,
  gate: null,
  uploads: [],
  muted: false,
  leaving: false,
  shown: true,
  looking: true,
  unread: 0,
};

const handoff = (change: { staffed?: boolean; contact_left?: boolean } = {}) => ({
  controller: { kind: "queued" } as const,
  handoff: { id: HANDOFF, since: NOW - MINUTE, staffed: true, contact_left: false, triggers: [], ...change },
  can: [...CAN_WAITING],
});

const agent = {
  controller: { kind: "agent", agent_name: "Ana Ruiz" },
  can: ["post_message", "close"],
} satisfies Partial<ConversationView>;

const nobody = () =>
  stuck().notice("nobody_available", "Nobody is available right now. We are back tomorrow at 9:00.", {
    opens_at: NOW + 19 * 60 * MINUTE,
  });

const asked = () => stuck().notice("queued", "A person has been asked. You are number 2 in the queue.");

const problem = {
  type: "/manual/errors#rate_limited",
  title: "Too many",
  status: 429,
  code: "rate_limited",
  detail: "Too many messages in a short time.",
};

const pending = (clientId: string, text: string): Input => ({
  type: "written",
  pending: { clientId, text, at: NOW, epoch: null, status: { at: "unsent" } },
});

const typingAna: Input = {
  type: "frame",
  now: NOW,
  epoch: "log",
  frame: { type: "typing", conversation: ID, author: { kind: "agent", name: "Ana Ruiz" }, typing: true },
};

const handedBack = () =>
  withPerson()
    .person("<p>Yes, skills belong to agents, not to queues. Anything else?</p>")
    .customer("No, thank you!")
    .notice("back_to_bot", "Ana Ruiz has handed the conversation back to the bot.")
    .survey();

export const SAMPLES: Record<string, WidgetState> = {
  starting: { ...base, channel: null, connection: { at: "offline" } },
  fresh: { ...base, connection: { at: "offline" } },
  bot: { ...base, conversation: conversation(question().events, {}) },
  "bot-writing": {
    ...base,
    conversation: conversation(question().customer("And what about clock changes?").events, { bot_owes: true }),
  },
  consent: {
    ...withWidget({
      consent: {
        text: "We keep what you write here for 90 days, so that we can help you. A person may read it.",
        link: "https://example.org/privacy",
      },
    }),
    gate: "consent",
  },
  form: { ...withWidget({ form: FORM }), gate: "form" },
  parts: {
    ...base,
    conversation: conversation(
      story()
        .customer("Where is my order?")
        .bot("<p>I found two orders. Which one do you mean?</p>", [], {
          cards: [
            {
              title: "Order 4711",
              text: "Two books, on their way, expected on Thursday",
              href: "https://example.org/4711",
              actions: [{ label: "Change the address" }, { label: "Send it back" }],
            },
            { title: "Order 4702", text: "One lamp, delivered on Monday", actions: [{ label: "Send it back " }] },
          ],
          actions: [{ label: "Neither" }, { label: "All orders", href: "https://example.org/orders" }],
        }).events,
      {},
    ),
  },
  files: {
    ...base,
    draft: "Here they are",
    uploads: [
      {
        id: "a",
        name: "receipt.pdf",
        bytes: 182_400,
        share: 1,
        file: file("f", "receipt.pdf", 182_400),
        trouble: null,
      },
      {
        id: "b",
        name: "a-very-long-name-of-a-picture-from-a-phone-2026-11-16.jpg",
        bytes: 4_200_000,
        share: 0.4,
        file: null,
        trouble: null,
      },
      { id: "c", name: "film.exe", bytes: 100, share: 0, file: null, trouble: problem },
    ],
    conversation: conversation(
      withPerson()
        .person("<p>Could you send me the receipt?</p>")
        .customer("", [file("g", "photo of the box.pdf", 980_000)]).events,
      agent,
    ),
  },
  suggestion: {
    ...base,
    conversation: conversation(stuck().events, {
      suggest_person: true,
      suggested_at: 2,
      can: ["post_message", "request_handoff", "answer_suggestion", "close"],
    }),
  },
  waiting: {
    ...base,
    conversation: conversation(asked().events, {
      ...handoff(),
      place: { position: 2, wait: { likely_s: 130, at_most_s: 290 } },
    }),
  },
  "waiting-next": {
    ...base,
    conversation: conversation(asked().customer("I can wait.").events, { ...handoff(), place: { position: 1 } }),
  },
  nobody: { ...base, conversation: conversation(nobody().events, handoff({ staffed: false })) },
  leaving: { ...base, leaving: true, conversation: conversation(nobody().events, handoff({ staffed: false })) },
  "contact-left": {
    ...base,
    conversation: conversation(
      nobody().notice("contact_taken", "Your message is with us. We answer by e-mail.").events,
      handoff({ staffed: false, contact_left: true }),
    ),
  },
  person: {
    ...base,
    conversation: conversation(withPerson().events, agent, typingAna, {
      type: "frame",
      now: NOW,
      epoch: "log",
      frame: {
        type: "marks",
        conversation: ID,
        marks: { customer_delivered: 0, customer_read: 0, staff_delivered: 99, staff_read: 99 },
      },
    }),
  },
  survey: { ...base, conversation: conversation(handedBack().events, { surveys: [HANDOFF] }) },
  rated: { ...base, conversation: conversation(handedBack().rated(5).events, {}) },
  closed: {
    ...base,
    conversation: conversation(
      withPerson().notice("closed", "Ana Ruiz has ended the conversation. Thank you for writing.").survey().events,
      { controller: { kind: "closed" }, surveys: [HANDOFF], can: ["answer_survey"] },
    ),
  },
  offline: {
    ...base,
    lost: true,
    connection: { at: "waiting", until: NOW + 4_000 },
    draft: "One more thing",
    conversation: conversation(
      withPerson().events,
      agent,
      pending("a", "Are you still there?"),
      pending("b", "I lost the train's wifi."),
    ),
  },
  failed: {
    ...base,
    conversation: conversation(question().events, {}, pending("a", "Hello? Hello? Hello?"), {
      type: "frame",
      now: NOW,
      epoch: "log",
      frame: { type: "refused", conversation: ID, client_id: "a", problem },
    }),
    trouble: "network",
  },
  hostile: {
    ...base,
    conversation: conversation(
      story()
        .customer(
          "<img src=x onerror=alert(1)> <b>not bold</b>\nsecond line\nhttps://example.org/a-very-long-address/that/does/not/break/anywhere/at/all/in/a/narrow/frame",
        )
        .bot(
          "<p>Unbreakable: <code>AVeryLongIdentifierThatGoesOnAndOnAndOnAndOnWithoutASinglePlaceToBreakIt</code></p><pre><code>baton serve --database postgres://baton@localhost/baton --listen 127.0.0.1:8080</code></pre><table><tr><th>Setting</th><th>Default</th><th>Meaning</th></tr><tr><td>ring_ms</td><td>30000</td><td>How long an offer rings</td></tr></table>",
        ).events,
      {},
    ),
  },
  unavailable: {
    ...base,
    channel: null,
    unavailable: {
      type: "about:blank",
      title: "Not found",
      status: 404,
      code: "not_found",
      detail: "There is no channel `websit`.",
    },
  },
};
