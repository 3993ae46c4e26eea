/** Pages as poppler draws them: what other people's viewers show. */
import { execFile } from 'node:child_process'
import { promisify } from 'node:util'

export interface Drawn {
  /** Samples of eight bits, row by row. */
  readonly data: Buffer
  readonly width: number
  readonly height: number
  readonly channels: 1 | 3
}

/** One page (from 1) at `dpi`. As samples, since poppler needs fifty times as long to pack a PNG as to draw the page. */
export async function drawn(path: string, dpi: number, { page = 1, colour = false } = {}): Promise<Drawn> {
  const number = String(page)
  const args = ['-r', String(dpi), '-f', number, '-l', number, '-singlefile', ...(colour ? [] : ['-gray']), path]
  const { stdout } = await promisify(execFile)('pdftoppm', args, { encoding: 'buffer', maxBuffer: 2 ** 28 })
  // Netpbm: kind, size and highest value in words, then the samples.
  const head = /^P([56])\s+(\d+)\s+(\d+)\s+255\s/.exec(stdout.toString('latin1', 0, 64))
  if (!head) throw new Error(`pdftoppm drew nothing of ${path}`)
  const [words, kind, width, height] = head
  return {
    data: stdout.subarray(words.length),
    width: Number(width),
    height: Number(height),
    channels: kind === '5' ? 1 : 3,
  }
}
