// Requests that no browser of the reader sends, and clients that are slow on purpose.

import { readFile, readdir } from "node:fs/promises";
import { createServer } from "node:http";
import { connect } from "node:net";

const ok = "GET / HTTP/1.1\r\n";

// What is sent, and the statuses it may get; none where the connection just ends.
const REQUESTS = (host) => [
  ["an ordinary one", `${ok}Host: ${host}\r\n\r\n`, [200]],
  ["HEAD", `HEAD / HTTP/1.1\r\nHost: ${host}\r\n\r\n`, [200]],
  ["no Host", `${ok}\r\n`, [400, 421]],
  ["no Host in HTTP/1.0", "GET / HTTP/1.0\r\n\r\n", [400, 421]],
  ["two Hosts", `${ok}Host: ${host}\r\nHost: ${host}\r\n\r\n`, [400, 421]],
  ["a foreign Host", `${ok}Host: evil.example\r\n\r\n`, [421]],
  ["our Host with another port", `${ok}Host: localhost:1\r\n\r\n`, [421]],
  ["a Host that begins like ours", `${ok}Host: ${host}.evil.example\r\n\r\n`, [421]],
  ["a length without end", `${ok}Host: ${host}\r\nContent-Length: 99999999999999\r\n\r\n`, [400, 413]],
  ["a body", `POST / HTTP/1.1\r\nHost: ${host}\r\nContent-Length: 4\r\n\r\nbody`, [405, 413]],
  ["a length and chunks", `${ok}Host: ${host}\r\nContent-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n`, [400, 413]],
  ["two lengths", `${ok}Host: ${host}\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\na`, [400, 413]],
  ["TRACE", `TRACE / HTTP/1.1\r\nHost: ${host}\r\n\r\n`, [405]],
  ["CONNECT", `CONNECT ${host} HTTP/1.1\r\nHost: ${host}\r\n\r\n`, [400, 405]],
  ["an unknown method", `BREW / HTTP/1.1\r\nHost: ${host}\r\n\r\n`, [405]],
  ["bare line feeds", `GET / HTTP/1.1\nHost: ${host}\n\n`, [400]],
  ["a bare line feed within", `${ok}Host: ${host}\nX: y\r\n\r\n`, [400]],
  ["a TLS hello", Buffer.from([0x16, 0x03, 0x01, 0x00, 0xa5, 0x01, 0x00, 0x00, 0xa1, 0x03, 0x03]), [400, undefined]],
  ["an HTTP/2 preface", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", [400, 505, undefined]],
  ["a zero byte", `GET /%00 HTTP/1.1\r\nHost: ${host}\r\n\r\n`, [400]],
  ["two slashes", `GET //evil.example/ HTTP/1.1\r\nHost: ${host}\r\n\r\n`, [400]],
  ["an absolute address", `GET http://evil.example/ HTTP/1.1\r\nHost: ${host}\r\n\r\n`, [400, 421]],
  ["a way up", `GET /../../etc/passwd HTTP/1.1\r\nHost: ${host}\r\n\r\n`, [400]],
  ["a hidden way up", `GET /%2e%2e/%2e%2e/etc/passwd HTTP/1.1\r\nHost: ${host}\r\n\r\n`, [400]],
  ["a backslash", `GET /..%5c..%5cetc HTTP/1.1\r\nHost: ${host}\r\n\r\n`, [400]],
  ["a source file", `GET /content/vendors/alder.md HTTP/1.1\r\nHost: ${host}\r\n\r\n`, [404]],
  ["what is not there", `GET /no-such-page.html HTTP/1.1\r\nHost: ${host}\r\n\r\n`, [404]],
  ["a broken escape", `GET /%ff HTTP/1.1\r\nHost: ${host}\r\n\r\n`, [400]],
  ["a long address", `GET /${"a".repeat(60_000)} HTTP/1.1\r\nHost: ${host}\r\n\r\n`, [400, 414, 431]],
  ["a long head", `${ok}Host: ${host}\r\nX: ${"a".repeat(60_000)}\r\n\r\n`, [400, 431]],
  ["many heads", `${ok}Host: ${host}\r\n${"X: y\r\n".repeat(5_000)}\r\n`, [400, 431]],
  ["another site's origin", `${ok}Host: ${host}\r\nOrigin: http://evil.example\r\n\r\n`, [403]],
  ["a picture of another site", `${ok}Host: ${host}\r\nSec-Fetch-Site: cross-site\r\nSec-Fetch-Mode: no-cors\r\n\r\n`, [403]],
];

export async function rawRequests(preview, result) {
  const host = `localhost:${preview.port}`;
  const before = await memory(preview);
  for (const [name, bytes, wanted] of REQUESTS(host)) {
    const { status, text } = await raw(preview.port, bytes);
    const problems = wanted.includes(status) ? [] : [`answered with ${status}, not ${wanted.join(" or ")}`];
    if (status !== 200 && /evil|etc|passwd|no-such/.test(text)) problems.push("repeats what was asked for");
    if (/access-control/i.test(text)) problems.push("lets other sites read it");
    result(name, [...problems, ...(await prompt(preview))]);
  }
  const halves = await Promise.all(Array.from({ length: 50 }, () => raw(preview.port, `${ok}Host: ${host}\r\nConnection: close\r\n\r\n`, true)));
  const unheard = halves.filter(({ status }) => status !== 200).length;
  result("who has said all and listens", unheard === 0 ? [] : [`${unheard} of 50 got no answer`]);
  result("pages that are closed", await goneProblems(preview, host));
  const flood = await raw(preview.port, Buffer.concat([Buffer.from(`${ok}Host: ${host}\r\nX: `), Buffer.alloc(64 << 20, 97)]));
  result("a flood", [400, 431, undefined].includes(flood.status) ? await prompt(preview) : [`answered with ${flood.status}`]);
  const grown = (await memory(preview)) - before;
  result("memory after all that", grown < 20 ? [] : [`${grown.toFixed(0)} MB more`]);
  const { status, headers: sent } = await preview.get("guides/parts?x");
  result("a folder without its slash", status === 308 && sent.location === "parts/" ? [] : [`${status} to ${sent.location}`]);
  const { headers } = await preview.get("vendors/alder.html");
  const wanted = { "x-content-type-options": "nosniff", "x-frame-options": "DENY", "cache-control": "no-store", "referrer-policy": "no-referrer", "cross-origin-resource-policy": "same-origin" };
  result("headers", Object.entries(wanted).filter(([name, value]) => headers[name] !== value).map(([name]) => `${name} is ${headers[name]}`));
}

// The next ordinary request is answered at once.
async function prompt(preview) {
  const started = performance.now();
  const { status } = await preview.get("index.html");
  const took = performance.now() - started;
  return status === 200 && took < 1_000 ? [] : [`the next request was answered with ${status} after ${took.toFixed(0)} ms`];
}

async function memory(preview) {
  const status = await readFile(`/proc/${preview.process.pid}/status`, "utf8");
  return Number(status.match(/VmRSS:\s+(\d+)/)[1]) / 1024;
}

// Listeners that have gone are let go of within seconds.
async function goneProblems(preview, host) {
  const open = async () => (await readdir(`/proc/${preview.process.pid}/fd`)).length;
  const before = await open();
  const sockets = Array.from({ length: 30 }, () => connect(preview.port, "127.0.0.1"));
  const heard = sockets.map((socket) => new Promise((done) => socket.once("data", done).on("error", done)));
  sockets.forEach((socket) => socket.write(`GET /_partwell/events?page=index.html HTTP/1.1\r\nHost: ${host}\r\n\r\n`));
  await Promise.all(heard);
  const most = await open();
  sockets.forEach((socket) => socket.destroy());
  const until = performance.now() + 25_000;
  while ((await open()) > before + 2 && performance.now() < until) await new Promise((next) => setTimeout(next, 100));
  const left = (await open()) - before;
  return [...(most < before + 30 ? [`only ${most - before} of 30 were heard`] : []), ...(left > 2 ? [`${left} connections stay`] : [])];
}

function raw(port, bytes, isAll = false) {
  return new Promise((answer) => {
    const socket = connect({ port, host: "127.0.0.1", allowHalfOpen: true });
    let text = "";
    const done = () => {
      socket.destroy();
      const status = text.match(/^HTTP\/1\.\d (\d+)/)?.[1];
      answer({ status: status && Number(status), text: text.slice(0, 3_000) });
    };
    socket.on("data", (data) => {
      text += data;
      if (text.includes("\r\n\r\n")) done();
    });
    socket.on("error", done);
    socket.on("end", done);
    socket.on("close", done);
    socket.setTimeout(8_000, done);
    if (isAll) socket.end(bytes);
    else socket.write(bytes);
  });
}

// Clients that send a byte now and then, or nothing, or do not take what they asked for.
export async function slowClients(preview, result) {
  const host = `localhost:${preview.port}`;
  const sockets = Array.from({ length: 150 }, (_, n) => {
    const socket = connect(preview.port, "127.0.0.1");
    socket.on("error", () => {});
    if (n % 3 === 0) socket.write("GET / HT");
    if (n % 3 === 1) socket.write(`GET /handbook.json HTTP/1.1\r\nHost: ${host}\r\n\r\n`);
    else socket.resume();
    return socket;
  });
  const closed = sockets.map((socket) => new Promise((done) => socket.on("close", done)));
  const times = [];
  for (let n = 0; n < 10; n += 1) {
    const started = performance.now();
    const { status } = await preview.get("vendors/birch.html").catch(() => ({}));
    times.push(status === 200 ? performance.now() - started : Infinity);
  }
  times.sort((a, b) => a - b);
  result("beside 150 slow clients", times.at(-1) < 2_000 ? [] : [`answered after ${times.map((time) => time.toFixed(0)).join(", ")} ms`]);
  console.log(`  note: beside 150 slow clients a page takes ${times[5].toFixed(1)} ms, ${times.at(-1).toFixed(1)} at most`);
  const silent = sockets.filter((_, n) => n % 3 !== 1);
  const ended = await Promise.race([
    Promise.all(closed.filter((_, n) => n % 3 !== 1)).then(() => true),
    new Promise((next) => setTimeout(() => next(false), 25_000)),
  ]);
  result("who says nothing is shown out", ended ? [] : [`${silent.filter((socket) => !socket.destroyed).length} are still there`]);
  sockets.forEach((socket) => socket.destroy());
}

// A page of another origin, in the same browser, gets nothing.
export async function otherOrigins(preview, browser, result) {
  const own = createServer((_, answer) => answer.setHeader("content-type", "text/html").end("<!doctype html><title>Elsewhere</title>"));
  await new Promise((ready) => own.listen(0, "127.0.0.1", ready));
  const context = await browser.newContext();
  try {
    const tab = await context.newPage();
    await tab.goto(`http://127.0.0.1:${own.address().port}/`);
    const got = await tab.evaluate(async (address) => {
      const fetched = async (mode) => {
        try {
          return (await (await fetch(address, { mode })).text()).length > 0;
        } catch {
          return false;
        }
      };
      const loads = (tag, key, path) =>
        new Promise((done) => {
          const element = document.createElement(tag);
          element.onload = () => done(true);
          element.onerror = () => done(false);
          element[key] = `${address}${path}`;
          document.body.append(element);
        });
      const events = new Promise((done) => {
        const source = new EventSource(`${address}_partwell/events?page=index.html`);
        source.onmessage = () => done(true);
        source.onerror = () => done(false);
      });
      return {
        "fetch": await fetched("cors"),
        "fetch without asking": await fetched("no-cors"),
        "a script": await loads("script", "src", "assets/ticks.js"),
        "a picture": await loads("img", "src", "shot.svg"),
        "editions": await events,
      };
    }, preview.address);
    for (const [what, was] of Object.entries(got)) result(`another origin: ${what}`, was ? ["got through"] : []);
  } finally {
    await context.close();
    own.close();
  }
}
