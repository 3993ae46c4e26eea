import type { PageFacts } from '../../domain/page-facts.ts'
import { analysePage, factsOf, type PageFindings } from '../scanning/image/analyse.ts'
import { toDocumentError } from './errors.ts'
import type { LookRequest } from './tasks.ts'

/**
 * Looks at one page of an image file: which way up it stands, and of the page set upright all else, with its printed number
 * where asked to. Throws DocumentError.
 */
export async function look({ path, folio, reading, ...options }: LookRequest): Promise<PageFacts> {
  const { page, dpi } = options
  try {
    const facts = factsOf(await upright(path, reading, options))
    // Of a spread each half has its own number.
    if (!folio || facts.blank || facts.seam !== null) return facts
    const { readFolio } = await import('./ocr/folio.ts')
    return { ...facts, folio: await readFolio(path, { page, dpi, ...facts }) }
  } catch (error) {
    throw toDocumentError(error, 'damaged_image', { file: path })
  }
}

async function upright(
  path: string,
  reading: boolean,
  options: Omit<LookRequest, 'path' | 'folio' | 'reading'>,
): Promise<PageFindings> {
  const found = await analysePage(path, { ...options, reading })
  if (found.turn === 0) return found
  const { readsBetterTurned } = await import('./ocr/upright.ts')
  if (!(await readsBetterTurned(path, options.page, options.dpi, found.turn))) return found
  // A book that lay sideways may show its seam now.
  return analysePage(path, { ...options, spread: true, rotate: found.turn })
}
