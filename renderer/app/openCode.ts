/** Opening whatever a code names, from anywhere: a slip, an item's barcode, a bag, a manifest. */
import i18next from 'i18next'
import { core } from '../host.ts'
import { attempt } from './act.ts'
import { go } from './routes.ts'
import { play } from './sound.ts'
import { toast } from './toasts.ts'

/** @returns true when the code named something we have */
export async function openCode(text: string): Promise<boolean> {
  const found = await attempt(() => core('code.resolve', { text }))
  if (!found || found.kind === 'unknown') {
    play('wrong')
    if (found)
      toast({ tone: 'bad', text: () => i18next.t('scanOpen.unknown', { text: found.text.slice(0, 60) }), ms: 8000 })
    return false
  }
  play('right')
  // Keys are commands again: what was scanned is now the object, not a word in a field.
  if (document.activeElement instanceof HTMLInputElement) document.activeElement.blur()
  if (found.kind === 'request') go('queue', found.id)
  else if (found.kind === 'item') go('queue', found.requestId)
  else if (found.kind === 'pickup') go('courier', found.code, 'pickup')
  else go('courier', found.kind === 'paper' ? found.number : found.id, 'pack')
  return true
}
