import { screen, waitFor, within } from "@testing-library/react";
import { expect, test } from "vitest";
import { sitDown } from "../test/at-the-desk";
import { problem } from "../test/fake-desk";
import { ana, conversation, HELD, NOW, OFFERED, offer, takeable, WAITING } from "../test/fixtures";

const accepted = { ...conversation, id: OFFERED };
const stories = {
  [OFFERED]: {
    events: [],
    state: accepted,
    marks: { customer_delivered: 0, customer_read: 0, staff_delivered: 0, staff_read: 0 },
  },
};
const card = () => screen.findByRole("alertdialog", { name: "Billing is ringing" });

test("an offer rings with the brief, and A accepts it and opens the conversation", async () => {
  const { user, api, history, connection } = sitDown({
    stories,
    answers: { "POST /v1/offers/{offer}/accept": accepted },
  });
  connection.tell({ type: "offer", offer });
  const ringing = await card();
  within(ringing).getByText("Jonas Weber");
  within(ringing).getByText(offer.brief.issue.text);
  within(ringing).getByText("Rule: refunds-to-people");
  within(ringing).getByRole("timer", { name: "21 seconds left to answer" });
  expect(document.activeElement).toBe(ringing);
  expect(document.title).toContain("Jonas Weber");
  await user.keyboard("a");
  await waitFor(() => expect(history.at(-1)).toBe(`/c/${OFFERED}`));
  expect(api.calls).toContainEqual({ route: "POST /v1/offers/{offer}/accept", input: { path: { offer: offer.id } } });
  expect(screen.queryByRole("alertdialog")).toBeNull();
});

test("D and a number decline with a reason", async () => {
  const { user, api } = sitDown({ offers: [offer], answers: { "POST /v1/offers/{offer}/decline": undefined } });
  await card();
  await user.keyboard("d2");
  await waitFor(() => expect(screen.queryByRole("alertdialog")).toBeNull());
  expect(api.calls).toContainEqual({
    route: "POST /v1/offers/{offer}/decline",
    input: { path: { offer: offer.id }, body: { reason: "wrong_skill" } },
  });
});

test("who is writing keeps the focus: Enter sends the message and accepts nothing", async () => {
  const { user, api, connection } = sitDown({
    at: `/c/${HELD}`,
    answers: { "POST /v1/offers/{offer}/accept": accepted },
  });
  const composer = await screen.findByRole("textbox", { name: "Message to the customer" });
  await user.type(composer, "One moment, a");
  connection.tell({ type: "offer", offer });
  await card();
  expect(document.activeElement).toBe(composer);
  await user.keyboard("nd{Enter}");
  expect(connection.sent).toContainEqual(expect.objectContaining({ type: "send", text: "One moment, and", epoch: 3 }));
  expect(api.calls.map(({ route }) => route)).not.toContain("POST /v1/offers/{offer}/accept");
  await user.keyboard("{F8}a");
  await waitFor(() => expect(api.calls.map(({ route }) => route)).toContain("POST /v1/offers/{offer}/accept"));
});

test("the ringing stops when the customer leaves, and the desk says why", async () => {
  const { connection } = sitDown({ offers: [offer] });
  await card();
  connection.tell({ type: "offer_gone", offer: offer.id, reason: "customer_left" });
  await screen.findByText("The customer left before you could answer.");
  expect(screen.queryByRole("alertdialog")).toBeNull();
});

test("several offers wait their turn", async () => {
  const later = { ...offer, id: "later", since: NOW, queue_name: "Support" };
  const { user } = sitDown({ offers: [offer, later], answers: { "POST /v1/offers/{offer}/decline": undefined } });
  expect(await card()).toHaveProperty("textContent", expect.stringContaining("1 more offer is waiting"));
  await user.keyboard("d1");
  await screen.findByRole("alertdialog", { name: "Support is ringing" });
});

test("an offer that somebody else got first is explained in the server's words", async () => {
  const gone = () => {
    throw problem(409, "offer_gone", "The offer was taken back: the customer left.");
  };
  const { user } = sitDown({ me: ana, offers: [offer], answers: { "POST /v1/offers/{offer}/accept": gone } });
  await card();
  await user.click(screen.getByRole("button", { name: /^Accept/ }));
  expect((await screen.findByRole("alert")).textContent).toContain("the customer left");
});

test("what is shown to everybody rings, is taken with A, and can be left to others", async () => {
  const { user, api, connection, history } = sitDown({
    answers: { "GET /v1/takeable": [takeable], "POST /v1/handoffs/{handoff}/take": accepted },
  });
  const card = await screen.findByRole("alertdialog", { name: "Support: who takes it?" });
  await user.click(within(card).getByRole("button", { name: /Not for me/ }));
  expect(screen.queryByRole("alertdialog")).toBeNull();
  connection.tell({ type: "takeable_gone", handoff: takeable.handoff });
  connection.tell({ type: "takeable", takeable });
  await screen.findByRole("alertdialog", { name: "Support: who takes it?" });
  await user.keyboard("a");
  await waitFor(() => expect(history?.at(-1)).toBe(`/c/${accepted.id}`));
  expect(api.calls).toContainEqual({
    route: "POST /v1/handoffs/{handoff}/take",
    input: { path: { handoff: takeable.handoff } },
  });
});

test("a handoff in a queue that is pulled does not ring, and is taken where it is read", async () => {
  const { user, api } = sitDown({
    at: `/c/${WAITING}`,
    answers: {
      "GET /v1/takeable": [{ ...takeable, broadcast: false }],
      "POST /v1/handoffs/{handoff}/take": accepted,
    },
  });
  await user.click(await screen.findByRole("button", { name: /Take it/ }));
  expect(screen.queryByRole("alertdialog")).toBeNull();
  await waitFor(() => expect(api.calls.some(({ route }) => route === "POST /v1/handoffs/{handoff}/take")).toBe(true));
});
