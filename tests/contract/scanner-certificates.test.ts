/** An encrypted scanner through core: asked about once, trusted by a person's word, refused when it changes. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { coreContract } from '../../electron/contract/core.contract.ts'
import { startEsclSimulator, type EsclSimulator } from '../devices/escl-simulator.ts'
import { Stage, type TestDesk } from '../support/desk.ts'

let stage: Stage
let desk: TestDesk
let sim: EsclSimulator

beforeAll(async () => {
  stage = new Stage()
  await stage.startCentre({ rows: 20 })
  desk = await stage.desk('one')
  sim = await startEsclSimulator({ tls: true, name: 'Encrypted MFP' })
  desk.core.settings.set({ scannerAddresses: [sim.url] })
})
afterAll(async () => {
  await sim.close()
  await stage.end()
})

const escl = async () =>
  (await desk.handlers['scanner.list']({ refresh: true })).filter((one) => one.driver === 'escl').map((one) => one.name)
const known = async () =>
  coreContract['scanner.certificates'].out.parse(await desk.handlers['scanner.certificates']({}))

test('it is not listed until a person trusted the fingerprint it showed; that word outlives a restart', async () => {
  expect(await escl()).toEqual([])
  const [waiting] = await known()
  expect(waiting).toMatchObject({ server: `127.0.0.1:${sim.port}`, trusted: null })
  const trust = (fingerprint: string) => desk.handlers['scanner.trust']({ server: waiting!.server, fingerprint })
  expect(() => trust('AA:BB')).toThrow(expect.objectContaining({ code: 'not_found' }))
  await trust(waiting!.shown!)
  expect(await escl()).toEqual(['Encrypted MFP'])
  desk = await desk.restart()
  expect(await escl()).toEqual(['Encrypted MFP'])
})

test('another certificate at the same place is refused and shown beside the one that was trusted', async () => {
  const [before] = await known()
  await sim.close()
  sim = await startEsclSimulator({ tls: true, name: 'Impostor', port: sim.port })
  expect(await escl()).toEqual([])
  const [now] = await known()
  expect(now).toMatchObject({ server: before!.server, trusted: before!.trusted })
  expect(now!.shown).not.toBe(before!.trusted)
  expect(sim.log).toEqual([])
  await desk.handlers['scanner.forget']({ server: before!.server })
  expect(await known()).toEqual([])
})

test('an address range of the campus is taken as such, anything else is refused by the contract', () => {
  const { in: input } = coreContract['settings.set']
  expect(input.safeParse({ houseRanges: ['202.112.0.0/16', '2001:da8::/32'] }).success).toBe(true)
  for (const wrong of ['202.112.0.0', '300.1.1.0/8', 'http://x/', '10.0.0.0/33'])
    expect(input.safeParse({ houseRanges: [wrong] }).success, wrong).toBe(false)
})
