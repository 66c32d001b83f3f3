/** Other platforms than Node, where they are installed; what is missing is said in a sentence. */
import { spawn, spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { createServer, type Server } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { buildSync } from "esbuild";

const root = fileURLToPath(new URL("../../..", import.meta.url));
const runtimes = fileURLToPath(new URL("./runtimes/node_modules/", import.meta.url));
/** No install script has run, which would put Bun where its command is looked for. */
const paths = { bun: `@oven/bun-${process.platform}-${process.arch}/bin/bun`, deno: ".bin/deno", workerd: ".bin/workerd" };
export const cure = "is not installed: `npm run elsewhere` installs it and runs this test";

/** For no platform in particular: an import of Node's that was left over would fail the build. */
export function neutral(contents: string, format: "esm" | "iife" = "esm"): string {
  const { outputFiles } = buildSync({ stdin: { contents, resolveDir: root, loader: "ts" }, bundle: true, platform: "neutral", target: "es2022", format, write: false, logLevel: "error", external: ["node:async_hooks"] });
  return outputFiles[0]?.text ?? "";
}

/** The command of a runtime of the package beside this file. */
export function runtime(name: keyof typeof paths): string | undefined {
  const path = join(runtimes, paths[name]);
  return existsSync(path) && spawnSync(path, ["--version"]).status === 0 ? path : undefined;
}

export function chromium(): string | undefined {
  return ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"].find((name) => spawnSync(name, ["--version"]).status === 0);
}

export interface Served {
  readonly type: string;
  readonly text: string;
  readonly headers?: { readonly [name: string]: string };
}

/** Opens a page in a browser; resolves with what its scripts have posted, once there are so many posts. */
export async function browse(command: string, pages: { readonly [path: string]: Served }, posts: number): Promise<readonly string[]> {
  const got: string[] = [];
  let enough = (): void => {};
  const done = new Promise<void>((resolve) => (enough = resolve));
  const server = createServer((incoming, outgoing) => {
    const page = pages[incoming.url ?? ""];
    if (incoming.method === "POST") {
      let text = "";
      incoming.setEncoding("utf8").on("data", (chunk: string) => (text += chunk)).on("end", () => {
        got.push(text);
        outgoing.end();
        if (got.length >= posts) enough();
      });
    } else outgoing.writeHead(page === undefined ? 404 : 200, { "content-type": page?.type ?? "text/plain", ...page?.headers }).end(page?.text);
  });
  const profile = mkdtempSync(join(tmpdir(), "wevt-browser-"));
  const browser = spawn(command, ["--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--no-first-run", `--user-data-dir=${profile}`, `http://127.0.0.1:${await listen(server)}/`], { stdio: "ignore", detached: true });
  const deadline = setTimeout(enough, 40_000);
  try {
    await done;
  } finally {
    clearTimeout(deadline);
    const closed = new Promise((resolve) => browser.once("close", resolve));
    // With the processes that it has started, which would still write into its folder.
    if (browser.pid !== undefined) process.kill(-browser.pid, "SIGKILL");
    await closed;
    server.closeAllConnections();
    server.close();
    rmSync(profile, { recursive: true, force: true, maxRetries: 10, retryDelay: 200 });
  }
  return got;
}

export async function listen(server: Server): Promise<number> {
  await new Promise<void>((resolve) => void server.listen(0, "127.0.0.1", resolve));
  return Number(Object(server.address()).port);
}
