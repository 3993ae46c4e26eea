/** The house's own rules: by when it answers, on which days it works, how much of a work a reader may have. */
import * as z from 'zod'
import { ShortText } from '../words.ts'
import { done, empty } from './basics.ts'

const IsoDay = z.iso.date()
const days = z.int().min(0).max(60)

export const ClockRules = z.strictObject({
  /** Working days after the day of application; 0 is that day itself, or the next working day. */
  days: z.strictObject({ copy: days, loan: days }),
  urgentDays: z.strictObject({ copy: days, loan: days }),
  /** Days on which the house is closed, both ends counted. */
  closed: z.array(z.strictObject({ from: IsoDay, to: IsoDay, name: ShortText })).max(100),
  /** Weekend days on which it works: make-up days of a calendar newer than this program. */
  workdays: z.array(IsoDay).max(100),
  /** Holidays are known up to the end of this year: the program's own calendar, or further as they were typed above. */
  knownThrough: z.int().min(2000).max(2100),
  /** A pause of service with a reason stops the clock. */
  pauseStops: z.boolean(),
})
export type ClockRules = z.infer<typeof ClockRules>

export const CopyrightLimits = z.strictObject({
  /** Largest share of a book's pages for one reader. */
  bookShare: z.number().min(0.01).max(1),
  /** Articles of one issue from which on it is too many. */
  issueArticles: z.int().min(1).max(100),
})
export type CopyrightLimits = z.infer<typeof CopyrightLimits>

export const HouseRules = z.strictObject({ clock: ClockRules, copyright: CopyrightLimits })
export type HouseRules = z.infer<typeof HouseRules>

export const rulesMethods = {
  'rules.get': { in: empty, out: HouseRules },
  /** @throws not_allowed unless a supervisor is signed in */
  'rules.set': { in: HouseRules.partial(), out: done },
} as const
