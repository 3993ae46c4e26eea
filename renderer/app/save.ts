/** Files core has made: the person says where they go. */
import i18next from 'i18next'
import type { ListOrder } from '../../electron/contract/core.contract.ts'
import { core, main } from '../host.ts'
import { attempt } from './act.ts'
import { listWords } from './listWords.ts'
import { dismissToast, toast } from './toasts.ts'

export type TableFormat = 'xlsx' | 'csv'

/** What takes longer says how far it is, and can be ended, ms. */
const AT_ONCE_MS = 800

/** Makes a file and saves it where the person says. */
export async function saveMade(make: () => Promise<{ blob: string; name: string }>): Promise<void> {
  const saved = await attempt(async () => {
    const { blob, name } = await withProgress(make)
    return { name, ...(await main('files.save', { blob, name })) }
  })
  if (saved?.saved) toast({ tone: 'ok', text: () => i18next.t('lists.saved', { name: saved.name }), ms: 4000 })
}

async function withProgress<T>(make: () => Promise<T>): Promise<T> {
  let shown: number | undefined
  const timer = setTimeout(() => {
    shown = toast({ tone: 'plain', text: '', job: 'export', until: Number.MAX_SAFE_INTEGER })
  }, AT_ONCE_MS)
  try {
    return await make()
  } finally {
    clearTimeout(timer)
    if (shown !== undefined) dismissToast(shown)
  }
}

/** Saves a list as it stands on the screen, in the screen's words. */
export function saveList(order: ListOrder, title: string, format: TableFormat): Promise<void> {
  const texts = i18next.getResourceBundle(i18next.language, 'translation') as object
  return saveMade(() => core('list.export', { order, format, title, words: listWords(texts) }))
}
