/**
 * The settings file of an administrator as far as the shell reads it, before core runs: where it lies, where the data lie,
 * whether the desk may rehearse. The whole is in fleet.contract.ts, whose schemas take longer to make than a window.
 */
import * as z from 'zod'

export const FilePath = z.string().min(1).max(1000)

export const SHELL_SETTINGS = {
  dataFolder: FilePath.optional(),
  rehearsal: z.boolean().optional(),
} as const

/** Where it lies on a machine: only an administrator writes there. */
export function machineSettingsPath(platform: string, env: Readonly<Record<string, string | undefined>>): string {
  if (platform === 'win32') return `${env['ProgramData'] ?? 'C:\\ProgramData'}\\BALIS Desk\\settings.json`
  if (platform === 'darwin') return '/Library/Application Support/BALIS Desk/settings.json'
  return '/etc/balis-desk/settings.json'
}

/** `D:\BALIS\{user}` with the names of the account and the machine. */
export const withNames = (text: string, names: { user: string; computer: string }): string =>
  text.replace(/\{(user|computer)\}/g, (_, name: 'user' | 'computer') => names[name])
