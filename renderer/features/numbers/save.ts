/** Files core has made: the person says where they go. */
import { attempt } from '../../app/act.ts'
import i18next from 'i18next'
import { toast } from '../../app/toasts.ts'
import { main } from '../../host.ts'

/** Makes a file and saves it where the person says. */
export async function saveMade(make: () => Promise<{ blob: string; name: string }>): Promise<void> {
  const saved = await attempt(async () => {
    const { blob, name } = await make()
    return { name, ...(await main('files.save', { blob, name })) }
  })
  if (saved?.saved) toast({ tone: 'ok', text: i18next.t('numbers.saved', { name: saved.name }), ms: 4000 })
}
