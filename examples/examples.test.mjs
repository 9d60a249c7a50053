// The examples do what they say: both bots run, answer what is signed and refuse what is not.
//
//     node --test examples/examples.test.mjs      (after `npm ci` in web, for the TypeScript compiler)

import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { createHmac } from "node:crypto";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { after, test } from "node:test";

const here = new URL(".", import.meta.url);
const SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

// Computed apart from both, by `openssl dgst -sha256 -mac HMAC`; it is the specification's own example too.
const VECTOR = {
  headers: {
    "webhook-id": "msg_p5jXN8AQM9LWM0D4loKWxJek",
    "webhook-timestamp": "1614265330",
    "webhook-signature": "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=",
  },
  body: '{"test": 2432232314}',
  now: 1614265330,
};

const folder = await mkdtemp(join(tmpdir(), "baton-examples-"));
const running = [];
after(async () => {
  for (const process of running) process.kill();
  await rm(folder, { recursive: true });
});

/** TypeScript as a file of JavaScript, since Node 20 reads no types. */
async function compiled(name, source) {
  const require = createRequire(new URL("../web/package.json", import.meta.url));
  const typescript = require("typescript");
  const { outputText } = typescript.transpileModule(source, {
    compilerOptions: { module: typescript.ModuleKind.ESNext, target: typescript.ScriptTarget.ES2022 },
  });
  const file = join(folder, `${name}.mjs`);
  await writeFile(file, outputText);
  return file;
}

/** The block of code in a page of the manual that holds `marker`. */
async function ofTheManual(page, language, marker) {
  const text = await readFile(new URL(`../docs/${page}`, here), "utf8");
  const blocks = [...text.matchAll(new RegExp(`\`\`\`${language}\\n([\\s\\S]*?)\`\`\``, "g"))].map((found) => found[1]);
  const block = blocks.find((code) => code.includes(marker));
  assert.ok(block, `${page} has no ${language} with ${marker}`);
  return block;
}

/** Starts a bot on a free port; the address that it prints. */
async function started(command, ...args) {
  const bot = spawn(command, args, { env: { ...process.env, BOT_SECRET: SECRET, PORT: "0" }, stdio: ["ignore", "pipe", "inherit"] });
  running.push(bot);
  for await (const line of createInterface({ input: bot.stdout })) {
    const address = line.match(/http:\S+/)?.[0];
    if (address) return address;
  }
  throw new Error(`${command} ended before it listened`);
}

function signed(body, sentAt = Math.floor(Date.now() / 1000)) {
  const key = Buffer.from(SECRET.slice("whsec_".length), "base64");
  const signature = createHmac("sha256", key).update(`turn_1.${sentAt}.${body}`).digest("base64");
  return { "webhook-id": "turn_1", "webhook-timestamp": String(sentAt), "webhook-signature": `v1,other v1,${signature}` };
}

async function ask(address, turn, headers = signed(JSON.stringify(turn))) {
  const response = await fetch(address, { method: "POST", headers, body: JSON.stringify(turn) });
  return { status: response.status, body: await response.json() };
}

const turn = (text, more = {}) => ({
  type: "bot.turn", conversation: "c", channel: "web", bot: "mine", epoch: 1, message: 2, text, language: "en",
  history: [], attributes: {}, handback: null, suggest_person: false, ...more,
});

async function behavesAsWritten(address) {
  assert.match((await ask(address, turn("When are you OPEN?"))).body.text, /Monday to Friday/);
  assert.equal((await ask(address, turn("Tell me a joke"))).body.knew, false);
  assert.equal((await ask(address, turn("I want a refund"))).body.ask_person.topic, "billing");
  const promised = turn("What did you promise?", { handback: { outcome: "", facts: [], promises: ["a call on Monday"], open_items: [], note: "" } });
  assert.match((await ask(address, promised)).body.text, /a call on Monday/);

  const recorded = Math.floor(Date.now() / 1000) - 3600;
  const body = turn("open");
  assert.equal((await ask(address, body, signed(JSON.stringify(body), recorded))).status, 401, "an old request");
  assert.equal((await ask(address, body, signed(JSON.stringify(turn("else"))))).status, 401, "another body");
  assert.equal((await ask(address, body, {})).status, 401, "no signature");
  assert.equal((await ask(address, body, { ...signed(""), "webhook-timestamp": "soon" })).status, 401, "no time");
}

test("the TypeScript bot answers what Baton signed and nothing else", async () => {
  const file = await compiled("webhook_bot", await readFile(new URL("webhook_bot.ts", here), "utf8"));
  const { isSigned } = await import(file);
  assert.equal(isSigned(SECRET, VECTOR.headers, Buffer.from(VECTOR.body), VECTOR.now), true);
  assert.equal(isSigned(SECRET, VECTOR.headers, Buffer.from(`${VECTOR.body} `), VECTOR.now), false);
  assert.equal(isSigned("whsec_", VECTOR.headers, Buffer.from(VECTOR.body), VECTOR.now), false, "an empty key signs nothing");
  await behavesAsWritten(await started(process.execPath, file));
});

test("the Python bot answers what Baton signed and nothing else", async () => {
  const file = new URL("webhook_bot.py", here).pathname;
  const check = `
import sys, json
sys.path.insert(0, ${JSON.stringify(here.pathname)})
sys.dont_write_bytecode = True
from webhook_bot import is_signed
v = json.loads(sys.argv[1])
body = v["body"].encode()
assert is_signed("${SECRET}", v["headers"], body, v["now"])
assert not is_signed("${SECRET}", v["headers"], body + b" ", v["now"])
assert not is_signed("${SECRET}", v["headers"], body, v["now"] + 301)
assert not is_signed("whsec_", v["headers"], body, v["now"])
assert not is_signed("${SECRET}", {}, body, v["now"])
`;
  const checked = spawn("python3", ["-c", check, JSON.stringify(VECTOR)], { stdio: "inherit" });
  assert.equal(await new Promise((done) => checked.on("exit", done)), 0);
  await behavesAsWritten(await started("python3", file));
});

test("what the manual shows in TypeScript checks a signature", async () => {
  const { isSigned } = await import(await compiled("manual", await ofTheManual("bots.md", "ts", "isSigned")));
  const headers = signed("{}");
  const check = (body, signature) => isSigned(SECRET, headers["webhook-id"], headers["webhook-timestamp"], signature, Buffer.from(body));
  assert.equal(check("{}", headers["webhook-signature"]), true);
  assert.equal(check("{} ", headers["webhook-signature"]), false);
  assert.equal(check("{}", "v1,"), false);
});

test("what the manual shows in Python checks a signature and makes an identity token", async () => {
  const lines = `${await ofTheManual("bots.md", "python", "def is_signed")}
${await ofTheManual("widget.md", "python", "def identity_token")}
import sys
v = json.loads(sys.argv[1])
assert is_signed("${SECRET}", v["headers"], v["body"].encode(), v["now"])
assert not is_signed("${SECRET}", v["headers"], b"{}", v["now"])
print(identity_token("0123456789abcdef0123456789abcdef", "web", "customer-7", tier="gold"))
`;
  const python3 = spawn("python3", ["-c", lines, JSON.stringify(VECTOR)], { stdio: ["ignore", "pipe", "inherit"] });
  let token = "";
  for await (const piece of python3.stdout) token += piece;
  const [head, claims, mac] = token.trim().split(".");
  const expected = createHmac("sha256", "0123456789abcdef0123456789abcdef").update(`${head}.${claims}`).digest("base64url");
  assert.equal(mac, expected);
  const said = JSON.parse(Buffer.from(claims, "base64url").toString());
  assert.deepEqual([said.sub, said.aud, said.tier], ["customer-7", "web", "gold"]);
  assert.ok(said.exp > Date.now() / 1000);
});
