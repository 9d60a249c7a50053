// Bad networks, a server that dies, reloads, hostile text, and Spanish.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { axeFindings, openHouse } from "./house.mjs";
import { becomes, customer, frameOf, openWidget, ringing, signedIn, writes } from "./people.mjs";

let house;
before(async () => {
  house = await openHouse();
});
after(() => house?.stop());

test("what was written without a connection arrives once, and a reload loses nothing", async () => {
  const eva = await customer(house);
  await writes(eva.widget, "hello");
  // The bot greets back: the message is on the server.
  await eva.widget.getByText("What can I help you with?", { exact: false }).first().waitFor();
  await house.kill();
  await eva.widget.getByText(/Connection lost/).first().waitFor();
  await writes(eva.widget, "written while the server was dead");
  await eva.widget.getByText("Will be sent when you are back online").first().waitFor();
  await house.startAgain();
  await eva.widget.getByText(/Connection lost/).first().waitFor({ state: "hidden" });
  await eva.widget.getByText("Will be sent when you are back online").first().waitFor({ state: "hidden" });
  await eva.page.reload();
  const widget = await openWidget(eva.page);
  await widget.getByText("written while the server was dead").first().waitFor();
  assert.equal(await widget.getByText("written while the server was dead").count(), 1);
  assert.deepEqual(eva.faults, []);
  await eva.close();
});

test("an agent's console comes back by itself with the conversation it had", async () => {
  const ana = await signedIn(house, "Ana");
  await becomes(ana.page, "Available");
  const eva = await customer(house);
  await writes(eva.widget, "I need a human");
  await ringing(ana.page).waitFor();
  await ana.page.keyboard.press("a");
  const reply = ana.page.getByRole("textbox", { name: "Message to the customer" });
  await reply.fill("Before it died");
  await reply.press("Enter");
  await eva.widget.getByText("Before it died").waitFor();
  await house.kill();
  await ana.page.getByText(/Not connected|Connecting/).first().waitFor();
  await reply.fill("Written while it was dead");
  await reply.press("Enter");
  await house.startAgain();
  await eva.widget.getByText("Written while it was dead").waitFor();
  assert.equal(await eva.widget.getByText("Written while it was dead").count(), 1);
  assert.deepEqual(ana.faults, []);
  await Promise.all([ana.close(), eva.close()]);
});

test("a customer's hostile text stays text in the console", async () => {
  const ana = await signedIn(house, "Ana");
  await becomes(ana.page, "Available");
  const eva = await customer(house);
  const hostile = [
    "<img src=x onerror=alert(1)>",
    "<script>alert(2)</script>",
    "[click](javascript:alert(3))",
    "![x](http://tracker.example/x.png)",
    "<svg onload=alert(4)>",
  ];
  for (const text of hostile) await writes(eva.widget, text);
  await writes(eva.widget, "I want a real person");
  await ringing(ana.page).waitFor();
  await ana.page.keyboard.press("a");
  for (const text of hostile) {
    await ana.page.getByRole("article").getByText(text, { exact: true }).first().waitFor();
    await eva.widget.getByText(text, { exact: true }).first().waitFor();
  }
  assert.deepEqual(ana.faults, []);
  assert.deepEqual(eva.faults, []);
  await Promise.all([ana.close(), eva.close()]);
});

test("a Spanish customer is spoken to in Spanish all the way", async () => {
  const ana = await signedIn(house, "Ana");
  await becomes(ana.page, "Available");
  const eva = await customer(house, { locale: "es-ES", viewport: { width: 320, height: 640 } });
  await writes(eva.widget, "Hola, quiero hablar con una persona por favor");
  await eva.widget.getByText(/Una persona te atenderá/).first().waitFor();
  assert.deepEqual(await axeFindings(frameOf(eva.page)), []);
  await ringing(ana.page).waitFor();
  await ana.page.keyboard.press("a");
  await eva.widget.getByText(/Hablas con Ana, una persona/).waitFor();
  assert.deepEqual(eva.faults, []);
  await Promise.all([ana.close(), eva.close()]);
});

test("the whole conversation can be had with the keyboard alone", async () => {
  const eva = await customer(house);
  const box = eva.widget.getByRole("textbox", { name: "Write a message" });
  await box.focus();
  await eva.page.keyboard.type("agent please");
  await eva.page.keyboard.press("Enter");
  await eva.widget.getByRole("button", { name: "Stay with the bot" }).waitFor();
  for (let step = 0; step < 12; step += 1) {
    const focused = await frameOf(eva.page).evaluate(() => document.activeElement?.textContent ?? "");
    if (/Stay with the bot/.test(focused)) break;
    await eva.page.keyboard.press("Shift+Tab");
  }
  await eva.page.keyboard.press("Enter");
  await eva.widget.getByText("The bot answers again.").first().waitFor();
  await eva.page.keyboard.press("Escape");
  await eva.page.locator("#baton-widget button:focus").waitFor();
  assert.deepEqual(eva.faults, []);
  await eva.close();
});
