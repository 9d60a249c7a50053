// The main job, lived in two browser windows: a customer in the widget, an agent in the console.

import assert from "node:assert/strict";
import { mkdir } from "node:fs/promises";
import { after, before, test } from "node:test";
import { axeFindings, openHouse } from "./house.mjs";
import { becomes, customer, frameOf, ringing, signedIn, writes } from "./people.mjs";

// `PICTURES=docs/pictures node --test e2e/journey.test.mjs` makes the README's pictures.
const pictures = process.env.PICTURES;

let house;
before(async () => {
  house = await openHouse();
  if (pictures) await mkdir(pictures, { recursive: true });
});
after(() => house?.stop());

async function picture(page, name) {
  if (pictures) await page.screenshot({ path: `${pictures}/${name}.png` });
}

async function accessible(where, what) {
  assert.deepEqual(await axeFindings(where), [], `axe in ${what}`);
}

test("a customer is handed from the bot to a person and back, twice", async () => {
  const ana = await signedIn(house, "Ana");
  await accessible(ana.page, "the console with nothing in it");
  await becomes(ana.page, "Available");
  const eva = await customer(house);

  // The bot answers from the manual.
  await writes(eva.widget, "How is a handoff triggered?");
  await eva.widget.getByText("Explicit request").first().waitFor();
  await eva.widget.getByRole("link", { name: /Triggers/ }).waitFor();
  await accessible(frameOf(eva.page), "the widget with the bot");
  
  // The handoff: the customer is told at once, the agent rings with the brief.
  await writes(eva.widget, "My webhook gets 409 for order 4711. Can I talk to a person?");
  await eva.widget.getByRole("heading", { name: "A person will be with you" }).waitFor();
  await eva.widget.getByText("You are next.").first().waitFor();
  await accessible(frameOf(eva.page), "the widget while waiting");
  await picture(eva.page, "widget-waiting");
  const offer = ringing(ana.page);
  await offer.getByText(/My webhook gets 409/).first().waitFor();
  await accessible(ana.page, "the console while it rings");
  await picture(ana.page, "console-offer");
  assert.match(await ana.page.title(), /waiting|Baton/);

  // Accepted by key; the bridge names the agent.
  await ana.page.keyboard.press("a");
  await eva.widget.getByText("You are talking to Ana, a person, who has read this conversation.").waitFor();
  const reply = ana.page.getByRole("textbox", { name: "Message to the customer" });
  await reply.waitFor();
  await ana.page.getByRole("article").filter({ hasText: "My webhook gets 409" }).waitFor();

  // Both ways, with typing and marks.
  await reply.pressSequentially("Hello, I see your webhook answers late.");
  await eva.widget.getByText(/Ana is writing/).first().waitFor();
  await reply.press("Enter");
  await eva.widget.getByText("I see your webhook answers late.").waitFor();
  await accessible(frameOf(eva.page), "the widget with a person");
  await writes(eva.widget, "Yes, it takes a minute.");
  await ana.page.getByRole("article").filter({ hasText: "Yes, it takes a minute." }).waitFor();
  await eva.widget.getByText(/· Read$/).first().waitFor();
  await picture(eva.page, "handoff");

  // A note that only colleagues see.
  await ana.page.getByRole("button", { name: "Private note" }).click();
  const note = ana.page.getByRole("textbox", { name: "Private note to colleagues" });
  await note.fill("Ask the bot's builder about time limits.");
  await note.press("Enter");
  await ana.page.getByText("Ask the bot's builder about time limits.").first().waitFor();
  await accessible(ana.page, "the console with a conversation");
  await picture(ana.page, "console-conversation");

  // The trace of every verdict.
  await ana.page.getByRole("tab", { name: "Verdicts" }).click();
  await ana.page.getByRole("tabpanel", { name: "Verdicts" }).getByText(/Hand off/).first().waitFor();
  await accessible(ana.page, "the verdicts");
  await ana.page.getByRole("tab", { name: "Routing" }).click();
  await ana.page.getByText(/Chose Ana/).first().waitFor();
  await ana.page.getByRole("tab", { name: "Brief" }).click();

  // Back to the bot with what was found out.
  await ana.page.getByRole("button", { name: "Hand back" }).click();
  const dialog = ana.page.getByRole("dialog", { name: "Hand back to the bot" });
  await dialog.getByRole("textbox", { name: "What came of it" }).fill("The time limit is raised");
  await accessible(ana.page, "the handback dialog");
  await dialog.getByRole("button", { name: "Hand back", exact: true }).click();
  await eva.widget.getByText("The bot answers again.").first().waitFor();
  assert.equal(await eva.widget.getByText("Ask the bot's builder").count(), 0, "a private note reached the customer");

  // The survey, in the thread.
  await accessible(frameOf(eva.page), "the widget with the survey");
  await eva.widget.getByRole("radio", { name: /5/ }).check({ force: true });
  await eva.widget.getByRole("textbox", { name: /What should we know/ }).fill("Quick help");
  await eva.widget.getByRole("button", { name: "Send rating" }).click();
  await eva.widget.getByText("Thank you for your rating.").first().waitFor();
  await ana.page.getByText("The customer gave 5 of 5").waitFor();

  // Wrap-up ends, and a second handoff works like the first.
  await ana.page.getByRole("button", { name: /Answered/ }).first().click();
  await writes(eva.widget, "What is an epoch?");
  await eva.widget.getByText(/counts the changes of who may answer/).first().waitFor();
  await writes(eva.widget, "agent please");
  await ringing(ana.page).waitFor();
  await ana.page.keyboard.press("a");
  await eva.widget.getByText("You are talking to Ana").nth(1).waitFor();

  assert.deepEqual(eva.faults, []);
  assert.deepEqual(ana.faults, []);
  await Promise.all([eva.close(), ana.close()]);
});

test("a declined offer rings at the next agent, and a transfer carries the note", async () => {
  const ana = await signedIn(house, "Ana");
  const jonas = await signedIn(house, "Jonas");
  await becomes(jonas.page, "Available");
  const eva = await customer(house);
  await writes(eva.widget, "I want to speak to a human");
  const rings = async (window) => {
    await ringing(window.page).waitFor();
    return window;
  };
  const first = await Promise.race([rings(ana), rings(jonas)]);
  const second = first === ana ? jonas : ana;
  await first.page.keyboard.press("d");
  await first.page.keyboard.press("1");
  await ringing(second.page).waitFor();
  await ringing(second.page).getByRole("button", { name: /Accept/ }).click();
  await eva.widget.getByText(/You are talking to/).waitFor();

  await second.page.getByRole("button", { name: "Transfer" }).click();
  const dialog = second.page.getByRole("dialog", { name: /Transfer/ });
  await dialog.getByText(first === ana ? "Ana" : "Jonas", { exact: true }).first().click();
  await dialog.getByRole("textbox", { name: /Note for whoever takes it/ }).fill("Knows the invoice already");
  await dialog.getByRole("button", { name: "Transfer", exact: true }).click();
  await ringing(first.page).getByText("Knows the invoice already").waitFor();
  await first.page.keyboard.press("a");
  await eva.widget.getByText(/You are talking to/).nth(1).waitFor();
  for (const window of [ana, jonas, eva]) {
    assert.deepEqual(window.faults, []);
    await window.close();
  }
});

test("nobody available is said truthfully, and a message can be left", async () => {
  // The agents of the other journeys are gone; what they held returns meanwhile.
  const ana = await signedIn(house, "Ana");
  await becomes(ana.page, "Offline");
  const jonas = await signedIn(house, "Jonas");
  await becomes(jonas.page, "Offline");
  const eva = await customer(house, { viewport: { width: 390, height: 780 }, colorScheme: "dark" });
  await writes(eva.widget, "can I talk to somebody?");
  await eva.widget.getByRole("heading", { name: "Nobody is available right now" }).waitFor();
  await accessible(frameOf(eva.page), "the widget with nobody there, dark, on a phone");
  await eva.widget.getByRole("button", { name: "Leave a message" }).click();
  await eva.widget.getByRole("textbox", { name: "E-mail address" }).fill("not an address");
  await eva.widget.getByRole("textbox", { name: "Your message" }).fill("Please call me back.");
  await eva.widget.getByRole("button", { name: "Send message" }).click();
  await eva.widget.getByText("Please give an address like name@example.org.").waitFor();
  await eva.widget.getByRole("textbox", { name: "E-mail address" }).fill("eva@example.org");
  await eva.widget.getByRole("button", { name: "Send message" }).click();
  await eva.widget.getByRole("heading", { name: "We have your message" }).waitFor();
  await accessible(frameOf(eva.page), "the widget after a message was left");
  for (const window of [ana, jonas, eva]) {
    assert.deepEqual(window.faults, []);
    await window.close();
  }
});

test("a supervisor sees the floor, and an admin the configuration", async () => {
  const ana = await signedIn(house, "Ana");
  await becomes(ana.page, "Available");
  const mira = await signedIn(house, "Mira");
  await mira.page.getByRole("link", { name: "Floor" }).click();
  await mira.page.getByRole("heading", { name: "Queues" }).waitFor();
  await mira.page.getByText("Jonas").first().waitFor();
  await accessible(mira.page, "the floor");
  await mira.page.getByRole("row", { name: /Ana/ }).getByText("Available").waitFor();
  await picture(mira.page, "console-floor");
  const sam = await signedIn(house, "Sam", { colorScheme: "dark" });
  await sam.page.getByRole("link", { name: "Settings" }).click();
  await sam.page.getByRole("link", { name: "Configuration", exact: true }).click();
  const document = sam.page.getByRole("textbox", { name: "Configuration document" });
  await document.waitFor();
  await accessible(sam.page, "the settings, dark");
  const text = await document.inputValue();
  await document.fill(text.replace("default_queue: general", "default_queue: nowhere"));
  await sam.page.getByRole("button", { name: "See what changes" }).click();
  await sam.page.getByText(/there is no queue `nowhere`/).waitFor();
  for (const window of [ana, mira, sam]) {
    assert.deepEqual(window.faults, []);
    await window.close();
  }
});
