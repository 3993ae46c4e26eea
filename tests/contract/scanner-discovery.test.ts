import { Bonjour } from 'bonjour-service'
import { afterEach, expect, test } from 'vitest'
import { EsclDiscovery, type MulticastOptions } from '../../electron/core/scanning/escl/discovery.ts'
import { EsclDriver } from '../../electron/core/scanning/escl/driver.ts'
import { houseAddresses } from '../../electron/core/scanning/escl/private-network.ts'
import { ScannerRegistry } from '../../electron/core/scanning/registry.ts'
import { collect, spool } from '../devices/collect.ts'
import { startEsclSimulator } from '../devices/escl-simulator.ts'

const never = new AbortController().signal
// Only this combination receives anything on Linux when mDNS is kept to loopback.
const LOOPBACK: MulticastOptions = { interface: '127.0.0.1', bind: '0.0.0.0', loopback: true }
const undo: (() => unknown)[] = []
afterEach(async () => {
  for (const step of undo.splice(0).reverse()) await step()
})

test('scanners that announce themselves are found, and lost when they go; strangers are not asked', async () => {
  const sims = await Promise.all([1, 2, 3].map((n) => startEsclSimulator({ name: `MFP ${n}` })))
  sims.forEach((sim) => undo.push(sim.close))
  const publisher = new Bonjour(LOOPBACK as object)
  undo.push(() => publisher.destroy())
  const publish = (name: string, type: string, port: number, txt: object): unknown =>
    publisher.publish({ name, type, port, txt, probe: false, disableIPv6: true })
  sims.forEach((sim, i) => publish(`MFP ${i + 1}`, 'uscan', sim.port, { rs: 'eSCL', ty: `MFP ${i + 1}` }))
  publish('Evil', 'uscan', sims[0]!.port, { rs: 'eSCL/../../x?y=@' })

  const discovery = new EsclDiscovery(houseAddresses(), LOOPBACK)
  undo.push(() => discovery.stop())
  const driver = new EsclDriver({ announced: discovery.announced })
  undo.push(() => driver.close())
  const names = async (): Promise<string[]> => (await driver.list(never)).map((s) => s.name).sort()
  await expect.poll(names, { timeout: 15_000 }).toEqual(['MFP 1', 'MFP 2', 'MFP 3'])
  await sims[1]!.close()
  expect(await names()).toEqual(['MFP 1', 'MFP 3'])
})

test('ten scanners found and lost during work do not disturb it', async () => {
  const working = await startEsclSimulator({ name: 'Working', sheets: 12, chunks: 6, chunkPauseMs: 15 })
  undo.push(working.close)
  const publisher = new Bonjour(LOOPBACK as object)
  undo.push(() => publisher.destroy())
  const publish = (name: string, port: number) =>
    publisher.publish({ name, type: 'uscan', port, txt: { rs: 'eSCL', ty: name }, probe: false, disableIPv6: true })
  publish('Working', working.port)
  const discovery = new EsclDiscovery(houseAddresses(), LOOPBACK)
  undo.push(() => discovery.stop())
  const driver = new EsclDriver({ announced: discovery.announced })
  undo.push(() => driver.close())
  const registry = new ScannerRegistry([driver])
  const names = async () => (await registry.list(never)).scanners.map((one) => one.name)
  await expect.poll(names, { timeout: 15_000 }).toEqual(['Working'])

  const box = await spool()
  undo.push(box.dispose)
  const request = { scannerId: `escl:${working.url}`, source: 'feeder', mode: 'grey', dpi: 75, spoolDir: box.dir, firstSeq: 1 } as const // prettier-ignore
  const scan = collect(registry.scan(request, never))
  const crowd = await Promise.all(Array.from({ length: 10 }, (_, n) => startEsclSimulator({ name: `MFP ${n}` })))
  undo.push(...crowd.map((sim) => sim.close))
  crowd.forEach((sim, n) => publish(`MFP ${n}`, sim.port))
  await expect.poll(async () => (await names()).length, { timeout: 15_000 }).toBe(11)
  await Promise.all(crowd.map((sim) => sim.close()))
  expect(await names()).toEqual(['Working'])
  const { pages, end, error } = await scan
  expect({ error, end, seqs: pages.map((page) => page.seq) }).toEqual({
    error: null,
    end: 'feeder_empty',
    seqs: Array.from({ length: 12 }, (_, n) => n + 1),
  })
}, 60_000)

test('where there is no multicast nothing is found and nothing fails', async () => {
  const discovery = new EsclDiscovery(houseAddresses(), { interface: '203.0.113.7', bind: '203.0.113.7' })
  undo.push(() => discovery.stop())
  expect(await discovery.announced(never)).toEqual([])
  expect(await discovery.announced(never)).toEqual([])
})
