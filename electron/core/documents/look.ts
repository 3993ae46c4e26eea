import type { PageFacts } from '../../domain/page-facts.ts'
import { analysePage, factsOf } from '../scanning/image/analyse.ts'
import { toDocumentError } from './errors.ts'
import type { LookRequest } from './tasks.ts'

/** Looks at one page of an image file. Throws DocumentError. */
export async function look({ path, ...options }: LookRequest): Promise<PageFacts> {
  try {
    return factsOf(await analysePage(path, options))
  } catch (error) {
    throw toDocumentError(error, 'damaged_image', { file: path })
  }
}
