// Embeds the built widget in a page of another origin, in a real browser, under the policies that both sides may set:
// launcher, keyboard, focus, the private port, and no token or text in sight of the page. Run after `npm run build`.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import { chromium } from "playwright-core";

const dist = new URL("../../dist/widget/", import.meta.url);
const TYPES = { js: "text/javascript", css: "text/css", html: "text/html; charset=utf-8" };
const FRAME_POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self'; base-uri 'none'; form-action 'none'; require-trusted-types-for 'script'; trusted-types baton-html";

const folder = process.argv[2];

/** What the server was asked for in sessions. */
const sessions = [];

const support = await listen(async (request, response) => {
  if (request.url === "/v1/customer-sessions") {
    sessions.push(JSON.parse(await bodyOf(request)));
    response.setHeader("content-type", "application/json");
    return response.end(
      JSON.stringify({
        customer: "0f0f0f0f-0000-4000-8000-000000000001",
        identified: false,
        access_token: "access-secret",
        expires_at: Date.now() + 3_600_000,
        refresh_token: "refresh-secret",
        channel: {
          channel: "website",
          title: "Support",
          greeting: "Hello there.",
          bot_name: "Baton",
          colour: "#0b6e4f",
          suggestions: [],
        },
      }),
    );
  }
  const { pathname } = new URL(request.url, "http://support");
  const file = pathname === "/widget/frame" ? "frame.html" : pathname.replace("/widget/", "");
  const found = await readFile(new URL(file, dist)).catch(() => null);
  if (!found) return response.writeHead(404).end();
  if (file === "frame.html") response.setHeader("content-security-policy", FRAME_POLICY);
  response.setHeader("content-type", TYPES[file.split(".").at(-1)]).end(found);
});

const site = await listen((_, response) => {
  response.setHeader(
    "content-security-policy",
    `default-src 'none'; script-src 'self' ${support.origin}; frame-src ${support.origin}; require-trusted-types-for 'script'`,
  );
  response.setHeader("content-type", TYPES.html).end(`<!doctype html><html lang="en"><title>A site</title>
<main><h1>A site</h1><p>Some text.</p></main>
<script src="${support.origin}/widget/baton.js" data-channel="website" data-colour="#0b6e4f" async></script></html>`);
});

const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
  args: [
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
  ],
});
try {
  for (const viewport of [
    { width: 1000, height: 800 },
    { width: 360, height: 640 },
  ]) {
    sessions.length = 0;
    const context = await browser.newContext({ viewport });
    const page = await context.newPage();
    const complaints = [];
    page.on("console", (message) => message.type() === "error" && complaints.push(message.text()));
    page.on("pageerror", (error) => complaints.push(String(error)));
    // Everything that the page can overhear.
    await page.addInitScript(() => {
      globalThis.heard = [];
      addEventListener("message", ({ data }) => globalThis.heard.push(JSON.stringify(data)));
    });
    await page.goto(site.origin);

    const launcher = page.getByRole("button", { name: "Open chat" });
    await launcher.waitFor();
    assert.equal(sessions.length, 0, "nothing is asked of the server before the chat is opened");
    assert.equal(page.frames().length, 1, "no frame before the chat is opened");

    await launcher.focus();
    await page.keyboard.press("Enter");
    const frame = page.frameLocator("iframe");
    const message = frame.getByRole("textbox", { name: "Write a message" });
    await frame.getByText("Hello there.").waitFor();
    await message.waitFor();
    await until(() => message.evaluate((box) => box === document.activeElement), "the focus goes into the chat");
    const inner = page.frames()[1];
    assert.equal(new URL(inner.url()).origin, support.origin);
    const brand = await inner.evaluate(() => document.documentElement.style.getPropertyValue("--brand"));
    assert.equal(brand, "#0b6e4f", "the brand's colour arrives under a policy without inline styles");

    await message.fill("a draft");
    await page.keyboard.press("Escape");
    await page.getByRole("button", { name: "Open chat" }).waitFor();
    await until(
      () => page.evaluate(() => document.activeElement?.shadowRoot?.activeElement?.tagName === "BUTTON"),
      "the focus comes back to the launcher",
    );
    assert.equal(await page.evaluate(() => document.documentElement.style.overflow), "", "the page scrolls again");

    await page.evaluate(() => {
      globalThis.Baton.identify("vouched-for");
      globalThis.Baton.open();
    });
    await until(
      () => sessions.some((body) => body.identity_token === "vouched-for"),
      "the identity reaches the server",
    );
    await until(async () => (await message.inputValue()) === "a draft", "the draft is still there");
    const box = await page.locator("#panel").boundingBox();
    if (folder) await page.screenshot({ path: `${folder}/embedded-${viewport.width}.png` });
    if (viewport.width < 480) assert.deepEqual([box.width, box.height], [viewport.width, viewport.height]);

    const heard = await page.evaluate(() => globalThis.heard.join());
    assert.ok(!/secret|vouched|draft/.test(heard), `the page overheard: ${heard}`);
    const stored = await page.evaluate(() => JSON.stringify({ ...localStorage }));
    assert.ok(!/secret/.test(stored), `the page's storage holds: ${stored}`);
    const kept = await inner.evaluate(() => JSON.stringify({ ...localStorage }));
    assert.ok(!/access-secret/.test(kept), "the access token stays in memory");

    await frame.getByRole("button", { name: "Close chat" }).click();
    await page.getByRole("button", { name: "Open chat" }).waitFor();
    assert.deepEqual(complaints, [], "no policy was violated");
    await context.close();
  }
  process.stdout.write("The widget behaves in a foreign page, wide and narrow.\n");
} finally {
  await browser.close();
  support.server.close();
  site.server.close();
}

async function listen(answer) {
  const server = createServer(answer);
  await new Promise((done) => server.listen(0, "127.0.0.1", done));
  return { server, origin: `http://127.0.0.1:${server.address().port}` };
}

async function bodyOf(request) {
  let text = "";
  for await (const part of request) text += part;
  return text;
}

async function until(check, what) {
  const deadline = Date.now() + 10_000;
  while (!(await check())) {
    if (Date.now() > deadline) assert.fail(what);
    await new Promise((done) => setImmediate(done));
  }
}
