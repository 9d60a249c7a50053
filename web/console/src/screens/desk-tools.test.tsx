import { fireEvent, screen, waitFor, within } from "@testing-library/react";
import { expect, test } from "vitest";
import { sitDown } from "../test/at-the-desk";
import { CLOSED, HELD, reminders } from "../test/fixtures";

const route = `/c/${HELD}` as const;
const field = () => screen.findByRole<HTMLTextAreaElement>("textbox", { name: "Message to the customer" });

test("a slash lists the quick replies that fit here, and Enter puts one into the field with the names", async () => {
  const { user, connection } = sitDown({ at: route });
  const area = await field();
  await user.type(area, "/");
  const list = await screen.findByRole("listbox", { name: "Quick replies" });
  const names = within(list)
    .getAllByRole("option")
    .map((option) => option.textContent?.split(" ")[0]);
  expect(names).toEqual(["/helloHello", "/thanksThank"]);
  expect(area.getAttribute("aria-activedescendant")).toBe(within(list).getAllByRole("option")[0]?.id);
  await user.keyboard("{Enter}");
  expect(area.value).toBe("Hello Lucía, Ana Ortiz here.");
  expect(connection.sent.filter(({ type }) => type === "send")).toEqual([]);
});

test("Escape closes the list and keeps the text", async () => {
  const { user } = sitDown({ at: route });
  const area = await field();
  await user.type(area, "/th");
  await screen.findByRole("listbox", { name: "Quick replies" });
  await user.keyboard("{Escape}");
  expect(screen.queryByRole("listbox", { name: "Quick replies" })).toBeNull();
  expect(area.value).toBe("/th");
});

test("a colleague who is named in a note is told to the server", async () => {
  const { user, api } = sitDown({
    at: route,
    answers: { "POST /v1/conversations/{id}/notes": { conversation: HELD, seq: 40 } },
  });
  await field();
  await user.click(screen.getByRole("button", { name: "Private note" }));
  const area = screen.getByRole<HTMLTextAreaElement>("textbox", { name: "Private note to colleagues" });
  await user.type(area, "Ask @be");
  await screen.findByRole("listbox", { name: "Ask a colleague" });
  await user.keyboard("{Tab}");
  expect(area.value).toBe("Ask @ben ");
  await user.keyboard("{Enter}");
  await waitFor(() => {
    const sent = api.calls.find((call) => call.route === "POST /v1/conversations/{id}/notes");
    expect(sent?.input).toMatchObject({ body: { text: "Ask @ben ", mentions: ["ben"] } });
  });
});

test("a suggested answer comes into the field with its source beside it, and is not sent", async () => {
  const { user, connection } = sitDown({ at: route });
  const area = await field();
  await user.click(screen.getByRole("button", { name: "Suggested answers" }));
  const region = await screen.findByRole("region", { name: "Suggested answers" });
  const source = await within(region).findByRole("link", { name: /The widget/ });
  expect(source.getAttribute("href")).toBe("/manual/widget#why-does-the-widget-stay-blank");
  await user.click(within(region).getByRole("button", { name: "Put into the field" }));
  expect(area.value).toContain("frame-src");
  expect(connection.sent.filter(({ type }) => type === "send")).toEqual([]);
});

test("a message can be taken back while it waits, and leaving sends it", async () => {
  localStorage.setItem("baton.console.undo", "10");
  const { user, connection, unmount } = sitDown({ at: route });
  const area = await field();
  await user.type(area, "Wrong{Enter}");
  expect(area.value).toBe("");
  await user.click(await screen.findByRole("button", { name: "Take back" }));
  expect(area.value).toBe("Wrong");
  await user.clear(area);
  await user.type(area, "Right{Enter}");
  expect(connection.sent.filter(({ type }) => type === "send")).toEqual([]);
  unmount();
  expect(connection.sent).toContainEqual(expect.objectContaining({ type: "send", text: "Right" }));
});

test("a file that is too large is said so at once, and can be removed", async () => {
  const { user } = sitDown({ at: route });
  await field();
  const large = new File(["x"], "film.mp4");
  Object.defineProperty(large, "size", { value: 11 * 1024 * 1024 });
  const section = screen.getByRole("region", { name: "Message to the customer" });
  fireEvent.drop(section, { dataTransfer: { files: [large] } });
  const files = await within(section).findByRole("list", { name: "Files" });
  expect(within(files).getByRole("alert").textContent).toBe("Larger than 10 MiB");
  await user.click(within(files).getByRole("button", { name: "Remove film.mp4" }));
  expect(screen.queryByRole("list", { name: "Files" })).toBeNull();
});

test("what is due stands over the lists until it is done, and a colleague's question arrives live", async () => {
  const { user, connection, api } = sitDown();
  const section = await screen.findByRole("region", { name: "Reminders" });
  await within(section).findByText(/Ben Adler asks you/);
  const [first] = reminders;
  if (!first) throw new Error("no reminder");
  connection.tell({
    type: "reminder",
    reminder: { ...first, id: "00000000-0000-7000-8000-000000000402", made_by_name: "Dai Nakamura" },
  });
  await within(section).findByText(/Dai Nakamura asks you/);
  await user.click(within(section).getAllByRole("button", { name: "Done" })[0] as HTMLElement);
  await waitFor(() => expect(within(section).getAllByRole("button", { name: "Done" })).toHaveLength(1));
  expect(api.calls.some((call) => call.route === "DELETE /v1/me/reminders/{reminder}")).toBe(true);
});

test("who else is looking is said, without oneself", async () => {
  const { connection } = sitDown({ at: route });
  await field();
  connection.tell({ type: "viewers", conversation: HELD, agents: ["ana", "ben"] });
  await screen.findByText("Also here: Ben Adler");
  connection.tell({ type: "viewers", conversation: HELD, agents: ["ana"] });
  await waitFor(() => expect(screen.queryByText(/Also here/)).toBeNull());
});

test("what was written anywhere is found from the palette, marked, and opened with Enter", async () => {
  const { user, history, api } = sitDown();
  await screen.findAllByText("Lucía Romero");
  await user.keyboard("{Control>}k{/Control}");
  await user.type(await screen.findByRole("combobox", { name: "Find and do" }), "nginx is:closed");
  const group = await screen.findByRole("group", { name: "Written in conversations" });
  expect(within(group).getByText("nginx").tagName).toBe("MARK");
  const asked = api.calls.findLast((call) => call.route === "GET /v1/search");
  expect(asked?.input).toMatchObject({ query: { q: "nginx", closed: true } });
  await user.keyboard("{Enter}");
  await waitFor(() => expect(history?.at(-1)).toContain(`/c/${CLOSED}`));
});
