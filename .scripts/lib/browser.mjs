// Finds a headless-capable Chromium: the one named, the pinned one from npm on Linux x64, or one that the machine has.
import { existsSync } from "node:fs";
import { chmod, readFile, rm, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { delimiter, join, resolve } from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { promisify } from "node:util";
import { brotliDecompress } from "node:zlib";
import { cached } from "./cache.mjs";
import { npm } from "./install.mjs";
import { PlainError } from "./plainError.mjs";
import { cleanEnvironment, run } from "./processes.mjs";

/** @typedef {{ executablePath: string, env: Record<string, string> }} Browser */

const manifest = resolve(import.meta.dirname, "../browser");
const unpack = promisify(brotliDecompress);

/** Where a Chromium, Chrome or Edge usually is, besides the PATH. */
const usualNames = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "microsoft-edge"];
const usualPlaces = [
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
  "/Applications/Chromium.app/Contents/MacOS/Chromium",
  "/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
  "C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe",
  "C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe",
];

/** The machine's own fonts where it has any, and the one that came along. */
const fontSettings = `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "urn:fontconfig:fonts.dtd">
<fontconfig>
  <include ignore_missing="yes">/etc/fonts/fonts.conf</include>
  <dir prefix="relative">fonts</dir>
  <cachedir prefix="xdg">fontconfig</cachedir>
</fontconfig>
`;

/**
 * A browser that starts. `CHROMIUM` names one; where none can be had, the error says how to get one.
 * @returns {Promise<Browser>}
 */
export async function findBrowser() {
  const named = process.env.CHROMIUM;
  if (named) return { executablePath: named, env: cleanEnvironment() };
  const pinned = process.platform === "linux" && process.arch === "x64" ? await fromNpm() : undefined;
  if (pinned && (await starts(pinned))) return pinned;
  const installed = installedBrowser();
  if (installed) return { executablePath: installed, env: cleanEnvironment() };
  throw new PlainError(
    "There is no browser to show the editor in: install Chromium, Chrome or Edge, or name one with CHROMIUM=/path/to/chromium.",
  );
}

/** @returns {string | undefined} */
function installedBrowser() {
  const folders = (process.env.PATH ?? "").split(delimiter);
  const onPath = usualNames.flatMap((name) => folders.map((folder) => join(folder, name)));
  return [...onPath, ...usualPlaces].find((file) => existsSync(file));
}

/**
 * The pinned package's files, unpacked once. Only its files are used: the binary, the libraries that a bare machine
 * lacks (nss, nspr, expat), and a font. Its own code, made for another kind of host, is not run.
 * @returns {Promise<Browser>}
 */
async function fromNpm() {
  const folder = await cached(manifest, "browser", async (partial) => {
    console.log("Fetching a headless Chromium (once, about 70 MB) …");
    await npm(partial, ["ci", "--ignore-scripts", "--no-audit", "--no-fund"], "Chromium");
    await unpackBrowser(partial);
    await rm(join(partial, "node_modules"), { recursive: true });
  });
  const env = cleanEnvironment({
    LD_LIBRARY_PATH: [join(folder, "lib"), process.env.LD_LIBRARY_PATH].filter(Boolean).join(":"),
    FONTCONFIG_FILE: join(folder, "fonts.conf"),
  });
  return { executablePath: join(folder, "chromium"), env };
}

/** @param {string} folder */
async function unpackBrowser(folder) {
  const packed = join(folder, "node_modules/@sparticuz/chromium/bin");
  const tar = createRequire(join(folder, "package.json"))("tar-fs");
  const executable = join(folder, "chromium");
  await writeFile(executable, await unpack(await readFile(join(packed, "chromium.br"))));
  await chmod(executable, 0o755);
  // The software renderer must lie beside the binary; the archives of libraries and fonts bring their own folders.
  for (const name of ["al2023", "swiftshader", "fonts"]) {
    const archive = await unpack(await readFile(join(packed, `${name}.tar.br`)));
    await pipeline(Readable.from([archive]), tar.extract(folder));
  }
  await writeFile(join(folder, "fonts.conf"), fontSettings);
}

/** @param {Browser} browser */
async function starts({ executablePath, env }) {
  const { code, output } = await run(executablePath, ["--version"], { env, capture: true, timeoutMs: 20_000 });
  if (code !== 0)
    console.log(`The Chromium from npm does not start here (${output.trim().split("\n")[0]}): looking for another.`);
  return code === 0;
}

/**
 * Starts the browser without a window. Import of playwright-core waits until here: scripts run before it is installed.
 * @param {string} folder where it may leave temporary files: it forgets some
 * @returns {Promise<import("playwright-core").Browser>}
 */
export async function launchBrowser(folder) {
  const { chromium } = await import("playwright-core");
  const { executablePath, env } = await findBrowser();
  const quiet = ["--disable-background-networking", "--disable-component-update", "--disable-sync", "--no-first-run"];
  const args = ["--headless=new", "--no-sandbox", "--disable-gpu", "--disable-quic", ...quiet];
  // Playwright would end this process on a signal by itself, before the editor's server is ended.
  const signals = { handleSIGINT: false, handleSIGTERM: false, handleSIGHUP: false };
  return chromium.launch({ executablePath, env: { ...env, TMPDIR: folder }, args, ...signals });
}
