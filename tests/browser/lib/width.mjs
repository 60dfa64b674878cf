import { cutOff } from "./cut-off.mjs";
import { visit } from "./visit.mjs";

const WIDTH = 360;

export async function width(site, browser, report) {
  await visit(browser, { viewport: { width: WIDTH, height: 740 } }, site.shown, async (tab, page) => {
    await tab.goto(page.url);
    const scroll = await tab.evaluate(() => {
      for (const details of document.querySelectorAll("details")) details.open = true;
      return document.scrollingElement.scrollWidth;
    });
    const problems = scroll > WIDTH ? [`is ${scroll} px wide at ${WIDTH} px`] : [];
    report.result(page.path, problems.concat(await tab.evaluate(cutOff, WIDTH)));
  });
}
