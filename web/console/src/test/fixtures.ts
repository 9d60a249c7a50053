// One afternoon at the desk, for tests and for the page of states: Ana, an agent, with what arrives there.

import type {
  AdviceListView,
  AgentView,
  AssessedView,
  AuthorView,
  BriefView,
  ConfigPlanView,
  ConversationSummary,
  ConversationView,
  CoverageView,
  DayView,
  DecisionView,
  EstimateView,
  EventView,
  ExplanationView,
  FloorView,
  FoundView,
  MarksView,
  MeView,
  NeedsView,
  OfferView,
  PolicyView,
  QuickReplyView,
  ReminderView,
  ShadowExampleView,
  SuggestedView,
  TakeableView,
  VerdictView,
  WallFiguresView,
  WallView,
} from "@baton/client/wire";

/** Noon, on a Thursday. */
export const NOW = new Date("2026-11-19T12:00:00").getTime();
const minutes = (n: number) => n * 60_000;
const seconds = (n: number) => n * 1_000;

export const id = (n: number) => `00000000-0000-4000-8000-${String(n).padStart(12, "0")}`;

export const HELD = id(1);
export const WAITING = id(2);
export const OFFERED = id(3);
export const WRAPPING = id(4);
export const CLOSED = id(5);
export const WITH_BOT = id(6);
export const HANDOFF = id(101);

export const ana: MeView = {
  agent: "ana",
  name: "Ana Ortiz",
  email: "ana@example.org",
  role: "agent",
  queues: ["support", "billing"],
  availability: "available",
  reason: null,
  dispositions: [
    { key: "solved", name: "Solved" },
    { key: "follow_up", name: "Needs a follow-up" },
    { key: "bug", name: "Bug reported" },
    { key: "not_ours", name: "Not ours" },
  ],
  organisation: "Example",
};
export const mia: MeView = { ...ana, agent: "mia", name: "Mia Brandt", email: "mia@example.org", role: "supervisor" };
export const noor: MeView = { ...ana, agent: "noor", name: "Noor Haddad", email: "noor@example.org", role: "admin" };

const agent = (key: string, name: string, more: Partial<AgentView>): AgentView => ({
  agent: key,
  name,
  role: "agent",
  connected: true,
  availability: "available",
  reason: null,
  urgent_slots: 0,
  pull: false,
  since: NOW - minutes(42),
  load: 0,
  capacity: 3,
  queues: ["support"],
  ...more,
});

export const floor: FloorView = {
  at: NOW,
  queues: [
    {
      queue: "support",
      name: "Support",
      open: true,
      opens_at: null,
      waiting: 2,
      longest_since: NOW - minutes(4),
      agents_connected: 4,
      agents_available: 3,
      agents_free: 1,
      wait: { likely_s: 120, at_most_s: 360 },
      service_level_s: 120,
    },
    {
      queue: "billing",
      name: "Billing",
      open: true,
      opens_at: null,
      waiting: 0,
      longest_since: null,
      agents_connected: 2,
      agents_available: 2,
      agents_free: 2,
      wait: null,
      service_level_s: 60,
    },
    {
      queue: "security",
      name: "Security reports",
      open: false,
      opens_at: NOW + minutes(60 * 20),
      waiting: 0,
      longest_since: null,
      agents_connected: 0,
      agents_available: 0,
      agents_free: 0,
      wait: null,
      service_level_s: 60,
    },
  ],
  agents: [
    agent("ana", "Ana Ortiz", { load: 2, queues: ["support", "billing"] }),
    agent("ben", "Ben Adler", { load: 3, since: NOW - minutes(95) }),
    agent("chiara", "Chiara Conti", { availability: "away", reason: "Lunch", since: NOW - minutes(12), load: 0 }),
    agent("dai", "Dai Nakamura", { load: 0, queues: ["billing"], since: NOW - minutes(3) }),
    agent("mia", "Mia Brandt", {
      role: "supervisor",
      load: 0,
      capacity: 1,
      queues: ["support", "billing", "security"],
    }),
    agent("noor", "Noor Haddad", { role: "admin", connected: false, availability: "offline", capacity: 1, queues: [] }),
  ],
};

const CUSTOMER: AuthorView = { kind: "customer", name: "Lucía Romero", agent: null };
const BOT: AuthorView = { kind: "bot", name: "Baton’s guide", agent: null };
const ANA: AuthorView = { kind: "agent", name: "Ana Ortiz", agent: "ana" };

const html = (text: string) => `<p>${text}</p>`;

const message = (seq: number, at: number, author: AuthorView, text: string, more: object = {}): EventView => ({
  seq,
  at,
  type: "message_posted",
  author,
  text,
  html: author.kind === "customer" ? null : html(text),
  client_id: `c${seq}`,
  in_reply_to: null,
  knew: author.kind === "bot" ? true : null,
  sources: [],
  erased: false,
  ...more,
});

const verdict = (kind: VerdictView["kind"], more: Partial<VerdictView> = {}): VerdictView => ({
  kind,
  triggers: [],
  signals: [
    { name: "explicit_request", value: 0.04, threshold: 0.5, span: null, evidence: "" },
    { name: "frustration", value: 0.12, threshold: 0.6, span: null, evidence: "" },
    { name: "repeated_failure", value: 0, threshold: 1, span: null, evidence: "" },
  ],
  rules: [],
  topic: { topic: "installation", confidence: 0.81 },
  language: "en",
  language_confidence: 0.98,
  needs: { skills: {}, priority: 0 },
  policy_version: 12,
  model_version: "lexicon-3",
  would_change: [],
  ...more,
});

const T0 = NOW - minutes(26);

export const ASKED =
  "I have now followed that page twice and the widget still stays blank. Can I please talk to a person?";
const spanOf = (text: string, part: string) => {
  const start = new TextEncoder().encode(text.slice(0, text.indexOf(part))).length;
  return { start, end: start + new TextEncoder().encode(part).length };
};

export const events: EventView[] = [
  { seq: 1, at: T0, type: "conversation_started", channel: "website", language: "en" },
  message(2, T0 + seconds(4), CUSTOMER, "Hi! The widget does not show up on our site after the update. What can I do?"),
  { seq: 3, at: T0 + seconds(4), type: "turn_assessed", message: 2, verdict: verdict("keep") },
  message(4, T0 + seconds(7), BOT, "", {
    text: "Check that the page allows the loader in its content security policy…",
    html: "<p>Check that the page allows the loader in its <strong>content security policy</strong>:</p><pre><code>Content-Security-Policy: script-src 'self' https://support.example.org; frame-src https://support.example.org</code></pre><p>Then load the page again.</p>",
    in_reply_to: 2,
    sources: [
      { title: "The widget on your page", href: "/manual/widget#csp" },
      { title: "When something is missing", href: "/manual/troubleshooting" },
    ],
  }),
  message(5, T0 + minutes(6), CUSTOMER, "We have that line already. It is version 1.4 on nginx 1.26."),
  {
    seq: 6,
    at: T0 + minutes(6),
    type: "turn_assessed",
    message: 5,
    verdict: verdict("suggest", {
      signals: [
        { name: "explicit_request", value: 0.05, threshold: 0.5, span: null, evidence: "" },
        { name: "frustration", value: 0.31, threshold: 0.6, span: null, evidence: "" },
        {
          name: "repeated_need",
          value: 0.72,
          threshold: 0.7,
          span: spanOf("We have that line already. It is version 1.4 on nginx 1.26.", "We have that line already"),
          evidence: "the same need as in message 2",
        },
      ],
      would_change: ["A repeated need below 0.70 would have kept the bot."],
    }),
  },
  message(7, T0 + minutes(6) + seconds(3), BOT, "I am sorry, I have no article about that.", {
    in_reply_to: 5,
    knew: false,
  }),
  message(8, T0 + minutes(9), CUSTOMER, ASKED),
  {
    seq: 9,
    at: T0 + minutes(9),
    type: "turn_assessed",
    message: 8,
    verdict: verdict("hand_off", {
      triggers: [{ code: "explicit_request", of: null }],
      signals: [
        {
          name: "explicit_request",
          value: 0.97,
          threshold: 0.5,
          span: spanOf(ASKED, "talk to a person"),
          evidence: "“talk to a person”",
        },
        {
          name: "frustration",
          value: 0.58,
          threshold: 0.6,
          span: spanOf(ASKED, "still stays blank"),
          evidence: "“still stays blank”",
        },
        {
          name: "repeated_failure",
          value: 1,
          threshold: 1,
          span: null,
          evidence: "the bot had no answer to message 5",
        },
      ],
      rules: [{ rule: "enterprise-first", kind: "hand_off" }],
      would_change: ["Nothing: an explicit request always wins."],
    }),
  },
  {
    seq: 10,
    at: T0 + minutes(9),
    type: "handoff_requested",
    handoff: HANDOFF,
    staffed: true,
    by: "customer",
    triggers: [{ code: "explicit_request", of: null }],
    needs: null,
    queue: "support",
    message: 8,
  },
  {
    seq: 11,
    at: T0 + minutes(9),
    type: "notice_posted",
    notice: "queued",
    text: "A person will take over. You are number 1 in the queue.",
    position: 1,
    wait: null,
    opens_at: null,
    agent_name: null,
  },
  {
    seq: 12,
    at: T0 + minutes(9) + seconds(1),
    type: "offer_made",
    offer: id(201),
    handoff: HANDOFF,
    agent: "ben",
    expires_at: T0 + minutes(10),
  },
  {
    seq: 13,
    at: T0 + minutes(9) + seconds(9),
    type: "offer_declined",
    offer: id(201),
    agent: "ben",
    reason: "wrong_skill",
  },
  {
    seq: 14,
    at: T0 + minutes(9) + seconds(9),
    type: "offer_made",
    offer: id(202),
    handoff: HANDOFF,
    agent: "ana",
    expires_at: T0 + minutes(10),
  },
  {
    seq: 15,
    at: T0 + minutes(9) + seconds(20),
    type: "offer_accepted",
    handoff: HANDOFF,
    agent: "ana",
    agent_name: "Ana Ortiz",
  },
  {
    seq: 16,
    at: T0 + minutes(9) + seconds(20),
    type: "notice_posted",
    notice: "agent_joined",
    text: "Ana Ortiz has joined and has read the conversation.",
    position: null,
    wait: null,
    opens_at: null,
    agent_name: "Ana Ortiz",
  },
  message(17, T0 + minutes(11), ANA, "Hi Lucía, this is Ana. I have read everything; sorry for the runaround."),
  message(18, T0 + minutes(11) + seconds(20), ANA, "Could you send me the address of a page where it stays blank?"),
  message(
    19,
    T0 + minutes(13),
    CUSTOMER,
    "Sure: https://shop.example.com/help – it is blank in Firefox and in Chrome.",
  ),
  {
    seq: 20,
    at: T0 + minutes(14),
    type: "note_posted",
    agent: "ana",
    agent_name: "Ana Ortiz",
    text: "Their nginx strips the Referrer, so the frame cannot tell where it is. Looks like the bug we fixed in 1.5.",
  },
  message(21, T0 + minutes(17), ANA, "", {
    text: "Found it…",
    html: "<p>Found it: version 1.4 needs a <code>Referrer-Policy</code> of at least <code>strict-origin</code>. Version 1.5 does without.</p>",
  }),
  message(
    22,
    T0 + minutes(22),
    CUSTOMER,
    "That was it, the widget is back! Is there anything else we should set before we update?",
  ),
];

export const marks: MarksView = { customer_delivered: 21, customer_read: 21, staff_delivered: 22, staff_read: 19 };

export const conversation: ConversationView = {
  id: HELD,
  seq: 22,
  epoch: 3,
  channel: "website",
  language: "en",
  started_at: T0,
  last_message_at: T0 + minutes(22),
  controller: { kind: "agent", agent: "ana", agent_name: "Ana Ortiz", offer: null, offer_expires_at: null },
  handoff: {
    id: HANDOFF,
    since: T0 + minutes(9),
    staffed: true,
    contact_left: false,
    accepted_at: T0 + minutes(9) + seconds(20),
    queue: "support",
    queue_name: "Support",
    triggers: [{ code: "explicit_request", of: null }],
    priority: 0,
    topic: "installation",
  },
  place: null,
  wrap_ups: [],
  surveys: [],
  suggest_person: false,
  timing_marks: [],
  bot_owes: false,
  can: ["post_message", "post_note", "transfer", "hand_back", "close"],
  customer: {
    id: id(900),
    identified: true,
    name: "Lucía Romero",
    email: "lucia@shop.example.com",
    tier: "enterprise",
    attributes: { page: "https://shop.example.com/help", plan: "self-hosted", seats: 40, version: "1.4" },
  },
};

export const brief: BriefView = {
  handoff: HANDOFF,
  conversation: HELD,
  customer: conversation.customer ?? null,
  issue: { text: "The widget stays blank after the update, although the policy line is there.", messages: [2, 5] },
  why: [
    { code: "explicit_request", of: null },
    { code: "rule", of: "enterprise-first" },
  ],
  tried: [
    { question: 2, answer: 4, text: "Allow the loader in the content security policy", worked: "asked_again" },
    { question: 5, answer: 7, text: "No article about nginx 1.26", worked: "did_not_know" },
  ],
  summary: [
    { text: "The widget does not show up on our site after the update.", messages: [2] },
    { text: "We have that line already. It is version 1.4 on nginx 1.26.", messages: [5] },
    { text: "I have now followed that page twice and the widget still stays blank.", messages: [8] },
  ],
  written_by: "extractive",
  known: [
    { what: "Version", value: "1.4", message: 5 },
    { what: "Server", value: "nginx 1.26", message: 5 },
  ],
  messages: 8,
  through: 8,
  truncated: false,
  transfer_note: null,
};

export const decisions: DecisionView[] = [
  {
    at: T0 + minutes(9) + seconds(1),
    plan_version: 12,
    step: 0,
    queues: ["support"],
    choose: "longest_idle",
    not_listed: 0,
    needed: { skills: { technical: 3 }, language: "en", language_required: false, weight: 1, urgent: false },
    chosen: "ben",
    reason: "Ben Adler has been idle longest among those with a free slot.",
    considered: [
      { agent: "ben", why_not: null },
      { agent: "ana", why_not: "idle for less time than Ben Adler" },
      { agent: "chiara", why_not: "away: Lunch" },
      { agent: "dai", why_not: "does not serve the queue Support" },
    ],
  },
  {
    at: T0 + minutes(9) + seconds(9),
    plan_version: 12,
    step: 0,
    queues: ["support"],
    choose: "longest_idle",
    not_listed: 0,
    needed: { skills: { technical: 3 }, language: "en", language_required: false, weight: 1, urgent: false },
    chosen: "ana",
    reason: "Ana Ortiz is the only one left with a free slot.",
    considered: [
      { agent: "ana", why_not: null },
      { agent: "ben", why_not: "declined this handoff a moment ago" },
      { agent: "chiara", why_not: "away: Lunch" },
      { agent: "dai", why_not: "does not serve the queue Support" },
    ],
  },
];

export const offer: OfferView = {
  id: id(301),
  conversation: OFFERED,
  handoff: id(102),
  queue: "billing",
  queue_name: "Billing",
  since: NOW - seconds(48),
  expires_at: NOW + seconds(21),
  ring_ms: 30_000,
  language: "de",
  brief: {
    ...brief,
    handoff: id(102),
    conversation: OFFERED,
    customer: { id: id(901), identified: true, name: "Jonas Weber", email: null, tier: "business", attributes: {} },
    issue: { text: "Was charged twice for November and wants one of the payments back.", messages: [1] },
    why: [
      { code: "frustration", of: null },
      { code: "rule", of: "refunds-to-people" },
    ],
    summary: [
      { text: "Two charges of 49 € on 3 November, invoices 2291 and 2292.", messages: [3] },
      { text: "The bank asks for a written confirmation by Friday.", messages: [7] },
    ],
    tried: [{ question: 1, answer: 2, text: "How invoices work", worked: "asked_again" }],
  },
};

export const summary = (of: string, more: Partial<ConversationSummary> = {}): ConversationSummary => ({
  id: of,
  seq: 22,
  channel: "website",
  controller: { kind: "agent", agent: "ana", agent_name: "Ana Ortiz", offer: null, offer_expires_at: null },
  queue: "support",
  queue_name: "Support",
  handoff: HANDOFF,
  since: T0 + minutes(9),
  started_at: T0,
  last_message_at: T0 + minutes(22),
  customer_name: "Lucía Romero",
  wrapping_up: false,
  agents: ["ana"],
  last_text: "That was it, the widget is back! Is there anything else we should set before we update?",
  last_author: CUSTOMER,
  unread: 1,
  ...more,
});

const nobody = { agent: null, agent_name: null, offer: null, offer_expires_at: null };

export const mine: ConversationSummary[] = [
  summary(HELD),
  summary(WRAPPING, {
    customer_name: "Priya Raman",
    controller: { kind: "bot", ...nobody },
    wrapping_up: true,
    last_text: "Thanks, that is all I needed.",
    last_message_at: NOW - minutes(2),
    unread: 0,
  }),
];

export const queue: ConversationSummary[] = [
  summary(WAITING, {
    customer_name: null,
    controller: { kind: "queued", ...nobody },
    agents: [],
    since: NOW - minutes(4),
    last_text: "¿Hay alguien que hable español?",
    last_message_at: NOW - minutes(1),
    unread: 3,
  }),
  summary(id(7), {
    customer_name: "Tom Becker",
    controller: {
      kind: "offered",
      agent: "dai",
      agent_name: "Dai Nakamura",
      offer: id(302),
      offer_expires_at: NOW + seconds(12),
    },
    agents: ["dai"],
    queue: "billing",
    queue_name: "Billing",
    since: NOW - seconds(37),
    last_text: "The invoice shows the wrong company name.",
    last_message_at: NOW - seconds(50),
    unread: 2,
  }),
];

export const recent: ConversationSummary[] = [
  summary(CLOSED, {
    customer_name: "Marek Nowak",
    controller: { kind: "closed", ...nobody },
    agents: [],
    last_text: "Great, have a nice day!",
    last_author: ANA,
    last_message_at: NOW - minutes(58),
    unread: 0,
  }),
  summary(WITH_BOT, {
    customer_name: "Yuki Tanaka",
    controller: { kind: "bot", ...nobody },
    agents: [],
    last_text: "You can change the opening hours in the configuration.",
    last_author: BOT,
    last_message_at: NOW - minutes(121),
    unread: 0,
  }),
];

export const wrappingUp: ConversationView = {
  ...conversation,
  id: WRAPPING,
  controller: { kind: "bot", ...nobody },
  handoff: null,
  wrap_ups: [{ handoff: HANDOFF, agent: "ana", until: NOW + seconds(83) }],
  can: ["post_note", "end_wrap_up"],
  customer: { id: id(902), identified: false, name: "Priya Raman", email: null, tier: null, attributes: {} },
};

export const waiting: ConversationView = {
  ...conversation,
  id: WAITING,
  controller: { kind: "queued", ...nobody },
  handoff: {
    ...(conversation.handoff as NonNullable<ConversationView["handoff"]>),
    since: NOW - minutes(4),
    priority: 2,
  },
  place: { position: 1, wait: { likely_s: 60, at_most_s: 180 } },
  can: ["post_note", "assign", "change_priority", "transfer", "close"],
  customer: { id: id(903), identified: false, name: null, email: null, tier: null, attributes: {} },
};

export const elsewhere: ConversationView = {
  ...conversation,
  controller: { kind: "agent", agent: "ben", agent_name: "Ben Adler", offer: null, offer_expires_at: null },
  epoch: 4,
  can: ["post_note"],
};

export const closed: ConversationView = {
  ...conversation,
  id: CLOSED,
  controller: { kind: "closed", ...nobody },
  handoff: null,
  can: [],
};

export const CONFIG = `# People, queues and rules of this desk.
organisation: Example
queues:
  support:
    name: Support
    hours: "Mo-Fr 08:00-18:00"
    time_zone: Europe/Madrid
    service_level_s: 120
  billing:
    name: Billing
    service_level_s: 60
agents:
  ana:
    name: Ana Ortiz
    queues: [support, billing]
    capacity: 3
rules:
  - name: enterprise-first
    when: tier == "enterprise" && signals.repeated_failure >= 1.0
    then: hand_off
`;

export const configPlan: ConfigPlanView = {
  against: 12,
  changes: [
    {
      section: "queues",
      key: "support",
      kind: "changed",
      fields: [
        { path: "hours", from: "Mo-Fr 09:00-17:00", to: "Mo-Fr 08:00-20:00" },
        { path: "service_level_s", from: 60, to: 45 },
      ],
    },
    { section: "queues", key: "partners", kind: "added", fields: [{ path: "name", from: null, to: "Partners" }] },
    { section: "agents", key: "ben", kind: "removed", fields: [] },
  ],
  warnings: ["nobody could ever serve queue `partners`: add it to an agent with capacity and the skills it asks for"],
  waiting: 2,
  effects: [
    {
      handoff: id(301),
      conversation: WAITING,
      now: { queue: "support", place: 2, staffed: true, served_ever: true, asked: null },
      // biome-ignore lint/suspicious/noThenProperty: the wire calls it so, and it is no function
      then: { queue: "support", place: 1, staffed: true, served_ever: true, asked: "ana" },
    },
  ],
  effects_left_out: 0,
  returned: [{ agent: "ben", conversations: 1 }],
};

const share = (of: number, all: number, low: number, high: number) => ({ of, all, low, high });

export const policy: PolicyView = {
  version: 12,
  thresholds: [
    { key: "frustration_suggest", signal: "frustration", act: "suggest", value: 0.5 },
    { key: "frustration_threshold", signal: "frustration", act: "hand_off", value: 0.75 },
    { key: "trend_threshold", signal: "trend", act: "hand_off", value: null },
  ],
  shadows: [
    {
      name: "sooner",
      running: true,
      version: 12,
      counts: [
        { live: "keep", would: "keep", turns: 812 },
        { live: "keep", would: "suggest", turns: 17 },
        { live: "suggest", would: "hand_off", turns: 9 },
        { live: "hand_off", would: "hand_off", turns: 41 },
      ],
    },
  ],
  channels: ["website"],
};

export const advice: AdviceListView = {
  marked: 23,
  advice: [
    {
      key: "frustration_threshold",
      from: 0.75,
      to: 0.6,
      sooner: share(7, 11, 0.35, 0.85),
      spared: share(0, 12, 0, 0.24),
      disturbed: share(2, 180, 0.003, 0.04),
      turned: [HELD, CLOSED],
    },
  ],
};

export const shadowExamples: ShadowExampleView[] = [
  {
    conversation: HELD,
    message: 5,
    at: T0 + minutes(6),
    version: 12,
    live: "suggest",
    would: "hand_off",
    text: "We have that line already. It is version 1.4 on nginx 1.26.",
  },
  { conversation: id(61), message: 9, at: T0, version: 12, live: "keep", would: "suggest", text: null },
];

export const assessed: AssessedView = {
  verdict: verdict("suggest", {
    signals: [
      {
        name: "frustration",
        value: 0.62,
        threshold: 0.75,
        suggest: 0.5,
        span: { start: 0, end: 15 },
        evidence: "en/anger",
      },
      {
        name: "sensitive",
        class: "fraud",
        value: 0.3,
        threshold: 0.5,
        suggest: null,
        span: null,
        evidence: "en/fraud",
      },
    ],
    counterfactuals: [
      { change: "reaches", of: "frustration", class: null, value: 0.75, kind: "hand_off" },
      { change: "stays_below", of: "frustration", class: null, value: 0.5, kind: "keep" },
      { change: "reaches", of: "sensitive", class: "fraud", value: 0.5, kind: "hand_off" },
    ],
  }),
  shadows: [{ shadow: "sooner", kind: "hand_off" }],
};

const coverage: CoverageView = {
  promises: 212,
  coverage: 0.79,
  coverage_at_most: 0.91,
  mean_width_s: 150,
  winkler_s: 205,
  bias_s: 4,
  rrase: 0.46,
  left: 18,
  left_too_late: 2,
};

export const estimates: EstimateView[] = [
  { queue: "support", name: "Support", joining: coverage, waiting: coverage, lines: 2, lines_withheld: 0 },
  {
    queue: "billing",
    name: "Billing",
    joining: { ...coverage, promises: 64, coverage: 0.58, coverage_at_most: 0.7 },
    waiting: coverage,
    lines: 1,
    lines_withheld: 1,
  },
];

export const takeable: TakeableView = {
  handoff: id(302),
  conversation: WAITING,
  queue: "support",
  queue_name: "Support",
  since: NOW - 240_000,
  language: "es",
  broadcast: true,
  step: 0,
  brief,
};

export const explanation: ExplanationView = {
  at: NOW,
  handoff: id(301),
  conversation: WAITING,
  queue: "support",
  requested_at: NOW - 240_000,
  accepted_at: null,
  ended_at: null,
  outcome: "open",
  agent: null,
  waiting: {
    needs: { skills: { technical: 3 }, weight: 1 } as NeedsView,
    place: 1,
    queued_at: NOW - 240_000,
    now: {
      at: NOW,
      plan_version: 12,
      chosen: null,
      reason: "everybody who could take it is busy",
      step: 1,
      queues: ["support", "billing"],
      choose: "longest_idle",
      not_listed: 0,
      needed: { skills: { technical: 2 }, language: "es", language_required: false, weight: 1, urgent: false },
      considered: [
        { agent: "ana", why_not: "has no free slot" },
        { agent: "ben", why_not: "has technical at level 1, and 2 is needed" },
      ],
    },
    relaxes: [
      { at: NOW - 120_000, relaxes: "skills from level 2 are enough" },
      { at: NOW + 60_000, relaxes: "agents of billing are asked too" },
    ],
  },
  decisions: [],
};

export const quickReplies: QuickReplyView[] = [
  { shortcut: "hello", text: "Hello {{customer.first_name}}, {{agent.name}} here.", shared: false, queues: [] },
  { shortcut: "refund", text: "Your refund is on its way.", shared: true, queues: ["billing"] },
  { shortcut: "thanks", text: "Thank you for waiting.", shared: true, queues: [] },
];

export const reminders: ReminderView[] = [
  {
    id: id(401),
    conversation: WITH_BOT,
    kind: "mention",
    made_by: "ben",
    made_by_name: "Ben Adler",
    due: NOW - minutes(1),
    note: "@ana have you seen this on 1.5?",
    customer_name: "Yuki Tanaka",
  },
];

export const suggested: SuggestedView[] = [
  {
    title: "The widget",
    heading: "Why does the widget stay blank?",
    text: "A blank widget means that the page's policy forbids its frame. Allow this server in frame-src.",
    href: "/manual/widget#why-does-the-widget-stay-blank",
  },
];

export const day: DayView = { since: T0, accepted: 7, handled: 6, handle_time_s: 412, surveys: 3, rating: 4.33 };

export const foundTexts: FoundView[] = [
  {
    conversation: summary(CLOSED, { customer_name: "Marek Nowak" }),
    seq: 5,
    at: T0,
    pieces: [
      { text: "It is version 1.4 on ", found: false },
      { text: "nginx", found: true },
      { text: " 1.26.", found: false },
    ],
  },
];

/** Half-hour by half-hour: little at night, most around eleven. */
const usualAt = (place: number) => Math.max(0, Math.round(9 * Math.sin(((place - 14) / 22) * Math.PI) * 10) / 10);

function wallFigures(share: number): WallFiguresView {
  const begun = 24;
  const today = Array.from({ length: 48 }, (_, place) => {
    const requested = place > begun ? 0 : Math.round(usualAt(place) * share * (place % 3 === 0 ? 1.4 : 0.9));
    const abandoned = Math.floor(requested / 6);
    return {
      requested,
      accepted: requested - abandoned,
      abandoned,
      service_level: requested === 0 ? null : 1 - abandoned / requested - (place % 4) * 0.05,
    };
  });
  const sum = (field: "requested" | "accepted" | "abandoned") => today.reduce((all, slot) => all + slot[field], 0);
  const [requested, accepted, abandoned] = [sum("requested"), sum("accepted"), sum("abandoned")];
  const late = Math.floor(requested / 7);
  return {
    requested,
    accepted,
    served: accepted - 2,
    abandoned,
    message_left: 0,
    unserved: 0,
    in_progress: 2,
    waiting: 0,
    within: accepted - late,
    late,
    undecided: abandoned,
    service_level: (accepted - late) / accepted,
    abandonment: abandoned / requested,
    answer_p50_s: 34,
    answer_p90_s: 92,
    handle_mean_s: 412,
    rating_mean: 4.4,
    ratings: 21,
    today,
    usual: today.map((_, place) => ({
      requested: usualAt(place) * share,
      abandoned: usualAt(place) * share * 0.1,
      service_level: usualAt(place) === 0 ? null : 0.86,
    })),
  };
}

export const wall: WallView = {
  at: NOW,
  day_starts: new Date("2026-11-19T00:00:00").getTime(),
  slot_s: 1800,
  time_zone: Intl.DateTimeFormat().resolvedOptions().timeZone,
  usual_days: 4,
  total: wallFigures(1),
  queues: floor.queues.map(({ queue, name }, place) => ({
    queue,
    name,
    figures: wallFigures(place === 0 ? 0.7 : 0.3),
    coverage: place === 0 ? 0.82 : null,
    promises: place === 0 ? 140 : 0,
    alerts:
      place === 0
        ? [
            { kind: "waiting", value: 6, threshold: 4, since: NOW - minutes(3) },
            { kind: "longest_wait", value: 190, threshold: 120, since: NOW - minutes(2) },
          ]
        : [],
  })),
  truncated: false,
};

export const configValues = {
  organisation: "Example",
  channels: {
    website: { title: "Example support", bot: "guide", colour: "#3d56d6", origins: ["https://www.example.org"] },
  },
  bots: { guide: { kind: "knowledge", name: "Guide" } },
  queues: {
    support: { name: "Support", hours: "Mo-Fr 09:00-17:00", time_zone: "Europe/Madrid", alerts: { waiting: 4 } },
    billing: { name: "Billing", topics: ["refunds"], ring_s: 30 },
  },
  agents: {
    ana: { name: "Ana Ortiz", email: "ana@example.org", queues: ["support", "billing"] },
    noor: { name: "Noor Haddad", email: "noor@example.org", role: "admin" },
  },
  topics: { refunds: { phrases: ["refund", "money back"] } },
  rules: {},
};

export const drawnHours = {
  days: Array.from({ length: 14 }, (_, place) => ({
    date: new Date(Date.UTC(2026, 10, 19 + place)).toISOString().slice(0, 10),
    holiday: place === 6,
    exceptional: place === 8,
    open: (place % 7 === 2 || place % 7 === 3 || place === 6
      ? []
      : [
          [540, 780],
          [840, place === 8 ? 900 : 1020],
        ]) as [number, number][],
  })),
  holidays: ["2026-11-25", "2026-12-25"],
};
