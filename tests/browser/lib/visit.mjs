import { availableParallelism } from "node:os";

// On a machine that has much else to do, a page may take its time.
export const PATIENCE = 120_000;
const TABS = Math.max(2, Math.min(6, availableParallelism()));

// Opens each page in one of a few tabs and hands the tab to `look`.
export async function visit(browser, options, pages, look) {
  const context = await browser.newContext(options);
  context.setDefaultTimeout(PATIENCE);
  const queue = [...pages];
  try {
    await Promise.all(
      Array.from({ length: TABS }, async () => {
        const tab = await context.newPage();
        for (let page = queue.shift(); page; page = queue.shift()) await look(tab, page);
      }),
    );
  } finally {
    await context.close();
  }
}
