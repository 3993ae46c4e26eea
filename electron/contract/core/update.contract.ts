/** New versions of the desk itself: looked for, brought, put off, installed when nothing is interrupted by it. */
import * as z from 'zod'
import { ErrorCode } from '../errors.ts'
import { LongText, Millis, ShortText, Uuid, Version } from '../words.ts'
import { done, empty } from './basics.ts'

/** Work that an installation would interrupt. */
export const UpdateBusy = z.enum(['scanning', 'making', 'sending', 'printing', 'courier'])
export type UpdateBusy = z.infer<typeof UpdateBusy>

export const UpdateView = z.strictObject({
  version: ShortText,
  /** Where versions come from: a server and folders, folders only, the administrator, or (run from source, packed without a key) nowhere. */
  source: z.enum(['server', 'folder', 'administrator', 'none']),
  state: z.enum(['idle', 'checking', 'fetching', 'ready']),
  /** The newer version that is being fetched or lies ready. */
  offer: z.strictObject({ version: ShortText, released: Millis.nullable(), bytes: z.int() }).nullable(),
  /** Bytes of it that are here. */
  fetched: z.int(),
  /** How the last look ended; `code` null when it was heard. */
  lastCheck: z.strictObject({ at: Millis, code: ErrorCode.nullable() }).nullable(),
  /** Put off: not asked again before. */
  laterUntil: Millis.nullable(),
  busy: z.array(UpdateBusy),
  /** A newer version that the centre speaks of; `required`: it will not go on working with ours. `heard`: put away. */
  announced: z
    .strictObject({
      version: Version,
      required: z.boolean(),
      title: ShortText,
      text: LongText,
      at: Millis,
      heard: z.boolean(),
    })
    .nullable(),
  /** A version that did not start, so that this one was started instead. */
  goneBackFrom: ShortText.nullable(),
})
export type UpdateView = z.infer<typeof UpdateView>

export const updateMethods = {
  'update.get': { in: empty, out: UpdateView },
  /** Looks for a new version now, and brings it in the background. */
  'update.check': { in: empty, out: UpdateView },
  /** The same from a folder the person chose, such as a stick; it is held against the same signature. */
  'update.fromFolder': { in: z.strictObject({ folderId: Uuid }), out: UpdateView },
  /** The centre's word was read: it stands in the settings only from now on. */
  'update.heard': { in: z.strictObject({ version: Version }), out: done },
  /** Asks again in some hours. */
  'update.later': { in: empty, out: done },
} as const
