import { visit } from "./visit.mjs";

export async function offline(site, browser, report) {
  const texts = new Map();
  await visit(browser, { javaScriptEnabled: false }, site.shown, async (tab, page) => {
    await tab.goto(page.url);
    texts.set(page.path, await tab.evaluate(() => document.body.innerText));
  });
  await visit(browser, {}, site.shown, async (tab, page) => {
    const problems = [...page.active];
    if (!/default-src 'none'/.test(page.policy)) problems.push("no Content-Security-Policy that starts from nothing");
    if (/unsafe-|https?:|\*/.test(page.policy)) problems.push(`the policy is open: ${page.policy}`);
    const events = {
      request: (request) => {
        const url = request.url();
        if (!url.startsWith(site.url) && !url.startsWith("data:")) problems.push(`asks for ${url}`);
      },
      requestfailed: (request) => problems.push(`${request.url()}: ${request.failure()?.errorText}`),
      console: (message) => {
        if (message.type() === "error") problems.push(`the browser says: ${message.text()}`);
      },
      pageerror: (error) => problems.push(`the page says: ${error.message}`),
    };
    for (const [name, listen] of Object.entries(events)) tab.on(name, listen);
    await tab.goto(page.url);
    const text = await tab.evaluate(() => document.body.innerText);
    for (const [name, listen] of Object.entries(events)) tab.off(name, listen);
    if (text.trim() === "") problems.push("shows no text");
    if (text !== texts.get(page.path)) problems.push("shows another text with JavaScript than without");
    report.result(page.path, problems);
  });
}
