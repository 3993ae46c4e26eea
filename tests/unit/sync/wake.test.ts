/** Hints on the wake line, however a gateway hands them on. */
import { expect, test } from 'vitest'
import { listenForWake } from '../../../electron/core/sync/wake.ts'

/** Listens to one line that says this and ends; resolves when the next line is asked for. @returns how many hints were heard */
async function heard(...chunks: string[]): Promise<number> {
  let hints = 0
  let lines = 0
  const over = Promise.withResolvers<void>()
  const stop = listenForWake({
    open: () => {
      if (lines++ > 0) {
        over.resolve()
        return Promise.reject(new Error('enough'))
      }
      return Promise.resolve(
        new ReadableStream<Uint8Array>({
          start(controller) {
            for (const chunk of chunks) controller.enqueue(new TextEncoder().encode(chunk))
            controller.close()
          },
        }),
      )
    },
    onHint: () => hints++,
  })
  await over.promise
  stop()
  return hints
}

test('a hint is heard whole, in pieces, with the line ends of a gateway, and behind a name or a comment', async () => {
  expect(await heard('data: {"seq":1}\n\n')).toBe(1)
  expect(await heard('data: {"s', 'eq":1}\n', '\n')).toBe(1)
  expect(await heard('data: {"seq":1}\r\n\r', '\n')).toBe(1)
  expect(await heard(': here\nid: 4\nevent: moved\ndata: {"seq":1}\n\n')).toBe(1)
})

test('comments, half events and a line without an end say nothing and take no room', async () => {
  expect(await heard(': still here\n\n', ': still here\n\n')).toBe(0)
  expect(await heard('data: {"seq":1}')).toBe(0)
  expect(await heard(...Array<string>(200).fill('x'.repeat(10_000)), 'data: 1')).toBe(0)
})
