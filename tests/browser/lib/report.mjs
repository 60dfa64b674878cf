export class Report {
  passed = 0;
  failed = 0;
  #lines = [];
  #started = performance.now();

  constructor(name) {
    this.name = name;
  }

  // One thing was looked at; each problem counts as one failure.
  result(where, problems) {
    if (problems.length === 0) this.passed += 1;
    this.failed += problems.length;
    for (const problem of problems) this.#lines.push(`  FAILED ${where}: ${problem}`);
  }

  note(text) {
    this.#lines.push(`  note: ${text}`);
  }

  print() {
    const seconds = ((performance.now() - this.#started) / 1000).toFixed(1);
    const state = this.failed === 0 ? "ok    " : "FAILED";
    console.log(`${state} ${this.name}: ${this.passed} passed, ${this.failed} failed, ${seconds} s`);
    for (const line of this.#lines) console.log(line);
  }
}
