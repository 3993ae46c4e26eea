import type { PageFacts } from '../../domain/page-facts.ts'
import { analysePage, factsOf } from '../scanning/image/analyse.ts'
import { toDocumentError } from './errors.ts'
import type { LookRequest } from './tasks.ts'

/** Looks at one page of an image file, and reads its printed number where asked to. Throws DocumentError. */
export async function look({ path, folio, ...options }: LookRequest): Promise<PageFacts> {
  try {
    const facts = factsOf(await analysePage(path, options))
    // Of a spread each half has its own number.
    if (!folio || facts.blank || facts.seam !== null) return facts
    const { readFolio } = await import('./ocr/folio.ts')
    const { page, dpi } = options
    const { angleDeg, crop } = facts
    return { ...facts, folio: await readFolio(path, { page, dpi, angleDeg, crop }) }
  } catch (error) {
    throw toDocumentError(error, 'damaged_image', { file: path })
  }
}
