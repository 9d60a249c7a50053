import { screen, waitFor, within } from "@testing-library/react";
import { expect, test } from "vitest";
import { sitDown } from "../test/at-the-desk";
import { ana, HELD, mia, wrappingUp } from "../test/fixtures";

test("a supervisor tries a message and sees what would have changed the verdict", async () => {
  const { user, api } = sitDown({ at: "/policy", me: mia });
  const tester = await screen.findByRole("region", { name: "Try a message" });
  await user.type(within(tester).getByLabelText("Message"), "this is useless");
  await user.selectOptions(within(tester).getByLabelText("Channel"), "website");
  await user.click(within(tester).getByRole("button", { name: "Assess" }));
  await within(tester).findByText("Frustration at 0.75 or more: Hand off");
  within(tester).getByText("Sensitive matter: Fraud");
  within(tester).getByText("Shadow sooner: Hand off");
  const asked = api.calls.find(({ route }) => route === "POST /v1/assess");
  expect(asked?.input).toEqual({ body: { text: "this is useless", history: [], language: null, channel: "website" } });
});

test("a supervisor tries what the marks suggest in the shadow, and adopts it with a reason", async () => {
  const { user, api } = sitDown({ at: "/policy", me: mia });
  const advice = await screen.findByRole("region", { name: "What the marks suggest" });
  within(advice).getByText("7 of 11 late handoffs would have come earlier (35%–85%)");
  await user.click(within(advice).getByRole("button", { name: "Try in shadow" }));
  const turned = () => api.calls.filter(({ route }) => route === "PUT /v1/policy/thresholds/{key}");
  await waitFor(() => expect(turned()).toHaveLength(1));
  expect(turned()[0]?.input).toMatchObject({
    path: { key: "frustration_threshold" },
    body: { value: 0.6, shadow: "try-frustration-threshold", expected_version: 12 },
  });
  await user.click(within(advice).getByRole("button", { name: "Adopt" }));
  await user.type(within(advice).getByLabelText("Why"), "Two weeks in the shadow");
  await user.click(within(advice).getByRole("button", { name: "Adopt" }));
  await waitFor(() => expect(turned()).toHaveLength(2));
  expect(turned()[1]?.input).toMatchObject({ body: { value: 0.6, shadow: null, note: "Two weeks in the shadow" } });
});

test("a shadow says how often and where it would have judged otherwise", async () => {
  const { user } = sitDown({ at: "/policy", me: mia });
  await user.click(await screen.findByRole("button", { name: "26 turns judged otherwise" }));
  await screen.findByText("We have that line already. It is version 1.4 on nginx 1.26.");
  screen.getByText("You cannot read this conversation, or its text was erased.");
});

test("the policy is not an agent's page", async () => {
  sitDown({ at: "/policy", me: ana });
  await screen.findByRole("heading", { name: /admin/i });
  expect(screen.queryByRole("link", { name: "Policy" })).toBeNull();
});

test("one key says that a handoff should have come earlier, and takes it back", async () => {
  const { user, api } = sitDown({
    at: `/c/${HELD}`,
    answers: {
      "PUT /v1/handoffs/{handoff}/timing": ({ body }) => {
        const { timing } = body as { timing: "too_late" | null };
        const handoff = wrappingUp.wrap_ups[0]?.handoff ?? "";
        return { ...wrappingUp, timing_marks: timing ? [{ handoff, timing }] : [] };
      },
    },
  });
  const mark = await screen.findByRole("button", { name: /Should have come earlier/ });
  expect(mark.getAttribute("aria-pressed")).toBe("false");
  await user.keyboard("l");
  const marks = () => api.calls.filter(({ route }) => route === "PUT /v1/handoffs/{handoff}/timing");
  await waitFor(() => expect(marks()).toHaveLength(1));
  expect(marks()[0]?.input).toMatchObject({ body: { timing: "too_late" } });
});
