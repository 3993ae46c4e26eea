/**
 * The settings file of an administrator, one a machine: what a hundred desks have in common, and what their people may not
 * change. docs/machine-settings.md is written from here (`npm run desk -- machine --reference`), a test compares.
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
  version: z.literal(1).describe('Of this format.'),
  centre: z
    .url({ protocol: /^https?$/ })
    .max(300)
    .describe('Address of the central service; the first screen shows it, and a desk of this machine reaches no other.')
    .optional(),
  library: ShortText.min(1)
    .describe(
      'The member library, by its id or code at the centre. A code of enrolment for another library is refused.',
    )
    .optional(),
  certificateAuthority: path
    .describe('File with the certificate authority of the house (PEM or DER), trusted beside the usual ones.')
    .optional(),
  dataFolder: path
    .describe(
      'Where the data lie, such as a disk that a restore card leaves alone. {user} and {computer} stand for the account and the machine.',
    )
    .optional(),
  rehearsal: z
    .boolean()
    .describe('false: the desk never rehearses, it waits for its enrolment. true: this is a machine for training.')
    .optional(),
  enrol: z
    .strictObject({
      codeFile: path.describe(
        'File with the code of enrolment. It is taken once, and the file is removed where the desk may; else its code is never tried again. BALIS_DESK_ENROL_CODE does the same.',
      ),
      deskName: ShortText.min(1)
        .describe('Name of the desk; {computer} stands for the name of the machine.')
        .optional(),
    })
    .describe('A desk that is not enrolled yet enrols by itself.')
    .optional(),
  updates: z
    .union([z.literal('none'), z.url({ protocol: /^https?$/ }).max(300)])
    .describe(
      'Where this desk looks for new versions instead of the address in its package; none: the administrator installs them.',
    )
    .optional(),
  settings: MachineSettings.describe('Values of settings, under what somebody chooses at the desk.').optional(),
  locked: z
    .array(z.enum(SETTING_NAMES))
    .describe('Settings whose value here holds whatever was chosen at the desk; the window shows them as locked.')
    .optional(),
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
