/** New versions, as the window asks for them. */
import type { Handlers } from '../context.ts'
import type { Updates } from '../update/updates.ts'

type Methods = 'update.get' | 'update.check' | 'update.fromFolder' | 'update.heard' | 'update.later'

/** @param takeChosen the path of what a person chose; throws DeskError not_found */
export function updateHandlers(updates: Updates, takeChosen: (id: string) => Promise<string>): Handlers<Methods> {
  return {
    'update.get': () => updates.view(),
    'update.check': () => {
      void updates.look()
      return updates.view()
    },
    'update.fromFolder': async ({ folderId }) => {
      await updates.fromFolder(await takeChosen(folderId))
      return updates.view()
    },
    'update.heard': ({ version }) => {
      updates.heard(version)
      return { ok: true }
    },
    'update.later': () => {
      updates.later()
      return { ok: true }
    },
  }
}
