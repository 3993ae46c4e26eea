/** How a received PDF ends, held against what qpdf, mutool and pdftotext make of the same file. */
import { execFile } from 'node:child_process'
import { rm } from 'node:fs/promises'
import { DocumentError, type DocumentEngine } from '../../../electron/core/documents/index.ts'
import { looksOtherwise } from './look.ts'
import { job } from './tools.ts'

export const STAMP = {
  template: 'footer',
  library: '中国人民大学图书馆',
  requestNo: 'HG00003902',
  date: '2026-11-22',
} as const

const PEER_LIMIT_MS = 60_000
/** Counting pages takes milliseconds, unless a peer is caught in a circle. */
const COUNT_LIMIT_MS = 15_000

interface Ended {
  /** Exit code; -1 where it was stopped or died. */
  readonly code: number
  readonly out: string
  readonly err: string
}

const run = (program: string, ...args: string[]): Promise<Ended> => runWithin(PEER_LIMIT_MS, program, ...args)

function runWithin(timeout: number, program: string, ...args: string[]): Promise<Ended> {
  return new Promise((resolve) => {
    const options = { encoding: 'utf8', timeout, killSignal: 'SIGKILL', maxBuffer: 2 ** 28 } as const
    execFile(program, args, options, (error, out, err) => {
      const code = error ? (typeof error.code === 'number' ? error.code : -1) : 0
      resolve({ code, out, err })
    })
  })
}

/** Pages as each peer counts them; 0 where it does not open the file. */
export interface PeerPages {
  /** Pages that its tree really has; both peers otherwise print what the tree says of itself. */
  readonly listed: number
  readonly qpdf: number
  readonly mutool: number
}

export async function pagesOfPeers(path: string): Promise<PeerPages> {
  const [counted, listed, mutool] = await Promise.all([
    runWithin(COUNT_LIMIT_MS, 'qpdf', '--show-npages', path),
    runWithin(COUNT_LIMIT_MS, 'qpdf', '--json', '--json-key=pages', path),
    runWithin(COUNT_LIMIT_MS, 'mutool', 'info', path),
  ])
  return {
    listed: listed.out.match(/"pageposfrom1"/g)?.length ?? 0,
    qpdf: Number(/^\d+$/m.exec(counted.out)?.[0] ?? 0),
    mutool: Number(/^Pages: (\d+)/m.exec(mutool.out)?.[1] ?? 0),
  }
}

export const opens = ({ qpdf, mutool }: PeerPages): boolean => qpdf > 0 || mutool > 0
const agrees = (pages: number, peers: PeerPages): boolean => Object.values(peers).includes(pages)

const words = (text: string): string[] => text.split(/\s+/).filter((word) => word !== '')
const textOf = async (path: string): Promise<string> => (await run('pdftotext', path, '-')).out

/** Share of the words of one text that stand in the other, each as often. */
export function wordsKept(before: string, after: string): number {
  const all = words(before)
  const left = new Map<string, number>()
  for (const word of words(after)) left.set(word, (left.get(word) ?? 0) + 1)
  let found = 0
  for (const word of all) {
    const count = left.get(word) ?? 0
    left.set(word, count - 1)
    if (count > 0) found++
  }
  return all.length === 0 ? 1 : found / all.length
}

export interface Verdict {
  readonly peers: PeerPages
  /** Pages of the result, or the code of the refusal; null for anything that is neither. */
  readonly pages: number | null
  readonly refusal: string | null
  /** Empty where the result is as it must be. */
  readonly faults: readonly string[]
  readonly words: number
  readonly ms: number
  readonly warnings: readonly string[]
}

/** Refusals that say something about the file rather than about us. */
const NAMED = new Set(['damaged_pdf', 'encrypted_pdf', 'too_large', 'empty_file', 'unsupported_format'])

/** Cells of a page that may look otherwise: where a peer leaves out what we draw, as the marks of forms. */
const LOOKS_THE_SAME = 0.004

/** Builds the stamped delivery of one file and looks at it as a stranger would; with `look` also at what it looks like. */
export async function judge(engine: DocumentEngine, input: string, out: string, look = false): Promise<Verdict> {
  const began = performance.now()
  const ended = await engine.build(job([{ kind: 'pdf', path: input }], out, { stamp: STAMP })).then(
    (report) => report,
    (error: unknown) => (error instanceof DocumentError ? error : new Error('thrown', { cause: error })),
  )
  const ms = performance.now() - began
  const peers = await pagesOfPeers(input)
  const faults: string[] = []
  const openable = opens(peers)
  if (ended instanceof Error) {
    const refusal = ended instanceof DocumentError ? ended.code : String(ended.cause)
    if (!NAMED.has(refusal)) faults.push(`ended as ${refusal}`)
    else if (openable) faults.push(`refused as ${refusal}`)
    return { peers, pages: null, refusal, faults, words: 0, ms, warnings: [] }
  }
  const [checked, before, after] = await Promise.all([run('qpdf', '--check', out), textOf(input), textOf(out)])
  if (checked.code !== 0) faults.push(`qpdf: ${checked.err.split('\n')[0]?.replace(out, '')}`)
  if (openable && !agrees(ended.pages, peers)) faults.push('another number of pages')
  const texts = after.split('\f').slice(0, -1)
  const stamped = texts.filter((text) => text.replace(/\s+/g, '').includes(STAMP.requestNo)).length
  if (texts.length !== ended.pages || stamped < ended.pages) faults.push(`stamp on ${stamped} of ${ended.pages} pages`)
  const share = wordsKept(before, after)
  if (openable && share < 0.99) faults.push(`words ${share.toFixed(3)}`)
  const otherwise = look && openable ? await looksOtherwise(input, out) : 0
  if (otherwise > LOOKS_THE_SAME) faults.push(`looks otherwise ${otherwise.toFixed(3)}`)
  await rm(out, { force: true })
  const warnings = [...new Set(ended.warnings.map(({ code }) => code))]
  return { peers, pages: ended.pages, refusal: null, faults, words: share, ms, warnings }
}
