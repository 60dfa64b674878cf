// Counts what was looked at, tells each problem, and sets the exit code.
export function counting() {
  let passed = 0;
  let failed = 0;
  return {
    result(where, problems) {
      if (problems.length === 0) passed += 1;
      else failed += 1;
      for (const problem of problems) console.log(`FAILED ${where}: ${problem}`);
    },
    // A check that looked at fewer things than it should is no good sign either.
    finish(least = 1) {
      console.log(`${passed} passed, ${failed} failed`);
      process.exitCode = failed === 0 && passed >= least ? 0 : 1;
    },
  };
}
