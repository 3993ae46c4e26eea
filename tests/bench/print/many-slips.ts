/** Program of the measurement: renders 1,000 slips to warm up and 1,000 more, and prints what they took as JSON. */
import { readFileSync } from 'node:fs'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import type { PullSlip } from '../../../electron/core/printing/templates/data.ts'
import { renderSlip } from '../../../electron/core/printing/templates/index.ts'
import { SAMPLES } from '../../unit/printing/slip-samples.ts'
import type { ManySlips } from './index.ts'

const SLIPS = 1_000
const RUNS = 5
/** Common characters, so that each title needs other glyphs, as real ones do. */
const CHARACTERS = [
  ...'的一是不了人我在有他这中大来上国个到说们为子和你地出道也时年得就那要下以生会自着去之过家学对可她里后小么心多天',
]

function slip(n: number): PullSlip {
  const title = Array.from({ length: 14 }, (_, i) => CHARACTERS[(n * 7 + i * 13) % CHARACTERS.length]).join('')
  const requestNo = `HG${String(n).padStart(8, '0')}`
  return { ...SAMPLES.pullSlip, requestNo, title, callNumber: `I267.${n}/Y${n % 97}`, note: '' }
}

setFlagsFromString('--expose-gc')
const collect = runInNewContext('gc') as () => void

/** MB of memory that is ours alone or our share of it; resident memory where the system does not tell. */
function memory(): number {
  // What is merely not collected yet is no growth.
  collect()
  collect()
  try {
    const pss = /^Pss:\s+(\d+) kB/m.exec(readFileSync('/proc/self/smaps_rollup', 'utf8'))?.[1]
    if (pss) return Number(pss) / 1024
  } catch {
    // Not Linux.
  }
  return process.memoryUsage().rss / 1024 / 1024
}

const times: number[] = []
let n = 0
// Warm: the font is opened once a process, and V8 goes on enlarging its heap for some 600 slips while what is in use
// stays the same (24 MB at 150 slips and at 900). Growth is therefore measured from the thousandth slip on.
for (; n < SLIPS; n++) await renderSlip('pullSlip', slip(n))
const before = memory()
for (let run = 0; run < RUNS; run++) {
  const began = performance.now()
  for (let i = 0; i < SLIPS / RUNS; i++) await renderSlip('pullSlip', slip(n++))
  times.push((performance.now() - began) / (SLIPS / RUNS))
}
console.log(JSON.stringify({ slips: SLIPS, times, before, after: memory() } satisfies ManySlips))
