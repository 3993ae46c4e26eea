/** A desk that enrols by itself, with a code that an administrator laid down; each code is tried once. */
import { createHash } from 'node:crypto'
import { existsSync, readFileSync, rmSync } from 'node:fs'
import { hostname } from 'node:os'
import type { Db } from '../../../db/driver.ts'
import { getMeta, setMeta } from '../../../db/queries/meta.ts'
import { DeskError } from '../../contract/errors.ts'
import type { Log } from '../context.ts'
import type { Identity } from '../desk/identity.ts'
import { named, type Machine } from './machine.ts'

/** Failures after which the same code may still be good. */
const AGAIN = new Set(['offline', 'portal', 'centre_refused'])
const FIRST_WAIT_MS = 5000
const LONGEST_WAIT_MS = 300_000

export interface Laid {
  code: string
  /** Takes the code away, so that nobody finds it. */
  forget(): void
}

/** The code that waits here, null for none. */
export function laidCode({ file }: Machine, env: NodeJS.ProcessEnv): Laid | null {
  const given = env['BALIS_DESK_ENROL_CODE']?.trim()
  if (given) return { code: given, forget: () => delete env['BALIS_DESK_ENROL_CODE'] }
  const path = file.enrol?.codeFile
  if (path === undefined || !existsSync(named(path))) return null
  const code = readFileSync(named(path), 'utf8')
    .replace(/^\uFEFF/, '')
    .trim()
  return code === '' ? null : { code, forget: () => rmSync(named(path), { force: true }) }
}

const digestOf = (code: string) => createHash('sha256').update(code).digest('hex')

/**
 * Tries until the desk is enrolled, or the code was found to be no good.
 * @param live false ends it
 * @returns whether the desk is enrolled
 */
export async function enrolUnattended(options: {
  db: Db
  identity: Identity
  machine: Machine
  url: () => string
  env: NodeJS.ProcessEnv
  log: Log
  live: () => boolean
  wait?: (ms: number) => Promise<void>
}): Promise<boolean> {
  const { db, identity, machine, url, env, log, live } = options
  const wait = options.wait ?? ((ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms).unref()))
  for (let ms = FIRST_WAIT_MS; live() && !identity.enrolled; ms = Math.min(ms * 2, LONGEST_WAIT_MS)) {
    const laid = read(machine, env, log)
    if (!laid || url() === '' || getMeta(db, 'enrolCodeTried') === digestOf(laid.code)) return false
    try {
      await identity.enrol(url(), laid.code, named(machine.file.enrol?.deskName ?? hostname()), machine.file.library)
    } catch (error) {
      if (error instanceof DeskError && AGAIN.has(error.code)) {
        await wait(ms)
        continue
      }
      log.warn({ err: error }, 'the code laid down for enrolment is no good')
    }
    db.write(() => setMeta(db, 'enrolCodeTried', digestOf(laid.code)))
    try {
      laid.forget()
    } catch (error) {
      log.warn({ err: error }, 'the code of enrolment could not be removed; it is not tried again')
    }
    return identity.enrolled
  }
  return identity.enrolled
}

function read(machine: Machine, env: NodeJS.ProcessEnv, log: Log): Laid | null {
  try {
    return laidCode(machine, env)
  } catch (error) {
    log.warn({ err: error }, 'the code of enrolment cannot be read')
    return null
  }
}
