import { existsSync } from 'node:fs';
import { type Browser, chromium } from 'playwright-core';

const installed = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

/** No background traffic, no first-run pages, no sandbox (tests run as root in CI). */
const quiet = [
  '--no-sandbox',
  '--headless',
  '--disable-gpu',
  '--no-first-run',
  '--disable-quic',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** A real Chromium: the machine's, or the one that `npm ci` brought along with its libraries. */
export async function openBrowser(): Promise<Browser> {
  const found = installed.find(existsSync);
  if (found) return chromium.launch({ executablePath: found, args: quiet });
  return chromium.launch({ ...(await packaged()), args: quiet });
}

/** The Chromium inside an npm package. It unpacks its libraries only where it believes to run on Lambda, so we let it believe so. */
async function packaged() {
  process.env.AWS_EXECUTION_ENV ??= 'AWS_Lambda_nodejs22.x';
  const { default: binary } = await import('@sparticuz/chromium');
  const executablePath = await binary.executablePath();
  const libraries = ['/tmp/al2023/lib', process.env.LD_LIBRARY_PATH].filter(Boolean).join(':');
  return { executablePath, env: { ...process.env, LD_LIBRARY_PATH: libraries } as Record<string, string> };
}
