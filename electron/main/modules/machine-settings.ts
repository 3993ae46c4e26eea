/**
 * What the shell itself needs of the administrator's settings, before core runs: where the data lie, and whether the desk
 * may rehearse. Core reads the whole file and says what is wrong in it.
 */
import { readFileSync } from 'node:fs'
import { hostname, userInfo } from 'node:os'
import { app } from 'electron'
import { machineSettingsPath, SHELL_SETTINGS, withNames } from '../../contract/machine-file.ts'

export interface ShellPolicy {
  readonly dataFolder: string | undefined
  readonly rehearsal: boolean | undefined
  /** For core, when it is not the usual place. */
  readonly machineFile: string | undefined
}

export function readShellPolicy(): ShellPolicy {
  // A packed app takes no word of the environment for it: locks would hold nobody.
  const machineFile = app.isPackaged ? undefined : process.env['BALIS_DESK_MACHINE_SETTINGS']
  const { dataFolder, rehearsal } = read(machineFile ?? machineSettingsPath(process.platform, process.env))
  const names = () => ({ user: userInfo().username, computer: hostname() })
  return { dataFolder: dataFolder && withNames(dataFolder, names()), rehearsal, machineFile }
}

function read(path: string): { dataFolder?: string | undefined; rehearsal?: boolean | undefined } {
  try {
    const file = JSON.parse(readFileSync(path, 'utf8').replace(/^\uFEFF/, '')) as Record<string, unknown>
    const value = (key: keyof typeof SHELL_SETTINGS) => SHELL_SETTINGS[key].safeParse(file[key]).data
    return {
      dataFolder: value('dataFolder') as string | undefined,
      rehearsal: value('rehearsal') as boolean | undefined,
    }
  } catch {
    return {}
  }
}
