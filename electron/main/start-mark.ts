/**
 * Whether a version has come up for this person: a small file a version, in which failed starts are counted until it says
 * `ok`. On Linux the package's launcher counts and decides (build/package/deb-scripts.mjs); elsewhere main does it itself, first
 * of all. A version that ends in order before it was up takes its count away: nothing is wrong with it.
 */
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { compareVersions, VERSION } from '../contract/version.ts'

/** A version that ended this often without having come up is not tried again by itself. */
export const TRIES = 2
/** Beside the marks: the version that was given up. */
const GIVEN_UP = 'gone-back'

export interface StartMark {
  /** The program has begun: what it does from now on it watches itself. */
  begun(): void
  cameUp(): void
  isUp(): boolean
  /** It ended before it was up, and nothing was wrong with it. */
  endedInOrder(): void
  /** It only brought another one's window forward: as if it had not been started. */
  notCounted(): void
}

/** @param path of this version's mark; null: nobody counts */
export function openStartMark(path: string | null): StartMark {
  const tell = (work: (path: string) => void) => {
    try {
      if (path && read(path) !== 'ok') work(path)
    } catch (error) {
      // Without a place to count in, every start is as good as the first.
      console.error('the start is not noted', error)
    }
  }
  return {
    isUp: () => path === null || read(path) === 'ok',
    cameUp: () =>
      tell((mark) => {
        mkdirSync(dirname(mark), { recursive: true })
        writeFileSync(mark, 'ok\n')
      }),
    begun: () => tell((mark) => existsSync(mark) && writeFileSync(mark, `${read(mark)} begun\n`)),
    endedInOrder: () => tell((mark) => rmSync(mark, { force: true })),
    notCounted: () =>
      tell((mark) => {
        const before = Number(read(mark)) - 1
        if (before > 0) writeFileSync(mark, `${before}\n`)
        else rmSync(mark, { force: true })
      }),
  }
}

/** Counts this start. @returns whether this version has failed too often to be tried again */
export function countStart(path: string): boolean {
  const before = read(path)
  if (before === 'ok') return false
  if (before >= TRIES) return true
  try {
    mkdirSync(dirname(path), { recursive: true })
    writeFileSync(path, `${before + 1}\n`)
  } catch (error) {
    console.error('the start is not counted', error)
  }
  return false
}

/** Leaves word for the version that is started instead. */
export function giveUp(marks: string, version: string): void {
  writeFileSync(join(marks, GIVEN_UP), `${version}\n`)
}

/** The newer version that was given up before this one was started, if there was one. */
export function givenUp(marks: string, own: string): string | undefined {
  try {
    const version = readFileSync(join(marks, GIVEN_UP), 'utf8').trim()
    return VERSION.test(version) && compareVersions(version, own) > 0 ? version : undefined
  } catch {
    return undefined
  }
}

/** The installer of the version before, as it was kept in `updates/<version>`. */
export function olderInstaller(updates: string, own: string): string | undefined {
  try {
    const older = readdirSync(updates).filter((name) => VERSION.test(name) && compareVersions(name, own) < 0)
    const newest = older.toSorted(compareVersions).at(-1)
    const file = newest && readdirSync(join(updates, newest)).find((name) => name.endsWith('.exe'))
    return file && join(updates, newest, file)
  } catch {
    return undefined
  }
}

function read(path: string): number | 'ok' {
  try {
    const text = readFileSync(path, 'utf8').trim()
    return text === 'ok' ? 'ok' : Number.parseInt(text, 10) || 0
  } catch {
    return 0
  }
}
