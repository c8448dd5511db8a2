// Uses the page in stock Firefox, driven over WebDriver BiDi. Not a test.
// Usage: node smoke.mjs EXECUTABLE ADDRESS, with a script on stdin; prints what it returns as JSON.
import { text } from 'node:stream/consumers';
import puppeteer from 'puppeteer-core';

const [executablePath, address] = process.argv.slice(2);
const script = await text(process.stdin);
const browser = await puppeteer.launch({ browser: 'firefox', executablePath, protocolTimeout: 300_000 });
try {
  const page = await browser.newPage();
  const errors = [];
  page.on('pageerror', (error) => errors.push(String(error)));
  await page.goto(address);
  const seen = await page.evaluate(script);
  console.log(JSON.stringify({ engine: await browser.version(), errors, ...seen }));
} finally {
  await browser.close();
}
