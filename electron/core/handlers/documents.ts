import { DeskError } from '../../contract/errors.ts'
import type { Core, Handlers } from '../context.ts'
import { copyrightState } from '../reports/copyright.ts'
import { startBuild } from '../workbench/document-job.ts'
import { documentState, optionsFor } from '../workbench/document-state.ts'
import type { DocumentEngine } from '../documents/index.ts'

/** Making the PDF of a request and sending it. */
export function documentHandlers(
  core: Core,
  engine: DocumentEngine,
): Handlers<'document.build' | 'document.get' | 'document.send'> {
  return {
    'document.build': ({ requestId, options }) => ({ jobId: startBuild(core, engine, requestId, options) }),
    'document.get': ({ requestId }) => ({
      document: documentState(core, requestId),
      options: optionsFor(core, requestId),
    }),
    'document.send': ({ requestId }) => {
      const { verdict, override } = copyrightState(core, requestId)
      if (verdict.kind !== 'unknown' && verdict.exceeds && !override) throw new DeskError('copyright_exceeded')
      const made = documentState(core, requestId)
      if (!made) throw new DeskError('nothing_to_send')
      if (made.stale) throw new DeskError('nothing_to_send', { stale: true })
      const request = core.views.request(requestId)
      if (!request) throw new DeskError('not_found', { id: requestId })
      const args = { blobs: [made.sha256], pages: made.pages, bytes: made.bytesOut }
      const again = request.row.status === 'CopyCompleted'
      return core.act({ objectId: requestId, kind: again ? 'resend' : 'fulfil', args })
    },
  }
}
