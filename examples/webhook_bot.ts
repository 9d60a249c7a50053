// A bot for Baton by webhook, for Node, without dependencies. Node 22.18 and later run it as it is; with Node 20:
//
//     npx tsx webhook_bot.ts
//
// It needs BOT_SECRET, the same as in Baton's configuration: export BOT_SECRET="whsec_$(openssl rand -base64 32)"

import { createHmac, timingSafeEqual } from "node:crypto";
import { createServer, type IncomingHttpHeaders } from "node:http";
import { pathToFileURL } from "node:url";

// An old request that somebody recorded must not be taken for a new one.
const TOLERANCE_S = 300;
const BODY_BYTES_MAX = 4 * 1024 * 1024;

type Turn = {
  conversation: string;
  epoch: number;
  message: number;
  text: string;
  language: string;
  history: { seq: number; author: "customer" | "bot" | "agent" | "system"; name?: string; text: string }[];
  attributes: Record<string, string>;
  handback: { outcome: string; facts: string[]; promises: string[]; open_items: string[]; note: string } | null;
  suggest_person: boolean;
};

type Reply =
  | { text: string; knew?: boolean; sources?: { title: string; slug: string }[] }
  | { ask_person: { reason?: string; say?: string; topic?: string } }
  | { later: true };

/** Whether Baton sent this body a moment ago (Standard Webhooks). */
export function isSigned(secret: string, headers: IncomingHttpHeaders, body: Buffer, now = Date.now() / 1000): boolean {
  const { "webhook-id": id, "webhook-timestamp": sentAt, "webhook-signature": signatures } = headers;
  const key = Buffer.from(secret.replace(/^whsec_/, ""), "base64");
  if (typeof id !== "string" || typeof sentAt !== "string" || typeof signatures !== "string" || key.length === 0) return false;
  // Written so that a timestamp that is no number fails too.
  if (!(Math.abs(now - Number(sentAt)) <= TOLERANCE_S)) return false;
  const expected = createHmac("sha256", key).update(`${id}.${sentAt}.`).update(body).digest();
  return signatures.split(" ").some((part) => {
    const given = Buffer.from(part.startsWith("v1,") ? part.slice(3) : "", "base64");
    return given.length === expected.length && timingSafeEqual(given, expected);
  });
}

/** What the bot says to one turn of the customer. */
export function answer(turn: Turn): Reply {
  const said = turn.text.toLowerCase();
  const promises = turn.handback?.promises ?? [];
  if (said.includes("promise") && promises.length > 0) return { text: `My colleague promised: ${promises.join("; ")}` };
  if (said.includes("refund")) {
    // Money is for people. The customer is told first, then somebody comes.
    return { ask_person: { reason: "wants a refund", topic: "billing", say: "A refund is for my colleagues. I am getting one." } };
  }
  if (said.includes("open")) return { text: "We are open Monday to Friday, 9 to 18." };
  if (said.includes("invoice")) return { text: "Your invoices are in your account, under *Documents*." };
  // Saying so counts: the second time Baton brings a person.
  return { text: "I do not know that. Could you say it in other words?", knew: false };
}

function listen(secret: string, port: number): void {
  const server = createServer(async (request, response) => {
    const reply = (status: number, content: object) => {
      response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(content));
    };
    try {
      const pieces: Buffer[] = [];
      let bytes = 0;
      for await (const piece of request as AsyncIterable<Buffer>) {
        bytes += piece.length;
        if (bytes > BODY_BYTES_MAX) return reply(413, { error: "too large" });
        pieces.push(piece);
      }
      const body = Buffer.concat(pieces);
      if (!isSigned(secret, request.headers, body)) return reply(401, { error: "not signed by Baton" });
      reply(200, answer(JSON.parse(body.toString("utf8")) as Turn));
    } catch (error) {
      reply(500, { error: String(error) });
    }
  });
  server.listen(port, "127.0.0.1", () => {
    const address = server.address();
    console.log(`listening on http://127.0.0.1:${typeof address === "object" ? address?.port : port}/`);
  });
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) {
  const secret = process.env.BOT_SECRET ?? "";
  if (!secret.startsWith("whsec_") || secret.length < "whsec_".length + 32) {
    console.error('set BOT_SECRET, for example: export BOT_SECRET="whsec_$(openssl rand -base64 32)"');
    process.exit(1);
  }
  listen(secret, Number(process.env.PORT ?? 8099));
}
