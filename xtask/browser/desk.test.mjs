// The desk in a real browser, by what a person sees: roles, labels and words.
// Run by `cargo xtask browser`, which builds the program and sets up what this needs.

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, beforeEach, afterEach, test } from "node:test";
import { openBrowser, openDesk, ROOT } from "./desk.mjs";

const BINARY = process.env.ONRECORD;
const STORY = "examples/ellery-courier/2026-03-09-ferry-strikes-breakwater.html";
const HEADLINE = "Saint Brannoc strikes breakwater";
// Read in by the test that drops a file, and so not there before.
const DROPPED = "examples/continental-press/2026-03-09-averland-ferry-breakwater.html";
const FOLDERS = ["ellery-courier", "national-ledger", "npb", "almarsa", "novy-bereg", "harbor-gazette"];

let desk, browser, context, page, key;
const complaints = [];

before(async () => {
  desk = await openDesk(BINARY, FOLDERS.map((name) => `examples/${name}`));
  browser = await openBrowser();
  key = (await (await fetch(`${desk.address}/article/${encodeURIComponent(STORY)}`)).url).split("/").pop();
});

after(async () => {
  await browser?.close();
  desk?.close();
});

beforeEach(async () => {
  await look({});
});

afterEach(async () => {
  await context.close();
  // Whatever a test is about: no page makes the browser complain (scripts that fail, what the policy blocks).
  assert.deepEqual(complaints.splice(0), []);
});

/** A window of its own for each test. */
async function look(options) {
  await context?.close();
  context = await browser.newContext({ baseURL: desk.address, viewport: { width: 1360, height: 900 }, ...options });
  context.setDefaultTimeout(10_000);
  page = await context.newPage();
  page.on("pageerror", (error) => complaints.push(`${page.url()}: ${error}`));
  page.on("console", (message) => {
    // An answer that says no is not a complaint about the page.
    if (message.type() === "error" && !/status of 4\d\d/.test(message.text())) complaints.push(`${page.url()}: ${message.text()}`);
  });
}

async function api(path) {
  const answer = await fetch(`${desk.address}/api/v1${path}`);
  assert.equal(answer.status, 200, path);
  return answer.json();
}

const number = (text) => Number(text.replaceAll(",", "").match(/\d+/)[0]);

test("files that are dropped are read in, with what came of them, and are found", async () => {
  await page.goto("/");
  const zone = page.locator("form", { has: page.getByLabel("Choose files to add") });
  const content = readFileSync(join(ROOT, DROPPED), "utf8");
  const files = await page.evaluateHandle((content) => {
    const transfer = new DataTransfer();
    transfer.items.add(new File([content], "ferry.html", { type: "text/html" }));
    return transfer;
  }, content);
  await zone.dispatchEvent("drop", { dataTransfer: files });
  await page.waitForURL(/\/adding\/\d+/);
  // The page looks again by itself until the intake has ended.
  await page.getByText("1 new article").waitFor({ timeout: 20_000 });
  await page.getByRole("link", { name: "To the front page" }).click();
  await page.getByRole("heading", { name: "Just added" }).waitFor();
  const hash = createHash("sha256").update(content).digest("hex");
  await page.goto(`/article/${hash}`);
  assert.match(await page.getByRole("heading", { level: 1 }).innerText(), /ferry/i);
});

test("an article is read with who said what in its margin", async () => {
  await page.goto(`/article/${key}`);
  const title = await page.getByRole("heading", { level: 1 }).innerText();
  assert.ok(title.startsWith(HEADLINE), title);
  const mark = page.getByRole("link", { name: "Statement 2: Ingrid Solheim, named, on record" });
  await mark.click();
  const note = page.getByRole("listitem").filter({ has: page.getByRole("link", { name: "Evidence: statement 2" }) });
  await note.getByText("harbour master", { exact: true }).waitFor();
  await note.getByRole("button", { name: "Right", exact: true }).waitFor();
  await page.getByRole("status").filter({ hasText: "Statement 2: Ingrid Solheim" }).waitFor();
});

test("a statement leads to its bytes, and they are those of the file", async () => {
  await page.goto(`/article/${key}`);
  await page.getByRole("link", { name: "Evidence: statement 2" }).first().click();
  await page.waitForURL(/\/evidence\//);
  const file = readFileSync(join(ROOT, STORY));
  const rows = page.getByRole("row").filter({ has: page.getByRole("rowheader") });
  const count = await rows.count();
  assert.ok(count >= 5);
  for (let nth = 0; nth < count; nth++) {
    const [words, , , bytes] = await rows.nth(nth).getByRole("cell").allInnerTexts();
    const [start, end] = bytes.replaceAll(",", "").split("–").map(Number);
    const piece = decoded(file.subarray(start, end).toString("utf8"));
    assert.equal(folded(piece), words, await rows.nth(nth).getByRole("rowheader").innerText());
  }
  // The commands that are shown do what they say, with other tools than ours: the hash is that of the file.
  const command = await page.getByText(/\| sha256sum/).first().innerText();
  const run = command.split("\n").find((line) => line.includes("sha256sum")).replace(/^\$ /, "").replace("onrecord", BINARY);
  const said = execFileSync("sh", ["-c", run]).toString();
  assert.equal(said.split(" ")[0], createHash("sha256").update(file).digest("hex"));
  const served = Buffer.from(await (await fetch(`${desk.address}/page/${said.split(" ")[0]}?as=file`)).arrayBuffer());
  assert.ok(served.equals(file));
});

/** Character references as the example pages have them. */
function decoded(html) {
  const named = { amp: "&", quot: '"', rsquo: "’", lsquo: "‘", ldquo: "“", rdquo: "”", ndash: "–", mdash: "—", nbsp: "\u00a0" };
  return html
    .replace(/<[^>]*>/g, "")
    .replace(/&#x([0-9a-f]+);/gi, (_, digits) => String.fromCodePoint(parseInt(digits, 16)))
    .replace(/&#(\d+);/g, (_, digits) => String.fromCodePoint(Number(digits)))
    .replace(/&(\w+);/g, (whole, name) => named[name] ?? whole);
}

const folded = (words) => words.replace(/\s+/g, " ").trim();

test("a search finds, is narrowed, and says what it does not understand", async () => {
  await page.goto("/");
  const box = page.getByRole("searchbox", { name: "Search the archive" }).last();
  await box.fill("radar");
  await box.press("Enter");
  await page.waitForURL(/\/search\?/);
  const found = await api("/search?q=radar");
  await page.getByText("Articles with radar.").waitFor();
  assert.ok(found.articles > 2);
  const facets = page.getByRole("group", { name: "Outlet" });
  const choice = facets.getByRole("checkbox").first();
  await choice.check();
  await page.getByRole("form", { name: "Filters" }).getByRole("button").first().click();
  await page.waitForURL(/outlet/);
  const narrowed = await api(`/search?q=${encodeURIComponent(new URL(page.url()).searchParams.get("q"))}&find=articles`);
  assert.ok(narrowed.articles < found.articles && narrowed.articles > 0);
  await page.goto("/search?q=source:anonymous");
  const alert = await page.getByRole("alert").innerText();
  assert.match(alert, /stops at character/);
});

test("corrections, tags and notes are written, exported, and each undone", async () => {
  const open = async () => {
    await page.goto(`/article/${key}?statement=3`);
    const note = page.getByRole("listitem").filter({ has: page.getByRole("link", { name: "Evidence: statement 3" }) });
    await note.getByRole("button", { name: "Right", exact: true }).waitFor();
    return note;
  };
  const exported = async () => (await fetch(`${desk.address}/corrections.csv`)).text();
  let note = await open();
  await note.getByRole("button", { name: "Right", exact: true }).click();
  await page.waitForLoadState();
  note = await open();
  assert.equal(await note.getByRole("button", { name: "Right", exact: true }).getAttribute("aria-pressed"), "true");
  await note.getByText("Other speaker…").click();
  await note.getByLabel("Who says statement 3?").fill("Jonas Pell");
  await note.getByRole("button", { name: "Save the correction" }).click();
  await page.waitForLoadState();
  note = await open();
  await note.getByText("Note…").click();
  await note.getByLabel("A note on statement 3").fill("Ask the coastguard =1+1");
  await note.getByRole("button", { name: "Save the note" }).click();
  await page.waitForLoadState();
  await page.goto(`/article/${key}`);
  const tag = page.getByLabel("A tag for this article");
  if (!(await tag.isVisible())) await page.getByText("Tag…").click();
  await tag.fill("to check");
  await page.getByRole("button", { name: "Add the tag" }).click();
  await page.waitForLoadState();

  const table = await exported();
  for (const words of ["right", "Jonas Pell", "Ask the coastguard", "to check"]) assert.ok(table.includes(words), words);
  const written = await api("/corrections");
  assert.equal(written.total, 4);
  assert.deepEqual(written.corrections.map((entry) => entry.kind).sort(), ["note", "right", "speaker", "tag"]);
  // What was said of the statement goes out with the archive's own export too.
  const lines = execFileSync(BINARY, ["corrections", "--archive", desk.archive, "--format", "jsonl"]).toString();
  assert.ok(lines.includes("Jonas Pell"), "the command lists what the desk wrote");

  for (let left = 4; left > 0; left--) {
    await page.goto("/corrections");
    await page.getByRole("button", { name: "Undo" }).first().click();
    await page.waitForLoadState();
    assert.equal((await api("/corrections")).total, left - 1);
  }
  assert.ok(!(await exported()).includes("Jonas Pell"));
  assert.equal((await api("/corrections?undone=true")).total, 4);
});

test("every figure that is shown is the one that the API gives", async () => {
  const status = await api("/status");
  const front = await api("/front");
  await page.goto("/");
  const foot = await page.getByRole("contentinfo").innerText();
  const [articles, statements] = foot.match(/([\d,]+) articles, ([\d,]+) statements/).slice(1).map(number);
  assert.deepEqual([articles, statements], [status.articles, status.statements]);
  for (const day of front.days) {
    const label = new RegExp(`: ${day.articles} articles?$`);
    const bar = page.locator(`a[href*="${encodeURIComponent(`date:${day.day}`)}"]`).first();
    assert.match(await bar.getAttribute("aria-label"), label);
  }
  for (const outlet of front.outlets) {
    const row = page.getByRole("row").filter({ has: page.getByRole("rowheader", { name: outlet.name, exact: true }) });
    const cells = await row.getByRole("cell").allInnerTexts();
    assert.equal(number(cells[0]), outlet.articles, outlet.name);
    const share = Math.round((100 * outlet.sources.named) / outlet.sources.all);
    assert.equal(number(cells[2]), share, outlet.name);
    const drawn = await row.getByRole("img").getAttribute("aria-label");
    assert.ok(drawn.startsWith(`${outlet.sources.all} statement`), drawn);
  }

  const article = await api(`/article/${key}`);
  const record = await api(`/article/${key}/record`);
  assert.equal(article.statements.length, record.statements.length);
  article.statements.forEach((statement, nth) => assert.equal(statement.id, record.statements[nth].id));
  await page.goto(`/article/${key}`);
  const { all, named, unnamed_persons, unnamed_groups, documents, none } = article.sources;
  const bar = `${all} statements: ${named} from named sources, ${unnamed_persons} from unnamed persons, ` +
    `${unnamed_groups} from unnamed groups, ${documents} from documents, ${none} without a source`;
  await page.getByRole("img", { name: bar }).waitFor();
  const marks = await page.getByRole("link", { name: /^Statement \d+:/ }).count();
  assert.equal(marks, all);
  const points = [...record.text + record.rest];
  for (const quote of record.statements) {
    const words = quote.content.map(([start, end]) => folded(points.slice(start, end).join(""))).join(" … ");
    assert.equal(words, article.statements.find((statement) => statement.id === quote.id).words);
  }

  const speakers = await api("/speakers?limit=200");
  await page.goto("/speakers");
  for (const speaker of speakers.speakers.slice(0, 10)) {
    const row = page.getByRole("row").filter({ has: page.getByRole("link", { name: speaker.name, exact: true }) }).first();
    assert.ok((await row.innerText()).includes(String(speaker.statements)), speaker.name);
  }
  const first = speakers.speakers[0];
  const said = await api(`/speaker/${encodeURIComponent(first.name)}`);
  assert.equal(said.statements, first.statements);

  const found = await api("/search?q=source:unnamed");
  await page.goto("/search?q=source:unnamed");
  const main = await page.getByRole("main").innerText();
  assert.ok(main.includes(found.statements.toLocaleString("en")), "statements that were found");
  for (const facet of found.facets) {
    const group = page.getByRole("group", { name: facet.name, exact: true });
    for (const value of facet.values) {
      const label = group.locator("label").filter({ hasText: value.label }).first();
      assert.ok((await label.innerText()).includes(value.count.toLocaleString("en")), `${facet.name}: ${value.label}`);
    }
  }
});

test("the keyboard alone is enough", async () => {
  await page.goto(`/article/${key}`);
  await page.keyboard.press("Tab");
  const focused = () => page.evaluate(() => document.activeElement.textContent.trim());
  assert.equal(await focused(), "Skip to the content");
  await page.keyboard.press("j");
  await page.keyboard.press("j");
  await page.getByRole("status").filter({ hasText: /^Statement 2:/ }).waitFor();
  await page.keyboard.press("k");
  await page.getByRole("status").filter({ hasText: /^Statement 1:/ }).waitFor();
  await page.keyboard.press("e");
  await page.waitForURL(/\/evidence\/.+\/1/);
  await page.keyboard.press("g");
  await page.waitForURL(/\/$/);
  await page.keyboard.press("/");
  await page.keyboard.type("radar");
  await page.keyboard.press("Enter");
  await page.waitForURL(/\/search\?/);
  await page.keyboard.press("?");
  await page.getByRole("dialog", { name: "Keys" }).waitFor();
  await page.keyboard.press("Escape");
  await page.getByRole("dialog", { name: "Keys" }).waitFor({ state: "hidden" });
  // Letters that are typed into a field are typed.
  await page.keyboard.press("/");
  await page.keyboard.type("jtg");
  assert.match(page.url(), /\/search\?/);
});

test("all of it works without scripts", async () => {
  await look({ javaScriptEnabled: false });
  await page.goto("/");
  await page.getByRole("searchbox", { name: "Search the archive" }).last().fill("radar");
  await page.getByRole("button", { name: "Search" }).click();
  await page.waitForURL(/\/search\?q=radar/);
  await page.goto(`/article/${key}?statement=2`);
  const note = page.getByRole("listitem").filter({ has: page.getByRole("link", { name: "Evidence: statement 2" }) });
  await note.getByRole("button", { name: "Wrong", exact: true }).click();
  await page.waitForURL(/statement=2/);
  assert.equal((await api(`/corrections?article=${key}`)).total, 1);
  await note.getByRole("button", { name: "Wrong", exact: true }).click();
  await page.waitForURL(/statement=2/);
  assert.equal((await api(`/corrections?article=${key}`)).total, 0, "said again, it is taken back");
  await page.getByRole("link", { name: /on condition of anonymity/ }).first().click();
  await page.waitForURL(/source=anonymity/);
  await page.goto("/adding");
  const folder = mkdtempSync(join(tmpdir(), "onrecord-sent-"));
  try {
    writeFileSync(join(folder, "talks.html"), readFileSync(join(ROOT, "examples/continental-press/2026-03-11-ilmen-talks-sarvo-drone.html")));
    await page.getByLabel("Choose files to add").setInputFiles(join(folder, "talks.html"));
    await page.getByRole("button", { name: "Add", exact: true }).click();
    await page.waitForURL(/\/adding\/\d+/);
    await page.getByText("1 new article").waitFor({ timeout: 20_000 });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});

const VIEWS = (story) => [
  "/", `/article/${story}`, `/article/${story}?statement=2`, `/evidence/${story}/2`, `/evidence/${story}?fact=headline`,
  "/search", "/search?q=radar", "/search?q=source:unnamed", "/search?q=source:anonymous", "/speakers", "/speaker/Edmund%20Rourke",
  "/sourcing", "/corrections", "/adding", "/api/v1", "/article/nothing",
];

test("nothing is wider than a phone", async () => {
  await look({ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true });
  for (const view of VIEWS(key)) {
    await page.goto(view);
    const wide = await page.evaluate(() => document.documentElement.scrollWidth);
    assert.ok(wide <= 390, `${view} is ${wide} px wide`);
  }
  await page.goto(`/article/${key}`);
  await page.getByRole("link", { name: /^Statement 2:/ }).click();
  await page.getByRole("listitem").filter({ has: page.getByRole("link", { name: "Evidence: statement 2" }) })
    .getByRole("button", { name: "Right", exact: true }).waitFor();
});

test("dark is dark, by the system and by choice", async () => {
  await look({ colorScheme: "dark" });
  const ground = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor.match(/\d+/g).slice(0, 3).map(Number));
  await page.goto("/");
  assert.ok((await ground()).every((part) => part < 64));
  await page.getByRole("button", { name: "Light" }).click();
  assert.ok((await ground()).every((part) => part > 192));
  await page.goto(`/article/${key}`);
  assert.ok((await ground()).every((part) => part > 192), "what was chosen is kept");
});

test("nothing of a page runs, and nothing is fetched from elsewhere", async () => {
  const asked = [];
  page.on("request", (request) => asked.push(request.url()));
  for (const view of VIEWS(key)) await page.goto(view);
  assert.deepEqual(asked.filter((url) => !url.startsWith(desk.address)), []);
});
