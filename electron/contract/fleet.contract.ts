/**
 * The settings file of an administrator, one a machine: what a hundred desks have in common, and what their people may not
 * change. docs/machine-settings.*.md are written from here (`npm run desk -- machine --reference`), a test compares.
 */
import * as z from 'zod'
import { NetworkSettings, Settings } from './core/desk.contract.ts'
import { ShortText } from './words.ts'

/** Settings that a machine's file may give. What a desk or a person keeps for itself is left out. */
const OWN = {
  centreUrl: true,
  network: true,
  scan: true,
  scanProfiles: true,
  slipLogo: true,
  labelStart: true,
  queueColumns: true,
  queueViews: true,
  introduced: true,
  practice: true,
  seenVersion: true,
  shortcuts: true,
  pedalKey: true,
} as const

export const MachineSettings = Settings.omit(OWN)
  .partial()
  .extend({
    network: NetworkSettings.omit({ ca: true }).partial(),
  })
  .partial()
export type SettingName = keyof z.infer<typeof MachineSettings>
export const SETTING_NAMES = Object.keys(MachineSettings.shape) as [SettingName, ...SettingName[]]

const path = z.string().min(1).max(1000)

export const FleetFile = z.strictObject({
  version: z.literal(1),
  centre: z
    .url({ protocol: /^https?$/ })
    .max(300)
    .optional(),
  library: ShortText.min(1).optional(),
  certificateAuthority: path.optional(),
  dataFolder: path.optional(),
  rehearsal: z.boolean().optional(),
  enrol: z
    .strictObject({
      codeFile: path,
      deskName: ShortText.min(1).optional(),
    })
    .optional(),
  updates: z.union([z.literal('none'), z.url({ protocol: /^https?$/ }).max(300)]).optional(),
  settings: MachineSettings.optional(),
  locked: z.array(z.enum(SETTING_NAMES)).optional(),
})
export type FleetFile = z.infer<typeof FleetFile>

/** Where it lies on a machine: only an administrator writes there. */
export function machineSettingsPath(platform: string, env: Readonly<Record<string, string | undefined>>): string {
  if (platform === 'win32') return `${env['ProgramData'] ?? 'C:\\ProgramData'}\\BALIS Desk\\settings.json`
  if (platform === 'darwin') return '/Library/Application Support/BALIS Desk/settings.json'
  return '/etc/balis-desk/settings.json'
}

/** `D:\BALIS\{user}` with the names of the account and the machine. */
export const withNames = (text: string, names: { user: string; computer: string }): string =>
  text.replace(/\{(user|computer)\}/g, (_, name: 'user' | 'computer') => names[name])
