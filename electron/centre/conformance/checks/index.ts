/** One named check per rule of the sync design that a central service must keep. Each stands by itself; `epoch` comes last. */
import { ASKING } from './asking.ts'
import { BYTES } from './bytes.ts'
import { CALLS } from './calls.ts'
import type { Check } from './check.ts'
import { FEED } from './feed.ts'
import { GUARDS } from './guards.ts'
import { RESULTS } from './results.ts'

export const CHECKS: readonly Check[] = [...FEED, ...RESULTS, ...GUARDS, ...ASKING, ...BYTES, ...CALLS]
