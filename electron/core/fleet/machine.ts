/** A machine's settings file as core and the command line find it. */
import { existsSync, readFileSync, statSync } from 'node:fs'
import { hostname, userInfo } from 'node:os'
import { machineSettingsPath, withNames } from '../../contract/machine-file.ts'
import { DeskError } from '../../contract/errors.ts'
import { readAuthority } from '../sync/authority.ts'
import { NO_FLEET, readFleet, type Fleet, type FleetProblem } from './read.ts'

export interface Machine extends Fleet {
  /** null where there is no file. */
  path: string | null
  /** PEM of the house's own authority, '' for none. */
  authority: string
}

export const NO_MACHINE: Machine = { ...NO_FLEET, path: null, authority: '' }

/**
 * What is wrong is told, never thrown: a desk starts whatever an administrator wrote.
 * @param path where the file lies; elsewhere than in the administrator's place only for trying out
 */
export function readMachine(path = machineSettingsPath(process.platform, process.env)): Machine {
  if (!existsSync(path)) return NO_MACHINE
  try {
    const text = textOf(readFileSync(path))
    if (text === undefined) return { ...NO_MACHINE, path, problems: [problem('is not written in UTF-8; save it as UTF-8 (not ANSI, GBK or Unicode)')] } // prettier-ignore
    const { file, problems } = readFleet(text)
    const { authority, wrong } = authorityOf(file.certificateAuthority)
    return { file, problems: [...problems, ...wrong, ...openToAll(path)], path, authority }
  } catch (error) {
    return { ...NO_MACHINE, path, problems: [problem(`cannot be read: ${(error as NodeJS.ErrnoException).code ?? String(error)}`)] } // prettier-ignore
  }
}

/** Undefined for bytes of another encoding, such as those that an editor of Windows may write. */
function textOf(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return undefined
  }
}

const problem = (message: string, key = ''): FleetProblem => ({ line: 1, key, message })

function authorityOf(path: string | undefined): { authority: string; wrong: FleetProblem[] } {
  if (path === undefined) return { authority: '', wrong: [] }
  try {
    return { authority: readAuthority(path).pem, wrong: [] }
  } catch (error) {
    const why = error instanceof DeskError ? 'holds no certificate' : ((error as NodeJS.ErrnoException).code ?? 'cannot be read') // prettier-ignore
    return { authority: '', wrong: [problem(`${path}: ${why}`, 'certificateAuthority')] }
  }
}

/** Locks hold nothing where anybody may write. */
const openToAll = (path: string): FleetProblem[] =>
  process.platform === 'win32' || (statSync(path).mode & 0o002) === 0
    ? []
    : [problem('anybody may write this file; chmod 644')]

/** With the names of this account and this machine. */
export const named = (text: string): string => withNames(text, { user: userInfo().username, computer: hostname() })
