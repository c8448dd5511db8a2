#!/usr/bin/env node
// Starts stock Firefox for Playwright, answers the one command it does not know yet, and gives its
// downloads the identity it leaves out. Not a test.
// Usage: as the executable of Firefox, whose own executable is in FIREFOX.
import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { WebSocket, WebSocketServer } from 'ws';

const MEDIA = 'emulation.setMediaFeaturesOverride';
const LISTENING = /^WebDriver BiDi listening on (ws:.*)$/;

/** The answer to a command that Firefox does not know; nothing if Firefox is to answer. */
function answer(text) {
  if (!text.includes(MEDIA)) return;
  const { id, method, params } = JSON.parse(text);
  const scheme = params?.features?.['prefers-color-scheme'] ?? 'light';
  if (method === MEDIA && scheme === 'light') return JSON.stringify({ type: 'success', id, result: {} });
}

/** An event of a download, by its address: a blob's is its own. */
function told(text) {
  if (!text.startsWith('{"type":"event","method":"browsingContext.download')) return text;
  const event = JSON.parse(text);
  event.params.download ??= event.params.url;
  return JSON.stringify(event);
}

/** Passes on what either side says. */
function join(client, firefox) {
  const early = [];
  firefox.on('open', () => early.splice(0).forEach((text) => firefox.send(text)));
  client.on('message', (data) => {
    const text = data.toString();
    const ours = answer(text);
    if (ours) client.send(ours);
    else if (firefox.readyState === WebSocket.OPEN) firefox.send(text);
    else early.push(text);
  });
  firefox.on('message', (data) => client.send(told(data.toString())));
  client.on('close', () => firefox.close());
  firefox.on('close', () => client.close());
}

const firefox = spawn(process.env.FIREFOX, process.argv.slice(2), { stdio: ['ignore', 'inherit', 'pipe'] });
firefox.on('exit', (code) => process.exit(code ?? 1));
createInterface(firefox.stderr).on('line', (line) => {
  const address = line.match(LISTENING)?.[1];
  if (!address) return console.error(line);
  const server = new WebSocketServer({ host: '127.0.0.1', port: 0 });
  server.on('connection', (client, { url }) => join(client, new WebSocket(address + url)));
  server.on('listening', () =>
    console.error(`WebDriver BiDi listening on ws://127.0.0.1:${server.address().port}`),
  );
});
