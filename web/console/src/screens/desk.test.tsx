import { screen, waitFor, within } from "@testing-library/react";
import { expect, test } from "vitest";
import { sitDown } from "../test/at-the-desk";
import { problem } from "../test/fake-desk";
import { ana, floor, mia, NOW, noor, queue, summary, WAITING } from "../test/fixtures";

test("the lists show what is mine, who waits and since when, and what was closed", async () => {
  sitDown();
  const waits = await screen.findByRole("region", { name: "Queue" });
  await within(waits).findByText("Anonymous 0002");
  within(waits).getByText("4:00");
  within(waits).getByText("Place 1");
  within(waits).getByText("Asking Dai Nakamura");
  within(screen.getByRole("region", { name: "Mine" })).getByText("1 unread event");
  within(screen.getByRole("region", { name: "Recently closed" })).getByText("Marek Nowak");
});

test("a summary moves a conversation from the queue to mine", async () => {
  const { connection } = sitDown();
  const [waits] = queue;
  if (!waits) throw new Error("nobody waits");
  const inQueue = await screen.findByRole("region", { name: "Queue" });
  await within(inQueue).findByText("Anonymous 0002");
  connection.tell({
    type: "summary",
    conversation: { ...summary(WAITING), customer_name: null, seq: 40, agents: [ana.agent] },
  });
  await within(screen.getByRole("region", { name: "Mine" })).findByText("Anonymous 0002");
  expect(within(inQueue).queryByText("Anonymous 0002")).toBeNull();
});

test("away takes a reason, and the server's word counts", async () => {
  const { user, api } = sitDown({
    answers: { "PUT /v1/me/availability": { ...ana, availability: "away", reason: "Lunch" } },
  });
  await user.click(await screen.findByRole("button", { name: "Your availability: Available" }));
  await user.click(await screen.findByRole("menuitem", { name: "Away: Lunch" }));
  await waitFor(() =>
    expect(api.calls).toContainEqual({
      route: "PUT /v1/me/availability",
      input: { body: { availability: "away", reason: "Lunch" } },
    }),
  );
});

test("an agent whom the server set away for a missed offer is told so, and comes back with one click", async () => {
  const { user, api, connection } = sitDown({ answers: { "PUT /v1/me/availability": ana } });
  await screen.findByRole("button", { name: "Your availability: Available" });
  const agents = floor.agents.map((one) =>
    one.agent === "ana" ? { ...one, availability: "away" as const, reason: "missed" } : one,
  );
  connection.tell({ type: "floor", floor: { ...floor, at: NOW + 1, agents } });
  await screen.findByRole("button", { name: "Your availability: Away: missed an offer" });
  await user.click(screen.getByRole("button", { name: "Available again" }));
  await screen.findByRole("button", { name: "Your availability: Available" });
  expect(api.calls).toContainEqual({
    route: "PUT /v1/me/availability",
    input: { body: { availability: "available", reason: null } },
  });
});

test("the desk tells the truth about the connection", async () => {
  const { connection } = sitDown();
  const line = await screen.findByRole("status", { name: "Connection" });
  expect(line.textContent).toBe("Connected");
  connection.become({ at: "connecting" });
  await waitFor(() => expect(line.textContent).toBe("Connecting …"));
  connection.become({ at: "waiting", until: Date.now() + 5_000 });
  await within(line).findByRole("button", { name: "Try now" });
  expect(line.textContent).toContain("Not connected");
});

test("a list that cannot be had says why and can be tried again", async () => {
  const { user, api } = sitDown({
    answers: {
      "GET /v1/conversations": () => {
        throw problem(503, "unavailable", "The database does not answer.");
      },
    },
  });
  const mine = await screen.findByRole("region", { name: "Mine" });
  const failure = await within(mine).findByRole("alert");
  expect(failure.textContent).toContain("The database does not answer.");
  const before = api.calls.length;
  await user.click(within(failure).getByRole("button", { name: "Try again" }));
  await waitFor(() => expect(api.calls.length).toBeGreaterThan(before));
});

test("a supervisor sees queues over their service level and agents' slots, and not the settings", async () => {
  const { connection } = sitDown({ me: mia, at: "/floor" });
  const queues = await screen.findByRole("region", { name: "Queues" });
  within(queues).getByText("over the service level");
  within(screen.getByRole("region", { name: "Agents" })).getByText("Away: Lunch");
  expect(screen.queryByRole("link", { name: "Settings" })).toBeNull();
  const floor = { at: Date.now(), queues: [], agents: [] };
  connection.tell({ type: "floor", floor });
  await screen.findByText("No queue is set up");
});

test("a configuration that does not compile points at the line", async () => {
  const { user } = sitDown({
    me: noor,
    at: "/settings/configuration",
    answers: {
      "POST /v1/config/plan": () => {
        throw problem(422, "invalid_config", "line 3, column 1: unknown field `queus`.");
      },
    },
  });
  const document = await screen.findByRole("textbox", { name: "Configuration document" });
  await user.type(document, "x");
  await user.click(screen.getByRole("button", { name: "See what changes" }));
  await screen.findByText("Line 3, column 1: unknown field `queus`.");
  await user.click(screen.getByRole("button", { name: "Line 3, column 1" }));
  expect(window.document.activeElement).toBe(document);
});

test("what a configuration would change is seen before it is applied, with a reason", async () => {
  const { user, api } = sitDown({
    me: noor,
    at: "/settings/configuration",
    answers: { "PUT /v1/config": { version: 13, changed: true } },
  });
  const document = await screen.findByRole("textbox", { name: "Configuration document" });
  await user.type(document, "x");
  expect(screen.queryByRole("button", { name: "Apply" })).toBeNull();
  await user.click(screen.getByRole("button", { name: "See what changes" }));
  const plan = await screen.findByRole("region", { name: "What this would change" });
  within(plan).getByText("Mo-Fr 08:00-20:00");
  within(plan).getByText("Something changes for 1 of the 2 who wait.");
  within(plan).getByText("support, place 1, Ana Ortiz is asked at once");
  await user.type(within(plan).getByLabelText(/Why/), "Longer hours");
  await user.click(screen.getByRole("button", { name: "Apply" }));
  await screen.findByText("Version 13 is in force.");
  const put = api.calls.find(({ route }) => route === "PUT /v1/config");
  expect(put?.input).toMatchObject({ body: { note: "Longer hours", expected_version: 12 } });
});

test("another change to the text takes back what was looked at", async () => {
  const { user } = sitDown({ me: noor, at: "/settings/configuration" });
  const document = await screen.findByRole("textbox", { name: "Configuration document" });
  await user.type(document, "x");
  await user.click(screen.getByRole("button", { name: "See what changes" }));
  await screen.findByRole("region", { name: "What this would change" });
  await user.type(document, "y");
  expect(screen.queryByRole("region", { name: "What this would change" })).toBeNull();
  screen.getByRole("button", { name: "See what changes" });
});

test("an older version is compared and gone back to", async () => {
  const { user, api } = sitDown({
    me: noor,
    at: "/settings/configuration",
    answers: { "POST /v1/config/rollback": { version: 13, changed: true } },
  });
  await user.click(await screen.findByRole("button", { name: "What changed in version 11" }));
  const dialog = await screen.findByRole("dialog", { name: "What version 11 changed" });
  await within(dialog).findByText("Mo-Fr 08:00-20:00");
  await user.click(within(dialog).getByRole("button", { name: "Close" }));
  await user.click(screen.getByRole("button", { name: "Go back to version 11" }));
  const asked = await screen.findByRole("dialog", { name: "Go back to version 11?" });
  await user.click(within(asked).getByRole("button", { name: "Go back" }));
  await waitFor(() => expect(screen.queryByRole("dialog")).toBeNull());
  expect(api.calls).toContainEqual({
    route: "POST /v1/config/rollback",
    input: { body: { version: 11, note: null, expected_version: 12 } },
  });
});

test("a new bot key's secret is shown, once", async () => {
  const { user } = sitDown({
    me: noor,
    at: "/settings/keys",
    answers: { "POST /v1/bot-keys": { id: "k", bot: "guide", label: "CI", created_at: 0, secret: "bk_secret" } },
  });
  await user.type(await screen.findByLabelText("Bot"), "guide");
  await user.type(screen.getByLabelText("Label"), "CI");
  await user.click(screen.getByRole("button", { name: "Create key" }));
  await screen.findByText("bk_secret");
});

test("an agent who opens the settings by address is told that they are for admins", async () => {
  sitDown({ at: "/settings" });
  await screen.findByText("Only admins see the settings.");
});

test("? lists the shortcuts, and they can be turned off", async () => {
  const { user } = sitDown();
  await screen.findByRole("region", { name: "Mine" });
  await user.keyboard("?");
  const dialog = await screen.findByRole("dialog", { name: "Keyboard shortcuts" });
  await user.click(within(dialog).getByRole("checkbox"));
  await user.keyboard("{Escape}");
  await waitFor(() => expect(screen.queryByRole("dialog")).toBeNull());
  await user.keyboard("?");
  expect(screen.queryByRole("dialog")).toBeNull();
});

test("the same desk speaks Spanish", async () => {
  sitDown({ language: "es" });
  await screen.findByRole("region", { name: "Mías" });
  screen.getByRole("button", { name: "Tu disponibilidad: Disponible" });
});
