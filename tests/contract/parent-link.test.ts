import { fork } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { afterEach, describe, expect, test } from 'vitest'
import type { AskCore, FromCore, ToCore } from '../../electron/contract/host-link.ts'
import { createAsking } from '../../electron/contract/asking.ts'

const program = fileURLToPath(new URL('./support/hosted-program.ts', import.meta.url))
const init = { dataDir: '/data', rehearsal: true, locale: 'zh-CN' }

/** A hosted program as main sees it, through the host that carries text. */
function host() {
  const child = fork(program, [], { stdio: ['ignore', 'ignore', 'inherit', 'ipc'] })
  const heard: FromCore[] = []
  const waiting: { want: (message: FromCore) => boolean; resolve: (message: FromCore) => void }[] = []
  const send = (message: ToCore) => void child.send(message)
  const asking = createAsking<AskCore, object>(send, {})
  child.on('message', (raw) => {
    const message = raw as FromCore
    if (asking.take(message)) return
    heard.push(message)
    for (const entry of waiting) if (entry.want(message)) entry.resolve(message)
  })
  const next = (want: (message: FromCore) => boolean) =>
    new Promise<FromCore>((resolve) => {
      const already = heard.find(want)
      if (already) resolve(already)
      else waiting.push({ want, resolve })
    })
  const exit = new Promise<number | null>((resolve) => child.once('exit', (code) => resolve(code)))
  started.push(() => child.kill('SIGKILL'))
  return { child, send, asking, next, exit }
}

const started: (() => void)[] = []
afterEach(() => started.splice(0).forEach((end) => end()))

const says = (port: number, what: string) => (message: FromCore) =>
  message.type === 'port-data' && message.port === port && JSON.stringify(message.message).includes(what)

describe('a hosted core', () => {
  test('opens as main says, and says when it serves', async () => {
    const { send, next } = host()
    send({ type: 'init', init })
    await next((message) => message.type === 'ready')
  })

  test('serves a port that came before it was open', async () => {
    const { send, next } = host()
    send({ type: 'port', port: 4 })
    send({ type: 'port-data', port: 4, message: 'early' })
    send({ type: 'init', init })
    await next(says(4, 'echo early'))
  })

  test('keeps two windows apart', async () => {
    const { send, next } = host()
    send({ type: 'init', init })
    send({ type: 'port', port: 1 })
    send({ type: 'port', port: 2 })
    send({ type: 'port-data', port: 2, message: 'two' })
    send({ type: 'port-data', port: 1, message: 'one' })
    await Promise.all([next(says(1, 'echo one')), next(says(2, 'echo two'))])
  })

  test('answers where a blob is, and null for one it does not know', async () => {
    const { send, asking } = host()
    send({ type: 'init', init })
    expect(await asking.ask('blob', { id: 'a' })).toEqual({ path: '/data/a', type: 'image/png' })
    expect(await asking.ask('blob', { id: 'missing' })).toBeNull()
  })

  test('closes before it ends when asked to', async () => {
    const { send, next, exit } = host()
    send({ type: 'init', init })
    send({ type: 'port', port: 1 })
    await next((message) => message.type === 'ready')
    send({ type: 'end' })
    await next(says(1, 'closed'))
    expect(await exit).toBe(0)
  })

  test('ends by itself when main is gone', async () => {
    const { child, send, next, exit } = host()
    send({ type: 'init', init })
    await next((message) => message.type === 'ready')
    child.disconnect()
    expect(await exit).toBe(0)
  })
})
