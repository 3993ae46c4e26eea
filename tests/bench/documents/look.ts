/** What a page looks like before and after: small pictures of both, compared where no stamp stands. */
import { execFile } from 'node:child_process'

const LONGEST_SIDE = 480
/** Pages looked at: faults of a kind show on the first ones. */
const PAGES = 3
/** The footer stands in the lowest part of a page. */
const LOOKED_AT = 0.92
/** Means of so many pixels a side are compared, so that another anti-aliasing is no difference. */
const CELL = 6
/** Difference of means, of 255, that a reader sees. */
const SEEN = 28
const LIMIT_MS = 60_000

interface Picture {
  readonly width: number
  readonly height: number
  readonly data: Buffer
}

/** The first pages as poppler shows them; none where it cannot. */
async function pictures(pdf: string): Promise<Picture[]> {
  const args = ['-cropbox', '-scale-to', String(LONGEST_SIDE), '-l', String(PAGES), pdf]
  const options = { encoding: 'buffer', timeout: LIMIT_MS, killSignal: 'SIGKILL', maxBuffer: 2 ** 26 } as const
  let rest = await new Promise<Buffer>((resolve) => {
    execFile('pdftoppm', args, options, (_error, out) => resolve(out))
  })
  const found: Picture[] = []
  // Netpbm files one behind the other: kind, size and highest value in words, then the samples.
  for (let head = headOf(rest); head; head = headOf(rest)) {
    const [words, width, height] = [head[0], Number(head[1]), Number(head[2])]
    const end = words.length + width * height * 3
    found.push({ width, height, data: rest.subarray(words.length, end) })
    rest = rest.subarray(end)
  }
  return found
}

const headOf = (bytes: Buffer): RegExpExecArray | null =>
  /^P6\s+(\d+)\s+(\d+)\s+255\s/.exec(bytes.toString('latin1', 0, 64))

/** Means of cells over the part that is looked at, three a cell. */
function cells({ width, height, data }: Picture): number[] {
  const means: number[] = []
  for (let y = 0; y + CELL <= height * LOOKED_AT; y += CELL)
    for (let x = 0; x + CELL <= width; x += CELL)
      for (let channel = 0; channel < 3; channel++) {
        let sum = 0
        for (let i = 0; i < CELL * CELL; i++)
          sum += data[((y + Math.floor(i / CELL)) * width + x + (i % CELL)) * 3 + channel]!
        means.push(sum / (CELL * CELL))
      }
  return means
}

/**
 * The largest share of a page's cells that look otherwise in `after` than in `before`; 1 where a page has another size
 * or is gone.
 */
export async function looksOtherwise(before: string, after: string): Promise<number> {
  const [old, made] = [await pictures(before), await pictures(after)]
  const shares = old.map((picture, i) => {
    const other = made[i]
    if (!other || Math.abs(other.width - picture.width) > 1 || Math.abs(other.height - picture.height) > 1) return 1
    if (other.width !== picture.width || other.height !== picture.height) return 0
    const [a, b] = [cells(picture), cells(other)]
    return a.filter((mean, k) => Math.abs(mean - b[k]!) > SEEN).length / Math.max(1, a.length)
  })
  return Math.max(0, ...shares)
}
