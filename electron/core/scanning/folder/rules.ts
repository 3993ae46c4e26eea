import type { ImageFacts } from '../image-facts.ts'

/** Names writers use for files they have not finished, and names of the system; never looked at. */
const UNFINISHED = /^[.~]|^(thumbs\.db|desktop\.ini)$|\.(tmp|temp|part|partial|crdownload|download|filepart|!ut)$|~$/i
/** What an overhead scanner may write. */
const ACCEPTED = /\.(jpe?g|png|tiff?|pdf)$/i
/** Folders of the desk itself inside a watched folder. */
export const QUARANTINE = '_quarantine'
export const PROCESSING = '.balis-'
/** What was taken in and is to be kept. */
export const TAKEN = '_taken'

export function isPassedOver(name: string): boolean {
  return UNFINISHED.test(name) || name === QUARANTINE || name === TAKEN
}

/** A name for a folder of one request inside the watched folder; one plain segment, so nothing leads out of it. */
export function isFolderName(name: string): boolean {
  return (
    name.length <= 120 && !isPassedOver(name) && /^[\p{L}\p{N}][\p{L}\p{N} ._-]*$/u.test(name) && !name.includes('..')
  )
}

/** `unreadable`: whole by its marks, and still no picture that opens. */
export type Refusal = 'unsupported' | 'incomplete' | 'duplicate' | 'unreadable'
export type Verdict = 'wait' | 'claim' | Refusal

/**
 * What to do with a file that has not changed for so long. A file may stop growing for a while (a paused writer,
 * a network share), so one that is not whole is waited for until the deadline and only then put aside.
 */
export function judge(
  file: { name: string; stillForMs: number; facts: ImageFacts | null },
  limits: { stableMs: number; deadlineMs: number },
): Verdict {
  if (file.stillForMs < limits.stableMs) return 'wait'
  if (!ACCEPTED.test(file.name)) return 'unsupported'
  if (file.facts?.complete) return 'claim'
  if (file.stillForMs < limits.deadlineMs) return 'wait'
  return file.facts ? 'incomplete' : 'unsupported'
}

/** Pages in the order they were written; written together, in the order people count ("page 9" before "page 10"). */
export function inOrder<T extends { name: string; mtimeMs: number }>(files: readonly T[]): T[] {
  const names = new Intl.Collator('en', { numeric: true })
  return [...files].sort((a, b) => a.mtimeMs - b.mtimeMs || names.compare(a.name, b.name))
}
