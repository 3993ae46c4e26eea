/** Core as the shell sees it: what comes up again, and who hears of it. */
import { beforeEach, expect, test, vi } from 'vitest'
import { createCoreHost } from '../../../electron/main/core-host.ts'
import type { ProgramOptions } from '../../../electron/main/hosts/process-host.ts'

interface Child {
  readonly sent: { type: string }[]
  says(message: object): void
  dies(code: number): void
}
const { children } = vi.hoisted(() => ({ children: [] as Child[] }))

vi.mock('electron', () => ({
  MessageChannelMain: class {
    port1 = {}
    port2 = {}
  },
}))
vi.mock('../../../electron/main/hosts/process-host.ts', () => ({
  startProcess: (_program: ProgramOptions) => {
    const [hears, ends]: [((message: unknown) => void)[], ((code: number) => void)[]] = [[], []]
    const child: Child = { sent: [], says: (message) => hears.forEach((hear) => hear(message)), dies: (code) => ends.forEach((end) => end(code)) } // prettier-ignore
    children.push(child)
    return Promise.resolve({
      pid: children.length,
      carriesPorts: true,
      send: (message: { type: string }) => void child.sent.push(message),
      onMessage: (hear: (message: unknown) => void) => void hears.push(hear),
      onExit: (end: (code: number) => void) => void ends.push(end),
      kill: () => {},
    })
  },
}))
vi.mock('../../../electron/main/system-printing.ts', () => ({}))
vi.mock('../../../electron/main/modules/system-proxy.ts', () => ({}))

beforeEach(() => {
  children.length = 0
  vi.spyOn(console, 'error').mockImplementation(() => {})
})
const newest = async (count: number) => {
  await vi.waitFor(() => expect(children.at(-1)!.sent.length).toBeGreaterThan(0))
  expect(children).toHaveLength(count)
  return children.at(-1)!
}
const init = () => ({ dataDir: '/nowhere', rehearsal: false, locale: 'en', machineFile: '' })

test('a core that dies before it was ready leaves no window behind: the next one is given every window anew', async () => {
  const host = createCoreHost({ init, onState: () => {}, onStartAgain: () => void host.openPort() })
  const ports = (child: Child) => child.sent.filter(({ type }) => type === 'port').length
  host.start()
  const first = await newest(1)
  first.says({ type: 'ready' })
  first.dies(-1)
  const second = await newest(2)
  await vi.waitFor(() => expect(ports(second)).toBe(1))
  second.dies(-1)
  const third = await newest(3)
  await vi.waitFor(() => expect(ports(third)).toBe(1))
  third.says({ type: 'ready' })
  expect(host.state).toBe('running')
})

test('a core that says why it does not open is not tried again, until somebody asks', async () => {
  const refusal = { code: 'database_damaged', params: {} }
  const states: [string, unknown][] = []
  const host = createCoreHost({ init, onState: (...state) => void states.push(state), onStartAgain: () => {} })
  host.start()
  const first = await newest(1)
  first.says({ type: 'refused', refusal })
  first.dies(1)
  expect(states).toEqual([['failed', refusal]])
  host.restart()
  ;(await newest(2)).says({ type: 'ready' })
  expect(states.slice(1)).toEqual([['restarting', null], ['running', null]]) // prettier-ignore
})
