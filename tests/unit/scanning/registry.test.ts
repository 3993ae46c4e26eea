import { describe, expect, test } from 'vitest'
import type { ScanEvent, ScannerDriver, ScannerInfo, ScanRequest } from '../../../electron/core/scanning/driver.ts'
import { ScannerRegistry } from '../../../electron/core/scanning/registry.ts'
import { ScanError } from '../../../electron/core/scanning/scan-error.ts'

const never = new AbortController().signal
const scanner = (driver: string, name: string): ScannerInfo => ({
  id: `${driver}:${name}`,
  driver,
  name,
  connection: 'usb',
})
const job = (scannerId: string): ScanRequest => ({
  scannerId,
  source: 'feeder',
  mode: 'grey',
  dpi: 300,
  spoolDir: '/x',
  firstSeq: 1,
})

/** A driver made of the parts a test gives it. */
function driver(id: string, parts: Partial<ScannerDriver> = {}): ScannerDriver {
  return {
    id,
    availability: async () => 'ready',
    list: async () => [scanner(id, 'one')],
    capabilities: async () => ({ sources: [], options: [] }),
    // eslint-disable-next-line require-yield
    async *scan(): AsyncGenerator<ScanEvent> {
      yield { type: 'end', reason: 'complete' }
    },
    ...parts,
  }
}

describe('the registry', () => {
  test('a driver that fails or hangs takes nobody else with it', async () => {
    const registry = new ScannerRegistry(
      [
        driver('good'),
        driver('bad', { list: async () => Promise.reject(new ScanError('io', 'bus gone')) }),
        driver('hung', { list: () => new Promise(() => {}) }),
        driver('absent', { availability: async () => 'not_installed' }),
      ],
      { timeLimitMs: 50 },
    )
    const { scanners, drivers } = await registry.list(never)
    expect(scanners.map((s) => s.id)).toEqual(['good:one'])
    expect(drivers).toEqual([
      { driver: 'good', state: 'ready' },
      { driver: 'bad', state: 'failed', code: 'io' },
      { driver: 'hung', state: 'failed', code: 'offline' },
      { driver: 'absent', state: 'not_installed' },
    ])
  })

  test('ten scanners found and lost do not disturb a scan that runs', async () => {
    let present: ScannerInfo[] = []
    let next = (): void => {}
    const registry = new ScannerRegistry([
      driver('crowd', { list: async () => present }),
      driver('desk', {
        async *scan() {
          for (let page = 1; page <= 3; page++) {
            await new Promise<void>((resolve) => (next = resolve))
            yield { type: 'progress', pct: 100, page }
          }
          yield { type: 'end', reason: 'feeder_empty' }
        },
      }),
    ])
    const seen: ScanEvent[] = []
    const run = (async () => {
      for await (const event of registry.scan(job('desk:one'), never)) seen.push(event)
    })()
    for (let round = 0; round < 30; round++) {
      present = Array.from({ length: 10 }, (_, i) => scanner('crowd', `s${i}`)).filter((_, i) => (i + round) % 3 !== 0)
      const { scanners } = await registry.list(never)
      expect(scanners.filter((s) => s.driver === 'crowd')).toEqual(present)
      if (round % 10 === 9) next()
    }
    await run
    expect(seen.map((e) => e.type)).toEqual(['progress', 'progress', 'progress', 'end'])
  })

  test('a driver whose list disturbs scans is not asked while one runs, and its devices stay in the list', async () => {
    let asked = 0
    let finish = (): void => {}
    const registry = new ScannerRegistry([
      driver('usb', {
        listDisturbsScans: true,
        list: async () => {
          asked += 1
          return [scanner('usb', 'one')]
        },
        async *scan() {
          yield { type: 'progress', pct: 1, page: 1 }
          await new Promise<void>((resolve) => (finish = resolve))
        },
      }),
    ])
    await registry.list(never)
    const running = registry.scan(job('usb:one'), never)
    await running.next()
    expect((await registry.list(never)).scanners).toHaveLength(1)
    expect(asked).toBe(1)
    const over = running.next()
    finish()
    await over
    await registry.list(never)
    expect(asked).toBe(2)
  })

  test('one job at a time for a device, in order; another device does not wait', async () => {
    const log: string[] = []
    const gates = new Map<string, () => void>()
    const registry = new ScannerRegistry([
      driver('d', {
        async *scan(request) {
          const name = `${request.scannerId}/${request.firstSeq}`
          log.push(`start ${name}`)
          await new Promise<void>((resolve) => gates.set(name, resolve))
          log.push(`end ${name}`)
          yield { type: 'end', reason: 'complete' }
        },
      }),
    ])
    const start = (id: string, firstSeq: number, signal = never): Promise<unknown> =>
      (async () => {
        for await (const _ of registry.scan({ ...job(id), firstSeq }, signal));
      })()
    const settle = (): Promise<void> => new Promise((resolve) => setImmediate(resolve))
    const stop = new AbortController()
    const first = start('d:a', 1)
    const waiting = start('d:a', 2, stop.signal)
    const second = start('d:a', 3)
    const other = start('d:b', 1)
    await settle()
    expect(log).toEqual(['start d:a/1', 'start d:b/1'])
    stop.abort()
    await expect(waiting).rejects.toMatchObject({ code: 'cancelled' })
    await settle()
    expect(log).toHaveLength(2)
    gates.get('d:a/1')?.()
    await first
    await settle()
    expect(log).toContain('start d:a/3')
    gates.get('d:a/3')?.()
    gates.get('d:b/1')?.()
    await Promise.all([second, other])
  })

  test('whatever a driver throws comes out as one of the closed list', async () => {
    const full = Object.assign(new Error('write'), { code: 'ENOSPC' })
    const registry = new ScannerRegistry([
      // eslint-disable-next-line require-yield
      driver('d', {
        scan: async function* () {
          throw full
        },
      }),
      driver('e', { capabilities: async () => Promise.reject(new TypeError('bug')) }),
    ])
    await expect(registry.scan(job('d:x'), never).next()).rejects.toMatchObject({
      name: 'ScanError',
      code: 'disk_full',
    })
    await expect(registry.capabilities('e:x', never)).rejects.toMatchObject({ name: 'ScanError', code: 'unknown' })
    await expect(registry.scan(job('gone:x'), never).next()).rejects.toMatchObject({ code: 'offline' })
  })
})
