// Fails when what a browser must load first grows beyond its budget. Measured compressed with gzip at its best; brotli,
// which browsers get where the server offers it, is shown beside it.
import { readFile } from "node:fs/promises";
import { brotliCompressSync, gzipSync } from "node:zlib";

const KB = 1000;
const dist = new URL("dist/", import.meta.url);

/** The page and every script and style that it names. */
async function page(path, base) {
  const html = await readFile(new URL(path, dist), "utf8");
  const named = [...html.matchAll(/<(?:script|link)[^>]+(?:src|href)="([^"]+\.(?:js|css))"/g)];
  const assets = named.map(([, address]) => address.replace(base.address, base.folder));
  return [path, ...(await withImports(assets))];
}

/** With everything that these scripts import at once; what is imported later is not part of the first load. */
async function withImports(files) {
  const all = new Set(files);
  for (const file of all) {
    if (!file.endsWith(".js")) continue;
    const text = await readFile(new URL(file, dist), "utf8");
    for (const [, name] of text.matchAll(/(?:from|import)"(\.\/[^"]+\.js)"/g)) {
      all.add(file.replace(/[^/]+$/, name.slice(2)));
    }
  }
  return all;
}

const budgets = [
  { name: "loader", files: ["widget/baton.js"], most: 3 * KB },
  { name: "widget", files: await page("widget/frame.html", { address: "/widget/", folder: "widget/" }), most: 30 * KB },
  {
    name: "console",
    files: await page("console/index.html", { address: "/console/", folder: "console/" }),
    most: 200 * KB,
  },
];

for (const { name, files, most } of budgets) {
  let gzip = 0;
  let brotli = 0;
  for (const file of files) {
    const bytes = await readFile(new URL(file, dist));
    gzip += gzipSync(bytes, { level: 9 }).length;
    brotli += brotliCompressSync(bytes).length;
  }
  const verdict = gzip <= most ? "within" : "ABOVE";
  const kB = (bytes) => (bytes / KB).toFixed(1);
  process.stdout.write(`${name}: ${kB(gzip)} kB gzip (${kB(brotli)} kB brotli), ${verdict} ${kB(most)} kB\n`);
  if (gzip > most) process.exitCode = 1;
}
