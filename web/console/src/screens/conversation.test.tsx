import { screen, waitFor, within } from "@testing-library/react";
import { expect, test } from "vitest";
import { sitDown } from "../test/at-the-desk";
import { problem } from "../test/fake-desk";
import {
  brief,
  CLOSED,
  conversation,
  elsewhere,
  events,
  HANDOFF,
  HELD,
  marks,
  mia,
  WAITING,
  WRAPPING,
  waiting,
  wrappingUp,
} from "../test/fixtures";

const log = () => screen.findByRole("log", { name: "Transcript" });
const route = `/c/${HELD}` as const;

test("the transcript says of every message whether a customer, a bot or an agent wrote it", async () => {
  sitDown({ at: route });
  const transcript = await log();
  const authors = within(transcript)
    .getAllByRole("article")
    .map((article) => article.getAttribute("aria-label")?.split(",").slice(0, 2).join(","));
  expect(new Set(authors)).toEqual(
    new Set(["Lucía Romero, Customer", "Baton’s guide, Bot", "Ana Ortiz, Agent", "Private note, Ana Ortiz"]),
  );
});

test("a citation in the brief leads to its message", async () => {
  const { user } = sitDown({ at: route });
  await log();
  if (!screen.queryByRole("complementary")) await user.click(screen.getByRole("button", { name: "Show details" }));
  const aside = screen.getByRole("complementary", { name: "About this conversation" });
  await within(aside).findByText(brief.issue.text);
  const [cite] = within(aside).getAllByRole("button", { name: "Message 5" });
  if (!cite) throw new Error("no citation");
  await user.click(cite);
  await waitFor(() => expect(document.activeElement?.id).toBe("message-5"));
});

test("a verdict shows its signals, rules and what would have changed it", async () => {
  const { user } = sitDown({ at: route });
  const transcript = await log();
  await user.click(within(transcript).getByRole("button", { name: "Hand off" }));
  const panel = await screen.findByRole("tabpanel", { name: "Verdicts" });
  expect(within(panel).getAllByText("talk to a person")[0]?.tagName).toBe("MARK");
  within(panel).getByText("enterprise-first → Hand off");
  within(panel).getByText("Nothing: an explicit request always wins.");
});

test("a private note goes to colleagues, and stays in the field when the server refuses it", async () => {
  let refuse = true;
  const { user, api } = sitDown({
    at: route,
    answers: {
      "POST /v1/conversations/{id}/notes": () => {
        if (refuse) throw problem(503, "unavailable", "The log cannot be written right now.");
        return { conversation: HELD, seq: 23 };
      },
    },
  });
  await log();
  await user.click(screen.getByRole("button", { name: "Private note" }));
  const field = screen.getByRole("textbox", { name: "Private note to colleagues" });
  await user.type(field, "Check 1.5{Enter}");
  await screen.findByText(/The log cannot be written right now/);
  expect(field).toHaveProperty("value", "Check 1.5");
  refuse = false;
  await user.type(field, "{Enter}");
  await waitFor(() => expect(field).toHaveProperty("value", ""));
  expect(api.calls.filter(({ route: called }) => called === "POST /v1/conversations/{id}/notes")).toHaveLength(2);
});

test("a refused message keeps its text and says who has the conversation", async () => {
  const { user, connection } = sitDown({ at: route });
  await log();
  await user.type(screen.getByRole("textbox"), "On it{Enter}");
  const sent = connection.sent.find((frame) => frame.type === "send");
  if (sent?.type !== "send") throw new Error("nothing was sent");
  connection.tell({ type: "events", conversation: HELD, events: [], state: { ...elsewhere, seq: 23 } });
  connection.tell({
    type: "refused",
    conversation: HELD,
    client_id: sent.client_id,
    problem: problem(409, "stale_epoch", "Another agent controls it.").problem,
  });
  await screen.findByText("Not sent: Ben Adler has this conversation. Your text is kept.");
  screen.getByText("On it");
});

test("a draft belongs to its conversation and survives leaving it", async () => {
  const first = sitDown({ at: route });
  await log();
  await first.user.type(screen.getByRole("textbox"), "Half a thought");
  first.unmount();
  sitDown({ at: route });
  await waitFor(() => expect(screen.getByRole("textbox")).toHaveProperty("value", "Half a thought"));
});

test("what cannot be done is not offered", async () => {
  sitDown({ at: route, stories: { [HELD]: { events, state: elsewhere, marks } } });
  await log();
  expect(screen.queryByRole("button", { name: "Transfer" })).toBeNull();
  expect(screen.queryByRole("button", { name: "Actions" })).toBeNull();
  screen.getByText("Ben Adler has this conversation. You can leave a private note.");
  screen.getByRole("textbox", { name: "Private note to colleagues" });
});

test("a closed conversation can only be read", async () => {
  sitDown({ at: `/c/${CLOSED}` });
  await log();
  screen.getByText("This conversation is closed.");
  expect(screen.queryByRole("textbox")).toBeNull();
});

test("a transfer shows who is there, and carries the epoch and the note", async () => {
  const { user, api } = sitDown({
    at: route,
    answers: { "POST /v1/conversations/{id}/transfer": { ...elsewhere, seq: 24 } },
  });
  await log();
  await user.keyboard("t");
  const dialog = await screen.findByRole("dialog", { name: "Transfer the conversation" });
  await user.click(within(dialog).getByRole("radio", { name: /Billing.*2 of 2 free/ }));
  await user.type(within(dialog).getByLabelText(/Note for whoever takes it/), "Invoice 2291");
  await user.click(within(dialog).getByRole("button", { name: "Transfer" }));
  await waitFor(() => expect(screen.queryByRole("dialog")).toBeNull());
  expect(api.calls).toContainEqual({
    route: "POST /v1/conversations/{id}/transfer",
    input: { path: { id: HELD }, body: { queue: "billing", note: "Invoice 2291", epoch: 3 } },
  });
});

test("handing back tells the bot the outcome, facts, promises and what is open", async () => {
  const { user, api } = sitDown({
    at: route,
    answers: { "POST /v1/conversations/{id}/handback": { ...wrappingUp, id: HELD, seq: 24 } },
  });
  await log();
  await user.keyboard("h");
  const dialog = await screen.findByRole("dialog", { name: "Hand back to the bot" });
  await user.click(within(dialog).getByRole("button", { name: "Hand back" }));
  within(dialog).getByText("Say in a line what came of it.");
  await user.type(within(dialog).getByLabelText("What came of it"), "Policy set");
  await user.type(
    within(dialog).getByRole("textbox", { name: /^Facts learned/ }),
    "Runs nginx 1.26{Enter}Has 40 seats{Enter}",
  );
  await user.type(within(dialog).getByRole("textbox", { name: /^Promises made/ }), "Answer by Friday");
  await user.click(within(dialog).getByRole("button", { name: "Hand back" }));
  await waitFor(() => expect(screen.queryByRole("dialog")).toBeNull());
  const call = api.calls.find(({ route: called }) => called === "POST /v1/conversations/{id}/handback");
  expect(call?.input).toEqual({
    path: { id: HELD },
    body: {
      epoch: 3,
      disposition: null,
      handback: {
        outcome: "Policy set",
        facts: ["Runs nginx 1.26", "Has 40 seats"],
        promises: ["Answer by Friday"],
        open_items: [],
        note: "",
      },
    },
  });
});

test("the wrap-up takes two keystrokes", async () => {
  const { user, api } = sitDown({
    at: `/c/${WRAPPING}`,
    answers: { "POST /v1/conversations/{id}/wrap-up": { ...wrappingUp, wrap_ups: [], can: ["post_note"], seq: 99 } },
  });
  await log();
  await user.keyboard("w2");
  await waitFor(() => expect(screen.queryByRole("region", { name: "Wrap-up" })).toBeNull());
  expect(api.calls).toContainEqual({
    route: "POST /v1/conversations/{id}/wrap-up",
    input: { path: { id: WRAPPING }, body: { disposition: "follow_up" } },
  });
});

test("a supervisor changes a waiting conversation's priority with a reason", async () => {
  const { user, api } = sitDown({
    me: mia,
    at: `/c/${WAITING}`,
    answers: { "POST /v1/conversations/{id}/priority": { ...waiting, seq: 99 } },
  });
  await log();
  await user.click(screen.getByRole("button", { name: "Actions" }));
  await user.click(await screen.findByRole("menuitem", { name: "Change priority" }));
  const dialog = await screen.findByRole("dialog", { name: "Change priority" });
  await user.click(within(dialog).getByRole("button", { name: "Change priority" }));
  within(dialog).getByText("Give a reason; it goes on record.");
  await user.type(within(dialog).getByLabelText("Reason"), "Launch day");
  await user.click(within(dialog).getByRole("button", { name: "Change priority" }));
  await waitFor(() => expect(screen.queryByRole("dialog")).toBeNull());
  expect(api.calls).toContainEqual({
    route: "POST /v1/conversations/{id}/priority",
    input: { path: { id: WAITING }, body: { priority: 2, reason: "Launch day" } },
  });
});

test("another customer's typing shows, and our own is told once", async () => {
  const { user, connection } = sitDown({ at: route });
  await log();
  connection.tell({
    type: "typing",
    conversation: HELD,
    author: { kind: "customer", name: "Lucía Romero", agent: null },
    typing: true,
  });
  await screen.findByText("Lucía Romero is typing");
  await user.type(screen.getByRole("textbox"), "Hel");
  expect(connection.sent.filter((frame) => frame.type === "typing")).toEqual([
    { type: "typing", conversation: HELD, typing: true },
  ]);
});

test("what is on the screen counts as read", async () => {
  const { connection } = sitDown({ at: route });
  await log();
  await waitFor(() => expect(connection.sent).toContainEqual({ type: "mark", conversation: HELD, read: 22 }));
});

test("a conversation that is not there says so", async () => {
  sitDown({ at: `/c/${HANDOFF}` });
  await screen.findByRole("heading", { name: "This conversation is not there, or it is not yours to see." });
  expect(conversation.id).not.toBe(HANDOFF);
});
