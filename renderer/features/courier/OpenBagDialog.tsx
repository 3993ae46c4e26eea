import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { attempt } from '../../app/act.ts'
import { core } from '../../host.ts'
import { Button } from '../../ui/Button.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { LibraryPicker } from '../request/LibraryPicker.tsx'

/** Opens a bag for any member library. */
export function OpenBagDialog({ onClose, onOpened }: { onClose: () => void; onOpened: (bagId: string) => void }) {
  const { t } = useTranslation()
  const [library, setLibrary] = useState<string | null>(null)
  const submit = async () => {
    if (!library) return
    const made = await attempt(() => core('courier.openBag', { destination: library, route: null }))
    if (!made) return
    onOpened(made.bagId)
    onClose()
  }
  return (
    <Dialog
      title={t('courier.openBag')}
      open
      onClose={onClose}
      onSubmit={() => void submit()}
      width="small"
      footer={
        <Button kind="primary" size="big" type="submit" disabled={!library}>
          {t('courier.openBag')}
        </Button>
      }
    >
      <LibraryPicker value={library} onChange={setLibrary} required />
    </Dialog>
  )
}
