/** What slips look like at this desk: fields, samples, the library's mark, and templates as a file. */
import { open } from 'node:fs/promises'
import * as z from 'zod'
import { PrintKind, SlipTemplate, type CoreContract } from '../../contract/core.contract.ts'
import { DeskError } from '../../contract/errors.ts'
import type { Core, Handlers } from '../context.ts'
import { prepare } from '../printing/prepare.ts'
import { chooseOutput, NO_ROUTE } from '../printing/routing.ts'
import { sampleSlip } from '../printing/samples.ts'
import { setSlipLogo } from '../printing/slip-logo.ts'
import { FIELDS } from '../printing/templates/fields.ts'
import type { GrantedFiles } from '../workbench/granted-files.ts'

const FORMAT = 'balis-desk-slips'
/** A file of templates holds a few kilobytes. */
const LARGEST = 256 * 1024

const SlipFile = z.object({
  format: z.literal(FORMAT),
  version: z.literal(1),
  templates: z.partialRecord(PrintKind, SlipTemplate),
})

type Methods = Extract<keyof CoreContract, `slip.${string}`>

export function slipHandlers(core: Core, files: GrantedFiles): Handlers<Methods> {
  return {
    'slip.fields': ({ kind }) => FIELDS[kind].map((field) => ({ ...field })),
    'slip.sample': async ({ kind, template, paper }) => {
      const output = chooseOutput(kind, undefined, { ...NO_ROUTE, paper })
      const items = [sampleSlip(kind, core.desk().library.name)]
      const { sha256, pages } = await prepare(core, kind, items, output, { copies: 1, start: 1, template })
      return { blob: sha256, pages }
    },
    'slip.logo': async ({ logo }) => {
      await setSlipLogo(core, logo)
      return { ok: true }
    },
    'slip.export': async () => {
      const { slipTemplates: templates } = core.settings.get()
      const text = JSON.stringify({ format: FORMAT, version: 1, templates }, null, 2)
      const blob = await core.blobs.put(Buffer.from(`${text}\n`, 'utf8'), 'application/json')
      return { blob: blob.sha256 }
    },
    'slip.import': async ({ fileId }) => {
      const { templates } = await readTemplates(files.take([fileId])[0]!)
      core.settings.set({ slipTemplates: { ...core.settings.get().slipTemplates, ...templates } })
      return { kinds: Object.keys(templates) as PrintKind[] }
    },
  }
}

/** @throws DeskError too_large, damaged_file */
async function readTemplates(path: string): Promise<z.infer<typeof SlipFile>> {
  const file = await open(path, 'r')
  try {
    const { size } = await file.stat()
    if (size > LARGEST) throw new DeskError('too_large')
    const text = (await file.readFile('utf8')).replace(/^\uFEFF/, '')
    return SlipFile.parse(JSON.parse(text))
  } catch (error) {
    if (error instanceof DeskError) throw error
    throw new DeskError('damaged_file', {}, { cause: error })
  } finally {
    await file.close()
  }
}
