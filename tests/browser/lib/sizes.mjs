const HTML = 1_000_000;
const CSS = 100_000;

export async function sizes(site, browser, report) {
  const paths = [...site.files.keys()];
  const sheets = paths.filter((path) => path.endsWith(".css"));
  const scripts = paths.filter((path) => /\.[cm]?js$/.test(path));
  report.result("site", sheets.length === 1 ? [] : [`one style sheet expected, found: ${sheets.join(", ") || "none"}`]);
  report.result("site", scripts.map((path) => `${path} is a script`));
  for (const path of sheets) report.result(path, tooLarge(site.files.get(path), CSS));
  for (const { path, styles } of site.pages) {
    report.result(path, tooLarge(site.files.get(path), HTML));
    const redirect = !site.shown.some((page) => page.path === path);
    report.result(path, styles === 1 || redirect ? [] : [`links ${styles} style sheets, not one`]);
  }
}

function tooLarge(bytes, limit) {
  return bytes <= limit ? [] : [`${bytes} bytes, more than ${limit}`];
}
