// Takes a picture of every state, light and dark, wide and narrow, and lets axe look at each:
// `npm run states -- [folder] [name …]`.
import { mkdir, readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { chromium } from "playwright-core";
import { createServer } from "vite";

const [folder = "states/pictures", ...only] = process.argv.slice(2);
const axe = await readFile(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const say = (text) => process.stdout.write(`${text}\n`);

/** What a person would do before the picture: by the state's name. */
const ACTS = {
  "sign-in": async (page) => page.getByRole("button", { name: "Sign in" }).click(),
  "conversation-verdicts": async (page) => {
    await details(page);
    await page.getByRole("tab", { name: "Verdicts" }).click();
  },
  "conversation-routing": async (page) => {
    await details(page);
    await page.getByRole("tab", { name: "Routing" }).click();
  },
  "conversation-details": details,
  "admin-queues-edit": (page) => page.getByRole("button", { name: "Edit: support" }).click(),
  "admin-channels-edit": (page) => page.getByRole("button", { name: "Edit: website" }).click(),
  "floor-away": async (page) => {
    await page.getByRole("button", { name: "Actions for Ana" }).first().click();
    await page.getByRole("menuitem", { name: "Set away" }).click();
  },
  "floor-close": async (page) => {
    await page
      .getByRole("button", { name: /^Actions for/ })
      .first()
      .click();
    await page.getByRole("menuitem", { name: "Close for a while" }).click();
  },
  "floor-table": async (page) => page.getByText("As a table").click(),
  "conversation-note": async (page) => {
    await page.getByRole("button", { name: "Private note" }).click();
    await page.getByRole("textbox", { name: "Private note" }).fill("Check whether 1.5 went out to them.");
  },
  "conversation-quick-replies": (page) => page.locator("#composer").pressSequentially("Well, /"),
  "conversation-emoji": (page) => page.locator("#composer").pressSequentially("Fine :th"),
  "conversation-mention": async (page) => {
    await page.getByRole("button", { name: "Private note" }).click();
    await page.locator("#composer").pressSequentially("Ask @b");
  },
  "conversation-suggestions": async (page) => {
    await page.getByRole("button", { name: "Suggested answers" }).click();
    await page.getByRole("button", { name: "Put into the field" }).waitFor();
  },
  "conversation-files": async (page) => {
    await page.locator("input[type=file]").setInputFiles({
      name: "a very long name of a screen shot.png",
      mimeType: "image/png",
      buffer: Buffer.from("x"),
    });
    await page.getByRole("alert").waitFor();
  },
  "conversation-follow-up": async (page) => {
    await page.getByRole("heading", { level: 1 }).click();
    await page.keyboard.press("f");
    await page.getByRole("dialog", { name: "Remind me" }).waitFor();
  },
  "conversation-found": async (page) => {
    await page.keyboard.press("Control+K");
    await page.getByRole("combobox").fill("nginx");
    await page.getByRole("group", { name: "Written in conversations" }).waitFor();
  },
  "conversation-transfer": (page) => act(page, "Transfer"),
  "conversation-hand-back": (page) => act(page, "Hand back to the bot"),
  "conversation-close": (page) => act(page, "Close conversation"),
  "conversation-shortcuts": (page) => page.keyboard.press("?"),
  "conversation-palette": (page) => page.keyboard.press("Control+K"),
  "offer-decline": (page) => page.getByRole("button", { name: /^Decline/ }).click(),
  "inbox-availability": (page) => page.getByRole("button", { name: /Your availability/ }).click(),
  "inbox-account": (page) => page.getByRole("button", { name: /^Account/ }).click(),
  "waiting-routing": async (page) => {
    await details(page);
    await page.getByRole("tab", { name: "Routing" }).click();
  },
  "waiting-priority": (page) => act(page, "Change priority"),
  "waiting-assign": (page) => act(page, "Assign to an agent"),
  "configuration-refused": async (page) => {
    await page.getByRole("textbox").press("End");
    await page.getByRole("textbox").type("# ");
    await page.getByRole("button", { name: "See what changes" }).click();
    await page.getByRole("alert").waitFor();
  },
  "plan-seen": async (page) => {
    await page.getByRole("textbox").press("End");
    await page.getByRole("textbox").type("# ");
    await page.getByRole("button", { name: "See what changes" }).click();
    await page.getByRole("region", { name: "What this would change" }).scrollIntoViewIfNeeded();
  },
  "plan-compared": (page) => page.getByRole("button", { name: "What changed in version 11" }).click(),
  "plan-back": (page) => page.getByRole("button", { name: "Go back to version 11" }).click(),
  "policy-tried": async (page) => {
    await page.getByRole("textbox", { name: "Message" }).fill("this is useless, I asked three times");
    await page.getByRole("button", { name: "Assess" }).click();
    await page.getByText("What would have changed it").waitFor();
  },
  "policy-shadow": async (page) => {
    await page.getByRole("button", { name: /judged otherwise/ }).click();
    await page.getByText("We have that line already").scrollIntoViewIfNeeded();
  },
  "keys-made": async (page) => {
    await page.getByLabel("Bot").fill("guide");
    await page.getByLabel("Label").fill("CI");
    await page.getByRole("button", { name: "Create key" }).click();
  },
};

async function details(page) {
  const show = page.getByRole("button", { name: "Show details" });
  if (await show.isVisible()) await show.click();
}

async function act(page, name) {
  await page.getByRole("button", { name: "Actions" }).click();
  await page.getByRole("menuitem", { name }).click();
}

const server = await createServer({
  server: { port: 0, host: "127.0.0.1", hmr: false, watch: null },
  logLevel: "error",
});
await server.listen();
const { port } = server.httpServer.address();
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
await mkdir(folder, { recursive: true });

let faults = 0;
try {
  const list = await browser.newPage();
  await list.goto(`http://127.0.0.1:${port}/console/states/index.html`);
  await list.getByRole("link").first().waitFor();
  const names = [...(await list.getByRole("link").allTextContents()), ...Object.keys(ACTS)];
  await list.close();
  for (const name of [...new Set(names)]) {
    if (
      only.length > 0 &&
      !only.some((one) => name === one || (one.endsWith("*") && name.startsWith(one.slice(0, -1))))
    )
      continue;
    const state = names.includes(name) && !(name in ACTS) ? name : (stateOf(name, names) ?? name);
    for (const width of [1280, 390, 320]) {
      // The narrowest is looked at once: it is about what fits.
      for (const theme of width === 320 ? ["light"] : ["light", "dark"]) {
        const page = await browser.newPage({ viewport: { width, height: width > 600 ? 800 : 844 } });
        page.on("pageerror", (error) => {
          faults += 1;
          say(`${name} ${width} ${theme}: ${error.message}`);
        });
        await page.goto(`http://127.0.0.1:${port}/console/states/index.html?state=${state}&theme=${theme}`);
        await page.locator("main, [role=alert]").first().waitFor();
        await page.waitForLoadState("networkidle");
        await page.evaluate(() => document.fonts.ready);
        await ACTS[name]?.(page);
        await page.waitForTimeout(700);
        await page.screenshot({ path: `${folder}/${name}-${width}-${theme}.png` });
        await page.evaluate(axe);
        const found = await page.evaluate(() =>
          globalThis.axe.run({ runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"] }),
        );
        for (const violation of found.violations) {
          faults += 1;
          const nodes = violation.nodes
            .slice(0, 3)
            .map((node) => `\n    ${node.html.slice(0, 160)} — ${node.failureSummary?.split("\n")[1] ?? ""}`);
          say(`${name} ${width} ${theme}: ${violation.id}: ${violation.help}${nodes.join("")}`);
        }
        const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
        if (overflow > 0) {
          faults += 1;
          say(`${name} ${width} ${theme}: ${overflow} px wider than the screen`);
        }
        await page.close();
      }
    }
    say(`${name} ✓`);
  }
} finally {
  await browser.close();
  await server.close();
}
say(faults === 0 ? "nothing found" : `${faults} faults`);
process.exitCode = faults === 0 ? 0 : 1;

/** `conversation-note` is the state `conversation`, acted upon. */
function stateOf(name, names) {
  return names
    .filter((one) => !(one in ACTS) && name.startsWith(`${one}-`))
    .sort((one, other) => other.length - one.length)[0];
}
