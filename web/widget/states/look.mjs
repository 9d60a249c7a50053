// Looks at every state in a real browser: fails when axe finds anything, when something is cut off at 320 px, or when a
// target is too small. With a folder as the argument it also leaves pictures there.
import { mkdir } from "node:fs/promises";
import axe from "axe-core";
import { chromium } from "playwright-core";
import { createServer } from "vite";

const folder = process.argv[2];
const only = process.argv[3];
const VIEWS = [
  { name: "light", width: 380, colorScheme: "light", query: {} },
  { name: "dark", width: 380, colorScheme: "dark", query: {} },
  { name: "narrow", width: 320, colorScheme: "light", query: { language: "es" } },
  { name: "narrow-dark", width: 320, colorScheme: "dark", query: {} },
  { name: "rtl", width: 320, colorScheme: "light", query: { language: "ar" } },
  { name: "rtl-dark", width: 1280, colorScheme: "dark", query: { language: "ar" } },
  { name: "wide", width: 1280, colorScheme: "light", query: { language: "de" } },
  { name: "bright-brand", width: 380, colorScheme: "light", query: { colour: "#ffd400" } },
  { name: "bright-brand-dark", width: 380, colorScheme: "dark", query: { colour: "#0b3d2e" } },
];

const server = await createServer({
  root: new URL("..", import.meta.url).pathname,
  server: { port: 0 },
  logLevel: "error",
});
await server.listen();
const base = `${server.resolvedUrls.local[0]}states/states.html`;
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
const findings = [];
let looked = 0;
try {
  if (folder) await mkdir(folder, { recursive: true });
  for (const view of VIEWS) {
    const context = await browser.newContext({
      viewport: { width: view.width, height: 640 },
      colorScheme: view.colorScheme,
      reducedMotion: "reduce",
      timezoneId: "UTC",
    });
    const page = await context.newPage();
    page.on("pageerror", (error) => findings.push(`${view.name}: ${error}`));
    await page.goto(base);
    const names = await page.evaluate(() => globalThis.stateNames);
    for (const name of names.filter((name) => !only || name === only)) {
      const where = `${name} (${view.name})`;
      await page.goto(`${base}?${new URLSearchParams({ state: name, ...view.query })}`);
      await page.locator(".chat").waitFor();
      // What is loaded when it is needed.
      if (["consent", "form"].includes(name)) await page.locator(".gate").waitFor();
      if (name === "leaving") await page.locator(".contact").waitFor();
      if (name === "files") await page.locator(".uploads").waitFor();
      if (name === "survey") await page.getByRole("radio").nth(3).check();
      await page.evaluate(axe.source);
      const { violations } = await page.evaluate(() =>
        globalThis.axe.run({ runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"] }),
      );
      for (const { id, nodes } of violations) {
        for (const { html, failureSummary } of nodes) findings.push(`${where}: ${id}: ${html}\n    ${failureSummary}`);
      }
      findings.push(...(await page.evaluate(measure)).map((finding) => `${where}: ${finding}`));
      if (folder) await page.screenshot({ path: `${folder}/${name}-${view.name}.png` });
      looked += 1;
    }
    await context.close();
  }
} finally {
  await browser.close();
  await server.close();
}
for (const finding of findings) process.stderr.write(`${finding}\n`);
process.stdout.write(`Looked at ${looked} pictures, ${findings.length} findings.\n`);
process.exitCode = findings.length > 0 ? 1 : 0;

/** Runs in the page. */
function measure() {
  const found = [];
  if (document.documentElement.scrollWidth > innerWidth) found.push("scrolls sideways");
  for (const target of document.querySelectorAll("button, a, input, textarea")) {
    const { width, height } = target.getBoundingClientRect();
    const inText = target.matches(".prose a");
    if (!inText && (width < 24 || height < 24)) found.push(`target of ${width}×${height}: ${target.outerHTML}`);
  }
  return found;
}
