// One helper a boundary: the real program on a free port with data of its own, a real Chromium, and its people.

import { spawn } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const fromWeb = createRequire(new URL("../web/package.json", import.meta.url));
const { chromium } = fromWeb("playwright-core");
const axeSource = fromWeb.resolve("axe-core/axe.min.js");

const PROGRAM = process.env.BATON ?? fileURLToPath(new URL("../target/debug/baton", import.meta.url));
const BROWSER = process.env.CHROMIUM ?? "/usr/bin/chromium";
/** How long anything may take on a busy machine before it counts as missing. */
export const PATIENCE_MS = 30_000;

/** The demo, running. `stop()` ends it; `restart()` ends it the hard way and starts it on the same data and port. */
export async function openHouse() {
  const data = await mkdtemp(join(tmpdir(), "baton-e2e-"));
  let server = await start(data, "127.0.0.1:0");
  const browser = await chromium.launch({
    executablePath: BROWSER,
    args: [
      "--no-sandbox",
      "--disable-gpu",
      "--no-first-run",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
      "--autoplay-policy=no-user-gesture-required",
    ],
  });
  const signIns = await (await fetch(`${server.url}/console/demo-sign-ins.json`)).json();
  return {
    url: server.url,
    browser,
    signIns,
    async kill() {
      await end(server.process, "SIGKILL");
    },
    async startAgain() {
      server = await start(data, new URL(server.url).host);
    },
    async stop() {
      await browser.close();
      await end(server.process, "SIGTERM");
      await rm(data, { recursive: true, force: true });
    },
  };
}

function start(data, listen) {
  const process_ = spawn(PROGRAM, ["demo", "--data", data, "--listen", listen], { stdio: ["ignore", "pipe", "pipe"] });
  return new Promise((resolve, reject) => {
    let said = "";
    const hear = (chunk) => {
      said += chunk;
      const found = /A page with the widget\s+(http:\/\/[^/]+)\//.exec(said);
      if (found) resolve({ process: process_, url: found[1] });
    };
    process_.stdout.on("data", hear);
    process_.stderr.on("data", hear);
    process_.once("exit", (code) => reject(new Error(`the demo ended with ${code} before it was ready:\n${said}`)));
  });
}

function end(child, signal) {
  if (child.exitCode !== null || child.signalCode !== null) return Promise.resolve();
  return new Promise((resolve) => {
    child.once("exit", resolve);
    child.kill(signal);
  });
}

/** A browser window of its own, with whatever went wrong in it kept in `faults`. */
export async function openWindow(house, options = {}) {
  const context = await house.browser.newContext({
    viewport: { width: 1280, height: 800 },
    locale: "en-GB",
    timezoneId: "UTC",
    // What fades in has no contrast yet when axe looks; people who ask for less motion get none.
    reducedMotion: "reduce",
    ...options,
  });
  context.setDefaultTimeout(PATIENCE_MS);
  const page = await context.newPage();
  const faults = [];
  page.on("pageerror", (error) => faults.push(`page error: ${error.message}`));
  page.on("dialog", (dialog) => {
    faults.push(`dialog: ${dialog.message()}`);
    void dialog.dismiss();
  });
  page.on("console", (message) => {
    const text = message.text();
    // A lost connection is what some journeys are about.
    if (message.type() === "error" && !/net::ERR_|Failed to load resource|WebSocket connection/.test(text)) {
      faults.push(`console: ${text}`);
    }
  });
  page.on("request", (request) => {
    const url = request.url();
    if (!url.startsWith(house.url) && !/^(data|blob|about):/.test(url) && !url.startsWith(house.url.replace("http", "ws"))) {
      faults.push(`foreign request: ${url}`);
    }
  });
  return { context, page, faults, close: () => context.close() };
}

/** What axe finds wrong in a frame or a page, as sentences. */
export async function axeFindings(frame) {
  await frame.evaluate(await axeText());
  const result = await frame.evaluate(() =>
    // biome-ignore lint: axe is put into the page above.
    window.axe.run(document, { runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"] }),
  );
  return result.violations.map(
    (violation) => `${violation.id}: ${violation.help} (${violation.nodes.map((node) => node.target.join(" ")).join(", ")})`,
  );
}

let axe;
async function axeText() {
  if (axe === undefined) {
    const { readFile } = await import("node:fs/promises");
    axe = await readFile(axeSource, "utf8");
  }
  return axe;
}
