/**
 * Milliseconds on a clock that nobody can set: since this machine started, the same for every process on it, standing
 * still while it sleeps. For lengths of time; the time of day is the business of `Date.now` and the centre.
 */
export const steadyMs = (): number => Number(process.hrtime.bigint() / 1_000_000n)
