// What a browser sees of a desk: requests and bytes of a page, and what axe-core finds wrong with every view.
// Usage: look.mjs ADDRESS ARTICLE SPEAKER > JSON; `bench/desk/run` calls it.

import { createRequire } from "node:module";
import { readFileSync } from "node:fs";
import { openBrowser } from "../../xtask/browser/desk.mjs";

const [address, article, speaker] = process.argv.slice(2);
const require = createRequire(new URL("../../xtask/browser/", import.meta.url));
const axe = readFileSync(require.resolve("axe-core/axe.min.js"), "utf8");
const name = encodeURIComponent(speaker);

const VIEWS = [
  "/", `/article/${article}`, `/article/${article}?statement=2`, `/article/${article}?source=named`, `/evidence/${article}/1`,
  `/evidence/${article}?fact=headline`, `/quiet/${article}/1`, "/search", "/search?q=government", "/search?q=source:unnamed", "/search?q=source:anonymous",
  "/search?q=zeppelin+kazoo", "/speakers", `/speaker/${name}`, "/sourcing", "/corrections", "/adding", "/api/v1", "/article/nothing",
];

const browser = await openBrowser();
const wire = await weighed();
const found = [];
let looks = 0;
for (const width of [390, 1360]) {
  for (const colorScheme of ["light", "dark"]) {
    // The policy of the desk lets no script in but its own; axe-core is put in by the browser.
    const context = await browser.newContext({ viewport: { width, height: 900 }, colorScheme, bypassCSP: true });
    const page = await context.newPage();
    for (const view of VIEWS) {
      await page.goto(address + view);
      looks++;
      await page.evaluate(axe);
      const { violations } = await page.evaluate(() => window.axe.run(document, { resultTypes: ["violations"] }));
      for (const { id, help, nodes } of violations) {
        for (const node of nodes) found.push({ view, width, colorScheme, id, help, at: node.target.join(" "), html: node.html.slice(0, 160) });
      }
    }
    await context.close();
  }
}
await browser.close();
console.log(JSON.stringify({ ...wire, views: VIEWS.length, looks, violations: found }));

/** Requests of the article page in a browser that has nothing of it yet, with their bytes on the wire. */
async function weighed() {
  const context = await browser.newContext({ viewport: { width: 1360, height: 900 } });
  const page = await context.newPage();
  const session = await context.newCDPSession(page);
  await session.send("Network.enable");
  const urls = new Map();
  let bytes = 0;
  session.on("Network.responseReceived", ({ requestId, response }) => urls.set(requestId, response.url));
  session.on("Network.loadingFinished", ({ encodedDataLength }) => (bytes += encodedDataLength));
  await page.goto(`${address}/article/${article}`, { waitUntil: "networkidle" });
  await context.close();
  return { requests: urls.size, wire_bytes: bytes };
}
