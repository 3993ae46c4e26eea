/**
 * The settings file of an administrator, one a machine: what a hundred desks have in common, and what their people may not
 * change. docs/machine-settings.*.md are written from here (`npm run desk -- machine --reference`), a test compares.
 */
import * as z from 'zod'
import { NetworkSettings, Settings } from './core/desk.contract.ts'
import { FilePath, SHELL_SETTINGS } from './machine-file.ts'
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

export const FleetFile = z.strictObject({
  version: z.literal(1),
  centre: z
    .url({ protocol: /^https?$/ })
    .max(300)
    .optional(),
  library: ShortText.min(1).optional(),
  certificateAuthority: FilePath.optional(),
  ...SHELL_SETTINGS,
  enrol: z
    .strictObject({
      codeFile: FilePath,
      deskName: ShortText.min(1).optional(),
    })
    .optional(),
  updates: z.union([z.literal('none'), z.url({ protocol: /^https?$/ }).max(300)]).optional(),
  settings: MachineSettings.optional(),
  locked: z.array(z.enum(SETTING_NAMES)).optional(),
})
export type FleetFile = z.infer<typeof FleetFile>
