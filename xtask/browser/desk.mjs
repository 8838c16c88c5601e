// A desk to drive a browser at: the program, over an archive of its own.

import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { chromium } from "playwright-core";

export const ROOT = new URL("../../", import.meta.url).pathname;

/** Opens a desk over the paths; gives its address, the folder of its archive, and what closes it. */
export async function openDesk(binary, paths) {
  const folder = mkdtempSync(join(tmpdir(), "onrecord-desk-"));
  const archive = join(folder, "archive");
  const desk = spawn(binary, ["desk", "--archive", archive, "--listen", "127.0.0.1:0", ...paths], {
    cwd: ROOT,
    stdio: ["ignore", "pipe", "ignore"],
  });
  const address = await new Promise((found, failed) => {
    desk.once("exit", () => failed(new Error("the desk ended before it was open")));
    createInterface({ input: desk.stdout }).on("line", (line) => {
      const at = line.match(/http:\/\/[^/ ]+/);
      if (at) found(at[0]);
    });
  });
  const close = () => {
    desk.kill();
    rmSync(folder, { recursive: true, force: true });
  };
  return { address, archive, close };
}

/** Debian's browser. */
export async function openBrowser() {
  const executablePath = process.env.CHROMIUM ?? "/usr/bin/chromium";
  return chromium.launch({ executablePath, args: ["--no-sandbox", "--disable-gpu"] });
}
