// How a person is suggested, what the trace says of it, and how the policy learns: in the widget and the console.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { axeFindings, openHouse } from "./house.mjs";
import { becomes, customer, frameOf, ringing, signedIn, writes } from "./people.mjs";

let house;
before(async () => {
  house = await openHouse();
});
after(() => house?.stop());

async function accessible(where, what) {
  assert.deepEqual(await axeFindings(where), [], `axe in ${what}`);
}

test("a customer who is not happy is asked, says yes, and the agent sees why and marks it", async () => {
  const ana = await signedIn(house, "Ana");
  await becomes(ana.page, "Available");
  const eva = await customer(house);

  // No is remembered: the question goes away and does not come back with the next message.
  await writes(eva.widget, "the answer was disappointing");
  const asked = eva.widget.getByText("Would you rather talk to a person?");
  await asked.waitFor();
  await accessible(frameOf(eva.page), "the widget that suggests a person");
  await eva.widget.getByRole("button", { name: "No, thanks" }).click();
  await asked.waitFor({ state: "detached" });

  // Another customer says yes.
  const omar = await customer(house);
  await writes(omar.widget, "the answer was disappointing");
  await omar.widget.getByRole("button", { name: "Yes, please" }).click();
  await omar.widget.getByRole("heading", { name: "A person will be with you" }).waitFor();
  await ringing(ana.page).waitFor();
  await ana.page.keyboard.press("a");
  await omar.widget.getByText(/You are talking to Ana/).waitFor();

  // The trace of the very message, with what would have changed it.
  await ana.page.getByRole("tab", { name: "Verdicts" }).click();
  const trace = ana.page.getByRole("tabpanel", { name: "Verdicts" });
  await trace.getByText("Suggest a person").first().waitFor();
  await trace.getByText(/Frustration at .* or more: Hand off/).first().waitFor();

  // One key marks it.
  await ana.page.getByRole("log").first().click();
  await ana.page.keyboard.press("l");
  await ana.page.getByRole("button", { name: /Should have come earlier/, pressed: true }).waitFor();
  await accessible(ana.page, "the console with a marked handoff");
});

test("a supervisor tries a message on the policy", async () => {
  const supervisor = await signedIn(house, house.signIns.find(({ role }) => role !== "agent").name);
  await supervisor.page.getByRole("link", { name: "Policy" }).click();
  await supervisor.page.getByRole("textbox", { name: "Message" }).fill("I want to talk to a person");
  await supervisor.page.getByRole("button", { name: "Assess" }).click();
  await supervisor.page.getByText("Asked for a person").first().waitFor();
  await accessible(supervisor.page, "the policy page");
});
