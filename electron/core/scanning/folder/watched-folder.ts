import { createHash, randomUUID } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { access, lstat, mkdir, readdir, rename, rm } from 'node:fs/promises'
import { hostname } from 'node:os'
import { basename, dirname, join, relative, sep } from 'node:path'
import { type ImageFacts, readImageFacts } from '../image-facts.ts'
import { inOrder, isPassedOver, judge, PROCESSING, QUARANTINE, type Refusal, TAKEN } from './rules.ts'
import { SeenFiles } from './seen.ts'

export interface WatchedFolderOptions {
  /** The folder an overhead scanner (or a person) writes to. */
  root: string
  /** Look at this folder inside only, and at all below it; absent: at the files right in the root. */
  folder?: string
  /** Without `folder`: the files right in the root and in all folders below it. */
  deep?: boolean
  /** Files of other kinds stay where they are (they may be the scanner program's own) and are told once. */
  leaveUnsupported?: boolean
  /** What was taken in is moved to `_taken` instead of being removed. */
  keepTaken?: boolean
  /** Milliseconds without a change after which a file may be finished. */
  stableMs?: number
  /** Milliseconds without a change after which one that is not whole is put aside. */
  deadlineMs?: number
  /** Names this desk's own part of the folder, where two desks watch the same one. */
  owner?: string
  now?: () => number
}

/** A whole file that is ours alone now. Exactly one of `done`, `giveBack` and `refuse` is called. */
export interface ClaimedFile {
  path: string
  /** Path as it came, relative to the root, with slashes. */
  name: string
  sha256: string
  facts: ImageFacts
  /** Left claimed by a crash: it may have been taken in already. */
  again: boolean
  /** It is safe elsewhere: remembered, and removed here or kept aside. */
  done: () => Promise<void>
  /** It could not be taken in: back where it was. */
  giveBack: () => Promise<void>
  /** It cannot be read though it is whole: put aside. */
  refuse: () => Promise<void>
}

export interface Look {
  claimed: ClaimedFile[]
  refused: { name: string; why: Refusal }[]
  /** Files seen that are not finished. */
  pending: number
}

interface Candidate {
  path: string
  name: string
  size: number
  mtimeMs: number
  /** When it was first seen as it is now, by our clock: file times of a network share may be anything. */
  since: number
}

const MAX_DEPTH = 5

/**
 * A folder that other programs write pages to. Nothing here listens to file events, which get lost on network
 * shares: each `look` reads the folder itself, claims what is whole by a rename (atomic, so two desks never take
 * the same page), puts aside what never will be, and never follows a link or opens what is not a plain file.
 */
export class WatchedFolder {
  readonly #root: string
  readonly #base: string
  readonly #deep: boolean
  readonly #leaveUnsupported: boolean
  readonly #keepTaken: boolean
  /** Names of files that are left alone, told already. */
  readonly #left = new Set<string>()
  readonly #putBack = new Set<string>()
  readonly #processing: string
  readonly #limits: { stableMs: number; deadlineMs: number }
  readonly #now: () => number
  readonly #seen: SeenFiles
  #candidates = new Map<string, Candidate>()
  #recovered = false

  constructor(options: WatchedFolderOptions) {
    const { root, folder, deep = false, leaveUnsupported = false, keepTaken = false } = options
    const { stableMs = 3000, deadlineMs = 120_000, owner = hostname(), now = Date.now } = options
    this.#root = root
    this.#base = folder === undefined ? root : join(root, folder)
    this.#deep = deep || folder !== undefined
    this.#leaveUnsupported = leaveUnsupported
    this.#keepTaken = keepTaken
    this.#processing = join(root, `${PROCESSING}${owner.replace(/[^\w-]/g, '_')}`)
    this.#limits = { stableMs, deadlineMs }
    this.#now = now
    this.#seen = new SeenFiles(join(this.#processing, 'seen'), now)
  }

  /** Looks once. Errors: those of the file system where the folder itself cannot be read. */
  async look(): Promise<Look> {
    // Not recursive: a share that is away must not be mistaken for an empty folder made here.
    await mkdir(this.#processing).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'EEXIST') throw error
    })
    if (!this.#recovered) await this.#recover()
    const found = await this.#walk(this.#base, 0)
    const candidates = new Map<string, Candidate>()
    for (const file of found) {
      const before = this.#candidates.get(file.path)
      const same = before && before.size === file.size && before.mtimeMs === file.mtimeMs
      candidates.set(file.path, same ? before : { ...file, since: this.#now() })
    }
    this.#candidates = candidates
    const look: Look = { claimed: [], refused: [], pending: 0 }
    for (const file of inOrder([...candidates.values()])) {
      try {
        await this.#decide(file, look)
      } catch (error) {
        // On Windows a writer still has it open; elsewhere it has just been taken away. Both show at the next look.
        if (!/^(EBUSY|EPERM|EACCES|ENOENT)$/.test((error as NodeJS.ErrnoException).code ?? '')) throw error
        look.pending += 1
      }
    }
    return look
  }

  async #decide(file: Candidate, look: Look): Promise<void> {
    const stillForMs = this.#now() - file.since
    const facts = stillForMs < this.#limits.stableMs ? null : await readImageFacts(file.path)
    const verdict = judge({ name: basename(file.name), stillForMs, facts }, this.#limits)
    if (verdict === 'wait') {
      look.pending += 1
    } else if (verdict === 'claim') {
      const claimed = await this.#claim(file)
      if (claimed === null) look.pending += 1
      else if (claimed === 'duplicate') look.refused.push({ name: file.name, why: 'duplicate' })
      else look.claimed.push(claimed)
    } else if (verdict === 'unsupported' && this.#leaveUnsupported) {
      if (this.#left.has(file.path)) return
      this.#left.add(file.path)
      look.refused.push({ name: file.name, why: verdict })
    } else {
      await this.#putAside(file.path, file.name, verdict)
      look.refused.push({ name: file.name, why: verdict })
    }
  }

  /** Plain files to judge. Links and special files are not even counted. */
  async #walk(folder: string, depth: number): Promise<Omit<Candidate, 'since'>[]> {
    if (depth > 0 || folder !== this.#root) {
      const self = await lstat(folder).catch(() => null)
      if (!self?.isDirectory()) return []
    }
    const files: Omit<Candidate, 'since'>[] = []
    for (const entry of await readdir(folder, { withFileTypes: true })) {
      if (isPassedOver(entry.name)) continue
      const path = join(folder, entry.name)
      if (entry.isDirectory() && this.#deep && depth < MAX_DEPTH) files.push(...(await this.#walk(path, depth + 1)))
      if (!entry.isFile()) continue
      const facts = await lstat(path).catch(() => null)
      if (!facts?.isFile()) continue
      const name = relative(this.#root, path).split(sep).join('/')
      files.push({ path, name, size: facts.size, mtimeMs: facts.mtimeMs })
    }
    return files
  }

  /** Takes a file over; null when it turns out to be written to still. */
  async #claim(file: Candidate): Promise<ClaimedFile | 'duplicate' | null> {
    const folder = dirname(file.name)
    const place = join(this.#processing, randomUUID())
    const path = join(place, file.name)
    await mkdir(dirname(path), { recursive: true })
    const giveBack = async (): Promise<void> => {
      await moveToFree(path, file.path)
      await rm(place, { recursive: true, force: true })
    }
    try {
      await rename(file.path, path)
    } catch (error) {
      await rm(place, { recursive: true, force: true })
      throw error
    }
    this.#candidates.delete(file.path)
    const now = await lstat(path)
    const facts = now.isFile() ? await readImageFacts(path) : null
    if (!facts?.complete || now.size !== file.size) {
      await giveBack()
      return null
    }
    const sha256 = await hashOf(path)
    if (await this.#seen.has(sha256, folder)) {
      await this.#putAside(path, file.name, 'duplicate')
      await rm(place, { recursive: true, force: true })
      return 'duplicate'
    }
    const done = async (): Promise<void> => {
      await this.#seen.add(sha256, folder)
      if (this.#keepTaken) await this.#moveInto(TAKEN, path, file.name)
      await rm(place, { recursive: true, force: true })
    }
    const refuse = async (): Promise<void> => {
      await this.#putAside(path, file.name, 'unreadable')
      await rm(place, { recursive: true, force: true })
    }
    return { path, name: file.name, sha256, facts, again: this.#putBack.delete(file.name), done, giveBack, refuse }
  }

  async #putAside(path: string, name: string, why: Refusal): Promise<void> {
    await this.#moveInto(join(QUARANTINE, why), path, name)
    this.#candidates.delete(path)
  }

  async #moveInto(folder: string, path: string, name: string): Promise<void> {
    const target = join(this.#root, folder, name)
    await mkdir(dirname(target), { recursive: true })
    await moveToFree(path, target)
  }

  /** Puts back what a crash left claimed; it goes its way again, and what was taken in already shows as a duplicate. */
  async #recover(): Promise<void> {
    this.#recovered = true
    for (const place of await readdir(this.#processing, { withFileTypes: true })) {
      if (!place.isDirectory()) continue
      const folder = join(this.#processing, place.name)
      for (const entry of await readdir(folder, { withFileTypes: true, recursive: true })) {
        if (!entry.isFile()) continue
        const path = join(entry.parentPath, entry.name)
        const name = relative(folder, path)
        const target = join(this.#root, name)
        this.#putBack.add(name.split(sep).join('/'))
        await mkdir(dirname(target), { recursive: true })
        await moveToFree(path, target)
      }
      await rm(folder, { recursive: true, force: true })
    }
  }
}

/** Moves within the volume, beside what already has that name. */
async function moveToFree(from: string, to: string): Promise<void> {
  const taken = await access(to).then(
    () => true,
    () => false,
  )
  const dot = basename(to).lastIndexOf('.')
  const [stem, ending] = dot > 0 ? [basename(to).slice(0, dot), basename(to).slice(dot)] : [basename(to), '']
  await rename(from, taken ? join(dirname(to), `${stem}-${randomUUID().slice(0, 8)}${ending}`) : to)
}

async function hashOf(path: string): Promise<string> {
  const hash = createHash('sha256')
  for await (const part of createReadStream(path)) hash.update(part as Buffer)
  return hash.digest('hex')
}
