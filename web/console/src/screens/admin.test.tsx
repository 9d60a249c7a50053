// An admin builds the house by forms.

import { ApiProblem } from "@baton/client/http";
import { screen, waitFor, within } from "@testing-library/react";
import { describe, expect, it } from "vitest";
import { stepsOf } from "../settings/things/start";
import { sitDown } from "../test/at-the-desk";
import { configValues, noor } from "../test/fixtures";

const open = async (page: string, answers = {}) => {
  const desk = sitDown({ at: `/settings/${page}`, me: noor, answers });
  await screen.findByRole("heading", { name: "Settings" });
  return desk;
};

describe("an admin", () => {
  it("edits a queue, and only what was changed goes out, made from the version that was read", async () => {
    const { user, api } = await open("queues", { "PATCH /v1/config": { version: 13, changed: true } });
    await user.click(await screen.findByRole("button", { name: "Edit: support" }));
    const ring = screen.getByLabelText("An offer rings for (seconds)");
    await user.clear(ring);
    await user.type(ring, "40");
    await user.type(screen.getByLabelText("Why"), "more time to read");
    await user.click(screen.getByRole("button", { name: "Save" }));
    await waitFor(() => {
      const call = api.calls.find(({ route }) => route === "PATCH /v1/config");
      expect(call?.input).toEqual({
        body: {
          expected_version: 12,
          note: "more time to read",
          edits: [{ path: ["queues", "support", "ring_s"], value: 40 }],
        },
      });
    });
    expect(await screen.findByText("Version 13 runs.")).toBeTruthy();
  });

  it("is told at the field what is wrong with it", async () => {
    const { user } = await open("queues", {
      "PATCH /v1/config": () => {
        throw new ApiProblem({
          type: "/manual/errors#invalid_configuration",
          title: "x",
          status: 422,
          code: "invalid_configuration",
          detail: "x",
          faults: [{ path: "queues.support.hours", line: 3, column: 1, what: "write them like Mo-Fr 09:00-17:00" }],
        });
      },
    });
    await user.click(await screen.findByRole("button", { name: "Edit: support" }));
    const hours = screen.getByLabelText("Opening hours");
    await user.clear(hours);
    await user.type(hours, "9 to 5");
    await user.click(screen.getByRole("button", { name: "Save" }));
    await waitFor(() => expect(hours.getAttribute("aria-invalid")).toBe("true"));
    expect(screen.getByText("write them like Mo-Fr 09:00-17:00")).toBeTruthy();
  });

  it("sees the week and the next holidays before saving", async () => {
    const { user } = await open("queues");
    await user.click(await screen.findByRole("button", { name: "Edit: support" }));
    const weeks = await screen.findByRole("region", { name: "The next two weeks" });
    expect(within(weeks).getAllByRole("listitem")).toHaveLength(14);
    expect(within(weeks).getByText("Next holidays: 2026-11-25, 2026-12-25")).toBeTruthy();
  });

  it("invites somebody and has the link once", async () => {
    const { user } = await open("people", {
      "POST /v1/agents/{agent}/invitations": {
        id: "1",
        agent: "ana",
        created_at: 1,
        expires_at: 2,
        link: "https://baton.example/console/#invitation=iv_1",
      },
    });
    await user.click(await screen.findByRole("button", { name: "Invite: Ana Ortiz" }));
    expect(await screen.findByText("https://baton.example/console/#invitation=iv_1")).toBeTruthy();
  });

  it("has first steps that look at what there is", () => {
    const house = { ...configValues, conversations: 0 } as unknown as Parameters<typeof stepsOf>[0];
    expect(
      stepsOf(house)
        .filter(({ done }) => !done)
        .map(({ step }) => step),
    ).toEqual(["widget"]);
    const local = { ...house, channels: { website: { origins: ["http://localhost:3000"] } } };
    expect(stepsOf(local).find(({ step }) => step === "origin")?.done).toBe(false);
    expect(stepsOf({ ...house, conversations: 1 }).every(({ done }) => done)).toBe(true);
  });
});
