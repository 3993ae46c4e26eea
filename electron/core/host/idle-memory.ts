/**
 * Memory given back when nothing is to be done. V8 keeps a heap as large as its busiest moment needed until more is
 * allocated, and a desk stands idle for hours beside other programs on a small computer.
 */
import { getHeapStatistics, setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'

const LOOK_MS = 10_000
/** A process that takes less of a processor than this does nothing. */
const IDLE = 0.03
/** Less is not worth the 50 ms, bytes. */
const WORTH = 6e6
/** Of a larger heap it would take so long that somebody who comes back waits for it, bytes. */
const MOST = 64e6

type Collect = (how: { type: 'major'; flavor: 'last-resort' }) => void

/**
 * Looks now and then whether the process is idle and has grown, and has it clean up then.
 * @param alsoFree what else can be let go, such as a database's cache
 */
export function giveBackWhenIdle(alsoFree: () => void): void {
  let [cpu, at] = [process.cpuUsage(), performance.now()]
  let after = 0
  let collect: Collect | undefined
  setInterval(() => {
    const { user, system } = process.cpuUsage(cpu)
    const share = (user + system) / 1000 / (performance.now() - at)
    const heap = heapBytes()
    if (share < IDLE && heap > after + WORTH && heap < MOST) {
      collect ??= collector()
      alsoFree()
      collect({ type: 'major', flavor: 'last-resort' })
      after = heapBytes()
    }
    ;[cpu, at] = [process.cpuUsage(), performance.now()]
  }, LOOK_MS).unref()
}

/** Asked of V8: `process.memoryUsage` reads /proc as well and throws where that is closed. */
const heapBytes = (): number => getHeapStatistics().total_heap_size

/** V8's own, which scripts are not shown unless it is asked for. */
function collector(): Collect {
  setFlagsFromString('--expose-gc')
  return runInNewContext('gc') as Collect
}
