// A supervisor in front of the wall.

import { screen, waitFor, within } from "@testing-library/react";
import { describe, expect, it } from "vitest";
import { niceAbove, valuesOf } from "../floor/day-chart";
import { sitDown } from "../test/at-the-desk";
import { ana, mia, NOW, wall } from "../test/fixtures";

describe("the wall", () => {
  it("shows what today came to, by queue, and what is to be alerted", async () => {
    sitDown({ at: "/floor", me: mia });
    const today = await screen.findByRole("region", { name: "Today" });
    expect(within(today).getByText(String(wall.total.requested))).toBeTruthy();
    const alerts = await screen.findByRole("region", { name: "Alerts" });
    expect(within(alerts).getByText(/6 wait, more than 4/)).toBeTruthy();
  });

  it("says nothing of it to an agent", async () => {
    const { api } = sitDown({ at: "/floor", me: ana });
    await screen.findByRole("heading", { name: "Queues" });
    expect(screen.queryByRole("region", { name: "Today" })).toBeNull();
    expect(api.calls.some(({ route }) => route === "GET /v1/wall")).toBe(false);
  });

  it("has the same numbers in the picture and in its table", async () => {
    const { user } = sitDown({ at: "/floor", me: mia });
    await user.click(await screen.findByText("As a table"));
    const table = screen.getByText("From").closest("table") as HTMLTableElement;
    const cells = [...table.querySelectorAll("tbody tr")].map((row) => row.querySelector("td")?.textContent ?? "");
    const told = cells.map(Number).filter(Number.isFinite);
    expect(told.reduce((sum, one) => sum + one, 0)).toBe(wall.total.requested);
  });

  it("draws nothing for slots that have not begun", () => {
    const values = valuesOf({ wall, figures: wall.total, measure: "requested" });
    expect(values.filter(({ at }) => at > NOW).every(({ today }) => today === null)).toBe(true);
    expect(values).toHaveLength(48);
    expect([0, 1, 3, 5, 11, 41].map(niceAbove)).toEqual([2, 2, 4, 10, 20, 100]);
  });

  it("sets somebody away with a reason, and not without one", async () => {
    const { user, api } = sitDown({
      at: "/floor",
      me: mia,
      answers: { "PUT /v1/agents/{agent}/availability": () => ({}) as never },
    });
    await user.click((await screen.findAllByRole("button", { name: /^Actions for Ana/ }))[0] as HTMLElement);
    await user.click(screen.getByRole("menuitem", { name: /Set away/ }));
    await user.click(screen.getByRole("button", { name: "Set away" }));
    expect(screen.getByText("Say why; it goes on record.")).toBeTruthy();
    await user.type(screen.getByLabelText("Reason"), "left the room");
    await user.click(screen.getByRole("button", { name: "Set away" }));
    await waitFor(() => {
      const call = api.calls.find(({ route }) => route === "PUT /v1/agents/{agent}/availability");
      expect(call?.input).toMatchObject({ body: { availability: "away", reason: "left the room" } });
    });
  });

  it("closes a queue until a moment, with a reason", async () => {
    const { user, api } = sitDown({
      at: "/floor",
      me: mia,
      answers: { "PUT /v1/queues/{queue}/exception": { version: 13, changed: true } },
    });
    const queue = wall.queues[0]?.name ?? "";
    await user.click(await screen.findByRole("button", { name: `Actions for ${queue}` }));
    await user.click(screen.getByRole("menuitem", { name: /Close for a while/ }));
    await user.type(screen.getByLabelText("Reason"), "the line is down");
    await user.click(screen.getByRole("button", { name: "Close queue" }));
    await waitFor(() => {
      const call = api.calls.find(({ route }) => route === "PUT /v1/queues/{queue}/exception");
      expect(call?.input).toMatchObject({ body: { open: false, reason: "the line is down" } });
    });
  });
});
