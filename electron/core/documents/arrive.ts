import { probeFile } from './probe.ts'
import { previewImage } from './raster/preview.ts'
import type { Arrival, PreviewRequest } from './tasks.ts'

/** One round for a page that has just arrived, so that it stands on the screen at once. Only a missing file throws. */
export async function arrive(request: PreviewRequest): Promise<Arrival> {
  const probe = await probeFile(request.path)
  if (probe.problem || probe.kind !== 'image') return { probe, previews: null }
  return { probe, previews: await previewImage(request) }
}
