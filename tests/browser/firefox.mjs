// Runs Python within a page of the site in stock Firefox, driven over WebDriver BiDi. Not a test.
// Usage: node firefox.mjs EXECUTABLE ADDRESS, with {start, code: [...]} on stdin; prints the values.
import { text } from 'node:stream/consumers';
import puppeteer from 'puppeteer-core';

const [executablePath, address] = process.argv.slice(2);
const { start, code } = JSON.parse(await text(process.stdin));
const browser = await puppeteer.launch({ browser: 'firefox', executablePath, protocolTimeout: 300_000 });
try {
  const page = await browser.newPage();
  await page.goto(address);
  await page.evaluate(`(${start})()`);
  const values = [];
  for (const one of code) values.push(await page.evaluate(`python(${JSON.stringify(one)})`));
  console.log(JSON.stringify({ engine: await browser.version(), values }));
} finally {
  await browser.close();
}
