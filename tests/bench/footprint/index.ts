/** What the desk costs while nobody does anything, beside an empty Electron window; and the glibc its package needs. */
import { existsSync, mkdirSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { glibcBelow } from '../../../build/package/elf.mjs'
import { startCentreProcess } from '../../demo/centre-process.ts'
import { launchDesk, type LaunchedDesk } from '../../desk/support/launch.ts'
import { enrolAndSignIn } from '../../desk/support/staff.ts'
import { median, type BenchContext, type Measure, type Measured } from '../line.ts'
import { settled } from '../ui/settled.ts'
import { cpuOf, memoryOf } from './processes.ts'

const ROWS = 2000
/** What is done once after a start (analysers, caches, facts) is over by then, ms. */
const REST_MS = 45_000
const LOOK_MS = 20_000
const LOOKS = 3
const EMPTY_APP = fileURLToPath(new URL('../ui/empty-app', import.meta.url))
const PACKAGE = fileURLToPath(new URL('../../../out/package/dist', import.meta.url))

const rest = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms))
const rootOf = ({ app }: LaunchedDesk) => app.process().pid!

export const measure: Measure = async (context) => {
  const { wants } = context
  const idle = wants('footprint.idle.cpu', 'footprint.memory') ? await measureIdle(context) : []
  return [...idle, ...(wants('footprint.glibc') ? [measureGlibc()] : [])]
}

async function measureIdle({ dir, log }: BenchContext): Promise<Measured[]> {
  const centreData = join(dir, 'centre')
  mkdirSync(centreData, { recursive: true })
  const centre = await startCentreProcess(centreData, ROWS)
  const data = join(dir, 'desk')
  const empty = await launchDesk({ app: EMPTY_APP })
  try {
    const desk = await launchDesk({ data, centre: centre.url })
    try {
      await enrolAndSignIn(desk.page, centre)
      await settled(desk, ROWS)
      await rest(REST_MS)
      const cpu: number[] = []
      const memory: number[] = []
      const beside: number[] = []
      for (let look = 0; look < LOOKS; look++) {
        const [from, began] = [cpuOf(rootOf(desk)), performance.now()]
        await rest(LOOK_MS)
        cpu.push((cpuOf(rootOf(desk)) - from) / (performance.now() - began))
        memory.push(memoryOf(rootOf(desk)))
        beside.push(memoryOf(rootOf(empty)))
      }
      log(`idle: ${cpu.map((share) => share.toFixed(4)).join(' ')} of a core; ${memory.map(Math.round).join(' ')} MB, empty window ${beside.map(Math.round).join(' ')} MB`) // prettier-ignore
      return [
        { id: 'footprint.idle.cpu', value: median(cpu), n: LOOKS },
        {
          id: 'footprint.memory',
          value: median(memory),
          peer: 'empty Electron window',
          peerValue: median(beside),
          n: LOOKS,
        },
      ]
    } finally {
      await desk.close()
    }
  } finally {
    await empty.close()
    await centre.stop()
  }
}

/** Over every file of the package as it was built last. */
function measureGlibc(): Measured {
  const id = 'footprint.glibc'
  const built = existsSync(PACKAGE) ? readdirSync(PACKAGE).find((name) => name.endsWith('unpacked')) : undefined
  if (!built) return { id, value: null, n: 0, why: 'no package has been built: npm run package' }
  const found = glibcBelow(join(PACKAGE, built))
  const [worst] = found
  // 2.28 as a number: the goal's own way of writing it.
  return worst ? { id, value: Number(worst.glibc), n: found.length } : { id, value: null, n: 0, why: 'no program in the package' } // prettier-ignore
}
