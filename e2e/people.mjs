// What customers and agents do, by the names of the things they see.

import { openWindow } from "./house.mjs";

/** A customer with the widget open. */
export async function customer(house, options = {}) {
  const window = await openWindow(house, options);
  await window.page.goto(`${house.url}/`);
  return { ...window, widget: await openWidget(window.page) };
}

export async function openWidget(page) {
  await page.locator("#baton-widget button").click();
  const widget = page.frameLocator("#baton-widget iframe");
  await widget.getByRole("textbox", { name: /Write a message|Escribe un mensaje/ }).waitFor();
  return widget;
}

/** The widget's own frame, for axe and for what only a frame can be asked. */
export function frameOf(page) {
  return page.frames().find((frame) => frame.url().includes("/widget/frame"));
}

export async function writes(widget, text) {
  await widget.getByRole("textbox", { name: /Write a message|Escribe un mensaje/ }).fill(text);
  await widget.getByRole("button", { name: /^(Send|Enviar)$/ }).click();
}

/** Somebody of the staff, signed in with one click. */
export async function signedIn(house, name, options = {}) {
  const window = await openWindow(house, options);
  await window.page.goto(`${house.url}/console/`);
  await window.page.getByRole("button", { name: new RegExp(`Sign in as ${name}`) }).click();
  await window.page.getByRole("button", { name: /Your availability/ }).first().waitFor();
  return window;
}

export async function becomes(page, availability) {
  await page.getByRole("button", { name: /Your availability/ }).first().click();
  await page.getByRole("menuitem", { name: new RegExp(`^${availability}`) }).click();
  await page.getByRole("button", { name: new RegExp(`Your availability.*${availability}`) }).first().waitFor();
}

/** The offer that rings, as a dialog. */
export function ringing(page) {
  return page.getByRole("alertdialog").or(page.getByRole("dialog", { name: /ringing/i })).first();
}
