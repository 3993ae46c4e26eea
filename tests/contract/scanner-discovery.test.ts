import { Bonjour } from 'bonjour-service'
import { afterEach, expect, test } from 'vitest'
import { EsclDiscovery, type MulticastOptions } from '../../electron/core/scanning/escl/discovery.ts'
import { EsclDriver } from '../../electron/core/scanning/escl/driver.ts'
import { houseAddresses } from '../../electron/core/scanning/escl/private-network.ts'
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

test('where there is no multicast nothing is found and nothing fails', async () => {
  const discovery = new EsclDiscovery(houseAddresses(), { interface: '203.0.113.7', bind: '203.0.113.7' })
  undo.push(() => discovery.stop())
  expect(await discovery.announced(never)).toEqual([])
  expect(await discovery.announced(never)).toEqual([])
})
