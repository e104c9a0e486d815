// Takes the picture of the README from a running demo: npm run demo -- --json > demo.json &, then node scripts/picture.js demo.json
import { readFileSync } from 'node:fs';
import { chromium } from 'playwright-core';

const { urls } = JSON.parse(readFileSync(process.argv[2] ?? 'demo.json', 'utf8'));
const browser = await chromium.launch({
  executablePath: '/usr/bin/chromium',
  args: [
    '--no-sandbox',
    '--headless',
    '--disable-gpu',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
  ],
});

async function shot(width, height, visit) {
  const context = await browser.newContext({ viewport: { width, height } });
  const page = await context.newPage();
  await visit(page);
  await page.waitForTimeout(400);
  const png = (await page.screenshot()).toString('base64');
  await context.close();
  return `data:image/png;base64,${png}`;
}

const guest = await shot(390, 780, page => page.goto(urls['guest page']));
const crew = await shot(390, 780, async page => {
  await page.goto(urls['crew page']);
  await page.click('button');
  await page.waitForLoadState('networkidle');
});
const desk = await shot(1000, 780, async page => {
  await page.goto(urls.desk);
  await page.click('button');
  await page.waitForLoadState('networkidle');
  await page.goto(urls.booking);
});

const page = await browser.newPage({ viewport: { width: 1440, height: 640 } });
await page.setContent(
  `<body style="margin:0;background:#dfe8ec;display:flex;gap:28px;align-items:center;justify-content:center;height:640px">${[
    [guest, 290],
    [crew, 290],
    [desk, 740],
  ]
    .map(
      ([src, width]) =>
        `<img src="${src}" style="width:${width}px;border-radius:14px;box-shadow:0 8px 30px #0a273733">`,
    )
    .join('')}</body>`,
);
await page.screenshot({ path: 'docs/images/gangway.png' });
await browser.close();
